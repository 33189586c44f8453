"""The sheet: a document's text, its segments, and the claims made on it so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Final

from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.segment import trim
from newsclean.sentence import finished, is_body

SIGNATURE: Final = {Category.BYLINE, Category.EMAIL}
_LINE: Final = late(r"\S(?:[^\n]*\S)?")
_WIDE_GAP: Final = late(r"\n[ \t]*\n[ \t]*\n\s*")
_MANY: Final = 3  # lines


def _points(text: str) -> bool:
    """Whether a stretch points to something else: `▶…을 쏜다`, where a sentence would have its stop."""
    return text[0] in _POINTERS and text[-1].isalnum() and not _TOPIC.search(text)


_POINTERS: Final = frozenset("▶▷►☞")
_TOPIC: Final = late(r"[은는이가] ")


class Sheet:
    """Text, segments and claims; claims are ordered and disjoint. Immutable: `plus` makes a new one."""

    def __init__(
        self, text: str, segments: list[Span], claims: list[Label], title: str = "", parted: Sequence[int] = ()
    ) -> None:
        """Lay `claims` (settled) over `text`. `title` is the headline where the caller knows it.

        parted: where glued paragraphs end, of `Document.parted`.
        """
        self.text = text
        self.segments = segments
        self.claims = claims
        self.title = title
        self.parted = parted
        self._starts = [claim.start for claim in claims]

    def plus(self, labels: list[Label]) -> Sheet:
        """The sheet with more claims. Where they overlap the longer one wins; the rest of the shorter stays."""
        if not labels:
            return self
        sheet = Sheet(self.text, self.segments, settle([*self.claims, *labels]), self.title, self.parted)
        if "lines" in self.__dict__:
            sheet.lines = self.lines  # claims do not move them
        if "free" in self.__dict__:
            sheet.free = list(_left_free(self.text, self.free, sorted(labels, key=_start)))
        return sheet

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]

    def covering(self, span: Span) -> list[Span]:
        """The segments that overlap a span, clipped to it."""
        return [Span(max(s.start, span.start), min(s.end, span.end)) for s in self.segments_in(span)]

    def gaps(self, span: Span) -> list[Span]:
        """What no claim holds of a span, without the white space around it."""
        return list(self.each_gap(span))

    def each_gap(self, span: Span) -> Iterator[Span]:
        """The gaps of a span one by one; for questions that the first of them answers."""
        position = span.start
        for claim in self.within(span):
            if position < claim.start and (gap := trim(self.text, position, claim.start)):
                yield gap
            position = claim.end
        if position < span.end and (gap := trim(self.text, position, span.end)):
            yield gap

    def is_claimed(self, span: Span) -> bool:
        """Whether nothing but white space of a span is free."""
        return next(self.each_gap(span), None) is None

    def segments_in(self, span: Span) -> list[Span]:
        """The segments that overlap a span."""
        first = max(bisect_right(self.segments, (span.start, len(self.text) + 1)) - 1, 0)
        last = bisect_left(self.segments, (span.end, 0))
        return [segment for segment in self.segments[first:last] if segment.end > span.start]

    def within(self, span: Span) -> Iterator[Label]:
        """The claims that overlap a span, in order."""
        claims = self.claims
        index = bisect_right(self._starts, span.start)
        if index and claims[index - 1].end > span.start:
            index -= 1
        while index < len(claims) and claims[index].start < span.end:
            yield claims[index]
            index += 1

    def is_free(self, span: Span) -> bool:
        """Whether no claim overlaps a span."""
        return next(self.within(span), None) is None

    @cached_property
    def free(self) -> list[Span]:
        """Every gap of every segment."""
        if not self.claims:
            return self.segments
        found: list[Span] = []
        claims = iter(self.claims)
        claim = next(claims, None)
        for segment in self.segments:
            start, end = segment
            while claim is not None and claim.end <= start:
                claim = next(claims, None)
            if claim is None or claim.start >= end:
                found.append(segment)
            else:
                found += self.gaps(segment)
        return found

    @cached_property
    def last_body(self) -> Span | None:
        """The last finished sentence of running text that nobody claims."""
        return next(
            (gap for gap in reversed(self.free) if is_body(text := self.slice(gap)) and not _points(text)), None
        )

    @cached_property
    def last_sentence_start(self) -> int:
        """Where the last sentence that nobody claims starts, a short one or a caption, too; -1 if there is none."""
        return next((gap.start for gap in reversed(self.free) if self._is_statement(gap)), -1)

    def _is_statement(self, gap: Span) -> bool:
        return finished(self.slice(gap)) and self.text[gap.end - 1] not in "?!"  # as headlines end, too

    @cached_property
    def first_body(self) -> Span | None:
        """The first finished sentence of running text that nobody claims."""
        return next((gap for gap in self.free if is_body(self.slice(gap))), None)

    @cached_property
    def first_body_start(self) -> int:
        """Where that sentence starts; the text's end if there is none."""
        return self.first_body.start if self.first_body else len(self.text)

    @cached_property
    def signature_end(self) -> int:
        """Where the author's name or address behind the last such sentence ends; the text's end if there is none."""
        behind = self.last_body.end if self.last_body else 0
        signed = (claim.end for claim in self.claims if claim.start >= behind and claim.category in SIGNATURE)
        return next(signed, len(self.text))

    def free_from(self, offset: int) -> Iterator[Span]:
        """The gaps that start at or after an offset, one by one."""
        return map(self.free.__getitem__, range(bisect_left(self.free, (offset, 0)), len(self.free)))

    def free_in(self, span: Span) -> list[Span]:
        """The gaps of the segments inside a span."""
        return [gap for segment in self.segments_in(span) for gap in self.gaps(segment) if gap.end <= span.end]

    @cached_property
    def lines(self) -> list[Span]:
        """The lines that hold more than white space, trimmed."""
        return [Span(*match.span()) for match in _LINE.finditer(self.text)]

    @cached_property
    def is_airy(self) -> bool:
        """Whether most lines stand three breaks or more apart, as where a page's tags left breaks of their own."""
        wide = len(_WIDE_GAP.findall(self.text))
        return len(self.lines) >= _MANY and 2 * wide >= len(self.lines)

    def line_at(self, offset: int) -> Span:
        """The trimmed line that holds an offset."""
        index = bisect_right(self.lines, (offset, len(self.text) + 1)) - 1
        return self.lines[max(index, 0)]

    def line_after(self, line: Span) -> Span:
        """The line below one of the lines; the last line itself has none and is its own."""
        return self.lines[min(bisect_right(self.lines, line), len(self.lines) - 1)]

    def paragraph_start(self, offset: int) -> int:
        """Where the glued paragraph that holds an offset starts; 0 if it is the first, or none is glued."""
        index = bisect_left(self.parted, offset)
        return self.parted[index - 1] + 1 if index else 0

    def after(self, offset: int) -> Label | None:
        """The first claim that starts at or after an offset."""
        index = bisect_left(self._starts, offset)
        return self.claims[index] if index < len(self.claims) else None

    def before(self, offset: int) -> Label | None:
        """The last claim that ends at or before an offset."""
        index = bisect_left(self._starts, offset) - 1
        return self.claims[index] if index >= 0 else None


