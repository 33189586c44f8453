"""Hugging Face datasets: `map` with the adapter's function, in one process and two, streamed and cached."""

from typing import Any

import pytest

from tests.adapting import BODY, CLEANER, PICTURE, RAW, SPANS, assert_same_as_the_library, skip_without, table

skip_without("datasets")

import datasets as hf  # noqa: E402

from newsclean import Cleaner, UsageError  # noqa: E402
from newsclean.adapters import Fields  # noqa: E402
from newsclean.adapters.datasets import CleanBatch, clean, cleaned_features  # noqa: E402


@pytest.fixture(autouse=True)
def no_progress_bars() -> None:
    hf.disable_progress_bars()


@pytest.mark.parametrize("options", [{}, {"num_proc": 2}, {"batch_size": 5}])
def test_a_dataset_is_the_same_as_the_library(options: dict[str, Any]) -> None:
    before = hf.Dataset.from_dict(table())
    after = clean(before, SPANS, CLEANER, **options)
    assert_same_as_the_library(after.to_list())
    assert (
        after.features == cleaned_features(before.features, SPANS, CLEANER)
        and after.column_names[:3] == before.column_names
    )


def test_map_itself_takes_the_function() -> None:
    before = hf.Dataset.from_dict(table())
    features = cleaned_features(before.features, SPANS)
    assert_same_as_the_library(before.map(CleanBatch(SPANS, CLEANER), batched=True, features=features).to_list())


def test_streams_and_dicts_of_datasets() -> None:
    before = hf.Dataset.from_dict(table())
    assert_same_as_the_library(list(clean(before.to_iterable_dataset(), SPANS, CLEANER)))
    both = clean(hf.DatasetDict(train=before, test=before.select(range(2))), SPANS, CLEANER)
    assert_same_as_the_library(both["train"].to_list())
    assert isinstance(both, hf.DatasetDict) and len(both["test"]) == 2
    unknown = hf.IterableDataset.from_generator(lambda: iter([{"content": RAW}]))
    assert unknown.features is None
    assert [row["content"] for row in clean(unknown, SPANS, CLEANER)] == [BODY]


def test_columns_that_are_empty_at_first_have_their_type() -> None:
    before = hf.Dataset.from_dict({"content": [None, RAW]})
    after = clean(before, SPANS, CLEANER, batch_size=1)
    assert after["news_title"][:] == [None, "가람시, 새 도서관 24시간 개방"] and after["content"][:] == [None, BODY]
    empty = clean(before.select([]), SPANS, CLEANER)
    assert len(empty) == 0 and empty.features == after.features


def test_into_drop_raw_bytes_and_columns_that_nobody_reads() -> None:
    photo = {"bytes": b"no picture, and decoding it would say so", "path": None}
    row = {"content": [RAW.encode("cp949"), PICTURE], "photo": [photo] * 2, "last": [1, 2]}
    before = hf.Dataset.from_dict(row).cast_column("photo", hf.Image())
    with pytest.raises(UsageError, match="a column of its own"):
        clean(before)
    after = clean(before, Fields(into="clean"), CLEANER)
    assert after["clean"][:] == [BODY, None] and after.column_names[:4] == ["content", "photo", "last", "clean"]
    assert after.features["photo"] == hf.Image() and after["last"][:] == [1, 2]
    text = hf.Dataset.from_dict({"id": [1], "content": [RAW], "last": [2]})
    assert clean(text, Fields(into="clean", drop_raw=True), CLEANER).column_names[:3] == ["id", "clean", "last"]
    assert clean(text.with_format("numpy"), cleaner=CLEANER)["content"][0] == BODY


def test_the_cache_knows_the_choices_of_the_cleaner() -> None:
    used = Cleaner(morphology=False)
    used.clean(RAW)
    prints = {
        hf.fingerprint.Hasher.hash(CleanBatch(SPANS, cleaner)) for cleaner in (CLEANER, used, Cleaner(morphology=False))
    }
    assert len(prints) == 1
    assert hf.fingerprint.Hasher.hash(CleanBatch(SPANS, Cleaner(morphology=False, keep=["bio", "end"]))) not in prints
