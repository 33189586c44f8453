"""Running rules: places, gaps, tiles, time limits."""

from newsclean import Category, RulePack
from newsclean.errors import Limits
from newsclean.label import Labels, label
from newsclean.model import Encoding, Label, Span
from newsclean.repair import repair
from newsclean.rule import Rule
from newsclean.sheet import Sheet, settle


def rule(name: str, at: str, pattern: str, *needs: str, **more: object) -> Rule:
    return Rule(f"ui.{name}", Category.UI, "시험", at=at, pattern=pattern, needs=needs, **more)  # type: ignore[arg-type]


def labels(text: str, *rules: Rule) -> Labels:
    return label(repair(text, Encoding("str", 1.0)), RulePack(rules), Limits())


def claimed(text: str, *rules: Rule) -> list[str]:
    return [text[claim.start : claim.end] for claim in labels(text, *rules).sheet.claims]


def test_inline_matches_anywhere_and_more_than_once() -> None:
    assert claimed("가 [끝] 나 [끝]", rule("end", "inline", r"\[끝\]", "끝")) == ["[끝]", "[끝]"]


def test_a_match_begins_at_most_lead_before_its_literal() -> None:
    far = "가" * 20 + "끝"
    assert claimed(far, rule("far", "inline", "가{20}끝", "끝")) == []
    assert claimed(far, rule("far", "inline", "가{20}끝", "끝", lead=20)) == [far]


def test_only_a_pattern_that_opens_the_text_in_every_branch_is_asked_once() -> None:
    assert claimed("표시 표시", rule("top", "inline", r"\A표시", "표시")) == ["표시"]
    assert claimed("글 표시", rule("top", "inline", r"\A표시", "표시")) == []
    assert claimed("표시 단추 표시 단추", rule("top", "inline", r"\A표시|단추", "표시", "단추")) == [
        "표시",
        "단추",
        "단추",
    ]


def test_start_end_and_whole_look_at_gaps() -> None:
    start, end = rule("start", "start", "머리", "머리"), rule("end", "end", "꼬리", "꼬리")
    whole = rule("whole", "whole", "통째", "통째")
    assert claimed("머리 본문 머리 꼬리\n통째\n통째 아님", start, end, whole) == ["머리", "꼬리", "통째"]


def test_what_inline_rules_claim_cuts_the_gaps() -> None:
    assert claimed(
        "[알림] 크게 [알림]", rule("a", "inline", r"\[알림\]", "알림"), rule("b", "whole", "크게", "크게")
    ) == [
        "[알림]",
        "크게",
        "[알림]",
    ]


def test_whole_rules_tile_a_gap_together() -> None:
    rules = (rule("share", "whole", "공유", "공유"), rule("print", "whole", "인쇄", "인쇄"))
    assert claimed("공유 인쇄 공유", *rules) == ["공유", "인쇄", "공유"]
    assert claimed("공유 인쇄 소식", *rules) == []


def test_rules_read_wide_signs_as_plain_ones() -> None:
    assert claimed("그는 말했다. ［가나＝홍길동］", rule("byline.x", "inline", r"\[\w+=\w+\]", "[")) == [
        "［가나＝홍길동］"
    ]


def test_fields_come_from_named_groups() -> None:
    found = labels("홍길동 기자", rule("name", "whole", r"(?P<reporter>[가-힣]{3}) (?P<role>기자)", "기자"))
    assert found.sheet.claims[0].fields == {"reporter": "홍길동", "role": "기자"}


def test_hints_are_left_to_resolve() -> None:
    whole = rule("whole", "whole", "가나", "가나", after=("ui",))
    end = rule("end", "end", "나", "나", before=("ui",))
    found = labels("가나 가나", whole, end)
    assert found.sheet.claims == [] and found.hinted == {"ui.end": [1, 4]}


def item(start: int, end: int, name: str) -> Label:
    return Label(start, end, Category.UI, name, {})


def test_settle_longer_beats_shorter_and_the_rest_stays() -> None:
    settled = settle([item(0, 4, "short"), item(2, 10, "long"), item(9, 12, "late")])
    assert [(s.start, s.end, s.rule) for s in settled] == [(0, 2, "short"), (2, 10, "long"), (10, 12, "late")]


def test_settle_the_first_of_equals_wins() -> None:
    assert [s.rule for s in settle([item(0, 4, "first"), item(0, 4, "second")])] == ["first"]


def test_sheet_gaps() -> None:
    sheet = Sheet("가나 다라 마바", [Span(0, 8)], [item(3, 5, "x")])
    assert sheet.free == [Span(0, 2), Span(6, 8)]
    assert sheet.lines == [Span(0, 8)]
