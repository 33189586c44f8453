"""First characters read off a pattern: never fewer than the engine finds."""

import pickle

import pytest

from newsclean import RulePack
from newsclean.first import ANY, behind_first, first_set, opening
from newsclean.pattern import beginning, clocked, glance
from newsclean.rule import Rule

PACK = RulePack.default()
EXAMPLES = [example.replace("{{", "").replace("}}", "") for rule in PACK for example in (*rule.hits, *rule.misses)]


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("가나", {"가"}),
        ("가?나", {"가", "나"}),
        ("(?:가|나)다", {"가", "나"}),
        ("(?:가|나)?다", {"가", "나", "다"}),
        ("[가-나]{0,3}다", {"[가-나]", "다"}),
        (r"(?<=\\d)(?!x)가", {"가"}),
        ("(?P<reporter>[가-힣]{2})", {"[가-힣]"}),
        (r"\[가|나", {r"\[", "나"}),
        (".가", {ANY}),
        ("가*", {ANY}),
        (r"\p{Hangul}{2}", {ANY}),
        (r"[\p{Han}가]나", {ANY}),
        ("[[:alpha:]]나", {ANY}),
        ("(?i)가", {ANY}),
        (r"\b가", {ANY}),
        (r"(?:\A|(?<=나))가", {"가"}),
        (r"(?:\A|나)가", {"가", "나"}),
        (r"(?:(?<=나)|다?)가", {"가", "다"}),
        (r"(?<=나)", {ANY}),
        ("(?:)가", {"가"}),
        ("(?:가|)나", {"가", "나"}),
        ("(?<=가)?나", {ANY}),
        (r"\A?가", {ANY}),
        (r"\W가", {ANY}),
        ("[[:alpha:](]나|다", {ANY}),
        ("(?#()가|나", {ANY}),
        (r"[\]\[]가", {r"[\]\[]"}),
    ],
)
def test_first_set(pattern: str, first: set[str]) -> None:
    assert set(first_set(pattern).split("|")) == first


@pytest.mark.parametrize("rule", [rule for rule in PACK if rule.pattern], ids=lambda rule: rule.id)
def test_no_first_character_is_missed(rule: Rule) -> None:
    pattern = clocked(rule.pattern)
    firsts = {match.group()[0] for example in EXAMPLES for match in pattern.finditer(example) if match.group()}
    assert firsts and all(rule.starts[char] for char in firsts)


@pytest.mark.parametrize(
    ("pattern", "behind"),
    [
        ("(?<=나)가", "(?<=(?:나)ANY)"),
        ("(?<!나|다)가", "(?<!(?:나|다)ANY)"),
        (r"\A가", r"(?<=\AANY)"),
        (r"(?:\A|(?<=나))(?!다)(?<=\s)가", r"(?:(?<=\AANY)|(?<=(?:나)ANY))(?<=(?:\s)ANY)"),
        ("(?:(?<=나)가)다", "(?<=(?:나)ANY)"),
        ("(?:(?<=나)가)?다", ""),
        ("(?:(?<=나)|다)가", ""),
        ("(?<=나)가|다", ""),
        ("가(?<=나)", ""),
        ("(?<=나(?=가))가", ""),
        (r"(?<=\W)가", ""),
        ("(?:가|)나", ""),
        ("(?:(?<=다)|)나", ""),
        ("(?#()(?<=나)가", ""),
    ],
)
def test_what_stands_in_front_of_a_match(pattern: str, behind: str) -> None:
    assert behind_first(pattern) == behind.replace("ANY", ANY)


def test_a_match_begins_only_where_its_look_behinds_allow() -> None:
    begins = beginning(r"(?:\A|(?<=[.]\s{0,2}))[가-힣]{2}").finditer
    assert [match.start() for match in begins("가나 다라. 마바.사")] == [0, 7, 10]


@pytest.mark.parametrize("rule", [rule for rule in PACK if rule.pattern], ids=lambda rule: rule.id)
def test_no_beginning_is_missed(rule: Rule) -> None:
    found = 0
    for example in [*(hit.replace("{{", "").replace("}}", "") for hit in rule.hits), *EXAMPLES[::11]]:
        starts = {match.start() for match in beginning(rule.pattern).finditer(example)}
        matches = {match.start() for match in clocked(rule.pattern).finditer(example)}
        found += len(matches)
        assert {at for at in matches if not _in_a_word(example, at)} <= starts
    assert found


def _in_a_word(text: str, at: int) -> bool:
    pair = text[max(at - 1, 0) : at + 1]
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


@pytest.mark.parametrize(
    ("pattern", "short"),
    [
        ("가나다라마바사", "가나다라마바"),
        ("가[가-힣]{2}다라", "가"),
        ("가나{2,3}?다", "가"),
        ("가(?:나다라|마바사아)자", "가(?:나다|마바)"),
        ("가(?:나다라|마바사아)?자", "가"),
        ("가(?P<place>나다라마바)자", "가(?:나다라마바)"),
        ("가(?=나다라마바)자", "가"),
        ("가나다라|마바사아", "가나다|마바사"),
        ("(?#()가", ""),
    ],
)
def test_the_opening_of_a_pattern(pattern: str, short: str) -> None:
    assert opening(pattern, 6) == short


@pytest.mark.parametrize("rule", [rule for rule in PACK if rule.pattern], ids=lambda rule: rule.id)
def test_no_match_is_missed_at_a_glance(rule: Rule) -> None:
    for example in [*(hit.replace("{{", "").replace("}}", "") for hit in rule.hits), *EXAMPLES[::11]]:
        for match in clocked(rule.pattern).finditer(example):
            assert glance(rule.pattern).match(example, match.start())


def test_a_long_pattern_is_compiled_when_its_opening_matches() -> None:
    rule = pickle.loads(pickle.dumps(PACK["byline.bracket-tie"]))
    assert rule.match("[가나=다라] 기자", 0, 10) is None and "engine" not in rule.__dict__
    text = rule.hits[0].replace("{{", "").replace("}}", "")
    assert any(rule.match(text, at, len(text)) for at in range(len(text))) and "engine" in rule.__dict__
