"""Captions that no credit ends: in the slot of a picture, or with the words of another caption."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Final

from newsclean.detectors.caption import VERBAL, is_boxed
from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.sentence import finished, is_body
from newsclean.sheet import Sheet


def caption_in_slot(sheet: Sheet, rule: Rule) -> list[Label]:
    """What stands above wider gaps than part the paragraphs: a title right above its credit; a noun with its stop.

    The noun only where such gaps follow pictures alone: one is a known caption's, and none stands behind a sentence.
    """
    if _SLOT not in sheet.text or sheet.is_airy:
        return []
    slots = [above for above, below in pairwise(sheet.lines) if _is_wide(sheet, above, below)]
    nouns = [line for line in slots if sheet.is_free(line)]
    known = any(_holds_caption(sheet, line) for line in slots)
    if not known or any(finished(sheet.slice(line)) or not _NOUN.fullmatch(sheet.slice(line)) for line in nouns):
        nouns = []
    titles = [title for line in slots if (title := _title_above(sheet, line))]
    return [label for line in (*nouns, *titles) for label in rule.claims(line)]


_SLOT: Final = "\n\n\n"


def _is_wide(sheet: Sheet, above: Span, below: Span) -> bool:
    return sheet.text.count("\n", above.end, below.start) >= len(_SLOT)


def _holds_caption(sheet: Sheet, line: Span) -> bool:
    return any(claim.category is Category.CAPTION for claim in sheet.within(line))


def _title_above(sheet: Sheet, line: Span) -> Span | None:
    """The line right above a photo's credit, where a blank line stands above it: no last item of a list."""
    index = bisect_left(sheet.lines, line) - 1
    if index < 0 or not _is_credit(sheet, line):
        return None
    title, above = sheet.lines[index], sheet.lines[index - 1] if index else Span(0, 0)
    tied = sheet.text.count("\n", title.end, line.start) == 1
    apart = not index or _are_parted(sheet, above, title)
    text = sheet.slice(title)
    named = bool(_TITLE.fullmatch(text)) and not finished(text) and sheet.is_free(title)
    return title if tied and apart and named else None


def _is_credit(sheet: Sheet, line: Span) -> bool:
    """Whether nothing but a photo's credit fills a line."""
    filled = sheet.is_claimed(line) and all(claim.category is Category.CAPTION for claim in sheet.within(line))
    return filled and not any(map(finished, map(sheet.slice, sheet.covering(line))))


_NOUN: Final = late(r"[^.,\n]{3,60}(?![다요죠까네오자라음함임됨])[가-힣]\.")  # `강변 나루터 앞.`
_TITLE: Final = late(r"(?!(?:글|그림|기획|번역) )\w[^.\n]{3,60}[^\W\d]")


def caption_with_stop(sheet: Sheet, rule: Rule) -> list[Label]:
    """Lines between blank lines that end in a credit without a stop, behind a noun with one: a photo's caption."""
    found: list[Label] = []
    for above, line, below in zip([None, *sheet.lines], sheet.lines, sheet.lines[1:], strict=False):
        if sheet.text[line.end - 1] in _CLOSING or not _STOPPED.fullmatch(sheet.text, *line):
            continue
        apart = _are_parted(sheet, line, below) and (above is None or _are_parted(sheet, above, line))
        found += rule.claims(line if apart and sheet.is_free(line) else None)
    return found


def _are_parted(sheet: Sheet, above: Span, below: Span) -> bool:
    return sheet.text.count("\n", above.end, below.start) >= 2


_CLOSING: Final = frozenset(".?!…\"'”’다요죠까")
_OWNER: Final = (
    r"(?:연합뉴스|뉴시스|뉴스1|통신|일보|신문|뉴스|DB|갈무리|캡[처쳐]|블룸버그|로이터|연맹|협회|구단|게티이미지\w{0,4}"
    r"|AFP|AP|EPA|넷플릭스|디즈니플러스|티빙|웨이브|tvN|KBS|MBC|SBS|JTBC|MBN|ENA|[가-힣]{2,12}(?=\([A-Z]{2,6}\)))"
)
_STOPPED: Final = late(
    r"(?![\d▲△◇◆○●▶▷■□※·•\-\[(<#*])(?:(?![다요죠까]\.)[^\n.]){6,90}(?<![다요죠까\d])\. "
    rf"(?:[\w&·]{{1,12}} ){{0,2}}[\w·]{{0,10}}{_OWNER}(?:\([A-Z]{{2,6}}\))?"
)


def caption_copies(sheet: Sheet, rule: Rule) -> list[Label]:
    """Lines that repeat a known caption word for word: its picture stands in the page again.

    One that reads like a sentence of the text, or is one and opens it, is the lede, which a caption had copied.
    """
    captions = {sheet.text[c.start : c.end]: c.end for c in sheet.claims if c.category is Category.CAPTION}
    known = {text for text in captions if len(text) >= _COPY and text.endswith(".") and not is_body(text)}
    copies = [line for line in sheet.lines if sheet.slice(line) in known and sheet.is_free(line)] if known else []
    if copies and captions[sheet.slice(copies[0])] < copies[0].start and _may_open(sheet, copies[0]):
        copies = copies[1:]
    return [label for line in (*copies, *_alternatives(sheet)) for label in rule.claims(line)]


def _alternatives(sheet: Sheet) -> list[Span]:
    """Lines that stand for a picture: right above or below its caption, with the same words and no stop."""
    found: list[Span] = []
    for claim in sheet.claims:
        if claim.category is not Category.CAPTION or not (caption := _MARKED.match(sheet.text, *claim[:2])):
            continue
        index = bisect_left(sheet.lines, sheet.line_at(claim.start))
        beside = sheet.lines[max(index - 1, 0) : index + 2]
        found += [line for line in beside if sheet.slice(line) == caption[1] and sheet.is_free(line)]
    return found


# A caption behind its mark and in front of its credit.
_MARKED: Final = late(r"[▲△▼◀▶↑]+\s*([^\n]{12,}?)(?<![.!?])\s*(?:[ⓒ©]|\Z)")


def _may_open(sheet: Sheet, line: Span) -> bool:
    lede = line.start < sheet.first_body_start and bool(VERBAL.search(sheet.slice(line)))
    return lede and (sheet.is_airy or not is_boxed(sheet, line))


_COPY: Final = 6  # code points; with its full stop: without one it may be a subhead
