"""The two engines read every built-in pattern alike; look-behinds unrolled for `re` mean the same."""

import re

import pytest
import regex

from newsclean import Category, Cleaner, RulePack, marked
from newsclean.lookbehind import unrolled
from newsclean.pattern import Starts, beginning, clocked, quick
from newsclean.rule import Rule
from tests.paths import GOLD

PACK = RulePack.default()
EXAMPLES = [example.replace("{{", "").replace("}}", "") for rule in PACK for example in (*rule.hits, *rule.misses)]
ARTICLES = [marked.load_gold(path.read_text(encoding="utf-8"))[1].text for path in GOLD]


@pytest.mark.parametrize("rule", [rule for rule in PACK if rule.pattern], ids=lambda rule: rule.id)
def test_both_engines_find_the_same(rule: Rule) -> None:
    for text in [*rule.hits, *rule.misses, *EXAMPLES[::20], *ARTICLES[::8]]:
        plain, slow = quick(rule.pattern).finditer(text), clocked(rule.pattern).finditer(text)
        assert [m.span() for m in plain] == [m.span() for m in slow]


def test_nearly_every_built_in_pattern_runs_on_the_quick_engine() -> None:
    slow = [rule.id for rule in PACK if rule.pattern and isinstance(quick(rule.pattern), regex.Pattern)]
    assert len(slow) < 0.05 * len(PACK), slow


def test_no_look_behind_unrolls_into_many_sets() -> None:
    """Each set of Hangul takes most of a millisecond to compile: one look-behind of 40 widths took 0.3 s of a start."""
    sets = {rule.id: unrolled(rule.pattern).count("가-힣") for rule in PACK}
    assert {name: count for name, count in sets.items() if count > 60} == {}


@pytest.mark.parametrize(
    ("pattern", "plain"),
    [
        ("(?<=가)나", "(?:(?<=가))나"),
        ("(?<=가|나다)라", "(?:(?<=가)|(?<=나다))라"),
        (r"(?<=가\s{0,2})나", r"(?:(?<=가)|(?<=가\s)|(?<=가\s\s))나"),
        ("(?<!가나?)다", "(?<!가)(?<!가나)다"),
        ("(?<=(?:가|나)?다)라", "(?:(?<=다)|(?<=가다)|(?<=나다))라"),
        (r"\(?<=[(?<=]", r"\(?<=[(?<=]"),
        ("(?:(?<=가{2})나)", "(?:(?:(?<=가가))나)"),
        ("(?<=가+)나", "(?<=가+)나"),
        ("(?<=가{1,})나", "(?<=가{1,})나"),
        ("(?<=가{0,400})나", "(?<=가{0,400})나"),
        ("(?<=(가)나?)다", "(?<=(가)나?)다"),
    ],
)
def test_unrolled(pattern: str, plain: str) -> None:
    assert unrolled(pattern) == plain


def test_what_re_reads_otherwise_runs_on_regex() -> None:
    for pattern in (r"\p{Hangul}", "[[:alpha:]]", "(?<=가+)나", "[가-힣--나]"):
        assert isinstance(quick(pattern), regex.Pattern), pattern


def test_no_match_begins_in_the_middle_of_a_word() -> None:
    begins = beginning("[a-z0-9]+|가").finditer
    assert [match.start() for match in begins("abc 가1나2b")] == [0, 4, 5, 7]


@pytest.mark.parametrize(
    "pattern", [r"[\\w--\\d]+회", "[가-힣--김]회", "(?x) 독 서 # )(", "(?:독서회){e<=1}", "[[a-z]&&[b]]회"]
)
def test_of_patterns_beyond_us_any_character_may_be_the_first(pattern: str) -> None:
    assert Starts(pattern)["둑"] and Starts(pattern)["("]


def test_both_engines_take_the_same_characters_for_letters() -> None:
    text = "가A1_①家 ⓒ·̆w-\\"
    for pattern in (r"\w", r"\W", r"[\w·]", r"[^\w]", r"[\w·-]", r"[\\w]", r"\\w?"):
        assert clocked(pattern).findall(text) == re.findall(pattern, text), pattern


def test_sets_of_a_user_are_read_as_written() -> None:
    assert clocked(r"[\w-.]+@").findall("a-b.c@") == ["a-b.c@"]
    assert clocked(r"[[:alpha:]\w]+회").findall("가나회") == ["가나회"]
    for pattern in (r"[\w-.]+회", r"[[:alpha:]\w]+회"):
        assert Starts(pattern)["가"] and [m.start() for m in beginning(pattern).finditer("가회")] == [0, 1]


def test_a_pattern_with_an_empty_alternative_runs() -> None:
    rule = Rule("ui.club", Category.UI, "시험", pattern="(?:독|)서회 알림", needs=("서회 알림",))
    assert Cleaner(RulePack([rule])).clean("독서회 알림").body == ""
