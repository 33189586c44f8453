"""Bad input gives a result or a clear error, in linear time."""

import gc
import time
from typing import Any

import pytest

import newsclean
from newsclean import Cleaner, RulePack, marked
from newsclean.errors import Limits
from newsclean.rule import Rule

CLEANER = Cleaner(morphology=False)


@pytest.mark.parametrize("raw", ["", " ", "\n\n\t", "가", b"", b" ", "\ufeff", "▶", "((((("])
def test_next_to_nothing(raw: str | bytes) -> None:
    article = CLEANER.clean(raw)
    assert article.source() == (raw if isinstance(raw, str) else raw.decode())


def test_control_characters_and_nul() -> None:
    raw = "가나시는 15일\x00 밝혔다.\x07\x1b[0m 공사는 \x0b끝났다."
    assert CLEANER.clean(raw).source() == raw


def test_lone_surrogates() -> None:
    raw = "가나시는 \ud800 15일 밝혔다."
    assert CLEANER.clean(raw).source() == raw


SENTENCE = "가나시는 15일 도서관 (신관)의 문을 연다고 밝혔다. 홍길동 기자는 ▶ 현장을 찾았다. "
SHAPES = {  # what is repeated to fill the text
    "one line": SENTENCE,
    "lines": SENTENCE + "\n",
    "short lines": "가나다\n",
    "brackets": "(",
    "brackets and words": "[가나 ",
    "equals": "=",
    "bullets": "▶",
    "spaces": " ",
    "newlines": "\n",
    "mails": "a@b.kr ",
    "reporters": "홍길동 기자 ",
    "credits": "사진=뉴스1 ",
    "rights": "ⓒ 무단전재 ",
    "related": "관련기사\n가나다라 마바사\n",
    "tags": "#가나 ",
    "digits": "2023. 1. 1. ",
    "letters": "a",
    "captions in one line": "시민들이 광장에서 웃고 있다. (사진=연합뉴스) ",
    "captions": "시민들이 웃고 있다. /홍길동 기자\n",
    "bylines": "시민들이 웃고 있다. 홍길동 기자\n",
    "datelines": "(서울=연합뉴스) 홍길동 기자 = ",
    "scripts": "[앵커] 그는 오늘 이렇게 말했습니다.\n",
    "tags of a page": "<br>가&amp;나 ",
    "links": "[가](https://a.kr/b) ",
    "links that break off": "[가](https://a.kr",
    "paragraphs on one line": "시민들이 3일 오전 광장에서 걸었다.  ",
    "photos on one line": "시민들이 3일 오전 광장에서 걷고 있다. /뉴스1 ",
}


def seconds(raw: str) -> float:
    best = float("inf")
    gc.disable()  # its time grows with what the other tests left on the heap
    for _ in range(3):
        start = time.process_time()  # not the wall clock: the machine is shared
        article = CLEANER.clean(raw)
        best = min(best, time.process_time() - start)
    gc.enable()
    assert article.source() == raw
    return best


