"""CSV and TSV: cells of text, quoted where they must be, with line breaks inside; the first row has the names.

A row with too few or too many cells, or with a quote out of place, stands in the text field as it is, with an error;
reading goes on at the next line.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from newsclean.decode import decode
from newsclean.errors import InputError, Limits, NewscleanError, UsageError
from newsclean.formats.base import Chunk, Form, Row
from newsclean.formats.jsonl import dumped
from newsclean.formats.stream import Raw, as_utf_8, reading, unpacked

DELIMITERS: Final = {"csv": ",", "tsv": "\t"}
_CHUNK_CHARACTERS: Final = 128 * 1024
_CHUNK_ROWS: Final = 512
_LONGEST_ROW: Final = 16 * 1024 * 1024  # characters; a quote that is never closed would swallow the file

_Record = list[str] | tuple[str, str]
"""Cells, or a line that is no row and why."""


class CsvSource:
    """A file or pipe of CSV; positions count rows behind the header."""

    def __init__(self, name: str, form: Form, encoding: str | None, delimiter: str | None) -> None:
        """Open it and read the header."""
        self.name = name
        self.warnings: list[str] = []
        with reading(name):
            self._raw = Raw(name)
            stream = as_utf_8(unpacked(self._raw, form.compression), encoding)
            lines = io.TextIOWrapper(stream, "utf-8", "surrogateescape", newline="")
            rows = _Rows(lines, delimiter or DELIMITERS[form.format])
            self._rows = iter(rows)
            header = next(self._rows, [])
        if isinstance(header, tuple):
            raise UsageError(f"{name}: the header is broken: {header[1]}")
        self.names = [_mended(cell) for cell in header]
        self.line_end = "\r\n" if rows.last_line.endswith("\r\n") else "\n"
        if twice := next((cell for cell in self.names if self.names.count(cell) > 1), None):
            raise UsageError(f"{name}: the column {twice!r} stands twice in the header; rename one")

    def chunks(self, start: int) -> Iterator[Chunk]:
        """The rows from a number on."""
        with reading(self.name):
            if sum(1 for _ in islice(self._rows, start)) < start:
                raise InputError("the input is shorter than when the run began")
            while rows := _some(self._rows):
                start += len(rows)
                yield Chunk((self.names, rows), start)
            self.warnings += self._raw.warnings()

    def done(self) -> float:
        """The share that is read."""
        return self._raw.done()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()


def _some(rows: Iterator[_Record]) -> list[_Record]:
    found: list[_Record] = []
    size = 0
    for row in rows:
        found.append(row)
        size += sum(map(len, row))
        if size >= _CHUNK_CHARACTERS or len(found) == _CHUNK_ROWS:
            break
    return found


class _Rows:
    """The rows of a text. A line at which the reader stumbles comes out as it is, and reading goes on behind it."""

    def __init__(self, lines: Iterable[str], delimiter: str) -> None:
        self._delimiter = delimiter
        self._lines = iter(lines)
        self._again: deque[str] = deque()  # lines that a broken row had swallowed
        self._used: list[str] = []
        self._size = 0  # characters of the lines in use
        self.width = 0
        self.last_line = ""

    def __iter__(self) -> Iterator[_Record]:
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_ROW))  # it is the process's: only ever raised
        reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
        while True:
            self._used.clear()
            self._size = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._stumbled(str(error))
                reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
                continue
            if cells:
                yield self._checked(cells)

    def _feed(self) -> Iterator[str]:
        while (line := self._again.popleft() if self._again else next(self._lines, None)) is not None:
            self._used.append(line)
            self._size += len(line)
            if self._size > _LONGEST_ROW and len(self._used) > 1:
                raise csv.Error("a quote is opened and not closed")
            self.last_line = line
            yield line

    def _checked(self, cells: list[str]) -> _Record:
        self.width = self.width or len(cells)
        if len(cells) == self.width:
            return cells
        return "".join(self._used).rstrip("\r\n"), f"the row has {len(cells)} cells, the header {self.width}"

    def _stumbled(self, why: str) -> tuple[str, str]:
        self._again.extendleft(reversed(self._used[1:]))
        return self._used[0].rstrip("\r\n"), f"the row is broken: {why}"


@dataclass(frozen=True)
class CsvReader:
    """Turns cells into rows. text_field: where a line goes that is no row."""

    text_field: str

    def rows(self, payload: tuple[list[str], list[_Record]]) -> list[Row]:
        """The rows in order; in a broken one the other fields are empty."""
        names, records = payload
        return [self._row(names, cells) for cells in records]

    def _row(self, names: list[str], cells: _Record) -> Row:
        if isinstance(cells, tuple):
            line, why = cells
            return Row({**dict.fromkeys(names), self.text_field: _mended(line)}, {}, why)
        return Row(dict(zip(names, map(_mended, cells), strict=True)))


def _mended(cell: str) -> str:
    """A cell with bytes that are not in the file's encoding, read by itself."""
    if cell.isascii():
        return cell
    try:
        cell.encode()
    except UnicodeEncodeError:
        raw = cell.encode("utf-8", "surrogateescape")
        try:
            return decode(raw, Limits())[0]
        except NewscleanError:
            return raw.decode("utf-8", "backslashreplace")
    return cell


@dataclass(frozen=True)
class CsvWriter:
    """Turns rows into lines with a header. mark: begin with a byte order mark, by which Excel knows UTF-8."""

    names: tuple[str, ...]
    delimiter: str
    line_end: str
    mark: bool = False

    def header(self) -> bytes:
        """The names of the columns."""
        return (codecs.BOM_UTF8 if self.mark else b"") + self._written([list(self.names)] if self.names else [])

    def encoded(self, rows: list[tuple[Row, dict[str, Any]]]) -> bytes:
        """A row for each. Lists and other values that are no text are written as JSON. Raises InputError."""
        return self._written([self._cells(row, record) for row, record in rows])

    def _cells(self, row: Row, record: dict[str, Any]) -> list[str]:
        if unknown := next((name for name in record if name not in self.names), None):
            raise InputError(
                f"a record has the field {unknown!r}, which the columns (those of the first records) lack: "
                "CSV cannot hold it; write .jsonl"
            )
        return [_cell(row, name, record.get(name)) for name in self.names]

    def _written(self, rows: list[list[str]]) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end).writerows(rows)
        return text.getvalue().encode("utf-8", "backslashreplace")


def _cell(row: Row, name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return row.raw[name] if name in row.raw and value is row.record[name] else dumped(value)
