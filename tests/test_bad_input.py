"""Bad input gives a result or a clear error, in linear time."""

import time
from collections.abc import Callable
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
SHAPES: dict[str, Callable[[int], str]] = {
    "one line": lambda n: SENTENCE * (n // len(SENTENCE)),
    "lines": lambda n: (SENTENCE + "\n") * (n // len(SENTENCE)),
    "short lines": lambda n: "가나다\n" * (n // 4),
    "brackets": lambda n: "(" * n,
    "brackets and words": lambda n: "[가나 " * (n // 4),
    "equals": lambda n: "=" * n,
    "bullets": lambda n: "▶" * n,
    "spaces": lambda n: " " * n,
    "newlines": lambda n: "\n" * n,
    "mails": lambda n: "a@b.kr " * (n // 7),
    "reporters": lambda n: "홍길동 기자 " * (n // 7),
    "credits": lambda n: "사진=뉴스1 " * (n // 7),
    "rights": lambda n: "ⓒ 무단전재 " * (n // 7),
    "related": lambda n: "관련기사\n가나다라 마바사\n" * (n // 14),
    "tags": lambda n: "#가나 " * (n // 4),
    "digits": lambda n: "2023. 1. 1. " * (n // 12),
    "letters": lambda n: "a" * n,
    "captions in one line": lambda n: "시민들이 광장에서 웃고 있다. (사진=연합뉴스) " * (n // 30),
    "captions": lambda n: "시민들이 웃고 있다. /홍길동 기자\n" * (n // 20),
    "bylines": lambda n: "시민들이 웃고 있다. 홍길동 기자\n" * (n // 19),
    "datelines": lambda n: "(서울=연합뉴스) 홍길동 기자 = " * (n // 19),
    "scripts": lambda n: "[앵커] 그는 오늘 이렇게 말했습니다.\n" * (n // 23),
    "tags of a page": lambda n: "<br>가&amp;나 " * (n // 12),
}


def seconds(raw: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()  # not the wall clock: the machine is shared
        article = CLEANER.clean(raw)
        best = min(best, time.process_time() - start)
    assert article.source() == raw
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape: str) -> None:
    make, size = SHAPES[shape], 30_000
    CLEANER.clean(make(2000))
    pairs = ((seconds(make(size)), seconds(make(2 * size))) for _ in range(3))  # a quadratic one fails thrice
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
    assert [note.code for note in article.notes] == ["rule-timeout"]
    assert "promo.slow" in article.notes[0].message and article.body == "a" * 40


@pytest.mark.parametrize("rule", [rule for rule in RulePack.default() if rule.pattern], ids=lambda rule: rule.id)
def test_no_built_in_rule_needs_a_clock(rule: Rule) -> None:
    """Up to 20,000 characters they run without one: on their own hits, near misses and literals, over and over."""
    cleaner = Cleaner(RulePack([rule]), morphology=False)
    hit = marked.parse(rule.hits[0]).text
    for unit in (hit, hit[: max(3, len(hit) * 2 // 3)], *rule.needs[:1]):
        start = time.process_time()
        cleaner.clean(unit * (20_000 // len(unit)))
        assert time.process_time() - start < 2