@pytest.mark.parametrize(
    "text",
    [
        "\n  가나\n  다라\n  마" + " " * 200_000 + "바",
        "가나\\n\\n다라" + "\\" * 200_000 + "마",
        "---\n" + "title: 가나 다라\n" * 19 + "---x\n가나시는 오늘 강을 열었다고 밝혔다.",
        "가나시 새 소식\n입력 2023.01.01 10:00\n" + "강이 흐르고\n" * 20_000 + "가나시는 오늘 강을 열었다고 밝혔다.",
    ],
    ids=["blanks in an indented page", "backslashes beside escapes", "a data block without an end", "a page of heads"],
)
def test_long_runs_where_a_repair_looks(text: str) -> None:
    assert seconds(text) < 5


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape: str) -> None:
    unit = SHAPES[shape]
    CLEANER.clean(unit * 20)
    text = unit * (30_000 // len(unit))
    pairs = ((seconds(text), seconds(text * 2)) for _ in range(3))  # a quadratic one fails thrice
    assert any(large / max(small, 0.03) < 2.6 for small, large in pairs)


NUMBERED = {
    "names": "김민수\n가람시는 {}번째 도서관을 강가에 지어 하루도 쉬지 않고 24시간 연다고 15일 밝혔다.\n",
    "speakers": "[사회자]\n가람시는 강가에 지은 새 도서관을 오는 3월부터 하루도 쉬지 않고 24시간 연다고 15일 밝혔다. {}\n",
    "photos with datelines": "강가의 봄 {}(부산=연합뉴스) 시민이 걷고 있다. 2024.3.5 a@yna.co.kr\n",
    "wrapped lines": "물에 {}번 잠긴 나루터를\n주민들이 {}일 동안\n지키느라 밤을 새웠습니다.\n",
    "slots": "강변 나루터 {} 앞.\n\n\n가람시는 도서관을 3월부터 하루도 쉬지 않고 24시간 연다고 {}일 밝혔다.\n",
    "pages": "인쇄하기\n강가 소식 {}\n공유하기\n가람시는 강가에 도서관 {}곳을 지어 하루도 쉬지 않고 24시간 연다고 밝혔다.\n",
}


@pytest.mark.parametrize("shape", NUMBERED)
def test_time_is_linear_where_every_line_differs(shape: str) -> None:
    def text(count: int) -> str:
        return "본문 바로가기\n입력 2024.11.15 10:22\n" + "".join(NUMBERED[shape].format(k, k) for k in range(count))

    CLEANER.clean(text(20))
    pairs = ((seconds(text(1_000)), seconds(text(2_000))) for _ in range(3))  # a quadratic one fails thrice
    assert any(large / max(small, 0.03) < 2.6 for small, large in pairs)


@pytest.mark.parametrize("mark", ["(", "=", "▶"])
def test_a_hundred_thousand_marks(mark: str) -> None:
    assert CLEANER.clean(mark * 100_000).source() == mark * 100_000


def test_twenty_megabytes_in_one_line() -> None:
    raw = SENTENCE * (20_000_000 // len(SENTENCE.encode()))
    assert CLEANER.clean(raw.encode()).source() == raw


def test_two_hundred_thousand_lines() -> None:
    raw = "도서관은 강가에 있다.\n" * 200_000
    assert CLEANER.clean(raw).source() == raw


@pytest.mark.parametrize("where", [{}, {"at": "whole", "after": ("start",)}], ids=["sure", "hint"])
def test_a_slow_rule_is_skipped_and_noted(where: dict[str, Any]) -> None:
    slow = Rule(
        "promo.slow",
        newsclean.Category.PROMO,
        "느린 규칙",
        **where,
        pattern=r"(?:a|aa)+(?=[ac]|$)(?!a|$)",
        needs=("a",),
        hits=("x",),
        misses=("y",),
    )
    cleaner = Cleaner(RulePack([slow]), limits=Limits(rule_seconds=0.05))
    article = cleaner.clean("a" * 40)
    assert [note.code for note in article.found] == ["rule-timeout"]
    assert "promo.slow" in article.found[0].message and article.body == "a" * 40


@pytest.mark.parametrize("rule", [rule for rule in RulePack.default() if rule.pattern], ids=lambda rule: rule.id)
def test_no_built_in_rule_needs_a_clock(rule: Rule) -> None:
    """Up to 20,000 characters they run without one: on their own hits, near misses and literals, over and over."""
    cleaner = Cleaner(RulePack([rule]), morphology=False)
    hit = marked.parse(rule.hits[0]).text
    for unit in (hit, hit[: max(3, len(hit) * 2 // 3)], *rule.needs[:1]):
        start = time.process_time()
        cleaner.clean(unit * (20_000 // len(unit)))
        assert time.process_time() - start < 2
