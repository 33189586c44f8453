"""The rules: every pack's own examples, and what a pack may not be."""

from pathlib import Path

import pytest

from newsclean import Cleaner, PackError, RulePack, cli
from newsclean.check import check
from newsclean.rule import validate

GOOD = """
[[rule]]
id = "promo.sample"
category = "promo"
why = "보기"
at = "whole"
pattern = "가나다라 구독하기"
needs = ["구독"]
hits = ["{{가나다라 구독하기}}"]
misses = ["그는 신문을 구독하기로 했다."]
"""


@pytest.mark.parametrize("rule", RulePack.default(), ids=lambda rule: rule.id)
def test_rule_is_valid(rule: object) -> None:
    validate(rule)  # type: ignore[arg-type]


def test_every_hit_is_cut_and_no_miss_is() -> None:
    assert [f"{failure.rule}: {failure.problem}" for failure in check(RulePack.default())] == []


def test_no_rule_names_literals_that_nobody_looks_for() -> None:
    assert [rule.id for rule in RulePack.default() if rule.pattern and rule.needs and not rule.gated] == []


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_pack_loads_and_composes(tmp_path: Path) -> None:
    mine = RulePack.load(written(tmp_path, GOOD))
    both = RulePack.default() | mine
    assert len(both) == len(RulePack.default()) + 1 and "promo.sample" in both
    assert "promo.sample" not in both.without("promo.*")


def test_a_fragment_may_name_others(tmp_path: Path) -> None:
    fragments = "[fragments]\nask = '''%who% 구독하기'''\nwho = '''가나다라'''\n\n"
    mine = RulePack.load(written(tmp_path, fragments + GOOD.replace('"가나다라 구독하기"', '"%ask%"')))
    assert mine["promo.sample"].pattern == "(?:(?:가나다라) 구독하기)"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('pattern = "가나다라 구독하기"', 'pattern = "가나(다라"', "does not compile"),
        ('pattern = "가나다라 구독하기"', 'pattern = "(?:가나다라 구독하기)?"', "matches the empty string"),
        ('pattern = "가나다라 구독하기"', 'pattern = "%nothing%"', "unknown fragment"),
        ('pattern = "가나다라 구독하기"', 'detector = "crystal_ball"', "unknown detector"),
        ('misses = ["그는 신문을 구독하기로 했다."]', "", "at least one miss"),
        ('hits = ["{{가나다라 구독하기}}"]', "", "at least one hit"),
        ('needs = ["구독"]', 'needs = ["신청"]', "has none of its needs"),
        ('needs = ["구독"]', 'needs = "구독"', "is not of the type list"),
        ('needs = ["구독"]', 'needs = [""]', "an empty literal"),
        ('needs = ["구독"]', "", "needs = [...] is missing"),
        ('category = "promo"', 'category = "advert"', "unknown category"),
        ('at = "whole"', 'at = "somewhere"', "is not one of"),
        ('at = "whole"', 'at = "inline"\nafter = ["promo"]', "has no neighbour"),
        ('at = "whole"', 'at = "whole"\ncolour = "red"', "unknown field"),
        ('id = "promo.sample"', 'id = "ui.sample"', "must begin with its category"),
        ('why = "보기"', "", "is missing"),
        ("[[rule]]", "[[rule]", "not a TOML pack"),
    ],
)
def test_a_bad_pack_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(PackError) as caught:
        RulePack.load(path)
    assert reason in str(caught.value) and str(path) in str(caught.value)


def test_a_duplicate_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"promo\.sample.*already taken"):
        RulePack.load(written(tmp_path, GOOD + GOOD))


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot read this pack"):
        RulePack.load(tmp_path / "none.toml")


def test_a_pattern_may_use_what_re_lacks(tmp_path: Path) -> None:
    mine = RulePack.load(written(tmp_path, GOOD.replace('"가나다라 구독하기"', "'\\p{Hangul}{4} 구독하기'")))
    assert Cleaner(mine).clean("가나다라 구독하기").body == ""


def test_check_command_runs_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(written(tmp_path, GOOD))]) == cli.OK
    assert "1 rules, 1 hits, 1 misses, 0 failures" in capsys.readouterr().out


def test_check_command_reports_a_miss_that_is_hit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = GOOD.replace("그는 신문을 구독하기로 했다.", "가나다라 구독하기")
    assert cli.main(["check", str(written(tmp_path, broken))]) == cli.FAILED
    assert "promo.sample takes" in capsys.readouterr().out
