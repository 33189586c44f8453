"""Where a document's text can be cut: lines, and inside a flattened line the soft breaks.

A soft break is a position, no character: behind the end of a sentence, behind a run of spaces that
stood for a lost line break, and in front of marks that open a notice and never stand inside a word.
"""

from __future__ import annotations

import re
from typing import Final

from newsclean.model import Span

_SENTENCE: Final = ".!?"
_OPENERS: Final = "▶▷►▸☞☛※■□★☆◆"
_AFTER: Final = rf"""(?:(?<=[\n{_OPENERS}])|(?<=[^\s\d.][.!?])["'”’)\]」』〉》]*(?=[ \t\n]))"""
# Both patterns begin with a set of characters, so that `re` skips to the next candidate at C speed; the
# second one, slower for its spaces, is for the texts that have runs of them. The group is where a sentence ends.
_BREAK: Final = re.compile(rf"[\n.!?{_OPENERS}]{_AFTER}()(?:(?<![{_OPENERS}])\s+)?")
_BREAK_OR_RUN: Final = re.compile(rf"[\n.!?{_OPENERS} \t](?:{_AFTER}|(?<=[ \t])[ \t]+)()(?:(?<![{_OPENERS}])\s+)?")


def segments(text: str) -> list[Span]:
    """The text's segments in order, without the white space around them; none is empty."""
    spans: list[Span] = []
    start = len(text) - len(text.lstrip())
    pattern = _BREAK_OR_RUN if "  " in text or "\t" in text else _BREAK
    for match in pattern.finditer(text):
        place, following = match.span()
        mark = text[place]
        if mark in _SENTENCE:
            end = match.end(1)
        else:
            end = place
            following = place if mark in _OPENERS else following
        if start < end:
            spans.append(_stripped(text, start, end))
        start = following
    if start < len(text):
        spans.append(_stripped(text, start, len(text)))
    return spans


def _stripped(text: str, start: int, end: int) -> Span:
    """The range, which begins with no white space, without that at its end."""
    return Span(start, start + len(text[start:end].rstrip())) if text[end - 1].isspace() else Span(start, end)


def trim(text: str, start: int, end: int) -> Span | None:
    """The range without the white space at its ends; None if nothing else is in it."""
    if start < end and not (text[start].isspace() or text[end - 1].isspace()):
        return Span(start, end)
    piece = text[start:end]
    inner = piece.lstrip()
    if not inner:
        return None
    start = end - len(inner)
    return Span(start, start + len(inner.rstrip()))
