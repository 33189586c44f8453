"""Run the rules over a document → labels.

Two sweeps. `inline` rules search the whole text; what they claim cuts the segments like a stencil.
Then `start`, `end` and `whole` rules look at the gaps that are left. Detectors come last and see
both. Rules that count only beside a cut (hints) are left to `resolve`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from newsclean.detectors import DETECTORS
from newsclean.errors import Limits
from newsclean.model import Document, Label, Note, Span
from newsclean.rule import Rule, RulePack, may_start
from newsclean.segment import segments, trim
from newsclean.sheet import Sheet, settle


class Labels(NamedTuple):
    """What `label` found: the sheet with every sure claim, the hints whose gate is open, and notes."""

    sheet: Sheet
    hints: tuple[Rule, ...]
    notes: tuple[Note, ...]


class Matcher:
    """Runs single rules with a time limit; a rule past its time is skipped for this document and noted."""

    def __init__(self, text: str, seconds: float) -> None:
        """Match in `text`; `seconds` is the limit for each call."""
        self.text = text
        self.notes: dict[str, Note] = {}
        self._seconds = seconds

    def find(self, rule: Rule, windows: Iterable[Span]) -> Iterator[Label]:
        """Every match of an inline rule that begins and ends in one of the windows."""
        try:
            for window in windows:
                for match in rule.regex.finditer(self.text, window.start, window.end, timeout=self._seconds):
                    yield from self._label(rule, match)
        except TimeoutError:
            self._skip(rule)

    def fit(self, rule: Rule, gap: Span) -> Label | None:
        """The match of a rule that stands at the start or end of a gap, or fills it."""
        if rule.id in self.notes or rule.at != "end" and not may_start(rule.pattern, self.text[gap.start]):
            return None
        pattern = rule.regex
        call = {"inline": pattern.match, "start": pattern.match, "end": pattern.search, "whole": pattern.fullmatch}[rule.at]
        try:
            match = call(self.text, gap.start, gap.end, timeout=self._seconds)
        except TimeoutError:
            self._skip(rule)
            return None
        return next(self._label(rule, match), None) if match else None

    def prefix(self, rule: Rule, gap: Span) -> Label | None:
        """The match of a `whole` rule at the start of a gap, up to white space or the gap's end."""
        if not may_start(rule.pattern, self.text[gap.start]):
            return None
        match = rule.regex.match(self.text, gap.start, gap.end, timeout=self._seconds)
        if match and (match.end() == gap.end or self.text[match.end()].isspace()):
            return next(self._label(rule, match), None)
        return None

    def _label(self, rule: Rule, match: regex.Match[str]) -> Iterator[Label]:
        if span := trim(self.text, *match.span()):
            fields = {key: value for key, value in match.groupdict().items() if value}
            yield Label(span.start, span.end, rule.category, rule.id, fields)

    def _skip(self, rule: Rule) -> None:
        message = f"rule {rule.id} took over {self._seconds:g} s on this document and was skipped"
        self.notes[rule.id] = Note("rule-timeout", message)


def label(document: Document, rules: RulePack, limits: Limits, title: str = "") -> Labels:
    """Every sure claim on the document, overlaps settled, and the hints for `resolve` to decide."""
    text = document.text
    matcher = Matcher(text, limits.rule_seconds)
    index = _Index(text, segments(text))
    opened = [(rules.rules[number], literals) for number, literals in rules.gate.open(text).items()]
    sure = [(rule, index.of(literals)) for rule, literals in opened if not rule.hint]
    inline = [hit for rule, near in sure if rule.at == "inline" for hit in matcher.find(rule, index.windows(near))]
    sheet = Sheet(text, index.segments, settle(inline), title)
    sheet = sheet.plus(_in_gaps(matcher, sheet, [(rule, near) for rule, near in sure if rule.at != "inline"]))
    for rule in rules.detecting:
        if found := DETECTORS[rule.detector](sheet, rule):
            sheet = sheet.plus(found)
    return Labels(sheet, tuple(rule for rule, _ in opened if rule.hint), tuple(matcher.notes.values()))


class _Index:
    """Which segments hold a literal; every literal is looked up once a document."""

    def __init__(self, text: str, segments: list[Span]) -> None:
        self.segments = segments
        self._text = text
        self._starts = [segment.start for segment in segments]
        self._known: dict[str, frozenset[int]] = {}

    def of(self, literals: list[str]) -> frozenset[int]:
        """Indexes of the segments that hold one of the literals; all of them if there are none to look for."""
        if not literals:
            return frozenset(range(len(self.segments)))
        return frozenset().union(*map(self._holding, literals))

    def _holding(self, literal: str) -> frozenset[int]:
        if literal not in self._known:
            places = _occurrences(self._text, literal)
            self._known[literal] = frozenset(max(bisect_right(self._starts, place) - 1, 0) for place in places)
        return self._known[literal]

    def windows(self, near: frozenset[int]) -> list[Span]:
        """Stretches around segments: one segment ahead of each, and as many behind it as a notice is long."""
        spans: list[Span] = []
        for number in sorted(near):
            start = self.segments[max(number - _AHEAD, 0)].start
            end = self.segments[min(number + _BEHIND, len(self.segments) - 1)].end
            if spans and start <= spans[-1].end:
                spans[-1] = Span(spans[-1].start, end)
            else:
                spans.append(Span(start, end))
        return spans


_AHEAD, _BEHIND = 2, 4


def _occurrences(text: str, literal: str) -> Iterator[int]:
    position = text.find(literal)
    while position >= 0:
        yield position
        position = text.find(literal, position + len(literal))


def _in_gaps(matcher: Matcher, sheet: Sheet, rules: list[tuple[Rule, frozenset[int]]]) -> list[Label]:
    candidates: dict[int, list[Rule]] = {}
    for rule, near in rules:
        for number in near:
            candidates.setdefault(number, []).append(rule)
    found: list[Label] = []
    for number in sorted(candidates):
        for gap in sheet.gaps(sheet.segments[number]):
            found += _claim(matcher, gap, candidates[number])
    return found


def _claim(matcher: Matcher, gap: Span, rules: list[Rule]) -> list[Label]:
    """Claim as much of a gap as the rules can: the longest match first, then what it leaves."""
    found: list[Label] = []
    todo = [gap]
    while todo:
        gap = todo.pop()
        fits = [fit for rule in rules if (fit := matcher.fit(rule, gap))]
        if not fits:
            found += _tiled(matcher, gap, rules)
            continue
        best = max(fits, key=lambda fit: fit.end - fit.start)
        found.append(best)
        rest = (trim(matcher.text, gap.start, best.start), trim(matcher.text, best.end, gap.end))
        todo += [span for span in rest if span]
    return found


def _tiled(matcher: Matcher, gap: Span, rules: list[Rule]) -> list[Label]:
    """Labels of `whole` rules that fill a gap one after the other, with white space between; or none."""
    whole = [rule for rule in rules if rule.at == "whole" and rule.id not in matcher.notes]
    found: list[Label] = []
    rest: Span | None = gap
    while rest:
        fits = [fit for rule in whole if (fit := matcher.prefix(rule, rest))]
        if not fits:
            return []
        found.append(max(fits, key=lambda fit: fit.end))
        rest = trim(matcher.text, found[-1].end, gap.end)
    return found
