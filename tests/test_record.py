"""Rows: fields guessed and named, every other field kept, failures told, and no name written twice."""

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsclean
from newsclean import Cleaner, Limits, UsageError
from newsclean.record import Fields, RecordCleaner, guess_fields, said
from tests.strategies import scrapes

RAW = """\
가람시, 강변 산책로 새로 깐다
[가람=뉴시스]홍길동 기자 = 가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다.
공사는 다음 달 시작해 열한 달 동안 이어진다.
Copyright © 뉴시스. 무단전재 및 재배포 금지.
"""
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
BODY = newsclean.clean(RAW).body
CLEANER = Cleaner(morphology=False)

odd = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.binary(max_size=9), st.lists(st.integers()))


def cleaner(**fields: Any) -> RecordCleaner:
    return RecordCleaner(CLEANER, Fields(**{"text": "text", **fields}))


def test_body_in_place_other_fields_in_order() -> None:
    row = cleaner()({"id": 7, "text": RAW, "지역": ["가람"]})
    assert list(row)[:3] == ["id", "text", "지역"] and row["id"] == 7 and row["지역"] == ["가람"]
    assert row["text"] == BODY and row["error"] is None and list(row)[-1] == "error"
    assert row["news_publisher"] == "뉴시스" and row["news_reporters"][0]["name"] == "홍길동"


def test_metadata_columns_are_the_wire_form() -> None:
    wire = newsclean.clean(RAW).to_dict()
    row = cleaner(with_spans=True)({"text": RAW})
    assert {f"news_{key}": value for key, value in wire.items() if key not in ("body", "schema")}.items() <= row.items()
    assert list(cleaner(metadata=False)({"text": RAW})) == ["text", "error"]
    assert "removed" in cleaner(metadata=False, with_spans=True, prefix="")({"text": RAW})


@pytest.mark.parametrize(
    ("fields", "start"),
    [
        ({"into": "clean"}, {"id": 1, "text": RAW, "clean": BODY}),
        ({"into": "clean", "drop_raw": True}, {"id": 1, "clean": BODY}),
        ({"into": "text"}, {"id": 1, "text": BODY}),
    ],
)
def test_into(fields: dict[str, Any], start: dict[str, Any]) -> None:
    rows = cleaner(**fields)
    row = rows({"id": 1, "text": RAW})
    assert dict(list(row.items())[: len(start)]) == start
    assert list(row) == rows.names(["id", "text"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "is empty (null)"),
        (math.nan, "is empty (null)"),
        (3, "holds an int"),
        (["가"], "holds a list"),
        (PICTURE, "not text"),
    ],
)
def test_a_record_that_fails_keeps_its_text_and_says_why(text: object, why: str) -> None:
    row = cleaner()({"text": text, "id": 3})
    assert row["text"] is text and why in row["error"] and row["news_title"] is None
    beside = cleaner(into="clean")({"text": text, "id": 3})
    assert beside["text"] is text and beside["clean"] is None
    assert cleaner(into="clean", drop_raw=True)({"text": text})["clean"] is text


def test_missing_text_too_large_text_and_a_defect() -> None:
    assert "no field 'text'" in cleaner()({"id": 3})["error"]
    small = RecordCleaner(Cleaner(limits=Limits(max_bytes=5)), Fields(text="text"))
    assert "over the limit" in small({"text": RAW})["error"]

    class Broken(Cleaner):
        def clean(self, raw: bytes | str, **known: Any) -> newsclean.Article:
            if raw:
                raise ZeroDivisionError("none")
            return super().clean(raw, **known)

    assert "ZeroDivisionError" in RecordCleaner(Broken(), Fields(text="text"))({"text": RAW})["error"]


def test_what_the_row_knows_is_used_and_odd_values_are_not() -> None:
    flat = RAW.replace("\n", " ")
    rows = cleaner(title="t", publisher="p", url="u")
    assert rows({"text": flat, "t": RAW.splitlines()[0]})["text"].startswith("가람시는")
    assert rows({"text": "가람시는 밝혔다.", "p": "가람일보"})["news_publisher"] == "가람일보"
    odd_values: list[Any] = [None, math.nan, "", 3, []]
    for nothing in odd_values:
        assert rows({"text": RAW, "t": nothing, "p": nothing, "u": nothing})["text"] == BODY


def test_bytes_are_decoded() -> None:
    raw = RAW.replace("©", "ⓒ")
    assert cleaner()({"text": raw.encode("cp949")})["text"] == BODY
    assert cleaner()({"text": bytearray(raw.encode("cp949"))})["text"] == BODY
    forced = RecordCleaner(CLEANER, Fields(text="text"), encoding="cp949")
    assert forced({"text": raw.encode("cp949")})["text"] == BODY == forced({"text": raw})["text"]
    with pytest.raises(UsageError, match="unknown encoding"):
        RecordCleaner(CLEANER, Fields(text="text"), encoding="klingon")


@pytest.mark.parametrize("taken", ["news_title", "error", "clean"])
def test_a_field_that_we_would_write_is_never_written_over(taken: str) -> None:
    rows = cleaner(into="clean")
    with pytest.raises(UsageError, match=taken):
        rows.require(["text", taken])
    record = {"text": RAW, taken: "own"}
    row = rows(record)
    assert record.items() <= row.items() and len(row) == 3
    assert any("which newsclean would write" in str(value) for value in row.values())


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"into": ""},
        {"error": ""},
        {"error": "text"},
        {"into": "a", "error": "a"},
        {"into": "news_title"},
        {"into": "news_title", "drop_raw": True},
        {"prefix": "", "text": "title"},
        {"error": "news_title"},
    ],
)
def test_names_that_collide_with_each_other(fields: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        cleaner(**fields)


def test_guess() -> None:
    found = guess_fields(["번호", "기사 본문", "Title", "언론사", "URL", "article_id"])
    assert (found.text, found.title, found.publisher, found.url, found.id) == (
        "기사 본문",
        "Title",
        "언론사",
        "URL",
        "article_id",
    )
    assert said(found, Fields(title="")).startswith("text in '기사 본문', publisher")
    assert guess_fields(["content", "text"]).text == "text"
    chosen = guess_fields(["text", "title", "dek"], Fields(text="dek", title=""))
    assert (chosen.text, chosen.title, chosen.url) == ("dek", "", "")
    assert said(chosen, chosen) == ""


@pytest.mark.parametrize(
    ("names", "wanted"), [(["a", "b"], Fields()), (["text", "b"], Fields(title="제목")), ([], Fields())]
)
def test_no_guess_lists_the_fields(names: list[str], wanted: Fields) -> None:
    with pytest.raises(UsageError, match=", ".join(names) or "no fields"):
        guess_fields(names, wanted)


def test_the_text_must_be_known() -> None:
    with pytest.raises(UsageError, match="which field"):
        RecordCleaner(CLEANER, Fields())


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first scrape compiles the rules
@given(st.dictionaries(st.sampled_from(["text", "title", "id", "error", "news_title", "본문", "x"]), odd | scrapes()))
def test_every_row_comes_back_with_all_it_held(record: dict[str, Any]) -> None:
    rows = cleaner(title="title", into="body")
    row = rows(record)
    assert all(row[name] is value for name, value in record.items())
    (why,) = [value for name, value in row.items() if name.startswith("error") and name not in record]
    assert why is None or why
    if why is None:
        assert row["body"] == CLEANER.clean(record["text"], title=_title(record)).body


def _title(record: dict[str, Any]) -> str | None:
    title = record.get("title")
    return title if isinstance(title, str) and title.strip() else None
