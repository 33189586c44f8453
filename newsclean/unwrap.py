"""Hard-wrapped lines, joined: the quick look that every document gets. `wrapping` decides, for the few that pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsclean.model import Document, Edit

Space = Callable[[str, str], bool | None]
"""Whether a space belongs between the end of one line and the start of the next; None if unknown."""

WIDEST: Final = 132  # code points or columns; no mail and no page has longer lines, paragraphs do
NARROWEST: Final = 28  # below are poems, captions, menus
PROOF: Final = 4  # lines that prove a width
READS_ON: Final = tuple(
    "을를이가은는의에로고며과와도서면지게한할인된될던해여려만및등,"
)  # menus and headlines rarely end so


def unwrapped(document: Document, space: Space) -> Document:
    """The document with its wrapped lines joined; one with unreadable lines stays as it is."""
    while not document.damaged and may_wrap(document.text):
        from newsclean.wrapping import joins  # its patterns cost more than all others at start-up

        text = document.text
        edits = [Edit(start, end, text[start:end], new, "repair.wrapped") for start, end, new in joins(text, space)]
        if not edits:
            break
        document = document.edited(edits)
    return document


def may_wrap(text: str) -> bool:
    """Whether three lines in a row are about equally long and read on; what a healthy document pays.

    In a wrapped document no line is over the width: one that is mostly longer lines holds paragraphs.
    """
    lines = text.split("\n")
    if len(lines) < PROOF or 2 * sum(len(line) for line in lines if len(line) > WIDEST) > len(text):
        return False
    fit = [NARROWEST // 2 <= len(line) <= WIDEST for line in lines]
    triples = (lines[at : at + 3] for at, three in enumerate(zip(fit, fit[1:], fit[2:], strict=False)) if all(three))
    return any(_alike(triple) for triple in triples)


def _alike(lines: list[str]) -> bool:
    sizes = [len(line) for line in lines]
    if 5 * min(sizes) <= 2 * max(sizes) or sum(line.endswith((".", '"', "”")) for line in lines) >= 2:
        return False
    return any(line.rstrip().endswith(READS_ON) for line in lines)
