"""Reading JSON Lines corpora, plain or gzipped."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def lines(path: str | Path) -> Iterator[str]:
    """The lines of a JSONL file; `.gz` is unpacked."""
    path = Path(path)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from file


class UnreadableError(Exception):
    """A file that is no corpus; the message says which file, where and why."""


def read(path: str | Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file; `.gz` is unpacked. Raises UnreadableError."""
    number = 0
    try:
        for line in lines(path):
            number += 1
            yield _record(line)
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableError(f"{path}, line {number}: {error}; JSON Lines are needed, an object a line") from error


def _record(line: str) -> dict[str, Any]:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("no JSON object")
    return record
