"""Arrow: record batches in, record batches out. The extra is `arrow`.

    >>> import pyarrow as pa, pyarrow.parquet as pq
    >>> from newsclean.adapters import Fields, arrow
    >>> table = pa.table({"본문": [raw], "id": [1]})
    >>> arrow.clean_table(table, Fields(with_spans=True)).schema.names[:3]
    ['본문', 'id', 'news_title']

Columns that are not the text are not read and not copied. The text column keeps its type (`string`, `large_string`;
`string_view` and a dictionary become `string`); strings that are not UTF-8, as Spark and DuckDB hold them after reading
a CP949 file as text, are read in their own encoding. A column of bytes needs `into`, because a row that fails must
keep them. The metadata are `string`, `list<string>`, `struct` and `list<struct>`; `output_schema` gives them without
reading a row. Dates are strings, ISO 8601: `pc.strptime` makes timestamps of those with a time of day.

A file larger than the memory goes through `clean_batches`, one batch at a time:

    >>> pq.write_table(table, "raw.parquet")
    >>> source = pq.ParquetFile("raw.parquet")
    >>> with pq.ParquetWriter("clean.parquet", arrow.output_schema(source.schema_arrow)) as sink:
    ...     for batch in arrow.clean_batches(source.iter_batches(batch_size=1000)):
    ...         sink.write_batch(batch)
    >>> pq.read_table("clean.parquet").column("news_published").to_pylist()
    ['2024-11-15T10:22:00+09:00']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsclean import adapters
from newsclean.adapters.rows import row_cleaner
from newsclean.cleaner import Cleaner
from newsclean.record import Fields

with adapters.extra("arrow"):
    import pyarrow as pa

    from newsclean import arrow


def output_schema(schema: pa.Schema, fields: Fields | None = None, cleaner: Cleaner | None = None) -> pa.Schema:
    """The schema of what comes out for tables of `schema`.

    Raises UsageError where there is no text column, it holds no text, or a column is there that newsclean would write.
    """
    return arrow.cleaned_schema(row_cleaner(tuple(schema.names), fields, cleaner), schema)


def clean_batch(batch: pa.RecordBatch, fields: Fields | None = None, cleaner: Cleaner | None = None) -> pa.RecordBatch:
    """The batch cleaned, row for row. Raises UsageError as `output_schema` does."""
    return arrow.clean_batch(row_cleaner(tuple(batch.schema.names), fields, cleaner), batch)[0]


def clean_batches(
    batches: Iterable[pa.RecordBatch], fields: Fields | None = None, cleaner: Cleaner | None = None
) -> Iterator[pa.RecordBatch]:
    """The batches cleaned, each when it is asked for. Raises UsageError as `output_schema` does."""
    for batch in batches:
        yield clean_batch(batch, fields, cleaner)


def clean_table(table: pa.Table, fields: Fields | None = None, cleaner: Cleaner | None = None) -> pa.Table:
    """The table cleaned, row for row. Raises UsageError as `output_schema` does."""
    return arrow.clean_table(row_cleaner(tuple(table.schema.names), fields, cleaner), table)
