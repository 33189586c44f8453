"""The caption that the article right behind it tells again: both open with the same words.

A whole sentence that stands twice is no caption: that is the article's signature between two copies of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsclean.detectors.caption import sentences
from newsclean.detectors.lede import CAPTION, HEAD
from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.segment import trim
from newsclean.sentence import is_body
from newsclean.sheet import Sheet

_SLASHES: Final = "/／"  # in front of a photographer
_ASIDE: Final = late(r"\([^()]*\)|[^\w]")
_OPENING: Final = 30  # code points that must read alike, without white space, marks and asides
_SAME: Final = 3  # of them, that must be the same
_ALIKE: Final = 0.6  # the share of common pairs of letters in two openings
_MOST: Final = 3  # sentences of a caption
_APART: Final = 80  # code points of dateline and byline between credit and article
# A stop, and a credit that nothing else tells from the word behind it: `… 열었다. 가람시 제공가람시는 …`.
_CREDIT: Final = late(
    r"\. ?(?:[/／]? ?(?:[가-힣]{2,4} 기자|연합뉴스|뉴시스|뉴스1)"
    r"|(?:[\w·]{2,12} ){1,3}(?:캡[처쳐]|갈무리|제공|홈페이지|자료사진))\.? ?"
)


def caption_told_again(sheet: Sheet, rule: Rule) -> list[Label]:
    """The caption in front of a credit, and a credit glued to the article, where the article opens like the caption."""
    found: list[Label] = []
    for credit, end, article in (*_credits(sheet), *_glued_credits(sheet)):
        told = _opening(sheet.text, article, len(sheet.text))
        left = _in_front(sheet, credit)
        if left is None or told[:1] not in sheet.slice(left) or not _is_article(sheet, article):
            continue  # or one picture's caption behind the other's
        nearest = (part for part in sentences(sheet, left)[: -_MOST - 1 : -1] if _stands_apart(sheet, part, left))
        parts = (part for part in nearest if not sheet.text.startswith(sheet.slice(part), article))
        start = next((one for one, _ in parts if _is_alike(_opening(sheet.text, one, credit), told)), -1)
        if start >= 0:
            found += rule.claims(trim(sheet.text, start, end))
    return found


def _stands_apart(sheet: Sheet, part: Span, left: Span) -> bool:
    """Whether a sentence opens its line, or stands behind a wide gap; parallel ones of a paragraph do not."""
    return part.start == left.start or sheet.text.endswith("  ", 0, part.start)


def _is_article(sheet: Sheet, start: int) -> bool:
    """Whether running text starts there, and no caption."""
    ends = (min(segment.end, start + CAPTION) for segment in sheet.segments_in(Span(start, start + 1)))
    return any(is_body(sheet.text[start:end]) for end in ends)


def _credits(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """Where what signs a picture starts, where its caption ends, and where the article goes on behind it."""
    for claim in sheet.claims:
        if claim.category is Category.CAPTION or (
            claim.category is Category.BYLINE and sheet.text[claim.start] in _SLASHES
        ):
            gap = next(sheet.each_gap(Span(claim.end, min(claim.end + _APART, len(sheet.text)))), None)
            if gap and "\n" not in sheet.text[claim.end : gap.start]:
                yield claim.start, claim.start, gap.start


def _glued_credits(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """The same for credits that nobody claims: they belong to the caption."""
    for line in sheet.lines:
        if line.start > HEAD:
            return
        for match in _CREDIT.finditer(sheet.text, line.start, min(line.end, line.start + CAPTION)):
            yield match.start() + 1, match.end(), match.end()


def _in_front(sheet: Sheet, credit: int) -> Span | None:
    """What no claim holds of the line in front of a credit."""
    line, claim = sheet.line_at(credit), sheet.before(credit)
    start = max(line.start, claim.end if claim else 0, credit - CAPTION)
    return trim(sheet.text, start, credit) if start < credit else None


def _opening(text: str, start: int, end: int) -> str:
    return _ASIDE.sub("", text[start : min(end, start + 2 * _OPENING)])[:_OPENING]


def _is_alike(ours: str, theirs: str) -> bool:
    """Whether two openings begin with the same letters, and share most of the others."""
    if min(len(ours), len(theirs)) < _OPENING or ours[:_SAME] != theirs[:_SAME]:
        return False
    pairs, others = ({text[i : i + 2] for i in range(_OPENING - 1)} for text in (ours, theirs))
    return 2 * len(pairs & others) >= _ALIKE * (len(pairs) + len(others))
