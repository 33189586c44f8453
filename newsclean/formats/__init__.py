"""How records lie in files: one module a format, and the streams of bytes below them.

A *source* cuts one input into chunks and runs where the run is steered. A *transform* turns a chunk into the bytes of
its cleaned records and runs in the workers. Chunks depend on the input alone, and each becomes bytes that stand for
themselves (lines, a gzip member, a zstd frame): so output is the same whatever the number of workers, and a run can
go on behind any chunk.
"""
