"""What the adapters share: a row cleaner for the names of a table, and columns of Python values in and out."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from newsclean.cleaner import Cleaner
from newsclean.record import Fields, RecordCleaner, guess_fields, said

NESTED: Final = frozenset(
    {"reporters", "captions", "related", "tags", "translation", "notes", "encoding", "removed"},
)
"""The keys of `Article.to_dict()` that hold lists or mappings; the other columns hold strings."""

_LOG: Final = logging.getLogger("newsclean.adapters")


@lru_cache(maxsize=1)
def _default() -> Cleaner:
    return Cleaner()


@lru_cache(maxsize=64)
def row_cleaner(names: tuple[str, ...], fields: Fields | None = None, cleaner: Cleaner | None = None) -> RecordCleaner:
    """The cleaner of rows that have `names`; what `fields` leaves open is guessed, and said to the log.

    Raises UsageError where a named field is not there, or no field looks like the text.
    """
    wanted = fields or Fields()
    guessed = guess_fields(names, wanted)
    if found := said(guessed, wanted):
        _LOG.info("newsclean found the %s", found)
    return RecordCleaner(cleaner or _default(), guessed)


def padded(record: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """A record of those that differ in their fields, with None for the ones that `fields` names, the text aside."""
    named = [name for name in (fields.title, fields.publisher, fields.url, fields.id) if name]
    return {**record, **{name: None for name in named if name not in record}}


def read_names(rows: RecordCleaner, names: Sequence[str]) -> list[str]:
    """Those of `names` that cleaning reads, in order."""
    fields = rows.fields
    return [name for name in names if name in (fields.text, fields.title, fields.publisher, fields.url)]


def written_names(rows: RecordCleaner) -> list[str]:
    """The columns that are new or changed, in order, each once."""
    return list(dict.fromkeys([rows.fields.body, *rows.columns()]))


def clean_columns(rows: RecordCleaner, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Columns of equal length in, the columns that are new or changed out."""
    names = read_names(rows, list(columns))
    cleaned = [
        rows(dict(zip(names, values, strict=True))) for values in zip(*map(columns.__getitem__, names), strict=True)
    ]
    return {name: [row[name] for row in cleaned] for name in written_names(rows)}
