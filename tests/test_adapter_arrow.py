"""Arrow: batches, tables and streams of them through the adapter, and what is not UTF-8."""

import io
from typing import Any

import pytest

from tests.adapting import BODY, CLEANER, EXPECTED, PICTURE, RAW, SPANS, assert_same_as_the_library, skip_without, table

skip_without("arrow")

import pyarrow as pa  # noqa: E402
import pyarrow.compute as pc  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from newsclean import UsageError  # noqa: E402
from newsclean.adapters import Fields, arrow  # noqa: E402
from newsclean.adapters.rows import NESTED  # noqa: E402
from newsclean.arrow import TYPES  # noqa: E402


def not_utf8(values: list[bytes | None], kind: Any = None) -> Any:
    """A column of strings that nobody has checked, as Spark and DuckDB hand them over."""
    return pc.cast(
        pa.array(values, pa.binary()), options=pc.CastOptions(target_type=kind or pa.string(), allow_invalid_utf8=True)
    )


def test_a_table_is_the_same_as_the_library() -> None:
    before = pa.table(table())
    after = arrow.clean_table(before, SPANS, CLEANER)
    assert_same_as_the_library(after.to_pylist())
    assert after.schema == arrow.output_schema(before.schema, SPANS, CLEANER)
    assert after.column("지역").equals(before.column("지역"))


def test_batches_stream_and_parquet_keeps_every_type() -> None:
    source, sink = pa.table(table()), io.BytesIO()
    with pq.ParquetWriter(sink, arrow.output_schema(source.schema, SPANS, CLEANER)) as writer:
        for batch in arrow.clean_batches(source.to_batches(max_chunksize=7), SPANS, CLEANER):
            assert batch.num_rows <= 7
            writer.write_batch(batch)
    assert_same_as_the_library(pq.read_table(sink).to_pylist())


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.null(), pa.dictionary(pa.int32(), pa.string())])
def test_no_rows_have_the_schema_of_many(kind: Any) -> None:
    empty = pa.table({"content": pa.array([], kind)})
    after = arrow.clean_table(empty, SPANS, CLEANER)
    assert after.num_rows == 0 and after.schema == arrow.output_schema(empty.schema, SPANS, CLEANER)
    assert after.schema.field("content").type in (pa.string(), pa.large_string())


def test_a_column_of_nulls_fails_row_by_row() -> None:
    after = arrow.clean_table(pa.table({"content": pa.nulls(2)}), cleaner=CLEANER)
    assert after.column("content").to_pylist() == [None, None] and after.column("error").null_count == 0


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_strings_that_are_not_utf8_are_read_as_bytes(kind: Any) -> None:
    before = pa.table(
        {"title": not_utf8([b"\xb0\xa1", None, b"b"]), "content": not_utf8([RAW.encode("cp949"), None, PICTURE], kind)}
    )
    after = arrow.clean_table(before, cleaner=CLEANER)
    assert after.column("content").slice(0, 2).to_pylist() == [BODY, None]
    assert after.column("news_encoding").to_pylist()[0]["name"] == "cp949"
    assert after.column("content").cast(pa.large_binary()).to_pylist()[2] == PICTURE
    assert "not text" in after.column("error").to_pylist()[2] or "binary" in after.column("error").to_pylist()[2]
    assert after.column("title").equals(before.column("title"))


def test_what_no_row_can_be_cleaned_with_is_told_at_once() -> None:
    for columns, reason in (
        ({"no": [1]}, "no field looks like the text"),
        ({"text": [1]}, "int64, not text"),
        ({"text": [b"a"]}, "a column of its own"),
        ({"text": ["a"], "news_title": ["b"]}, "field 'news_title' already"),
    ):
        with pytest.raises(UsageError, match=reason):
            arrow.output_schema(pa.table(columns).schema)
    with pytest.raises(UsageError, match="no field '본문'"):
        arrow.clean_table(pa.table({"text": ["a"]}), Fields(text="본문"))


def test_the_types_name_every_key_of_the_wire_form_that_is_no_string() -> None:
    assert set(TYPES) == NESTED
    for wire in EXPECTED:
        nested = {key for key, value in wire.items() if isinstance(value, list | dict)}
        assert nested <= NESTED and not NESTED & {key for key, value in wire.items() if isinstance(value, str)}
