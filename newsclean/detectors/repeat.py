"""Text that stands a second time: as a copy, or in another language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from newsclean.detectors.lede import TIED
from newsclean.model import Category, Label, Span
from newsclean.rule import Rule
from newsclean.segment import trim
from newsclean.sentence import HANGUL
from newsclean.sheet import Sheet

_WORD: Final = re.compile(r"\w")
_REPEAT: Final = 45  # code points; a shorter sentence may be said twice on purpose


def repeated(sheet: Sheet, rule: Rule) -> list[Label]:
    """Text that stands twice: the earlier copy in front of the article is a summary, a later one a duplicate."""
    summary = rule.category is Category.SUMMARY
    copies = [copy for copy in _copies(_repeats(sheet)) if _is_summary(sheet, *copy[0]) == summary]
    if not summary:
        copies = [copy for copy in copies if len(copy) > 1 or not _said_in_passing(sheet, copy[0][1])]
    return [label for copy in copies for pair in copy for label in rule.claims(pair[0 if summary else 1])]


def _said_in_passing(sheet: Sheet, sentence: Span) -> bool:
    """Whether one repeated sentence stands in the middle of a paragraph that says more: a statement quotes itself."""
    line = sheet.line_at(sentence.start)
    before, after = Span(line.start, sentence.start), Span(sentence.end, line.end)
    apart = "  " in (sheet.text[sentence.start - 2 : sentence.start], sheet.text[sentence.end : sentence.end + 2])
    return not (apart or sheet.is_claimed(before) or sheet.is_claimed(after))


def _copies(pairs: list[tuple[Span, Span]]) -> list[list[tuple[Span, Span]]]:
    """Pairs of equal gaps by the copy of the text they belong to. A copy has one fate, or none would stay whole."""
    copies: list[list[tuple[Span, Span]]] = []
    for first, second in pairs:
        if copies and copies[-1][-1][0] < first < copies[-1][0][1] and copies[-1][-1][1] < second:
            copies[-1].append((first, second))
        else:
            copies.append([(first, second)])
    return copies


@lru_cache(maxsize=1)
def _repeats(sheet: Sheet) -> list[tuple[Span, Span]]:
    """Pairs of equal gaps. Short ones count in the wake of a long pair, or side by side (crumbs aside)."""
    texts = [sheet.text[start:end] for start, end in sheet.free]
    if len(set(texts)) == len(texts):
        return []
    found: list[tuple[Span, Span]] = []
    latest_at: dict[str, int] = {}
    last = (-2, -2)
    gaps = [(text, gap) for text, gap in zip(texts, sheet.free, strict=True) if _WORD.search(text)]
    for number, (text, gap) in enumerate(gaps):
        earlier = latest_at.get(text, number)
        latest_at[text] = number
        if earlier == number or len(text) < _MIN_REPEAT:
            continue
        in_wake = (earlier - 1, number - 1) == last
        side_by_side = earlier == number - 1 and len(text) >= 20
        if len(text) >= _REPEAT or in_wake or side_by_side:
            last = (earlier, number)
            found.append((gaps[earlier][1], gap))
    return found


_MIN_REPEAT: Final = 8


def _is_summary(sheet: Sheet, first: Span, second: Span) -> bool:
    """Whether a clear mark of the article's start stands between the two copies, and none in front of the first."""
    between = [c.category for c in sheet.within(Span(first.end, second.start))]
    opener = sheet.before(first.start + 1)
    opens = opener is not None and opener.category in TIED and first.start - opener.end < _NEAR
    return not opens and bool({Category.UI, Category.TIMESTAMP, *TIED} & set(between)) and _at_top(sheet, first)


_NEAR: Final = 4  # code points


def _at_top(sheet: Sheet, span: Span) -> bool:
    return span.start < len(sheet.text) // 2


_FOREIGN: Final = 300  # code points; shorter foreign text is a quotation or a name


def translation(sheet: Sheet, rule: Rule) -> list[Label]:
    """A version in another script behind the Korean article: the last stretch, long, and without Hangul."""
    last = next((gap for gap in reversed(sheet.free) if HANGUL.search(sheet.slice(gap))), None)
    if last is None or last.end < _FOREIGN // 3 or len(sheet.text) - last.end < _FOREIGN:
        return []
    start, end = last.end, len(sheet.text)
    korean = [claim for claim in sheet.claims if claim.start >= start and HANGUL.search(sheet.text, *claim[:2])]
    for claim in korean:  # a disclaimer in front of it, a rights line behind it
        if trim(sheet.text, start, claim.start):
            end = claim.start
            break
        start = claim.end
    span = trim(sheet.text, start, end)
    return rule.claims(span) if span and _is_foreign(sheet.slice(span)) else []


def _is_foreign(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    sentences = text.count(". ") + text.count(".\n")
    return len(text) >= _FOREIGN and letters > 200 and len(HANGUL.findall(text)) <= letters // 50 and sentences >= 2
