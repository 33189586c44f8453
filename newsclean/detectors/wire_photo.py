"""An agency's photo inside the article: behind a dateline of its own, up to the day and address of its credit."""

from __future__ import annotations

from typing import Final

from newsclean.detectors.caption import REPORTED, WIDE_SPACE, body_follows
from newsclean.detectors.lede import CAPTION, CREDITS, lede_of
from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.segment import trim
from newsclean.sentence import SHOWS, finished, shows
from newsclean.sheet import Sheet


def caption_with_dateline(sheet: Sheet, rule: Rule) -> list[Label]:
    """An agency's photo inside the article: behind a dateline of its own, up to the day and address of its credit."""
    lede = lede_of(sheet)
    if lede is None:
        return []
    found: list[Label] = []
    for claim in sheet.claims:
        if claim.start <= lede.end or not (end := _credit_behind(sheet, claim)):
            continue
        gaps = [gap for gap in sheet.free_in(Span(claim.end, end)) if gap.start >= claim.end]
        if _is_photo(sheet, gaps, end):
            found += [label for gap in (*gaps, _photo_title(sheet, claim)) for label in rule.claims(gap)]
    return found


def _credit_behind(sheet: Sheet, claim: Label) -> int:
    """Where the credit of a photo starts whose dateline, or byline with a place in it, a claim is; 0 where none is."""
    if claim.category is Category.DATELINE:
        return _stamp_behind(sheet, claim)
    if claim.category is not Category.BYLINE or not _PLACED.match(sheet.text, claim.start):
        return 0
    line = sheet.line_at(claim.start)
    mails = (other.start for other in sheet.within(line) if other.category is Category.EMAIL and other.end == line.end)
    end = next(mails, 0) if line.start == claim.start else 0
    return end if end and shows(sheet.text[claim.end : end].rstrip(" /")) and body_follows(sheet, line.end) else 0


_PLACED: Final = late(r"\[\w{2,12}\s?=\s?\w{2,10}[,ㅣ|/ ]")  # `[OSEN=인천공항, 홍길동 기자]`


def _is_photo(sheet: Sheet, gaps: list[Span], end: int) -> bool:
    """Whether what stands between a dateline and a stamp shows a picture, or at least is no item of its own."""
    texts = [sheet.slice(gap) for gap in gaps]
    if not texts or any(SHOWS.search(text) or not finished(text) for text in texts):
        return True
    return not REPORTED.search(texts[-1]) and body_follows(sheet, end)


def _photo_title(sheet: Sheet, dateline: Label) -> Span | None:
    """The title that an agency sets in front of its photo's dateline: a line's or a wide gap's start, no sentence."""
    line = sheet.line_at(dateline.start)
    start = max((gap.end() for gap in WIDE_SPACE.finditer(sheet.text, line.start, dateline.start)), default=line.start)
    title = trim(sheet.text, start, dateline.start)
    if title is None or not sheet.is_free(title) or not _PHOTO_TITLE.fullmatch(sheet.text, title.start, dateline.start):
        return None
    return title


_PHOTO_TITLE: Final = late(r"[\w'‘\[][^\n]{3,40}(?<![.?! ]) ?")


def _stamp_behind(sheet: Sheet, dateline: Label) -> int:
    """Where the credit of a photo starts that stands behind its dateline on one line; 0 where there is none."""
    for claim in sheet.within(Span(dateline.end, dateline.end + CAPTION)):
        if "\n" in sheet.text[dateline.end : claim.end]:
            return 0
        if claim.category in CREDITS and _STAMPED.search(sheet.text, max(claim.start - _STAMP, 0), claim.end):
            return claim.start
    return 0


_STAMP: Final = 20  # code points: the day may stand in front of the credit
_STAMPED: Final = late(r"(?:19|20)\d{2}\.\s?\d{1,2}\.\s?\d{1,2}.*(?:@|\[email|<<)")
