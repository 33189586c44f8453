"""What stands around the article where a scrape is a whole page: the lines of menus and boxes that no rule knows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.sentence import finished, is_body
from newsclean.sheet import SIGNATURE, Sheet

_FURNITURE: Final = {
    *(Category.UI, Category.RELATED, Category.PROMO, Category.COMMENT, Category.AD, Category.COPYRIGHT),
    Category.CODE,
}
_BOXES: Final = _FURNITURE | {  # what stands in the boxes below an article as well
    *(Category.EMAIL, Category.CAPTION, Category.BYLINE, Category.TIMESTAMP, Category.TAGS, Category.NOTE),
    *(Category.TITLE, Category.DUPLICATE),
}
_OWN: Final = {Category.UI, Category.RELATED, Category.COMMENT}  # what stands in no article
_HEADS: Final = {Category.TIMESTAMP, Category.BYLINE, Category.DATELINE, Category.TITLE}
_PICTURE: Final = late(r"(?:이미지|사진)[^\n]{0,8}(?:보기|확대)")  # a button that stands in articles
_FEW: Final = 15  # lines
_NEAR: Final = 3  # lines of claims
_PAGE: Final = 40  # lines; a shorter scrape is no whole page
_ENOUGH: Final = 8  # lines of known furniture above or below an article that make the rest there furniture, too
_SENTENCES: Final = 3  # of an article; lists have none, and a list's lines look like a menu
_SENTENCE: Final = 40  # code points
_PART: Final = 4  # what a run of sentences is of the longest one, at least, to be a part of the article
_LONGEST: Final = 60  # code points
_SHORT: Final = 12  # code points of a button right above the article
_STOPPED: Final = late(r"[.!?。][\"'”’)\]]*$")


def page_furniture(sheet: Sheet, rule: Rule) -> list[Label]:
    """Short lines between known furniture, above the first sentence of a page's article or below its last one.

    Behind a list's heading they are headlines of other articles, elsewhere they are menus.
    """
    page = _page(sheet) if len(sheet.lines) >= _PAGE else None
    if page is None:
        return []
    above, below = Span(0, page.article.start), Span(page.article.end, len(sheet.text))
    found = [pair for zone in (above, below) for pair in _between(sheet, zone, page)]
    return [label for gap, category in found if category is rule.category for label in rule.claims(gap)]


class _Page(NamedTuple):
    """Where a page's article stands, what may be its sentences, and up to where polite ones are those of buttons."""

    article: Span
    sentences: list[Span]
    addressed: int


def _page(sheet: Sheet) -> _Page | None:
    """The page around an article; its polite sentences are buttons' where the article's own are plain, or above it."""
    sentences = [gap for gap in sheet.free if gap.end - gap.start >= _SENTENCE and is_body(sheet.slice(gap))]
    article = _article(list(_runs(sheet, sentences)))
    plain = _PLAIN * sum(_is_polite(sheet.slice(sentence)) for sentence in article) <= len(article)
    above = Span(0, article[0].start if article else 0)
    head = next((claim.start for claim in sheet.within(above) if claim.category in _HEADS), 0)
    addressed = len(sheet.text) if plain else head
    sentences = [one for one in sentences if one.end > addressed or not _is_polite(sheet.slice(one))]
    article = _article(list(_runs(sheet, sentences)))
    if len(article) < _SENTENCES:
        return None
    return _Page(Span(article[0].start, article[-1].end), sentences, addressed)


def _is_polite(text: str) -> bool:
    """Whether a sentence is in the polite style, as those of buttons and notices are."""
    return bool(_POLITE.search(text[-_TAIL:]))


_POLITE: Final = late(r"(?:니다|세요|[까해어아돼]요|십시오)[.!?]?$")
_TAIL: Final = 8  # code points
_PLAIN: Final = 5  # of so many sentences of a plain article at most one is polite


def _article(runs: list[list[Span]]) -> list[Span]:
    """The sentences from the first long run to the last; a box may part the article, comments are shorter."""
    sizes = [sum(sentence.end - sentence.start for sentence in run) for run in runs]
    long = [number for number, size in enumerate(sizes) if size * _PART >= max(sizes)]
    return [sentence for run in runs[long[0] : long[-1] + 1] for sentence in run]


def _runs(sheet: Sheet, sentences: list[Span]) -> Iterator[list[Span]]:
    """Sentences in runs that no block of known furniture parts."""
    run: list[Span] = []
    for sentence in sentences:
        if run and _furniture_lines(sheet, _known(sheet, Span(run[-1].end, sentence.start))) >= _ENOUGH:
            yield run
            run = []
        run.append(sentence)
    yield run


def _known(sheet: Sheet, zone: Span) -> list[Label]:
    return [claim for claim in sheet.within(zone) if claim.category in _FURNITURE]


def _furniture_lines(sheet: Sheet, known: list[Label]) -> int:
    return sum(_lines_of(sheet, claim) for claim in known)


def _lines_of(sheet: Sheet, claim: Label) -> int:
    return 1 + sheet.text.count("\n", claim.start, claim.end)


