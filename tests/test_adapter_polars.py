"""Polars: frames, lazy frames and series through the adapter."""

from typing import Any

import pytest

from tests.adapting import BODY, CLEANER, PICTURE, RAW, SPANS, assert_same_as_the_library, skip_without, table

skip_without("polars")

import polars as pl  # noqa: E402

from newsclean import UsageError  # noqa: E402
from newsclean.adapters import Fields  # noqa: E402
from newsclean.adapters.polars import clean  # noqa: E402


def test_a_frame_is_the_same_as_the_library() -> None:
    before = pl.DataFrame(table())
    after = clean(before, SPANS, CLEANER)
    assert_same_as_the_library(after.to_dicts())
    assert after.columns[:3] == before.columns


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_lazy_frame_is_the_same_as_the_library(engine: Any) -> None:
    lazy = clean(pl.LazyFrame(table()), SPANS, CLEANER)
    assert lazy.collect_schema() == clean(pl.DataFrame(table()), SPANS, CLEANER).schema
    assert_same_as_the_library(lazy.collect(engine=engine).to_dicts())
    found = lazy.filter(pl.col("content").str.len_chars() < 100).select("no", "content").collect(engine=engine)
    assert 0 < len(found) < len(table()["no"]) and set(found["no"]) == {
        row["no"] for row in lazy.collect().to_dicts() if row["content"] is not None and len(row["content"]) < 100
    }


def test_series_types_and_empty_frames() -> None:
    series = clean(pl.Series("본문", [RAW, None]), cleaner=CLEANER)
    assert series["body"].to_list() == [BODY, None] and series.columns[0] == "body" and "text" not in series.columns
    for kind in (pl.String, pl.Categorical, pl.Null):
        empty = clean(pl.DataFrame({"content": pl.Series([], dtype=kind)}), SPANS, CLEANER)
        assert len(empty) == 0 and empty.schema == clean(pl.DataFrame({"content": [RAW]}), SPANS, CLEANER).schema
    category = pl.DataFrame(
        {"content": pl.Series([RAW, None], dtype=pl.Categorical), "any": pl.Series([{1}, {2}], dtype=pl.Object)}
    )
    assert clean(category, cleaner=CLEANER)["content"].to_list() == [BODY, None]


def test_into_drop_raw_and_bytes() -> None:
    before = pl.DataFrame({"id": [1, 2], "content": [RAW.encode("cp949"), PICTURE], "last": [2, 3]})
    with pytest.raises(UsageError, match="a column of its own"):
        clean(before)
    beside = clean(before, Fields(into="clean"), CLEANER)
    assert beside.columns[:4] == ["id", "content", "last", "clean"] and beside["clean"].to_list() == [BODY, None]
    assert beside["content"].to_list() == before["content"].to_list()
    text = pl.DataFrame({"id": [1], "content": [RAW], "last": [2]})
    assert clean(text, Fields(into="clean", drop_raw=True), CLEANER).columns[:3] == ["id", "clean", "last"]


def test_mistakes_are_raised_before_a_lazy_frame_runs() -> None:
    for frame, reason in (
        (pl.LazyFrame({"no": [1]}), "no field looks"),
        (pl.LazyFrame({"text": [1]}), "int64, not text"),
    ):
        with pytest.raises(UsageError, match=reason):
            clean(frame)
