"""Record batches: types and other columns kept, ours typed, bytes never lost."""

from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `parquet`)")

from newsclean import UsageError  # noqa: E402
from newsclean.arrow import clean_batch, cleaned_schema  # noqa: E402
from newsclean.record import Fields, RecordCleaner  # noqa: E402
from tests.test_record import BODY, CLEANER, PICTURE, RAW  # noqa: E402


def rows(**fields: Any) -> RecordCleaner:
    return RecordCleaner(CLEANER, Fields(**{"text": "text", **fields}))


def batch(values: list[Any], kind: Any) -> Any:
    when = pa.array([0] * len(values), pa.timestamp("ns", "Asia/Seoul"))
    return pa.RecordBatch.from_arrays([when, pa.array(values, kind)], names=["when", "text"])


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())])
def test_rows_and_types(kind: Any) -> None:
    before = batch([RAW, None, ""], kind)
    after, cleaned = clean_batch(rows(with_spans=True), before)
    assert after.schema == cleaned_schema(rows(with_spans=True), before.schema)
    assert after.column(0).equals(before.column(0)) and after.schema.names == rows(with_spans=True).names(
        ["when", "text"]
    )
    assert after.column("text").to_pylist() == [BODY, None, ""]
    assert "empty" in after.column("error").to_pylist()[1] and cleaned[1].article is None
    assert cleaned[0].article is not None
    wire = cleaned[0].article.to_dict()
    for key in ("reporters", "publisher", "published", "encoding", "removed", "tags", "translation"):
        assert after.column(f"news_{key}").to_pylist()[0] == wire[key]


def test_bytes_need_a_column_of_their_own() -> None:
    before = batch([RAW.encode(), PICTURE], pa.binary())
    with pytest.raises(UsageError, match="--into"):
        clean_batch(rows(), before)
    after, _ = clean_batch(rows(into="clean"), before)
    assert after.column("clean").to_pylist() == [BODY, None] and after.column("text").equals(before.column("text"))


def test_columns_that_are_no_text_or_stand_twice() -> None:
    with pytest.raises(UsageError, match="int64, not text"):
        clean_batch(rows(text="n"), pa.RecordBatch.from_arrays([pa.array([1])], names=["n"]))
    twice = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    with pytest.raises(UsageError, match="2 columns"):
        clean_batch(rows(), twice)
    with pytest.raises(UsageError, match="no field 'text'"):
        clean_batch(rows(), pa.RecordBatch.from_arrays([pa.array(["a"])], names=["본문"]))
