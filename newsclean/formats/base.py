"""What all formats share: the names of forms, chunks, rows, and the row-by-row transform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final, NamedTuple, Protocol

from newsclean.errors import UsageError
from newsclean.record import Cleaned, RecordCleaner

FORMATS: Final = {
    "jsonl": [".jsonl", ".ndjson"],
    "csv": [".csv"],
    "tsv": [".tsv", ".tab"],
    "parquet": [".parquet", ".pq"],
}
COMPRESSIONS: Final = {"gz": ".gz", "zst": ".zst"}
STANDARD: Final = "-"
"""The name of standard input and output."""


class Form(NamedTuple):
    """A format of `FORMATS` and a compression of `COMPRESSIONS`, or ""."""

    format: str
    compression: str = ""


def form_of(name: str, given: str | None, option: str, otherwise: str = "jsonl") -> Form:
    """The form of a file by its extension, unless `given` says (`csv`, `csv.gz`).

    A pipe has no extension: it holds `otherwise`. Raises UsageError for what is no form.
    """
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    packed = next((key for key, suffix in COMPRESSIONS.items() if suffixes[-1:] == [suffix]), "")
    if given is not None:
        return _given(given, packed, option)
    if name == STANDARD:
        return _given(otherwise, "", option)
    last = suffixes[-2:-1] if packed else suffixes[-1:]
    found = next((key for key, endings in FORMATS.items() if last and last[0] in endings), None)
    if found is None:
        raise UsageError(f"{name}: its name does not say what is in it; give {option} {'|'.join(FORMATS)}")
    return Form(found, packed)


def _given(given: str, packed: str, option: str) -> Form:
    form, _, compression = given.lower().partition(".")
    if form not in FORMATS or (compression and compression not in COMPRESSIONS):
        raise UsageError(f"{option} {given}: no such form; {', '.join(FORMATS)}, each also with .gz or .zst")
    return Form(form, compression or packed)


class Chunk(NamedTuple):
    """Some records of an input as they lie there, and the position at which the next chunk begins."""

    payload: Any
    end: int


class Source(Protocol):
    """One input. `names`: the fields of its records. `warnings`: what a user should know when it is read to its end."""

    name: str
    names: list[str]
    warnings: list[str]

    def chunks(self, start: int) -> Iterator[Chunk]:
        """The chunks from a position on; 0 is the beginning. Raises InputError where the input is damaged."""

    def done(self) -> float:
        """The share that is read, 0 to 1."""

    def close(self) -> None:
        """Close the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as read. raw: its values as written, where the format knows. broken: why it is no record at all."""

    record: dict[str, Any]
    raw: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""


class Reader(Protocol):
    """Turns a chunk's payload into rows; picklable."""

    def rows(self, payload: Any) -> list[Row]:
        """The rows in order."""


class Writer(Protocol):
    """Turns cleaned rows into bytes; picklable."""

    def header(self) -> bytes:
        """What stands before the first row."""

    def encoded(self, rows: list[tuple[Row, dict[str, Any]]]) -> bytes:
        """The bytes of cleaned rows, each with the row that it was."""


class Transform(Protocol):
    """Cleans a chunk: the rows as they went, for the report, and their bytes; picklable."""

    def header(self) -> bytes:
        """What stands before the first chunk."""

    def __call__(self, cleaner: RecordCleaner, payload: Any) -> tuple[list[Cleaned], bytes]:
        """Clean the records of a payload."""


@dataclass(frozen=True)
class RowByRow:
    """Read the rows of a chunk, clean each, write each."""

    reader: Reader
    writer: Writer

    def header(self) -> bytes:
        """What stands before the first chunk."""
        return self.writer.header()

    def __call__(self, cleaner: RecordCleaner, payload: Any) -> tuple[list[Cleaned], bytes]:
        """Clean the records of a payload."""
        rows = self.reader.rows(payload)
        cleaned = [
            cleaner.failed(row.record, row.broken) if row.broken else cleaner.cleaned(row.record) for row in rows
        ]
        return cleaned, self.writer.encoded([(row, one.record) for row, one in zip(rows, cleaned, strict=True)])
