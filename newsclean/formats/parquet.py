"""Parquet, through pyarrow: every column keeps its type.

A Parquet file cannot be continued where it broke off, since its index stands at the end. So a run writes its chunks as
Arrow streams one after the other, which can, and turns them into Parquet when all are there.
"""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from newsclean.errors import InputError, UsageError
from newsclean.formats.base import STANDARD, Chunk, Form, Row
from newsclean.formats.stream import Raw, reading, unpacked
from newsclean.record import Cleaned, RecordCleaner

_BATCH_ROWS: Final = 128
_GROUP_BYTES: Final = 32 * 1024 * 1024  # of Arrow memory in one row group of the output


def require_pyarrow() -> None:
    """Raise UsageError where pyarrow is absent."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise UsageError("Parquet needs the package pyarrow: pip install 'newsclean[parquet]'") from None


class ParquetSource:
    """A Parquet file; positions count rows."""

    def __init__(self, name: str, form: Form) -> None:
        """Read the schema. Raises UsageError for a pipe and for what is no Parquet."""
        require_pyarrow()
        import pyarrow as pa
        import pyarrow.parquet as pq

        if name == STANDARD:
            raise UsageError("Parquet cannot be read from a pipe, its index stands at the end; give the file")
        self.name = name
        self.warnings: list[str] = []
        with reading(name):
            self._raw = Raw(name)
            try:
                self._file = pq.ParquetFile(_seekable(self._raw, form.compression), pre_buffer=False)
            except pa.ArrowInvalid as error:
                raise UsageError(f"{name}: this is no whole Parquet file ({error})") from None
        self.schema = self._file.schema_arrow
        self.names: list[str] = self.schema.names
        self._read = 0

    def chunks(self, start: int) -> Iterator[Chunk]:
        """The rows from a number on, as Arrow streams."""
        import pyarrow as pa

        with reading(self.name):
            try:
                for batch in self._batches(start):
                    self._read += batch.num_rows
                    yield Chunk(_streamed(batch), self._read)
            except (pa.ArrowException, OSError) as error:
                raise InputError(f"the Parquet file is damaged ({error})") from None
            self.warnings += self._raw.warnings()

    def _batches(self, start: int) -> Iterator[Any]:
        """Batches never cross a row group: so those behind `start` are the same as in a run from the beginning."""
        self._read = 0
        for group in range(self._file.metadata.num_row_groups):
            rows = self._file.metadata.row_group(group).num_rows
            if self._read + rows <= start:
                self._read += rows
                continue
            for batch in self._file.iter_batches(_BATCH_ROWS, row_groups=[group]):
                if self._read < start:
                    self._read += batch.num_rows
                else:
                    yield batch

    def done(self) -> float:
        """The share that is read."""
        total = self._file.metadata.num_rows
        return self._read / total if total else 1.0

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._raw.close()


def _seekable(raw: Raw, compression: str) -> Any:
    """The file itself; a packed one is unpacked beside it first."""
    if not compression:
        return str(raw.path)
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the source
    stream = unpacked(raw, compression)
    while block := stream.read(1024 * 1024):
        copy.write(block)
    copy.seek(0)
    return copy


def _streamed(batch: Any) -> bytes:
    import pyarrow as pa

    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def _batch_of(payload: bytes) -> Any:
    import pyarrow as pa

    with pa.ipc.open_stream(payload) as reader:
        return reader.read_next_batch()


@dataclass(frozen=True)
class ParquetReader:
    """Turns a batch into rows."""

    def rows(self, payload: bytes) -> list[Row]:
        """The rows in order."""
        return [Row(record) for record in _batch_of(payload).to_pylist()]


@dataclass(frozen=True)
class BatchByBatch:
    """Clean Parquet into Parquet: columns that are not cleaned never become Python objects."""

    def header(self) -> bytes:
        """Nothing."""
        return b""

    def __call__(self, cleaner: RecordCleaner, payload: bytes) -> tuple[list[Cleaned], bytes]:
        """Clean the rows of a batch."""
        from newsclean.arrow import clean_batch

        batch, cleaned = clean_batch(cleaner, _batch_of(payload))
        return cleaned, _streamed(batch)


@dataclass(frozen=True)
class ParquetWriter:
    """Turns rows of another format into Arrow streams of one schema."""

    schema: Any

    def header(self) -> bytes:
        """Nothing."""
        return b""

    def encoded(self, rows: list[tuple[Row, dict[str, Any]]]) -> bytes:
        """The rows as one batch. Raises InputError where a value does not fit its column."""
        import pyarrow as pa

        records = [record for _, record in rows]
        if unknown := next((name for record in records for name in record if name not in self.schema.names), None):
            raise InputError(f"a record has the field {unknown!r}, which the first records lack: write .jsonl")
        columns = [self._column(records, field) for field in self.schema]
        return _streamed(pa.RecordBatch.from_arrays(columns, schema=self.schema))

    def _column(self, records: list[dict[str, Any]], field: Any) -> Any:
        import pyarrow as pa

        from newsclean.arrow import column

        try:
            return column([record.get(field.name) for record in records], field)
        except (pa.ArrowException, OverflowError) as error:
            raise InputError(
                f"the column {field.name!r} is {field.type} by the first records, and a later value is not ({error}); "
                "write .jsonl"
            ) from None


def inferred_schema(cleaner: RecordCleaner, names: list[str], records: list[dict[str, Any]]) -> Any:
    """A schema for cleaned rows with `names`, by the values in `records`. Raises UsageError where they do not agree."""
    import pyarrow as pa

    from newsclean.arrow import cleaned_schema

    fields = []
    for name in names:
        try:
            kind = pa.array([record.get(name) for record in records]).type
        except (pa.ArrowException, OverflowError) as error:
            raise UsageError(f"the values of {name!r} have no common type in Parquet ({error}); write .jsonl") from None
        is_text = pa.types.is_null(kind) or name == cleaner.fields.text
        fields.append(pa.field(name, pa.string() if is_text else kind))
    return cleaned_schema(cleaner, pa.schema(fields))


def to_parquet(part: Path, target: BinaryIO, schema: Any, compression: str) -> None:
    """Write the Arrow streams of `part` as Parquet, packed if so wanted."""
    import pyarrow.parquet as pq

    sink: Any = gzip.GzipFile("", "wb", 6, target, mtime=0) if compression == "gz" else target
    with pq.ParquetWriter(sink, schema) as writer:
        for table in _groups(part, schema):
            writer.write_table(table, row_group_size=table.num_rows or None)
    if sink is not target:
        sink.close()


def _groups(part: Path, schema: Any) -> Iterator[Any]:
    """The batches of `part`, about `_GROUP_BYTES` a time."""
    import pyarrow as pa

    batches: list[Any] = []
    size, total = 0, part.stat().st_size
    with part.open("rb") as stream:
        while stream.tell() < total:
            with pa.ipc.open_stream(stream) as reader:
                batches += list(reader)
            size += batches[-1].nbytes
            if size >= _GROUP_BYTES:
                yield pa.Table.from_batches(batches, schema)
                batches, size = [], 0
    yield pa.Table.from_batches(batches, schema)
