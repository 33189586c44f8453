"""Where a document's text can be cut: lines, and inside a flattened line the soft breaks.

A soft break is a position, no character: behind the end of a sentence, behind a run of spaces that
stood for a lost line break, and in front of marks that open a notice and never stand inside a word.
"""

from __future__ import annotations

from typing import Final

from newsclean.late import late
from newsclean.model import Span

_OPENERS: Final = "▶▷►▸☞☛※■□★☆◆"
_AFTER: Final = rf"""(?:(?<=[\n{_OPENERS}])|(?<=[^\s\d.][.!?])["'”’)\]」』〉》]*(?=[ \t\n]))"""
# A set of characters comes first, so that `re` skips to the next candidate at C speed.
_BREAK: Final = late(rf"[\n.!?{_OPENERS}]{_AFTER}")
_RUN: Final = late("  +")


def segments(text: str) -> list[Span]:
    """The text's segments in order, without the white space around them; none is empty."""
    ends = [match.end() for match in _BREAK.finditer(text)]
    breaks = [end - 1 if text[end - 1] in _OPENERS else end for end in ends]
    spaced = text.replace("\t", " ")
    if "  " in spaced:
        breaks = sorted([*breaks, *(match.start() for match in _RUN.finditer(spaced))])
    spans: list[Span] = []
    start = 0
    for end in (*breaks, len(text)):
        if start < end and text[start].isspace():
            start += 1
        if start < end and not (text[start].isspace() or text[end - 1].isspace()):
            spans.append(Span(start, end))
        elif span := trim(text, start, end):  # more white space than one break
            spans.append(span)
        start = end
    return spans


def trim(text: str, start: int, end: int) -> Span | None:
    """The range without the white space at its ends; None if nothing else is in it."""
    if start < end and text[start].isspace():
        start += 1
    if start < end and text[end - 1].isspace():
        end -= 1
    if start < end and not (text[start].isspace() or text[end - 1].isspace()):
        return Span(start, end)
    inner = text[start:end].lstrip()  # more than one at an end
    if not inner:
        return None
    start = end - len(inner)
    return Span(start, start + len(inner.rstrip()))


def single_spaced(text: str) -> str:
    """The text with every run of spaces and tabs as one space."""
    text = text.replace("\t", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text
