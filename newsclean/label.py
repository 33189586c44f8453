"""Run the rules over a document → labels.

Two sweeps. `inline` rules look at the whole text; what they claim cuts the segments like a stencil.
Then `start`, `end` and `whole` rules look at the gaps that are left. Detectors come last and see
both. Rules that count only beside a cut (hints) are left to `resolve`.

A pattern is never searched for in the whole text: the gate tells where a rule's literals stand, and a
match begins at most `Rule.lead` code points before one, with a character that can begin it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from newsclean.detectors import DETECTORS
from newsclean.errors import Limits
from newsclean.late import late
from newsclean.model import Document, Label, Note, Span
from newsclean.pattern import Match, clocked
from newsclean.rule import Opened, Rule, RulePack, field_of
from newsclean.segment import segments, trim
from newsclean.sheet import Sheet, settle

_Call = Callable[[str, int, int], Match | None]


class Matcher:
    """Runs single rules on one text with a time limit; a rule past its time is skipped and noted."""

    def __init__(self, text: str, seconds: float) -> None:
        """Match in `text`; `seconds` is the limit for each call."""
        self.text = text
        self.notes: dict[str, Note] = {}
        self._seconds = seconds
        self._short = len(text) <= _SHORT

    def find(self, rule: Rule, places: list[int]) -> list[Label]:
        """Every match of an inline rule; `places` is where its literals stand, in order."""
        text, lead, begins, last = self.text, rule.lead, rule.beginnings, len(self.text)
        if rule.opens_text:
            places = [place for place in places[:1] if place <= lead]
        match_at: _Call | None = None
        found: list[Label] = []
        end = 0
        for place in places:
            start = place - lead
            for begin in begins(text, start if start > end else end, place + 1):
                match_at = match_at or self._match(rule)
                at = begin.start()
                if at >= end and (match := match_at(text, at, last)):
                    end = match.end()
                    found += self._labels(rule, match)
            if end <= place:
                end = place + 1
        return found

    def fit(self, rule: Rule, gap: Span, places: list[int]) -> Label | None:
        """The match of a rule that stands at the start or end of a gap, or fills it."""
        if rule.at == "end":
            match = self._at_end(rule, gap, places)
            return next(self._labels(rule, match), None) if match else None
        match = self.opening(rule, gap)
        return self.filling(rule, gap, match) if match else None

    def opening(self, rule: Rule, gap: Span) -> Match | None:
        """The match of a `start` or `whole` rule at the start of a gap; callers ask its first character before."""
        return self._match(rule)(self.text, gap.start, gap.end)

    def filling(self, rule: Rule, gap: Span, match: Match) -> Label | None:
        """What the rule may claim, given its match at the start of the gap; a `whole` rule must fill it."""
        whole: Match | None = match
        if rule.at == "whole" and match.end() < gap.end:
            whole = self._fullmatch(rule)(self.text, gap.start, gap.end)
        return next(self._labels(rule, whole), None) if whole else None

    def prefix(self, rule: Rule, gap: Span) -> Label | None:
        """The match of a `whole` rule at the start of a gap, up to white space or the gap's end."""
        match = self.opening(rule, gap) if rule.starts[self.text[gap.start]] else None
        if match and (match.end() == gap.end or self.text[match.end()].isspace()):
            return next(self._labels(rule, match), None)
        return None

    def _at_end(self, rule: Rule, gap: Span, places: list[int]) -> Match | None:
        first = max(gap.start, gap.end - _LONGEST_END)
        places = places[bisect_left(places, first) : bisect_left(places, gap.end)] if rule.needs else [gap.end - 1]
        for place in places:
            for begin in rule.beginnings(self.text, max(place - rule.lead, first), place + 1):
                if match := self._fullmatch(rule)(self.text, begin.start(), gap.end):
                    return match
            first = place + 1
        return None

    def _match(self, rule: Rule) -> _Call:
        """The engine's `match`: without a clock for tested rules on short texts."""
        if self._short and rule.trusted:
            return rule.match
        return partial(self._timed, rule, clocked(rule.pattern).match)

    def _fullmatch(self, rule: Rule) -> _Call:
        if self._short and rule.trusted:
            return rule.engine.fullmatch
        return partial(self._timed, rule, clocked(rule.pattern).fullmatch)

    def _timed(self, rule: Rule, call: Callable[..., Match | None], text: str, start: int, end: int) -> Match | None:
        if rule.id in self.notes:
            return None
        try:
            return call(text, start, end, timeout=self._seconds)
        except TimeoutError:
            message = f"rule {rule.id} took over {self._seconds:g} s on this document and was skipped"
            self.notes[rule.id] = Note("rule-timeout", message)
            return None

    def _labels(self, rule: Rule, match: Match) -> Iterator[Label]:
        if span := trim(self.text, *match.span()):
            yield Label(span.start, span.end, rule.category, rule.id, _fields(match))


