"""Spark: a DataFrame in, a DataFrame out, by `mapInArrow`; and a pandas UDF. The extra is `spark`.

    >>> from pyspark.sql import SparkSession
    >>> from newsclean.adapters import Fields, spark
    >>> session = SparkSession.builder.master("local[2]").getOrCreate()
    >>> frame = session.createDataFrame([(1, raw)], "id long, content string")
    >>> spark.clean(frame, Fields(with_spans=True)).select("news_title", "news_reporters.name").first()
    Row(news_title='가람시, 새 도서관 24시간 개방', name=['홍길동'])
    >>> frame.select(spark.clean_udf()("content").body.alias("body")).count()
    1

**Rows.** Every column passes through as it is; what a row fails with stands in its `error`, and no row fails a task:
`cleaned.where("error is not null")`. Mistakes that concern every row (no such column, a column that newsclean would
write) are raised on the driver, before a job runs. A column of bytes (`binaryFile`, or text in an unknown encoding)
needs `into`. Strings that are not UTF-8, which is what `spark.read.text` makes of a CP949 file, are read as CP949.

**Schema.** Strings, `array<string>`, `struct` and `array<struct>`, known when the plan is made. Dates are ISO 8601
strings: `to_timestamp("news_published")` makes timestamps of them.

**Partitions.** A partition is cleaned by one Python worker on one core, batch by batch, so give a job at least two or
three partitions per core: `.gz` files cannot be split, `frame.repartition(n)` spreads them. Rows of a batch are Python
objects while it is cleaned: where workers run out of memory, lower `spark.sql.execution.arrow.maxRecordsPerBatch`
(Spark's default is 10,000). Kiwi is loaded by every worker that has a question for it, and takes more memory than all
else; `Cleaner(morphology=False)` forbids it. Nothing is shuffled.

**Workers.** The Cleaner travels pickled and is unpickled once per Python worker, not per task, as long
as `spark.python.worker.reuse` is on, which it is. newsclean with pyarrow must be installed where the workers run, and
they must run the driver's Python version: set `PYSPARK_PYTHON`. With pandas 3, Spark warns that it was made for
pandas 2; what this module uses works with both.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from newsclean import adapters
from newsclean.adapters.rows import read_names, row_cleaner
from newsclean.cleaner import Cleaner
from newsclean.errors import UsageError
from newsclean.record import Fields, RecordCleaner

with adapters.extra("spark"):
    import pandas as pd
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.functions import pandas_udf
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_type
    from pyspark.sql.types import StringType, StructField, StructType

    from newsclean.arrow import added_fields, clean_batch, cleaned_schema

_KNOWN = ("title", "publisher", "url")


def clean(frame: DataFrame, fields: Fields | None = None, cleaner: Cleaner | None = None) -> DataFrame:
    """The frame cleaned, row for row, when Spark runs it.

    Raises UsageError where no column is the text, it holds no text, or a column is there that newsclean would write.
    """
    rows = row_cleaner(tuple(frame.columns), fields, cleaner)
    return frame.mapInArrow(batch_function(rows), cleaned_type(frame.schema, rows))


def cleaned_type(schema: StructType, rows: RecordCleaner) -> StructType:
    """The Spark schema of what comes out for frames of `schema`. Raises UsageError as `clean` does."""
    rows.require(schema.names)
    read = read_names(rows, schema.names)
    cleaned_schema(
        rows, pa.schema([(field.name, to_arrow_type(field.dataType)) for field in schema if field.name in read])
    )
    body = StructField(rows.fields.body, StringType(), True)
    kept = [body if field.name == rows.fields.text and not rows.fields.keeps_raw else field for field in schema]
    return StructType([*kept, *from_arrow_schema(pa.schema(added_fields(rows))).fields])


def batch_function(rows: RecordCleaner) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function for `DataFrame.mapInArrow`, to be used with the schema that `cleaned_type` gives."""
    shipped = pickle.dumps(rows)

    def clean_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = _on_worker(shipped)
        for batch in batches:
            yield clean_batch(rows, batch)[0]

    return clean_batches


def clean_udf(*known: str, cleaner: Cleaner | None = None) -> Any:
    """A pandas UDF: a column of texts in, a column of structs out (`body`, the metadata, `removed`, `error`).

    known: what further columns hold, of "title", "publisher" and "url", in the order in which they are passed:
    `clean_udf("title")("content", "headline")`.

    Raises UsageError for another word.
    """
    if unknown := set(known) - set(_KNOWN):
        raise UsageError(f"{min(unknown)!r} is none of the things that help cleaning: {', '.join(_KNOWN)}")
    names = ("text", *(f"known_{name}" for name in known))  # beside `title`, which is what was found
    told: dict[str, Any] = {name: f"known_{name}" for name in known}
    fields = replace(Fields(text="text", into="body", prefix="", with_spans=True), **told)
    rows = row_cleaner(names, fields, cleaner)
    shipped = pickle.dumps(rows)

    def clean_series(*columns: pd.Series) -> pd.DataFrame:
        from newsclean.adapters.pandas import clean

        rows, frame = _on_worker(shipped), pd.DataFrame(dict(zip(names, columns, strict=True)))
        return clean(frame, rows.fields, rows.cleaner).drop(columns=list(names))

    return pandas_udf(clean_series, from_arrow_schema(pa.schema(added_fields(rows))))


@lru_cache(maxsize=8)
def _on_worker(shipped: bytes) -> RecordCleaner:
    """What came from the driver, unpickled once in a Python process, with the patterns it has compiled since."""
    rows: RecordCleaner = pickle.loads(shipped)
    return rows
