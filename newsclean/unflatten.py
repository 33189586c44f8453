"""Paragraphs that stand one behind the other on a line, nothing or a run of spaces where their break was: parted again.

A sentence glued to the next gets its space back. Where a text has three such places or more a paragraph ends there, in
the body; for the rules its line goes on, since sentences of one paragraph are glued, too. Where runs of spaces follow
three sentences of a line or more they part it; behind fewer, only those of four spaces or more. A run behind no
sentence (a headline, a credit) parts too, unless the line has spaces to spare in mid-sentence as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from newsclean.late import late
from newsclean.model import Document, Edit
from newsclean.unwrap import READS_ON, WIDEST

_PARAGRAPH: Final = "repair.glued-paragraph"  # the rule of an edit; `repair.glued` where no paragraph ends
# A full stop and the next letter or mark without a space between; what a caption may go on with opens no paragraph.
_SAME: Final = r"사진[은=]|\d{4}\. ?\d|[「『〈《【\[(<▶▷►☞※■□★☆◆◇●○▲△▼▽ⓒ©#]"
_GLUED: Final = late(rf"\.(?<=[다요죠까]\.)(?:(?={_SAME})(?P<same>)|(?=[가-힣㐀-鿿A-Z0-9“‘]))")
_RUN: Final = late(r"(?<=[^\s▲△▼▽▶▷◀◁☞※■□◆◇●○•·ㆍ|=:/-])[ \t]{2,}(?=\S)")
_PROOF: Final = 3  # sentences of a line with a run of spaces behind them, or of a text with nothing
_NARROW: Final = 2  # what a paragraph's break leaves in most flattened texts, in spaces and in line breaks
_WIDE: Final = 4  # no writer sets so many spaces by accident
_FRAGMENT: Final = late(r"\s*(?:[가-힣]{1,4}|첫째.{0,8}|.{0,4}\d.{0,5})")  # of a sentence: `지난 3일  오후 2시`
_PARTICLE: Final = late(r"(?:[은는가을를와과로]|으로|에[서게]) ")
_ENDED: Final = late(r"[다요죠까][.!?][\"'”’)\]]*$")
_LOOK: Final = 8  # code points: no sentence ends in more marks
# What agencies set apart by spaces inside a credit: `홍길동  기자`, `2020.7.28.   hong@…`.
_INNER: Final = late(
    r"기자|특파원|사진은|[=:/ⓒ©]|\((?:사진|연합뉴스|뉴시스|뉴스1)|[\w.-]+@|\(?끝\)"
    r"|\d{4}\. ?\d{1,2}\. ?\d{1,2}(?!\. ?\d{1,2}:)"  # a photo's day; with the time of day it is the article's
)


def unflattened(document: Document, classes: frozenset[str]) -> Document:
    """The document with its paragraphs on lines of their own; one with unreadable lines stays as it is.

    classes: the repairs to make, of `glued` and `flattened`.
    """
    if document.damaged:
        return document
    glued = _glued(document.text) if "glued" in classes else ()
    spaced = _spaced(document.text) if "flattened" in classes else ()
    edits = sorted((*glued, *spaced))
    return document.edited(edits).marked_parted(_parted(edits)) if edits else document


def _parted(edits: list[Edit]) -> Iterator[int]:
    """Where the glued paragraphs end, in the text that the edits make."""
    shift = 0
    for edit in edits:
        if edit.rule == _PARAGRAPH:
            yield edit.start + shift
        shift += len(edit.new) - len(edit.old)


def _glued(text: str) -> Iterator[Edit]:
    places = list(_GLUED.finditer(text))
    proven = sum(place["same"] is None for place in places) >= _PROOF
    for place in places:
        rule = _PARAGRAPH if proven and place["same"] is None else "repair.glued"
        yield Edit(place.end(), place.end(), "", " ", rule)


def _spaced(text: str) -> Iterator[Edit]:
    start = 0
    for line in text.split("\n"):
        if len(line) > WIDEST and ("  " in line or "\t" in line):
            for begin, end, new in _partings(line):
                yield Edit(start + begin, start + end, line[begin:end], new, "repair.flattened")
        start += len(line) + 1


def _partings(line: str) -> Iterator[tuple[int, int, str]]:
    """Where a line's paragraphs part, and by what; a run that is wider than most of them stood around a picture."""
    runs = [run.span() for run in _RUN.finditer(line) if not _INNER.match(line, run.end())]
    ended = [run for run in runs if _ENDED.search(line, max(0, run[0] - _LOOK), run[0])]
    if len(ended) < _PROOF:
        runs = [(start, end) for start, end in runs if end - start >= _WIDE]
        ended = []
    if not runs:
        return
    usual = Counter(end - start for start, end in ended).most_common(1)[0][0] if ended else _NARROW
    spare = any(line.startswith(READS_ON, start - 1) or _PARTICLE.match(line, end) for start, end in runs)
    if _FRAGMENT.fullmatch(line, 0, runs[0][0]):
        runs = runs[1:]
    for start, end in ended if spare else runs:
        yield start, end, "\n" * min(max(_NARROW + end - start - usual, 1), _WIDE)