def _left_free(text: str, gaps: list[Span], labels: list[Label]) -> Iterator[Span]:
    """What ordered labels leave of gaps, without the white space around it."""
    index = 0
    for gap in gaps:
        start, end = gap
        while index < len(labels) and labels[index].end <= start:
            index += 1
        behind = index
        while behind < len(labels) and labels[behind].start < end:
            if start < labels[behind].start and (left := trim(text, start, labels[behind].start)):
                yield left
            start = max(start, labels[behind].end)
            behind += 1
        if behind == index:
            yield gap
        elif start < end and (left := trim(text, start, end)):
            yield left


def settle(labels: Iterable[Label]) -> list[Label]:
    """Make labels ordered and disjoint: longer beats shorter, the first given beats the later.

    What sticks out of a shorter label on either side stays its own.
    """
    settled: list[Label] = []
    cluster: list[Label] = []
    end = -1
    for item in sorted(labels, key=_start):
        if item.start >= end and cluster:
            settled += _paint(cluster)
            cluster = []
        cluster.append(item)
        end = max(end, item.end)
    return settled + _paint(cluster)


def _paint(cluster: list[Label]) -> list[Label]:
    """Lay overlapping labels down, longest first; a later one keeps only what is still free."""
    if len(cluster) <= 1:
        return cluster
    painted: list[Label] = []
    for item in sorted(cluster, key=lambda item: item.start - item.end):
        position = item.start
        first = max(bisect_right(painted, item.start, key=_start) - 1, 0)
        last = bisect_left(painted, item.end, key=_start)
        for other in painted[first:last]:
            if position < other.start:
                insort(painted, item._replace(start=position, end=other.start), key=_start)
            position = max(position, other.end)
        if position < item.end:
            insort(painted, item._replace(start=position), key=_start)
    return painted


_start = itemgetter(0)
