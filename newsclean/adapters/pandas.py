"""pandas: a Series or a DataFrame in, columns out, the index kept. The extra is `pandas`.

    >>> import pandas
    >>> from newsclean.adapters.pandas import clean
    >>> frame = pandas.DataFrame({"본문": [raw, None]}, index=["a", "b"])
    >>> clean(frame).loc["a", "news_title"]
    '가람시, 새 도서관 24시간 개방'
    >>> frame.join(clean(frame["본문"])).loc["b", "error"]
    "the field 'text' is empty (null)"

A DataFrame comes back with all its columns, a Series as the columns that are made of it, the text under `body`.
The frame that goes in is not changed. Values may be `str` or `bytes`; None, NaN and NA count as missing.

Columns of strings have the dtype `string`, a missing value is `pandas.NA`; those of lists and mappings (`reporters`,
`captions`, …) are `object`. A text column keeps its dtype if it is one of strings. Dates are ISO 8601 strings:
`pandas.to_datetime(frame["news_published"], format="ISO8601", utc=True)`.

The rows are cleaned one after the other in this process; for all cores use `newsclean batch`, Spark or `datasets`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from newsclean import adapters
from newsclean.adapters.rows import NESTED, clean_columns, read_names, row_cleaner
from newsclean.cleaner import Cleaner
from newsclean.errors import UsageError
from newsclean.record import Fields, RecordCleaner

with adapters.extra("pandas"):
    import pandas as pd


def clean(data: pd.Series | pd.DataFrame, fields: Fields | None = None, cleaner: Cleaner | None = None) -> pd.DataFrame:
    """Clean a column or a frame, row for row.

    data: a Series of texts; its columns come back, the body in `fields.into` ("body" unless given), None where the row
        failed. A DataFrame: all its columns come back, and ours.

    Raises UsageError where no column is the text, it stands twice, or a column is there that newsclean would write.
    """
    if isinstance(data, pd.Series):
        return _clean_series(data, fields or Fields(), cleaner)
    names = [name for name in data.columns if isinstance(name, str)]
    rows = row_cleaner(tuple(names), fields, cleaner)
    rows.require(names)
    new = _cleaned(rows, {name: _column(data, name) for name in read_names(rows, names)}, data.index)
    kept = data.copy(deep=False)
    if not rows.fields.keeps_raw:
        text, body = rows.fields.text, rows.fields.body
        kept[text] = new.pop(body)
        kept = kept.rename(columns={text: body})
    return pd.concat([kept, pd.DataFrame(new, index=data.index)], axis=1)


def _clean_series(series: pd.Series, fields: Fields, cleaner: Cleaner | None) -> pd.DataFrame:
    wanted = replace(fields, text="text", into=fields.into or "body", drop_raw=False)
    rows = row_cleaner(("text",), wanted, cleaner)
    return pd.DataFrame(_cleaned(rows, {"text": series}, series.index), index=series.index)


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    column = frame[name]
    if isinstance(column, pd.DataFrame):
        raise UsageError(f"there are {column.shape[1]} columns {name!r}; what is read must stand in one")
    return column


def _cleaned(rows: RecordCleaner, columns: dict[str, pd.Series], index: pd.Index) -> dict[str, pd.Series]:
    values = {name: [None if _is_missing(one) else one for one in column] for name, column in columns.items()}
    nested = {name for key, name in rows.wire_columns().items() if key in NESTED}
    dtypes = dict.fromkeys(nested, "object") | {rows.fields.body: columns[rows.fields.text or ""].dtype}
    return {name: _series(new, index, dtypes.get(name, "string")) for name, new in clean_columns(rows, values).items()}


def _is_missing(value: Any) -> bool:
    return value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def _series(values: list[Any], index: pd.Index, dtype: Any) -> pd.Series:
    """A column of texts as what it was, or as strings; any other as it is."""
    if dtype == "object" or not all(value is None or isinstance(value, str) for value in values):
        return pd.Series(values, index=index, dtype="object")
    try:
        return pd.Series(values, index=index, dtype=dtype if isinstance(dtype, pd.StringDtype) else "string")
    except UnicodeEncodeError:  # half a surrogate pair, which strings in Arrow's memory cannot hold
        return pd.Series(values, index=index, dtype="object")
