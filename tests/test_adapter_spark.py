"""Spark in local mode with two workers: `mapInArrow` and the pandas UDF, failures row by row, mistakes on the driver."""

import os
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from tests.adapting import BODY, CLEANER, PICTURE, RAW, SPANS, assert_same_as_the_library, skip_without, table

skip_without("spark")

import pyarrow as pa  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as sql  # noqa: E402

from newsclean import UsageError  # noqa: E402
from newsclean.adapters import Fields, spark  # noqa: E402
from newsclean.adapters.rows import row_cleaner  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
SCHEMA = "no long, content string, `지역` string"


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", "2")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "9").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def articles(session: Any) -> Any:
    return session.createDataFrame(list(zip(*table().values(), strict=True)), SCHEMA).repartition(3)


def plain(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in frame.orderBy("no").collect()]


def test_a_frame_is_the_same_as_the_library(articles: Any) -> None:
    after = spark.clean(articles, SPANS, CLEANER)
    assert after.columns[:3] == articles.columns and after.schema["no"] == articles.schema["no"]
    assert_same_as_the_library(plain(after))


def test_types_survive_parquet(articles: Any, tmp_path: Any) -> None:
    spark.clean(articles, SPANS, CLEANER).write.parquet(str(tmp_path / "clean"))
    assert_same_as_the_library(plain(articles.sparkSession.read.parquet(str(tmp_path / "clean"))))


def test_large_types(articles: Any) -> None:
    name = "spark.sql.execution.arrow.useLargeVarTypes"
    articles.sparkSession.conf.set(name, "true")
    try:
        assert_same_as_the_library(plain(spark.clean(articles, SPANS, CLEANER)))
    finally:
        articles.sparkSession.conf.unset(name)


def test_the_udf_is_the_same_as_the_library(articles: Any) -> None:
    clean = spark.clean_udf(cleaner=CLEANER)
    named = articles.withColumn("all", clean("content"))
    fields = [field for field in named.schema["all"].dataType.names if field not in ("body", "error")]
    ours = [sql.col("all")[field].alias(f"news_{field}") for field in fields]
    flat = named.select("no", sql.col("all.body").alias("content"), "지역", *ours, sql.col("all.error").alias("error"))
    assert_same_as_the_library(plain(flat))


def test_the_udf_is_told_what_the_crawler_knows(session: Any) -> None:
    frame = session.createDataFrame(
        [("시청 새소식 모음\n" + RAW, "시청 새소식 모음", "https://www.example.com/1")],
        "content string, head string, link string",
    )
    clean = spark.clean_udf("title", "url", cleaner=CLEANER)
    (row,) = frame.select(clean("content", "head", "link").alias("all")).collect()
    assert row["all"].title == "시청 새소식 모음" and row["all"].body == BODY
    with pytest.raises(UsageError, match="'headline' is none of"):
        spark.clean_udf("headline")


def test_rows_fail_alone_and_strings_need_not_be_utf8(session: Any, tmp_path: Any) -> None:
    (tmp_path / "old.txt").write_bytes(RAW.encode("cp949"))
    frame = session.read.text(str(tmp_path), wholetext=True)
    (row,) = spark.clean(frame, Fields(text="value"), CLEANER).collect()
    assert row.value == BODY and row.news_encoding.name == "cp949" and row.error is None
    bytes_ = session.createDataFrame([(RAW.encode("cp949"),), (PICTURE,), (None,)], "content binary")
    good, picture, empty = spark.clean(bytes_.coalesce(1), Fields(into="clean"), CLEANER).collect()
    assert good.clean == BODY and bytes(picture.content) == PICTURE and picture.clean is None and picture.error
    assert empty.error and empty.clean is None


def test_no_rows_and_odd_columns(session: Any) -> None:
    frame = session.sql(
        "select '가' content, timestamp'2024-01-01' at, 1.5bd price, map('a', array(1)) m, interval '1' day i, x'00' b"
    )
    (row,) = spark.clean(frame, cleaner=CLEANER).collect()
    assert row[1:6] == frame.collect()[0][1:6] and row.content == "가"
    assert spark.clean(frame.where("false"), SPANS, CLEANER).collect() == []


def test_mistakes_are_raised_on_the_driver(session: Any) -> None:
    for query, reason in (
        ("select 1 no", "no field looks like the text"),
        ("select 1 text", "int32, not text"),
        ("select 'a' text, 'b' news_title", "field 'news_title' already"),
        ("select x'00' text", "a column of its own"),
    ):
        with pytest.raises(UsageError, match=reason):
            spark.clean(session.sql(query))


def test_a_python_worker_unpickles_the_cleaner_once(articles: Any) -> None:
    rows = row_cleaner(tuple(articles.columns), SPANS, CLEANER)
    shipped = pickle.dumps(rows)

    def probe(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            found = {"worker": [os.getpid()], "cleaner": [id(spark._on_worker(shipped))], "rows": [batch.num_rows]}
            yield pa.RecordBatch.from_pydict(found)

    tasks = articles.repartition(8).mapInArrow(probe, "worker long, cleaner long, rows long").collect()
    assert (
        len(tasks) >= 8 > 2 >= len({row.worker for row in tasks}) == len({(row.worker, row.cleaner) for row in tasks})
    )
