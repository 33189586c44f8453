"""pandas: frames and series through the adapter, their index, dtypes and odd values."""

from typing import Any

import pytest

from tests.adapting import BODY, CLEANER, PICTURE, RAW, SPANS, assert_same_as_the_library, rows, skip_without, table

skip_without("pandas")

import pandas as pd  # noqa: E402

from newsclean import UsageError  # noqa: E402
from newsclean.adapters import Fields  # noqa: E402
from newsclean.adapters.pandas import clean  # noqa: E402


def plain(frame: Any) -> list[dict[str, Any]]:
    records = frame.astype(object).to_dict("records")
    return [
        {key: None if not isinstance(one, list | dict) and pd.isna(one) else one for key, one in row.items()}
        for row in records
    ]


def test_a_frame_is_the_same_as_the_library() -> None:
    found = plain(clean(pd.DataFrame(table()), SPANS, CLEANER))
    assert_same_as_the_library(found)
    assert found == rows()


@pytest.mark.parametrize("index", [[3, 3, 1], list("abc"), pd.MultiIndex.from_tuples([(1, "a"), (1, "b"), (2, "a")])])
def test_the_index_and_the_frame_that_went_in_stay(index: Any) -> None:
    before = pd.DataFrame({"content": [RAW, None, RAW], 7: [1, 2, 3]}, index=index)
    copy = before.copy()
    after = clean(before, cleaner=CLEANER)
    pd.testing.assert_frame_equal(before, copy)
    assert after.index.equals(before.index) and list(after[7]) == [1, 2, 3]
    series = clean(before["content"], cleaner=CLEANER)
    assert series.index.equals(before.index) and next(iter(series.columns)) == "body" and "content" not in series
    assert series["body"].iloc[0] == BODY and pd.isna(series["body"].iloc[1]) and not pd.isna(series["error"].iloc[1])


@pytest.mark.parametrize("dtype", ["object", "string", "category", None])
def test_dtypes(dtype: Any) -> None:
    before = pd.DataFrame({"content": pd.Series([RAW, None], dtype=dtype)})
    after = clean(before, SPANS, CLEANER)
    assert after["content"].iloc[0] == BODY and pd.isna(after["content"].iloc[1])
    assert after["content"].dtype == ("string" if dtype == "category" else before["content"].dtype)
    assert after["news_title"].dtype == "string" and after["news_removed"].dtype == object
    empty = clean(before.iloc[:0], SPANS, CLEANER)
    assert len(empty) == 0 and list(empty.dtypes) == list(after.dtypes) and list(empty) == list(after)


def test_odd_values_fail_row_by_row_and_stay() -> None:
    odd = [RAW, RAW.encode("cp949"), None, float("nan"), pd.NA, pd.NaT, 3, PICTURE, ["a"], {"a": 1}, "\ud800"]
    after = clean(pd.DataFrame({"content": pd.Series(odd, dtype="object")}), cleaner=CLEANER)
    assert list(after["content"][:2]) == [BODY, BODY] and list(after["content"][6:10]) == odd[6:10]
    assert list(after["error"].isna()) == [True, True, *[False] * 8, True]
    assert "an int, not a text" in after["error"][6] and not after["error"].str.contains("report it", na=False).any()


def test_into_and_drop_raw() -> None:
    before = pd.DataFrame({"id": [1], "content": [RAW], "last": [2]})
    beside = clean(before, Fields(into="clean"), CLEANER)
    assert list(beside)[:4] == ["id", "content", "last", "clean"] and beside["content"][0] == RAW
    assert list(clean(before, Fields(into="clean", drop_raw=True), CLEANER))[:3] == ["id", "clean", "last"]
    assert list(clean(before["content"], Fields(metadata=False, into="clean"), CLEANER)) == ["clean", "error"]


def test_mistakes() -> None:
    twice = pd.DataFrame([[RAW, RAW]], columns=["content", "content"])
    for frame, reason in ((twice, "2 columns 'content'"), (pd.DataFrame({0: [RAW]}), "no field looks like the text")):
        with pytest.raises(UsageError, match=reason):
            clean(frame)
    with pytest.raises(UsageError, match="field 'error' already"):
        clean(pd.DataFrame({"content": [RAW], "error": [1]}))
