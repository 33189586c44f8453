"""What stands above the lede: headline, deck, captions with a byline of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newsclean.detectors.headlines import head_lines
from newsclean.detectors.lede import CAPTION, HEAD, TIED, is_told, lede_of
from newsclean.detectors.own_lines import runs_on
from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.sentence import GOING_ON, HANGUL, SEEN, SHOWS, finished, is_body, shows
from newsclean.sheet import Sheet

_NOISE: Final = late(r"[\W_]+")
_TITLE_LINES: Final = 12  # how far down a headline may be repeated


def known_title(sheet: Sheet, rule: Rule) -> list[Label]:
    """The headline that the caller knows, where it is repeated as a line above the body or opens the text."""
    wanted = _NOISE.sub("", sheet.title)
    if len(wanted) < 5:
        return []
    found: list[Label] = []
    for line in sheet.lines[:_TITLE_LINES]:
        if _NOISE.sub("", sheet.slice(line)) == wanted:
            found += rule.claims(line)
    return found or rule.claims(_title_prefix(sheet, wanted))


def _title_prefix(sheet: Sheet, wanted: str) -> Span | None:
    """The start of the first line, if it spells the title; a title that is the whole text is no prefix."""
    line = sheet.lines[0] if sheet.lines else Span(0, 0)
    position, letters = line.start, 0
    while position < line.end and letters < len(wanted):
        if not _NOISE.match(sheet.text[position]):
            if sheet.text[position] != wanted[letters]:
                return None
            letters += 1
        position += 1
    return Span(line.start, position) if letters == len(wanted) and position < line.end else None


def head_caption(sheet: Sheet, rule: Rule) -> list[Label]:
    """Captions in front of the article's own dateline or byline, and lone names above the lede."""
    lede = lede_of(sheet)
    gaps = sheet.free_in(Span(0, lede.start)) if lede else []
    if lede and _signs_above(sheet, gaps, lede):
        gaps = []
    sure = lede is not None and _opens_surely(sheet, lede)
    found = [label for gap in gaps if _is_head_caption(sheet, gap, sure) for label in rule.claims(gap)]
    if sum(label.end - label.start for label in found) > HEAD:
        found = []
    lines = [line for line, _ in head_lines(sheet) if _is_portrait(sheet, sheet.slice(line))]
    return found + [label for line in lines for label in rule.claims(line)]


def _is_portrait(sheet: Sheet, text: str) -> bool:
    """`이나라.`, `이나라(왼쪽).`, `가나경찰서 전경.`: a noun with a full stop; a name stands in the text again."""
    if not text.endswith(".") or len(text) > 40:
        return False
    name = re.sub(r"\([^()]*\)|\.$", "", text).split()[-1:]
    again = bool(name) and bool(_NAMELIKE.fullmatch(name[0])) and sheet.text.count(name[0]) >= 2
    return again or bool(SHOWS.search(text))


_NAMELIKE: Final = late(r"[가-힣A-Za-z·]{2,}")


def _signs_above(sheet: Sheet, gaps: list[Span], lede: Label) -> bool:
    """Whether a byline that stands apart, right behind a sentence, signs the text above it, which tells something."""
    if lede.category is not Category.BYLINE or not any(is_told(sheet, gap) for gap in gaps):
        return False
    behind = finished(sheet.slice(gaps[-1])) and not sheet.text[gaps[-1].end : lede.start].strip()
    apart = sheet.text.startswith("  ", lede.end) or sheet.is_claimed(sheet.line_at(lede.start))
    return behind and apart


def _opens_surely(sheet: Sheet, lede: Label) -> bool:
    """Whether nothing above is the article's: above an agency's dateline, or a byline right behind a photo's credit."""
    if lede.category is Category.DATELINE:
        return True
    above = sheet.before(lede.start)
    if above is None or above.category is not Category.CAPTION or sheet.text[lede.start] not in "[【(":
        return False
    return not sheet.text[above.end : lede.start].strip()


