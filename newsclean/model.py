"""The nouns of newsclean: what stages hand to each other. Immutable; imports nothing of ours.

Offsets are code points. Stages work on `Document.text` (the repaired text); what a user sees
(`Cut.span`, `Article.to_dict()`) is counted in `Document.source`, the decoded input.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

SCHEMA = 1
"""Version of the wire form that `Article.to_dict` gives."""


class Category(StrEnum):
    """What a piece of a scrape is. The removed ones are the labels of the gold policy."""

    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    SUMMARY = "summary"
    DATELINE = "dateline"
    BYLINE = "byline"
    EMAIL = "email"
    TIMESTAMP = "timestamp"
    CAPTION = "caption"
    UI = "ui"
    PROMO = "promo"
    RELATED = "related"
    COPYRIGHT = "copyright"
    AD = "ad"
    CODE = "code"
    DUPLICATE = "duplicate"
    TRANSLATION = "translation"
    TAGS = "tags"
    COMMENT = "comment"
    END = "end"
    CUE = "cue"
    NOTE = "note"
    BIO = "bio"


KEPT = frozenset({Category.CUE, Category.NOTE, Category.BIO})
"""Categories that are told apart but stay in the body unless the user drops them."""


class Kind(StrEnum):
    """What kind of document the article is. A closed list; a whole page has the kind of the article in it."""

    ARTICLE = "article"
    """Running text: news, analysis, column."""
    BROADCAST = "broadcast"
    """The script of a broadcast report, with cues."""
    TRANSCRIPT = "transcript"
    """What people said in turn, on the radio or in a studio."""
    INTERVIEW = "interview"
    """Questions and answers."""
    PHOTO = "photo"
    """A photograph and what it shows."""
    LIST = "list"
    """Entries: appointments, obituaries, schedules."""
    POLL = "poll"
    """The report of an opinion poll."""
    MARKET = "market"
    """The report of a trading day."""
    PRESS_RELEASE = "press-release"
    """What an office or a company sent out, with its contact block."""
    ERROR = "error"
    """No article: a page that says it is not there."""


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """One reversible repair: `source[start:end]`, which was `old`, reads `new` in the text."""

    start: int
    end: int
    old: str
    new: str
    rule: str


class Label(NamedTuple):
    """A rule's claim on `text[start:end]`, with the metadata it read there."""

    start: int
    end: int
    category: Category
    rule: str
    fields: Mapping[str, str]


class Piece(NamedTuple):
    """One tile of the text. `rule` is empty exactly where `category` is body."""

    start: int
    end: int
    category: Category
    rule: str
    fields: Mapping[str, str]


class Note(NamedTuple):
    """Something a user should know about this article: a skipped rule, damaged bytes."""

    code: str
    message: str


class Encoding(NamedTuple):
    """How the input was read: the codec's name, and how sure the detection was (0 to 1)."""

    name: str
    confidence: float


