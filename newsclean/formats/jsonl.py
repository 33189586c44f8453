"""JSON Lines: one object a line.

What is not cleaned is written as it was read, to the digit and to the escape: only white space between the members of
the outermost object is made uniform (`{"a": 1, "b": 2}`). Lines without anything are no records. A line that is no
object, or has a name twice, stands in the text field as it is, with an error.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, BinaryIO, Final

from newsclean.decode import decode
from newsclean.errors import InputError, Limits, NewscleanError, UsageError
from newsclean.formats.base import Chunk, Form, Row
from newsclean.formats.stream import Raw, as_utf_8, reading, unpacked

CHUNK_BYTES: Final = 256 * 1024
_SAMPLE_BYTES: Final = 1024 * 1024
_decoder: Final = json.JSONDecoder()
_space: Final[Callable[[str, int], Any]] = re.compile(r"[ \t\r]*").match


class JsonlSource:
    """A file or pipe of JSON Lines; positions count bytes of its text in UTF-8."""

    def __init__(self, name: str, form: Form, encoding: str | None) -> None:
        """Open it and look at the fields of its first records."""
        self.name = name
        self.warnings: list[str] = []
        with reading(name):
            self._raw = Raw(name)
            self._lines = _Lines(as_utf_8(unpacked(self._raw, form.compression), encoding))
            head = self._lines.lines(_SAMPLE_BYTES)
            self._lines.put_back(head)
        self.sample = self._sampled(head)
        self.names = list(dict.fromkeys(key for record in self.sample for key in record))

    def chunks(self, start: int) -> Iterator[Chunk]:
        """The lines from an offset on, about `CHUNK_BYTES` a time."""
        with reading(self.name):
            self._lines.skip(start)
            while lines := self._lines.lines(CHUNK_BYTES):
                start += len(lines)
                yield Chunk(lines, start)
            self.warnings += self._raw.warnings()

    def done(self) -> float:
        """The share that is read."""
        return self._raw.done()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def _sampled(self, head: bytes) -> list[dict[str, Any]]:
        rows = JsonlReader("").rows(head)
        records = [row.record for row in rows if not row.broken]
        if rows and not records:
            raise UsageError(f"{self.name}: none of its first {len(rows):,} lines is a JSON object ({rows[0].broken})")
        return records


class _Lines:
    """Whole lines of a stream, some at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._rest, self._stream = b"", stream

    def put_back(self, head: bytes) -> None:
        """Give what was read to be read again."""
        self._rest = head + self._rest

    def skip(self, count: int) -> None:
        """Go on `count` bytes. Raises InputError where there are fewer."""
        while count:
            part = self.read(min(count, CHUNK_BYTES))
            if not part:
                raise InputError("the input is shorter than when the run began")
            count -= len(part)

    def read(self, count: int) -> bytes:
        """`count` bytes, fewer only at the end: where chunks end must not depend on where reading began."""
        part, self._rest = self._rest[:count], self._rest[count:]
        return part if len(part) == count else part + self._stream.read(count - len(part))

    def lines(self, size: int) -> bytes:
        """The lines that begin in the next `size` bytes, all of them to their end."""
        found = [self.read(size)]
        while found[-1] and not (ended := found[-1].rfind(b"\n") + 1):
            if sum(map(len, found)) > Limits().max_bytes:
                raise InputError(f"a line is longer than {Limits().max_bytes:,} bytes; is this JSON Lines?")
            found.append(self.read(size))
        if found[-1]:
            self._rest = found[-1][ended:] + self._rest
            found[-1] = found[-1][:ended]
        return b"".join(found)


@dataclass(frozen=True)
class JsonlReader:
    """Turns lines into rows. text_field: where a line goes that is no record."""

    text_field: str

    def rows(self, payload: bytes) -> list[Row]:
        """The rows in order."""
        try:
            lines = payload.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            lines = [_decoded(line) for line in payload.split(b"\n")]
        return [self._row(line) for line in lines if line and not line.isspace()]

    def _row(self, line: str) -> Row:
        try:
            return _parsed(line)
        except RecursionError:
            why = "it is nested too deeply"
        except ValueError as error:
            why = str(error)
        return Row({self.text_field: line.rstrip("\r")}, {}, f"the line is no JSON object: {why}")


def _decoded(line: bytes) -> str:
    try:
        return decode(line, Limits())[0]
    except NewscleanError:
        return line.decode("utf-8", "backslashreplace")


def _parsed(line: str) -> Row:
    """The members of the object on a line, each with its value as it is written there."""
    record, raw = {}, {}
    place = _behind(line, 0, "{")
    while line[place : place + 1] != "}":
        key, place = _value(line, _at(line, place, '"', "a name in quotes"))
        place = _behind(line, place, ":")
        value, end = _value(line, place)
        if key in record:
            raise ValueError(f"the name {key!r} stands twice in it")
        record[key], raw[key] = value, line[place:end]
        place = _space(line, end).end()
        if line[place : place + 1] != "}":
            place = _at(line, _behind(line, place, ","), '"', "a name in quotes")
    if (end := _space(line, place + 1).end()) != len(line):
        raise json.JSONDecodeError("Extra data", line, end)
    return Row(record, raw)


def _value(line: str, place: int) -> tuple[Any, int]:
    return _decoder.raw_decode(line, place)


def _at(line: str, place: int, mark: str, what: str = "") -> int:
    """The place, if the mark stands there."""
    if line[place : place + 1] != mark:
        raise json.JSONDecodeError(f"Expecting {what or mark}", line, place)
    return place


def _behind(line: str, place: int, mark: str) -> int:
    """The place behind a mark that must come next, and behind the white space that follows it."""
    place = _at(line, _space(line, place).end(), mark)
    return int(_space(line, place + 1).end())


@dataclass(frozen=True)
class JsonlWriter:
    """Turns rows into lines. Values that were not touched keep the form in which they were written."""

    def header(self) -> bytes:
        """Nothing."""
        return b""

    def encoded(self, rows: list[tuple[Row, dict[str, Any]]]) -> bytes:
        """A line for each."""
        return b"".join([_line(row, record) for row, record in rows])


def _line(row: Row, record: dict[str, Any]) -> bytes:
    try:
        return _object(row, record, dumped).encode()
    except UnicodeEncodeError:  # half a surrogate pair: only an escape can hold it
        return _object(row, record, _escaped.encode).encode()


def _object(row: Row, record: dict[str, Any], dump: Callable[[Any], str]) -> str:
    before, raw = row.record, row.raw
    members = [
        f"{dump(key)}: {raw[key] if key in raw and value is before[key] else dump(value)}"
        for key, value in record.items()
    ]
    return f"{{{', '.join(members)}}}\n"


def dumped(value: Any) -> str:
    """A value as JSON, other scripts as they are."""
    return "null" if value is None else _encoder.encode(value)


def _plain(value: Any) -> Any:
    """What tables hold and JSON does not: times in ISO 8601, bytes in base64, the others as they print."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


_encoder: Final = json.JSONEncoder(ensure_ascii=False, default=_plain)
_escaped: Final = json.JSONEncoder(default=_plain)