def _between(sheet: Sheet, zone: Span, page: _Page) -> Iterator[tuple[Span, Category]]:
    known = _known(sheet, zone)
    if _furniture_lines(sheet, known) < _ENOUGH:
        return
    outer = _outer(sheet, zone, known)
    boxes = _BOXES if zone.start else _FURNITURE
    for gap in sheet.free_in(zone):
        before, after = sheet.before(gap.start + 1), sheet.after(gap.end)
        room = Span(before.end if before else 0, after.start if after else len(sheet.text))
        if before is None or _is_told(page, room):
            continue
        beside = {before.category, after.category if after else Category.UI}
        if outer.start <= gap.start and gap.end <= outer.end:
            notice = gap.end <= page.addressed and beside <= boxes | _HEADS and _is_notice(sheet.slice(gap))
            cut = notice or (beside <= boxes and _is_button(sheet.slice(gap)))
        else:
            cut = not zone.start and after is not None and beside <= _OWN and _are_buttons(sheet, room)
        if cut:
            yield gap, Category.RELATED if before.category is Category.RELATED else Category.UI


def _is_told(page: _Page, room: Span) -> bool:
    """Whether a sentence starts in the room between two claims."""
    sentence = bisect_left(page.sentences, (room.start, 0))
    return sentence < len(page.sentences) and page.sentences[sentence].start < room.end


@lru_cache(maxsize=1)
def _are_buttons(sheet: Sheet, room: Span) -> bool:
    """Whether nothing but short lines stands between two known buttons: no list with its heading."""
    lines = map(sheet.slice, sheet.free_in(room))
    return all(len(line) <= _SHORT and line[0].isalnum() and line[-1].isalnum() for line in lines)


def _is_notice(text: str) -> bool:
    return text[0].isalpha() and _is_polite(text)


def _is_button(text: str) -> bool:
    return len(text) <= _LONGEST and not text.endswith(".")


def _outer(sheet: Sheet, zone: Span, known: list[Label]) -> Span:
    """The part of a zone that is no part of the article: above its head, or far enough below it.

    What stands nearer may belong to it: questions, a poem, a list behind an advertisement.
    """
    # Each of a block's lines is a button.
    own = (claim for claim in known if claim.category in _OWN and not _PICTURE.search(sheet.text, *claim[:2]))
    buttons = [claim for claim in own for _ in range(_lines_of(sheet, claim))]
    first, last = known[0].end, known[-1].start
    if zone.start:  # below; a list may end the page
        last = zone.end if known[-1].category is Category.RELATED else last
        first = max(_article_over(sheet, known, buttons, last), _signed(sheet, zone))
    elif heads := [claim.start for claim in sheet.within(zone) if claim.category in _HEADS]:
        last = heads[0]
    else:
        last = buttons[-_NEAR].start if len(buttons) >= _NEAR else first
    return Span(first, max(first, last))


def _article_over(sheet: Sheet, known: list[Label], buttons: list[Label], last: int) -> int:
    """From where nothing below an article is its own: behind the third button, or at the first one behind its rights.

    Between the two stands who wrote it.
    """
    rights = next((claim.end for claim in known if _ends_article(sheet, claim)), last)
    signed = next((button.start for button in buttons if button.start >= rights), last)
    return min(buttons[_NEAR - 1].end if len(buttons) >= _NEAR else last, signed)


def _signed(sheet: Sheet, zone: Span) -> int:
    """Where the author's name or address a few lines below an article ends; what stands in front is the article's."""
    near = sheet.lines[bisect_left(sheet.lines, zone) :][:_FEW]
    signs = (c.end for c in sheet.within(Span(zone.start, near[-1].end if near else 0)) if c.category in SIGNATURE)
    return next(signs, zone.start)


def _ends_article(sheet: Sheet, claim: Label) -> bool:
    """Whether a claim is a rights notice on a line of its own; a photo's stands behind its caption."""
    return claim.category is Category.COPYRIGHT and sheet.line_at(claim.start).start == claim.start


_TEASED: Final = range(8, 90)  # code points of a headline
_TEASER: Final = 60  # code points; a shorter line is no first paragraph
_TEASERS: Final = 3  # in a row


def teasers(sheet: Sheet, rule: Rule) -> list[Label]:
    """Headlines, each with the first words of its article: pairs of lines, most of which break off in mid-sentence."""
    if len(sheet.lines) < _PAGE or sum(claim.category in _OWN for claim in sheet.claims) < _ENOUGH:
        return []
    return [label for run in _teaser_runs(sheet) for line in run for label in rule.claims(line)]


def _teaser_runs(sheet: Sheet) -> Iterator[list[Span]]:
    run: list[Span] = []
    lines = iter(pairwise([*sheet.lines, Span(0, 0)]))
    for headline, text in lines:
        if _is_teaser(sheet, headline, text):
            run += (headline, text)
            next(lines, None)
            continue
        if len(run) >= 2 * _TEASERS and 4 * sum(not finished(sheet.slice(text)) for text in run[1::2]) >= len(run):
            yield run
        run = []


def _is_teaser(sheet: Sheet, headline: Span, text: Span) -> bool:
    long = text.end - text.start >= max(_TEASER, headline.end - headline.start)
    if not long or headline.end - headline.start not in _TEASED or _STOPPED.search(sheet.slice(headline)):
        return False
    return sheet.is_free(headline) and sheet.is_free(text)
