"""What newsclean leaves in and takes out of gold documents, by set, shape and category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks import score
from benchmarks.gold import Gold, described, fixtures, squash
from newsclean import Article, Cleaner
from newsclean.errors import NewscleanError

Clean = Callable[[Gold], Article]
SHAPES: Final = ("as stored", "lines", "one line", "flattened")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document in one shape and what came of it."""

    gold: Gold
    flattened: bool
    score: score.Score
    metadata: dict[str, float]
    invented: list[str]
    kept: dict[str, int]
    taken: dict[str, int]


def measured(documents: list[Gold], cleaner: Cleaner | None = None) -> dict[str, Any]:
    """All quality figures over the documents, as plain data; the same for the same documents and rules."""
    cleaner = cleaner or Cleaner()
    outcomes = [_outcome(gold, False, cleaner) for gold in documents]
    outcomes += [_outcome(gold.flattened(), True, cleaner) for gold in documents]
    groups = _groups(documents)
    return {
        "corpus": described(documents),
        "scores": {name: _by_shape(_of(outcomes, members)) for name, members in groups.items()},
        "categories": _categories([outcome for outcome in outcomes if outcome.gold.removed is not None]),
        "metadata": _metadata(outcomes),
    }


def of_fixtures(cleaner: Cleaner | None = None) -> dict[str, Any]:
    """The figures that README quotes and floors pin."""
    return measured(fixtures(), cleaner)


def _groups(documents: list[Gold]) -> dict[str, list[str]]:
    """The sets by name; the fixtures are the invented articles, those that come out right and those that do not."""
    names = dict.fromkeys(gold.group for gold in documents)
    groups = {name: [name] for name in names}
    if {"gold", "known failures"} <= names.keys():
        groups = {"seeds": ["seeds"], "fixtures": ["gold", "known failures"]} | groups
    return groups if len(names) == 1 else {"all": list(names)} | groups


def _of(outcomes: Iterable[Outcome], groups: list[str]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.gold.group in groups]


def in_shape(outcome: Outcome, shape: str) -> bool:
    """Whether an outcome counts for a shape; every document counts as stored and flattened."""
    if shape == "flattened" or outcome.flattened:
        return outcome.flattened and shape == "flattened"
    return shape in ("as stored", outcome.gold.form)


def _by_shape(outcomes: list[Outcome]) -> dict[str, Any]:
    chosen = {shape: [o.score for o in outcomes if in_shape(o, shape)] for shape in SHAPES}
    return {shape: score.summary(scores) for shape, scores in chosen.items() if scores}


def _outcome(gold: Gold, flattened: bool, cleaner: Cleaner) -> Outcome:
    try:
        article = cleaner.clean(gold.text, title=gold.title)
    except NewscleanError:  # a document that is refused is a lost one
        return Outcome(gold, flattened, score.of_body(gold, ""), {}, [], {}, {})
    result = article.to_dict()
    return Outcome(
        gold,
        flattened,
        score.of_body(gold, article.body),
        score.of_metadata(gold.meta, result),
        score.invented(gold.meta, result),
        *_by_category(gold, article),
    )


def _by_category(gold: Gold, article: Article) -> tuple[dict[str, int], dict[str, int]]:
    """Clutter left in the body by its gold category, and body taken out by the category it was taken for.

    Counted by the spans that the article names, so both are exact where the measure by text can only be near.
    """
    labels = _labels(gold)
    erased = {
        offset for edit in article.document.edits if not edit.new.strip() for offset in range(edit.start, edit.end)
    }
    cut = {offset: cut.category.value for cut in article.removed for offset in range(*cut.span)}
    kept: dict[str, int] = defaultdict(int)
    taken: dict[str, int] = defaultdict(int)
    for offset, label in enumerate(labels):
        if label and label != "either" and offset not in cut and offset not in erased:
            kept[label] += _counts(gold.text[offset])
        elif not label and offset in cut:
            taken[cut[offset]] += _counts(gold.text[offset])
    return kept, taken


def _labels(gold: Gold) -> list[str]:
    """The gold category of every character of the text, empty for body."""
    labels = [""] * len(gold.text)
    for spans, one in ((gold.removed or (), ""), (gold.optional, "either")):
        for start, end, label in spans:
            labels[start:end] = [one or label] * (end - start)
    return labels


def _counts(char: str) -> int:
    return len(squash(char))


def _categories(outcomes: list[Outcome]) -> dict[str, Any]:
    names = sorted({label for outcome in outcomes for _, _, label in outcome.gold.removed or ()})
    names += sorted({name for outcome in outcomes for name in outcome.taken} - set(names))
    return {name: {shape: _category(outcomes, name, shape) for shape in ("as stored", "flattened")} for name in names}


def _category(outcomes: list[Outcome], name: str, shape: str) -> dict[str, Any]:
    chosen = [outcome for outcome in outcomes if in_shape(outcome, shape)]
    spans = [
        squash(outcome.gold.text[start:end])
        for outcome in chosen
        for start, end, label in outcome.gold.removed or ()
        if label == name
    ]
    return {
        "spans": len(spans),
        "characters": sum(map(len, spans)),
        "kept": sum(outcome.kept.get(name, 0) for outcome in chosen),
        "taken": sum(outcome.taken.get(name, 0) for outcome in chosen),
    }


def _metadata(outcomes: list[Outcome]) -> dict[str, Any]:
    fields = (*score.SAME, *score.DATES, *score.SETS, *score.COUNTS)
    rows = {name: {shape: _field(outcomes, name, shape) for shape in ("as stored", "flattened")} for name in fields}
    return {name: row for name, row in rows.items() if row["as stored"]["documents"]}


def _field(outcomes: list[Outcome], name: str, shape: str) -> Mapping[str, Any]:
    chosen = [outcome for outcome in outcomes if in_shape(outcome, shape)]
    values = [outcome.metadata[name] for outcome in chosen if name in outcome.metadata]
    return {
        "documents": len(values),
        "right": sum(values) / (len(values) or 1),
        "invented": sum(name in outcome.invented for outcome in chosen),
    }
