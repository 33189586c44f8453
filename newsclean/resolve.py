"""Labels → Pieces: which hints count, whose the crumbs are, and what stays when little else would.

Hints chain: one that stands beside a cut of the right kind is a cut itself, so a tail is worked like
a stack and stops at the first sentence of the body. What is left of punctuation beside a cut joins
it. And what is doubtful is given back where it would take most of the sentences: a photo article keeps its captions.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from newsclean.label import Labels, Matcher
from newsclean.late import late
from newsclean.model import Category, Document, Label, Piece, Span
from newsclean.morphology import Morphology
from newsclean.rule import Neighbour, Rule, RulePack
from newsclean.segment import trim
from newsclean.sentence import finished, is_body
from newsclean.sheet import Sheet

_NO_FIELDS: Final[dict[str, str]] = {}


def resolve(document: Document, labels: Labels, rules: RulePack, morphology: Morphology | None) -> tuple[Piece, ...]:
    """Tile the document's text: ordered, disjoint pieces that join to it."""
    claims = _with_hints(labels, rules, morphology)
    claims = _guarded(labels.sheet, claims, rules)
    if document.damaged:
        claims = [claim for claim in claims if not document.is_damaged(claim.start, claim.end)]
    return tuple(_tiles(document.text, claims))


_start = itemgetter(0)


class _Unit:
    """A gap or a claim, linked to its neighbours in the text."""

    __slots__ = ("claim", "left", "right", "span")
    span: Span
    claim: Label | None

    def __init__(self, item: Span | Label) -> None:
        if isinstance(item, Span):
            self.span, self.claim = item, None
        else:
            self.span, self.claim = Span(item.start, item.end), item
        self.left: _Unit | None = None
        self.right: _Unit | None = None


def _units(sheet: Sheet) -> list[_Unit]:
    items: list[Span | Label] = [*sheet.free, *sheet.claims]
    units = [_Unit(item) for item in sorted(items, key=_start)]
    for left, right in pairwise(units):
        left.right, right.left = right, left
    return units


def _with_hints(labels: Labels, pack: RulePack, morphology: Morphology | None) -> list[Label]:
    """The sheet's claims, and every hint that stands beside one."""
    text = labels.sheet.text
    units = _units(labels.sheet)
    for unit in units:
        if unit.claim is None and not text[unit.span.start].isalnum():
            _absorb(text, unit)
    hints = _Hints(labels.matcher, pack, labels.hinted, labels.sheet, morphology)
    todo = [unit for unit in units if unit.claim is None and _on_edge(unit)]
    todo.reverse()
    while todo:
        unit = todo.pop()
        if unit.claim is not None or not (hit := hints.of(unit)):
            continue
        rest = _split(text, unit, hit)
        units += rest
        todo += [near for near in (*rest, unit.left, unit.right) if near and near.claim is None]
    return sorted([unit.claim for unit in units if unit.claim], key=_start)


def _on_edge(unit: _Unit) -> bool:
    return not (unit.left and unit.right) or bool(unit.left.claim or unit.right.claim)


def _absorb(text: str, unit: _Unit) -> None:
    """A crumb of punctuation between two cuts, or between a cut and the line's edge, belongs to the cut."""
    if any(map(str.isalnum, text[unit.span.start : unit.span.end])):
        return
    left = unit.left.claim if unit.left else None
    right = unit.right.claim if unit.right else None
    if left and (right or _breaks(text, unit.span.end)):
        unit.claim = left._replace(start=unit.span.start, end=unit.span.end, fields=_NO_FIELDS)
    elif right and _breaks_before(text, unit.span.start):
        unit.claim = right._replace(start=unit.span.start, end=unit.span.end, fields=_NO_FIELDS)


def _breaks(text: str, end: int) -> bool:
    while end < len(text) and text[end] in " \t":
        end += 1
    return end == len(text) or text[end] == "\n"


def _breaks_before(text: str, start: int) -> bool:
    while start and text[start - 1] in " \t":
        start -= 1
    return not start or text[start - 1] == "\n"


class _Hints(NamedTuple):
    """What hints are found and settled with. `hinted`: where the literals of those at the end of a gap stand."""

    matcher: Matcher
    pack: RulePack
    hinted: dict[str, list[int]]
    sheet: Sheet
    morphology: Morphology | None

    def of(self, unit: _Unit) -> Label | None:
        """The first hint that matches a gap and whose neighbours are as it wants them."""
        first = self.matcher.text[unit.span.start]
        for rule in self.pack.hints_between(_neighbour(unit.left, "start"), _neighbour(unit.right, "end")):
            if (
                (rule.at == "end" or rule.starts[first])
                and (not rule.zone or self._in_zone(rule.zone, unit.span))
                and (hit := self._fit(rule, unit.span))
                and (not rule.asks or self._agrees(rule, hit))
            ):
                return hit
        return None

    def _fit(self, rule: Rule, gap: Span) -> Label | None:
        places = self.hinted.get(rule.id, [])
        return self.matcher.fit(rule, gap, places) if places or not rule.gated else None

    def _in_zone(self, zone: str, span: Span) -> bool:
        """Whether a span opens the running text or stands above it; behind it; behind it and the author's signature."""
        if zone == "head":
            first = self.sheet.first_body
            return first is None or span.start < first.end
        last = self.sheet.last_body
        return last is not None and span.start >= (last.end if zone == "tail" else self.sheet.signature_end)

    def _agrees(self, rule: Rule, hit: Label) -> bool:
        """Whether Kiwi takes the words for a name, and it heads no turn of a talk; nobody to ask means no."""
        if self.morphology is None or self._heads_turns(rule, hit):
            return False
        return self.morphology.is_name(self.matcher.text[hit.start : hit.end])

    def _heads_turns(self, rule: Rule, hit: Label) -> bool:
        """Whether further down another name stands above a sentence."""
        name = self.matcher.text[hit.start : hit.end]
        below = bisect_left(self.sheet.lines, (hit.end, 0))
        lines = [line for line in self.sheet.lines[below : below + _TURN] if self.sheet.slice(line) != name]
        return any(
            rule.starts[self.matcher.text[line.start]]
            and self.sheet.is_free(line)
            and self.matcher.fit(rule, line, [])
            and is_body(self.sheet.slice(said))
            for line, said in pairwise(lines)
        )


