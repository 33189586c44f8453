"""How far a body is from the gold body: the measure of ../shared/tools/score.py, without its dependency.

White space aside, the match of two texts is their longest common subsequence. Its length is one number, however it
is computed, so two runs give the same figures to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.gold import Gold, squash

SAME: Final = ("title", "subtitle", "publisher", "place")
DATES: Final = ("published", "modified")
SETS: Final = ("reporters", "emails", "tags")
COUNTS: Final = ("captions", "related")


@dataclass(frozen=True, slots=True)
class Score:
    """One document: characters of the gold body and how many of them are lost; of the clutter and how many are left."""

    body: int
    lost: int
    clutter: int
    left: int
    f1: float
    exact: bool


def common(one: str, other: str) -> int:
    """The length of the longest common subsequence, by bit-parallel dynamic programming (Hyyrö 2004)."""
    start = _shared_start(one, other)
    end = _shared_start(one[start:][::-1], other[start:][::-1])
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    places: dict[str, int] = {}
    for index, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << index
    full = rows = (1 << len(one)) - 1
    for char in other:
        hits = rows & places.get(char, 0)
        rows = (rows + hits | rows - hits) & full
    return start + end + len(one) - rows.bit_count()


def _shared_start(one: str, other: str) -> int:
    """How many characters at the start are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def of_body(gold: Gold, body: str) -> Score:
    """The score of what a system made of a document's text."""
    out = _without_optional(squash(body), gold)
    matched = common(gold.body, out)
    kept = matched / len(gold.body) if gold.body else 1.0
    clean = matched / len(out) if out else float(not gold.body)
    return Score(
        body=len(gold.body),
        lost=len(gold.body) - matched,
        clutter=gold.clutter,
        left=min(len(out) - matched, gold.clutter) if gold.clutter else len(out) - matched,
        f1=2 * kept * clean / (kept + clean) if kept + clean else 0.0,
        exact=out == gold.body,
    )


def _without_optional(out: str, gold: Gold) -> str:
    """The output without the pieces that may be kept or dropped, longest first, once each."""
    for piece in sorted(filter(None, gold.either), key=len, reverse=True):
        if out.count(piece) > gold.body.count(piece):
            out = out.replace(piece, "", 1)
    return out


def of_metadata(meta: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, float]:
    """How right each field is that the gold gives, 0 to 1; for sets the F1 of their members."""
    result = _people(result)
    right = {name: float(_text(result, name) == squash(meta[name])) for name in SAME if meta.get(name)}
    for name in DATES:
        if meta.get(name):
            found = str(result.get(name) or "")[: len(meta[name])]
            right[name] = float(found.replace(" ", "T") == meta[name])
    for name in SETS:
        wanted, found_set = _members(meta.get(name)), _members(result.get(name))
        if wanted or (found_set and name != "tags"):
            right[name] = 2 * len(wanted & found_set) / (len(wanted) + len(found_set))
    return right | {name: float(len(result.get(name) or ()) == meta[name]) for name in COUNTS if name in meta}


def invented(meta: Mapping[str, Any], result: Mapping[str, Any]) -> list[str]:
    """The fields with one value that a result has and the gold has not."""
    return [name for name in (*SAME, *DATES) if result.get(name) and not meta.get(name)]


def _people(result: Mapping[str, Any]) -> dict[str, Any]:
    """The result with reporters as names and e-mails as addresses."""
    people = result.get("reporters") or []
    return {
        **result,
        "reporters": [person["name"] for person in people],
        "emails": [person["email"] for person in people],
    }


def _text(result: Mapping[str, Any], name: str) -> str:
    return squash(str(result.get(name) or ""))


def _members(values: Iterable[Any] | None) -> set[str]:
    return {squash(str(value)).lower() for value in values or () if value}


def summary(scores: list[Score]) -> dict[str, Any]:
    """Means over documents and shares over characters, as score.py prints them."""
    body, clutter = sum(score.body for score in scores), sum(score.clutter for score in scores)
    lost, left = sum(score.lost for score in scores), sum(score.left for score in scores)
    return {
        "documents": len(scores),
        "f1": sum(score.f1 for score in scores) / (len(scores) or 1),
        "exact": sum(score.exact for score in scores),
        "kept": 1 - lost / (body or 1),
        "cleared": 1 - left / (clutter or 1),
        "lost": lost,
        "left": left,
    }


def table(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Rows of summaries by name, as text; the first one says over how many documents."""
    documents = next(iter(figures.values()))["documents"]
    lines = [f"{'':22s} {'F1':>8s} {'kept':>8s} {'cleared':>8s} {'exact':>6s} of {documents}"]
    for name, row in figures.items():
        lines.append(f"{name:22s} {row['f1']:8.4f} {row['kept']:8.4f} {row['cleared']:8.4f} {row['exact']:6d}")
    return "\n".join(lines)