def _is_head_caption(sheet: Sheet, gap: Span, sure: bool) -> bool:
    """Whether text above the lede is a caption: it reads like one, or its own byline or credit says so.

    `sure` says that no text above the lede is the article's.
    """
    text = sheet.slice(gap)
    if finished(text) and shows(text):
        told = GOING_ON.search(text[-14:]) and not SEEN.search(text)
        return not (told or _is_amid(sheet, gap))
    opener, closer = sheet.before(gap.start + 1), sheet.after(gap.end)
    signed = closer if closer and closer.category in (Category.CAPTION, Category.EMAIL) else None
    if opener and opener.category in TIED:
        near = gap.start - opener.end < 3
        if near or (signed and signed.end - opener.end <= CAPTION):
            return True
    if signed is None or "\n" in sheet.text[gap.end : signed.start]:
        return False
    return signed.category is Category.CAPTION and (sure or not finished(text))


def _is_amid(sheet: Sheet, gap: Span) -> bool:
    """Whether a sentence stands directly between two of running text on one line."""
    line = sheet.line_at(gap.start)
    before, behind = sheet.free_in(Span(line.start, gap.start)), sheet.free_in(Span(gap.end, line.end))
    if not before or not behind or gap.start - before[-1].end > 1 or behind[0].start - gap.end > 1:
        return False
    return is_body(sheet.slice(before[-1])) and is_body(sheet.slice(behind[0]))


def head_deck(sheet: Sheet, rule: Rule) -> list[Label]:
    """Deck lines above the lede: unfinished lines, or what stands unfinished in front of the article's own byline."""
    lede = lede_of(sheet)
    gaps = sheet.free_in(Span(0, lede.start)) if lede else []
    sure = lede is not None and _opens_surely(sheet, lede)
    # A quotation in a deck ends like a sentence, but without its stop.
    told = any(finished(text) and (not sure or _FULL_STOP.search(text)) for text in map(sheet.slice, gaps))
    if told or sum(gap.end - gap.start for gap in gaps) > HEAD // 2:
        gaps = []
    decks = (line for line, is_title in head_lines(sheet) if not is_title and sheet.text[line.end - 1] != ".")
    lines = [line for line in decks if not _DAY.fullmatch(sheet.slice(line))]
    if lines and _LONE_NAME.fullmatch(sheet.slice(lines[-1])):
        lines.pop()  # no deck; whether a portrait, `caption.portrait` asks
    return [label for gap in [*gaps, *lines] for label in rule.claims(gap)]


_DAY: Final = late(r"(?:19|20)\d{2}[-./년]\s?\d{1,2}[-./월]\s?\d{1,2}일?(?:\s?\([월화수목금토일]\))?")
_LONE_NAME: Final = late(r"[가-힣]{2,4}")


def head_title(sheet: Sheet, rule: Rule) -> list[Label]:
    """The headline above the lede: the first unfinished line where page furniture follows, or one said twice."""
    titles = [line for line, is_title in head_lines(sheet) if is_title]
    return [label for line in titles or _said_twice(sheet) for label in rule.claims(line)]


def page_title(sheet: Sheet, rule: Rule) -> list[Label]:
    """A page's headline: the unfinished line right above a time stamp, and the copies of any headline."""
    stamped = list(_above_stamps(sheet))
    known = [Span(claim.start, claim.end) for claim in sheet.claims if claim.category is Category.TITLE]
    letters = {_letters(sheet, span) for span in (*known, *stamped)}
    if not letters:
        return []
    copies = [line for line in sheet.lines if _letters(sheet, line) in letters and sheet.is_free(line)]
    return [label for line in copies if line.end - line.start >= _TITLE for label in rule.claims(line)]


def _letters(sheet: Sheet, span: Span) -> str:
    text = sheet.slice(span)
    return _NOISE.sub("", _PICTURE.sub("", text) if text[-1:].isdigit() else text)