_TURN: Final = 60  # lines that one speaker may take


def _neighbour(unit: _Unit | None, edge: str) -> Neighbour:
    if unit is None:
        return edge, edge
    return (unit.claim.category, unit.claim.rule) if unit.claim else ("", "")


def _split(text: str, unit: _Unit, hit: Label) -> list[_Unit]:
    """Turn a gap into the claim `hit` and the gaps that it leaves on either side."""
    rest: list[_Unit] = []
    left, right = trim(text, unit.span.start, hit.start), trim(text, hit.end, unit.span.end)
    unit.claim, unit.span = hit, Span(hit.start, hit.end)
    if left:
        rest.append(new := _Unit(left))
        new.left, new.right = unit.left, unit
        if unit.left:
            unit.left.right = new
        unit.left = new
    if right:
        rest.append(new := _Unit(right))
        new.left, new.right = unit, unit.right
        if unit.right:
            unit.right.left = new
        unit.right = new
    return rest


_DOUBTFUL: Final = {Category.CAPTION, Category.SUBTITLE}  # what may hold sentences, and is told by its surroundings
_MOST: Final = 3  # finished sentences for each one that stays; a photo article is all captions, and they are its body


def _guarded(sheet: Sheet, claims: list[Label], pack: RulePack) -> list[Label]:
    """The claims; without those that may be the article itself where they would take most of its sentences, or all."""
    telling = [claim for claim in claims if _may_tell(sheet, claim, pack)]
    if not telling:
        return claims
    free = Sheet(sheet.text, sheet.segments, claims).free
    if not any(_finished(sheet, gap) or gap.end - gap.start >= _LINE for gap in reversed(free)):
        return _without(sheet, claims, telling)
    doubtful = [claim for claim in telling if _is_doubtful(sheet, claim, pack)]
    taken = sum(_finished(sheet, span) for claim in doubtful for span in sheet.covering(Span(*claim[:2])))
    enough = -(-taken // _MOST)
    credits = {claim.start for claim in claims if claim.category is Category.CAPTION}
    staying = (gap for gap in reversed(free) if _stays(sheet, gap) and credits.isdisjoint(range(gap.end, gap.end + 4)))
    if sum(1 for _ in islice(staying, enough)) == enough:
        return claims
    return _without(sheet, claims, doubtful)


def _without(sheet: Sheet, claims: list[Label], others: list[Label]) -> list[Label]:
    """The claims without the others; of text that stands twice the second copy stays a claim."""
    firsts = {sheet.text[claim.start : claim.end]: claim.start for claim in reversed(others)}
    given = set(firsts.values())
    return [claim for claim in claims if claim.start not in given]


def _stays(sheet: Sheet, gap: Span) -> bool:
    """Whether a gap is a sentence with its stop; headlines end like sentences without one, or quote one."""
    stopped = _finished(sheet, gap) and sheet.text[gap.end - 1] in _STOPS
    return stopped and (gap.end - gap.start >= _LINE or _finished(sheet, sheet.line_at(gap.start)))


_STOPS: Final = frozenset(".!?…\"”'’」』)]")


def _may_tell(sheet: Sheet, claim: Label, pack: RulePack) -> bool:
    """Whether a claim holds sentences that may be the article, or words of which a hint made a headline."""
    if claim.category is Category.TITLE:
        return pack[claim.rule].hint
    return claim.category in _DOUBTFUL and bool(_TELLS.search(sheet.text, claim.start, claim.end))


_LINE: Final = 25  # code points; what is left of a photo article beside its captions is shorter
_TELLS: Final = late(r"[가-힣][다요죠네까음함](?:[\s.!?…]|$)")  # holds a sentence


def _is_doubtful(sheet: Sheet, claim: Label, pack: RulePack) -> bool:
    rule = pack[claim.rule]
    return (rule.hint or bool(rule.detector)) and _finished(sheet, Span(*claim[:2]))


def _finished(sheet: Sheet, span: Span) -> bool:
    """Whether a span ends like a sentence; the slash of a credit may stand behind it."""
    return finished(sheet.text[span.start : span.end].rstrip(" /"))


def _tiles(text: str, claims: list[Label]) -> list[Piece]:
    pieces: list[Piece] = []
    position = 0
    for claim in claims:
        if position < claim.start:
            pieces.append(Piece(position, claim.start, Category.BODY, "", _NO_FIELDS))
        pieces.append(Piece(*claim))
        position = claim.end
    if position < len(text):
        pieces.append(Piece(position, len(text), Category.BODY, "", _NO_FIELDS))
    return pieces
