"""Which dateline or byline the article itself begins behind."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.segment import trim
from newsclean.sentence import HANGUL, SHOWS, finished, shows
from newsclean.sheet import Sheet

_WORD: Final = late(r"\w")
TIED: Final = {Category.DATELINE, Category.BYLINE}
HEAD: Final = 700  # code points; longer stretches in front of a byline are text, not deck and caption
_LEDE: Final = 60  # code points; less text than that behind a byline is no article
CAPTION: Final = 450  # code points; the longest caption we believe in


@lru_cache(maxsize=1)
def lede_of(sheet: Sheet) -> Label | None:
    """The dateline or byline that opens the article: the last of those that lead it.

    An agency's photo stands in front of the article with a dateline of its own (and a photographer),
    so the first one is not it where what follows reads like a caption and another one comes behind.
    """
    leading: Label | None = None
    for claim in sheet.claims:
        if claim.category not in TIED or _closes_line(sheet, claim) or not _opens_text(sheet, claim):
            continue
        if leading is None and claim.start > HEAD:
            return None
        if leading is not None and not _is_caption_between(sheet, leading.end, claim.start):
            break
        leading = claim
    if leading is None or len(sheet.text) - leading.end < max(_LEDE, leading.start // 2):
        return None
    return leading


_EDITED: Final = late(r"(?:정리|대담|진행|사회)\s?[=:]")


def _opens_text(sheet: Sheet, claim: Label) -> bool:
    """Whether running text stands directly behind a claim (on its line, or on the next one)."""
    rest = sheet.text[claim.end : claim.end + 160]
    if not _WORD.search(rest.split("\n\n\n", 1)[0]):
        return False
    following = sheet.after(claim.end)
    free = trim(sheet.text, claim.end, following.start if following else len(sheet.text))
    return free is not None and len(HANGUL.findall(sheet.text[free.start : free.start + 80])) >= 10


def _closes_line(sheet: Sheet, claim: Label) -> bool:
    """Whether a claim signs what stands in front of it (`… 모습. /이나라 기자`, `정리=이나라 기자`)."""
    line = sheet.line_at(claim.start)
    if claim.end >= line.end and _EDITED.match(sheet.text, claim.start):
        return True
    ends_line = claim.end >= line.end and not sheet.is_claimed(Span(line.start, claim.start))
    return ends_line or sheet.text[claim.start] in "/／"


def _is_caption_between(sheet: Sheet, start: int, end: int) -> bool:
    """Whether nothing but a photo's caption stands between two datelines: no sentence of the article behind it."""
    if end - start > CAPTION:
        return False
    between = Span(start, end)
    credits = [claim for claim in sheet.within(between) if claim.category in CREDITS]
    if credits:
        return all(_is_credited(sheet, gap, credits) for gap in sheet.free_in(between) if is_told(sheet, gap))
    text = sheet.text[start:end]
    return len(sheet.covering(between)) <= 2 and (bool(SHOWS.search(text[-60:])) or not finished(text))


CREDITS: Final = {Category.CAPTION, Category.EMAIL}


def is_told(sheet: Sheet, gap: Span) -> bool:
    """Whether a stretch ends like a sentence, and does not show a picture."""
    text = sheet.slice(gap)
    return finished(text) and not shows(text)


def _is_credited(sheet: Sheet, gap: Span, credits: list[Label]) -> bool:
    """Whether a credit follows a sentence on its line."""
    return any(credit.start >= gap.end and "\n" not in sheet.text[gap.end : credit.start] for credit in credits)