_PICTURE: Final = late(r" - \d{1,2}$")  # the page's second picture is named after its headline
_TITLE: Final = 10  # code points; shorter copies may be words of the body


def _above_stamps(sheet: Sheet) -> Iterator[Span]:
    """Lines between page furniture (or the top) and a time stamp, that do not end like a sentence; text follows."""
    if not any(_is_stamp(sheet, claim) for claim in sheet.claims):
        return
    last = sheet.free[-1].start if sheet.free else -1
    for above, line, below in zip([None, *sheet.lines], sheet.lines, sheet.lines[1:], strict=False):
        stamp = sheet.after(below.start)
        if stamp is None or stamp.start != below.start or not _is_stamp(sheet, stamp) or last <= below.end:
            continue
        if not (_TITLE <= line.end - line.start <= _HEADLINE and sheet.is_free(line)):
            continue
        if above and any(claim.category is Category.TITLE for claim in sheet.within(above)):
            continue  # the deck
        text = sheet.slice(line)
        apart = above is None or _is_scrap(above) or sheet.is_claimed(above) or sheet.text.count(text) > 1
        stopped = _FULL_STOP if above is None else _STOPPED
        if apart and HANGUL.search(text) and not (stopped.search(text) or _STOP_INSIDE.search(text)):
            yield line


def _is_scrap(line: Span) -> bool:
    """Whether a line is too short for a headline."""
    return line.end - line.start < _SCRAP


def _is_stamp(sheet: Sheet, claim: Label) -> bool:
    if claim.rule == "ui.address-line":
        return bool(_PORTAL.match(sheet.text, claim.start))
    return claim.category is Category.TIMESTAMP or claim.rule == "byline.info-line"


_PORTAL: Final = late(r"https?://(?:\w+\.)*(?:daum\.net|naver\.com|nate\.com)/")
_HEADLINE: Final = 90  # code points
_FULL_STOP: Final = late(r"\.[\"'”’)]*$")
_STOPPED: Final = late(r"(?:\.|[다요죠까][!?])[\"'”’)]*$")  # a headline may end in `…했다”`, not in a full stop


def _may_title(text: str) -> bool:
    """Whether words can be a headline; what holds a sentence, or is longer, is text that stands twice."""
    return len(text) <= _HEADLINE and not text.endswith(".") and not _STOP_INSIDE.search(text)


_STOP_INSIDE: Final = late(r"[다요죠까]\.[\"'”’)]*\s")


def _said_twice(sheet: Sheet) -> list[Span]:
    """A line near the top that stands twice in a row, spaces aside; both copies, if no sentence.

    Claims may stand between them, and with a claim the scraps of a page: the name of a section, a number.
    """
    lines = sheet.lines[:_TITLE_LINES]
    if len({sheet.text[line.start] for line in lines}) == len(lines):
        return []  # what is said twice begins alike
    latest, letters, between = Span(0, 0), "", list[Span]()
    for line in lines:
        text = sheet.slice(line)
        wanted = _NOISE.sub("", text)
        if len(wanted) < _SCRAP or not sheet.is_free(line):
            between.append(line)
            continue
        if not _may_title(text) or runs_on(sheet, line):
            break
        if wanted == letters and _is_page(sheet, text, between):
            return [latest, line]
        latest, letters, between = line, wanted, []
    return []


def _is_page(sheet: Sheet, text: str, between: list[Span]) -> bool:
    """Whether nothing stands between the copies of a line but what a page puts there; a refrain has words."""
    scraps = [sheet.slice(line) for line in between if sheet.is_free(line)]
    if not scraps:
        return True
    plain = len(scraps) < len(between) and not text.endswith(("!", "?")) and text[0] not in _QUOTES
    return plain and all(_SCRAP_TEXT.fullmatch(scrap) and scrap not in text for scrap in scraps)


_QUOTES: Final = "“\"‘'"
_SCRAP_TEXT: Final = late(r"[•·\-\d\s]+|[가-힣/]{2,5}")
_SCRAP: Final = 8  # code points
