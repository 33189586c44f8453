"""Print what `newsclean batch` needs: memory of all its processes together, time for n, 2n, 4n, one worker against two.

python -m benchmarks.batch CORPUS.jsonl.gz [--megabytes 200] [--workers 2]

The corpus is repeated to the size asked for. Memory is read every tenth of a second from /proc: the sum of the
resident sets (which counts shared pages in every process) and of the proportional ones (which does not); the peak is
printed. Rules only. Beside the time on the wall stands that of the processors, since a shared machine stalls.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import lines

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.1  # seconds


class Run(NamedTuple):
    """Seconds on the wall, seconds of all processors, and peaks in bytes."""

    wall: float
    processors: float
    resident: int
    proportional: int


def repeated(corpus: Path, target: Path, size: int) -> int:
    """Write the records of a corpus again and again up to a size; returns how many."""
    count = written = 0
    records = [line.encode() for line in lines(corpus)]
    with target.open("wb") as file:
        for record in cycle(records):
            if written >= size:
                return count
            written += file.write(record)
            count += 1
    return count


def run(source: Path, target: Path, workers: int) -> Run:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-m", "newsclean", "batch", str(source), "-o", str(target), "--quiet"]
    process = subprocess.Popen([*command, "--no-morphology", "--workers", str(workers)])
    resident = proportional = 0
    while process.poll() is None:
        family = [process.pid, *children(process.pid)]
        resident = max(resident, sum(map(resident_bytes, family)))
        proportional = max(proportional, sum(map(proportional_bytes, family)))
        time.sleep(_EVERY)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"newsclean batch ended with status {process.returncode}")
    target.unlink()
    return Run(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, resident, proportional)


def children(parent: int) -> list[int]:
    found = [int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(path) == parent]
    return found + [one for child in found for one in children(child)]


def _parent(process: Path) -> int:
    return int((_read(process / "stat").rpartition(")")[2].split() or ["0", "0"])[1])


def resident_bytes(process: int) -> int:
    return int((_read(Path(f"/proc/{process}/statm")).split() or ["0", "0"])[1]) * _PAGE


def proportional_bytes(process: int) -> int:
    for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # the process is gone


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        print("    MB  documents  workers   wall s    CPU s   docs/s  RSS MB  PSS MB")
        runs = {}
        for part, workers in ((4, options.workers), (2, options.workers), (1, options.workers), (1, 1)):
            count = repeated(options.corpus, source, options.megabytes * 1_000_000 // part)
            done = runs[part, workers] = run(source, target, workers)
            print(
                f"{options.megabytes // part:6} {count:10,} {workers:8} {done.wall:8.1f} {done.processors:8.1f} "
                f"{count / done.wall:8.0f} {done.resident / 1e6:7.0f} {done.proportional / 1e6:7.0f}",
                flush=True,
            )
        report(runs, options.workers)


def report(runs: dict[tuple[int, int], Run], workers: int) -> None:
    quarter, half, whole, alone = (runs[key] for key in ((4, workers), (2, workers), (1, workers), (1, 1)))
    for what in ("wall", "processors"):
        n, two, four = (getattr(one, what) for one in (quarter, half, whole))
        print(f"{what}: time of 2n and 4n over that of n {two / n:.2f} {four / n:.2f}")
    print(f"{workers} workers are {alone.wall / whole.wall:.2f} times as fast as one")
    print(f"processor time with {workers} workers over that with one: {whole.processors / alone.processors:.2f}")


if __name__ == "__main__":
    main()
