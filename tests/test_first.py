"""First characters read off a pattern: never fewer than the engine finds."""

import pytest
import regex

from newsclean import RulePack
from newsclean.first import ANY, first_set
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
        (r"[\]\[]가", {r"[\]\[]"}),
    ],
)
def test_first_set(pattern: str, first: set[str]) -> None:
    assert set(first_set(pattern).split("|")) == first


@pytest.mark.parametrize("rule", [rule for rule in PACK if rule.pattern], ids=lambda rule: rule.id)
def test_no_first_character_is_missed(rule: Rule) -> None:
    pattern = regex.compile(rule.pattern)
    firsts = {match.group()[0] for example in EXAMPLES for match in pattern.finditer(example) if match.group()}
    assert firsts and all(rule.starts[char] for char in firsts)
