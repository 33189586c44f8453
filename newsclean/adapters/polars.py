"""Polars: a Series, a DataFrame or a LazyFrame in, columns out. The extra is `polars`.

    >>> import polars
    >>> from newsclean.adapters.polars import clean
    >>> frame = polars.DataFrame({"본문": [raw]})
    >>> clean(frame)["news_title"].item()
    '가람시, 새 도서관 24시간 개방'
    >>> clean(frame.lazy()).select("news_published").collect().item()
    '2024-11-15T10:22:00+09:00'

A DataFrame comes back with all its columns, a Series as the columns that are made of it, the text under `body`, null
where the row failed. The types are those of `newsclean.adapters.arrow`: strings, lists and structs.

A LazyFrame stays lazy: its rows are cleaned when it is collected, in batches where the streaming engine runs. What
follows stays behind the cleaning: put a `filter`, a `head` that needs no cleaned column before it.
Cleaning runs in this process and holds the lock of the interpreter; for all cores use `newsclean batch`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import overload

from newsclean import adapters
from newsclean.adapters.rows import read_names, row_cleaner, written_names
from newsclean.cleaner import Cleaner
from newsclean.record import Fields, RecordCleaner

with adapters.extra("polars"):
    import polars as pl

    from newsclean.arrow import clean_table


@overload
def clean(data: pl.LazyFrame, fields: Fields | None = None, cleaner: Cleaner | None = None) -> pl.LazyFrame: ...
@overload
def clean(  # type: ignore[overload-cannot-match]  # mypy is not shown what Polars is, see pyproject.toml
    data: pl.DataFrame | pl.Series, fields: Fields | None = None, cleaner: Cleaner | None = None
) -> pl.DataFrame: ...
def clean(
    data: pl.Series | pl.DataFrame | pl.LazyFrame, fields: Fields | None = None, cleaner: Cleaner | None = None
) -> pl.DataFrame | pl.LazyFrame:
    """Clean a column or a frame, row for row.

    data: a Series of texts; its columns come back, the body in `fields.into` ("body" unless given). A frame: all its
        columns come back, and ours.

    Raises UsageError where no column is the text, it holds no text, or a column is there that newsclean would write.
    """
    if isinstance(data, pl.Series):
        return _clean_series(data, fields or Fields(), cleaner)
    if isinstance(data, pl.LazyFrame):
        return _clean_lazily(data, fields, cleaner)
    return _clean_frame(data, row_cleaner(tuple(data.columns), fields, cleaner))


def _clean_series(series: pl.Series, fields: Fields, cleaner: Cleaner | None) -> pl.DataFrame:
    wanted = replace(fields, text="text", into=fields.into or "body", drop_raw=False)
    rows = row_cleaner(("text",), wanted, cleaner)
    return _clean_frame(series.to_frame("text"), rows).select(written_names(rows))


def _clean_frame(frame: pl.DataFrame, rows: RecordCleaner) -> pl.DataFrame:
    rows.require(frame.columns)
    part = frame.select(read_names(rows, frame.columns)).to_arrow()
    new = pl.from_arrow(clean_table(rows, part).select(written_names(rows)))
    if not rows.fields.keeps_raw:
        text, body = rows.fields.text, rows.fields.body
        frame = frame.with_columns(new[body].alias(text)).rename({text: body})
    return frame.hstack(new.select(rows.columns()))


def _clean_lazily(frame: pl.LazyFrame, fields: Fields | None, cleaner: Cleaner | None) -> pl.LazyFrame:
    schema = frame.collect_schema()
    rows = row_cleaner(tuple(schema), fields, cleaner)
    cleaned = _clean_frame(pl.DataFrame(schema=schema), rows).schema
    # a filter on the text means the cleaned one, and cleaning needs columns that nobody selects: both stay behind it
    return frame.map_batches(
        partial(_clean_frame, rows=rows),
        schema=cleaned,
        streamable=True,
        predicate_pushdown=False,
        projection_pushdown=False,
    )