def _fields(match: Match) -> dict[str, str]:
    """What the named groups of a match read; two of one field are both read, as a list."""
    fields: dict[str, str] = {}
    for name, value in match.groupdict().items():
        if value:
            field = field_of(name)
            fields[field] = f"{fields[field]}, {value}" if field in fields else value
    return fields


class Labels(NamedTuple):
    """What `label` found: the sheet with every sure claim, and by rule id the literals' places of `end` hints."""

    sheet: Sheet
    hinted: dict[str, list[int]]
    matcher: Matcher


_LONGEST_END: Final = 300  # code points; an `end` rule describes a credit, a name, a row of tags
_SHORT: Final = 20_000  # code points; up to here the built-in rules, tested for it, need no clock


def label(document: Document, rules: RulePack, limits: Limits, title: str = "") -> Labels:
    """Every sure claim on the document, overlaps settled, and the hints for `resolve` to decide."""
    text = _plain(document.text)
    matcher = Matcher(text, limits.rule_seconds)
    inline, at_gaps, hints = rules.gate.open(text)
    found = [claim for rule, places in inline for claim in matcher.find(rule, places)]
    sheet = Sheet(text, segments(text), settle(found), _plain(title), document.parted)
    sheet = sheet.plus(_in_gaps(matcher, sheet, at_gaps))
    for rule in rules.detecting:
        if found := DETECTORS[rule.detector](sheet, rule):
            sheet = sheet.plus(found)
    return Labels(sheet, {rule.id: places for rule, places in hints}, matcher)


_LOOKALIKES: Final = str.maketrans("［］〔〕＝｜＆％", "[][]=|&%")
_LOOKALIKE: Final = late(f"[{''.join(map(chr, _LOOKALIKES))}]")


def _plain(text: str) -> str:
    """The text as rules read it: one for one, with plain signs for the wide ones of older publishing systems."""
    return text.translate(_LOOKALIKES) if _LOOKALIKE.search(text) else text


def _in_gaps(matcher: Matcher, sheet: Sheet, rules: Opened) -> list[Label]:
    gaps = sheet.free
    starts = [gap.start for gap in gaps]
    numbers: dict[int, int] = {}  # of the gaps by literals' places, which rules share
    candidates = defaultdict[int, Opened](list)
    for pair in rules:
        rule, places = pair
        reach = max(rule.lead, _REACH) if rule.at != "end" else _FAR
        latest = -1
        for place in places:
            if (number := numbers.get(place, _UNKNOWN)) == _UNKNOWN:
                number = numbers[place] = _gap_at(gaps, starts, place)
            if number > latest and place - starts[number] <= reach:
                candidates[number].append(pair)
                latest = number
    return [found for number in sorted(candidates) for found in _claim(matcher, gaps[number], candidates[number])]


def _gap_at(gaps: list[Span], starts: list[int], place: int) -> int:
    """The number of the gap that holds a place; -1 if none does."""
    number = bisect_right(starts, place) - 1
    return number if number >= 0 and place < gaps[number].end else -1


_UNKNOWN: Final = -2
_FAR: Final = 1 << 62
_REACH: Final = 60  # code points from the start of a gap to the literal of a rule that begins there


def _claim(matcher: Matcher, gap: Span, rules: Opened) -> list[Label]:
    """Claim as much of a gap as the rules can: the longest match first, then what it leaves."""
    found: list[Label] = []
    todo = [gap]
    while todo:
        gap = todo.pop()
        fits, opened = _fits(matcher, gap, rules)
        if not fits:
            if opened:
                found += _tiled(matcher, gap, [rule for rule, _ in rules if rule.at == "whole"])
            continue
        best = max(fits, key=_length)
        found.append(best)
        rest = (trim(matcher.text, gap.start, best.start), trim(matcher.text, best.end, gap.end))
        todo += [span for span in rest if span]
    return found


def _fits(matcher: Matcher, gap: Span, rules: Opened) -> tuple[list[Label], bool]:
    """What each rule may claim of a gap, and whether a `whole` rule matches at least at its start."""
    fits: list[Label] = []
    opened = False
    first = matcher.text[gap.start]
    for rule, places in rules:
        if rule.at == "end":
            fit = matcher.fit(rule, gap, places)
        elif rule.starts[first] and (match := matcher.opening(rule, gap)):
            opened = opened or rule.at == "whole"
            fit = matcher.filling(rule, gap, match)
        else:
            continue
        if fit:
            fits.append(fit)
    return fits, opened


def _length(label: Label) -> int:
    return label.end - label.start


def _tiled(matcher: Matcher, gap: Span, rules: list[Rule]) -> list[Label]:
    """Labels of `whole` rules that fill a gap one after the other, with white space between; or none."""
    found: list[Label] = []
    rest: Span | None = gap
    while rest:
        fits = [fit for rule in rules if (fit := matcher.prefix(rule, rest))]
        if not fits:
            return []
        found.append(max(fits, key=lambda fit: fit.end))
        rest = trim(matcher.text, found[-1].end, gap.end)
    return found