class Known(NamedTuple):
    """What the crawler knows already; it wins over what stands in the text."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None


class Translation(NamedTuple):
    """A version of the article in another language (ISO 639-1 code)."""

    language: str
    text: str


class Reporter(NamedTuple):
    """An author. `name` is None where only an address stands in the text."""

    name: str | None
    role: str | None = None
    email: str | None = None
    place: str | None = None
    desk: str | None = None


class Cut(NamedTuple):
    """A removed span: offsets in the decoded source, its text there, and the rule that took it."""

    category: Category
    rule: str
    span: Span
    text: str


_AS_STR = Encoding("str", 1.0)


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded scrape: the source as it came, the text as repaired, and the edits between them.

    damaged: lines of the text that were read with the wrong encoding and cannot be restored; nothing is cut from them.
    parted: offsets of the spaces in the text that stand for the lost break between two paragraphs.
    """

    source: str
    text: str
    edits: tuple[Edit, ...] = ()
    encoding: Encoding = _AS_STR
    notes: tuple[Note, ...] = ()
    damaged: tuple[Span, ...] = ()
    _text_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    parted: tuple[int, ...] = ()

    def to_source(self, offset: int, *, end: bool = False) -> int:
        """Offset in the source of a text offset. Inside a repaired stretch: its start, or its end if `end`."""
        index = bisect_right(self._text_starts, offset - (1 if end else 0)) - 1
        if index < 0:
            return offset
        edit, start = self.edits[index], self._text_starts[index]
        past = offset - start - len(edit.new)
        if past >= 0:
            return edit.end + past
        return edit.end if end else edit.start

    def is_damaged(self, start: int, end: int) -> bool:
        """Whether a stretch of the text touches one that nobody can read."""
        before = bisect_left(self.damaged, (end, 0)) - 1
        return before >= 0 and self.damaged[before].end > start

    def edited(self, edits: Sequence[Edit]) -> Document:
        """The document with more repairs; `edits` (ordered, disjoint) count in its text."""
        merged = tuple(_merged(self.edits, edits, self.text, self.source)) if self.edits else tuple(edits)
        document = Document.of(self.source, merged, self.encoding, self.notes)
        return document.marked_parted(_moved(self.parted, edits)) if self.parted else document

    def marked_parted(self, places: Iterable[int]) -> Document:
        """The document with the spaces in its text that stand for lost breaks between paragraphs."""
        return replace(self, parted=tuple(places))

    def marked_damaged(self, spans: Sequence[Span]) -> Document:
        """The document with stretches of its text that nobody can read, and nothing may be cut from."""
        return replace(self, damaged=tuple(spans)) if spans else self

    @staticmethod
    def of(source: str, edits: tuple[Edit, ...], encoding: Encoding, notes: tuple[Note, ...] = ()) -> Document:
        """Apply `edits` (ordered, disjoint, in source offsets) to `source`."""
        if not edits:
            return Document(source, source, (), encoding, notes)
        parts: list[str] = []
        starts: list[int] = []
        length = position = 0
        for edit in edits:
            before = source[position : edit.start]
            length += len(before)
            starts.append(length)
            length += len(edit.new)
            parts += (before, edit.new)
            position = edit.end
        parts.append(source[position:])
        return Document(source, "".join(parts), edits, encoding, notes, (), tuple(starts))


def _moved(places: Iterable[int], edits: Sequence[Edit]) -> Iterator[int]:
    """Ordered offsets of a text, in the text that ordered edits make of it."""
    shift = index = 0
    for place in places:
        while index < len(edits) and edits[index].end <= place:
            shift += len(edits[index].new) - len(edits[index].old)
            index += 1
        yield place + shift


def _merged(first: Sequence[Edit], later: Sequence[Edit], text: str, source: str) -> Iterator[Edit]:
    """Edits of the source that do what `first` do to it, and then `later` to the text that they made.

    Those that touch become one edit, which goes by the first one's rule.
    """
    shift = 0
    spans: list[_Placed] = [(edit.start, edit.end, edit, True) for edit in later]
    for edit in first:
        start = edit.start + shift
        spans.append((start, start + len(edit.new), edit, False))
        shift += len(edit.new) - len(edit.old)
    shift = 0
    for start, end, group in _touching(sorted(spans)):
        grown = sum(len(edit.new) - len(edit.old) for edit, is_later in group if not is_later)
        old = source[start - shift : end - shift - grown]
        new = _applied(text, start, end, [edit for edit, is_later in group if is_later])
        if new != old:
            yield Edit(start - shift, end - shift - grown, old, new, group[0][0].rule)
        shift += grown


_Placed = tuple[int, int, Edit, bool]


def _touching(spans: list[_Placed]) -> Iterator[tuple[int, int, list[tuple[Edit, bool]]]]:
    """Runs of spans, each touching the one before, if both kinds are in it; the others one by one."""
    run: list[_Placed] = []
    run_end = -1
    for span in spans:
        if span[0] > run_end and run:
            yield from _groups(run)
            run = []
        run.append(span)
        run_end = max(run_end, span[1])
    yield from _groups(run)


def _groups(run: list[_Placed]) -> Iterator[tuple[int, int, list[tuple[Edit, bool]]]]:
    mixed = len({is_later for *_, is_later in run}) == 2
    for group in [run] if mixed else [[one] for one in run]:
        yield group[0][0], max(end for _, end, _, _ in group), [(edit, later) for *_, edit, later in group]


def _applied(text: str, start: int, end: int, edits: list[Edit]) -> str:
    parts: list[str] = []
    for edit in edits:
        parts += (text[start : edit.start], edit.new)
        start = edit.end
    return "".join([*parts, text[start:end]])
