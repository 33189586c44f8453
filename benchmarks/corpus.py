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


def read(path: str | Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file."""
    return map(json.loads, lines(path))
