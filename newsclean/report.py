"""What a run over many records changed, and which rule did it: counts that add up over chunks and processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from newsclean.article import Article
from newsclean.record import Cleaned

SHOWN: Final = 20
"""Failures that a report describes; the others are counted."""
_RULES_SHOWN: Final = 15


class Failure(NamedTuple):
    """A record that could not be cleaned: its file, its number there (from 1), its id, and why."""

    input: str
    record: int
    id: Any
    error: str


@dataclass
class Report:
    """Counts over records; characters are code points of the texts that were cleaned."""

    documents: int = 0
    failed: int = 0
    characters_in: int = 0
    characters_out: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    category_characters: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    rule_characters: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    @property
    def removed(self) -> float:
        """The share of characters that did not stay."""
        return 1 - self.characters_out / self.characters_in if self.characters_in else 0.0

    def add(self, cleaned: Cleaned, error: str, identity: Any = None) -> None:
        """Count one record; `error` is the name of its error field."""
        self.documents += 1
        if cleaned.article is not None:
            self._add_article(cleaned.article)
            return
        self.failed += 1
        if len(self.failures) < SHOWN:
            why = next(str(value) for name, value in reversed(cleaned.record.items()) if name.startswith(error))
            self.failures.append(Failure("", self.documents, identity, why))

    def _add_article(self, article: Article) -> None:
        self.characters_in += len(article.document.source)
        self.characters_out += len(article.body)
        self.notes.update({note.code for note in article.notes})
        self.kinds[str(article.kind)] += 1
        for piece in article.pieces:
            if piece.category in article.dropped:
                self.categories[str(piece.category)] += 1
                self.category_characters[str(piece.category)] += piece.end - piece.start
                self.rules[piece.rule] += 1
                self.rule_characters[piece.rule] += piece.end - piece.start

    def merge(self, other: Report, source: str, before: int) -> None:
        """Add the report on the next chunk of `source`, before which that had `before` records."""
        for name in ("documents", "failed", "characters_in", "characters_out"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))
        for failure in other.failures[: SHOWN - len(self.failures)]:
            self.failures.append(failure._replace(input=source, record=failure.record + before))

    def to_dict(self) -> dict[str, Any]:
        """Flat JSON types: what `--report` writes."""
        return {
            "documents": self.documents,
            "failed": self.failed,
            "characters_in": self.characters_in,
            "characters_out": self.characters_out,
            "categories": _pairs(self.categories, self.category_characters),
            "rules": _pairs(self.rules, self.rule_characters),
            "kinds": dict(self.kinds.most_common()),
            "notes": dict(self.notes.most_common()),
            "failures": [failure._asdict() for failure in self.failures],
        }

    @staticmethod
    def of(wire: dict[str, Any]) -> Report:
        """The report that `to_dict` wrote."""
        report = Report(**{name: wire[name] for name in ("documents", "failed", "characters_in", "characters_out")})
        for what, cuts, characters in (
            ("categories", report.categories, report.category_characters),
            ("rules", report.rules, report.rule_characters),
        ):
            for name, count in wire[what].items():
                cuts[name], characters[name] = count["cuts"], count["characters"]
        report.kinds.update(wire["kinds"])
        report.notes.update(wire["notes"])
        report.failures = [Failure(**failure) for failure in wire["failures"]]
        return report

    def lines(self) -> Iterator[str]:
        """The report for a human reader."""
        yield f"{self.documents:,} documents, {self.failed:,} failed"
        yield (
            f"{self.characters_in:,} characters in, {self.characters_out:,} out: {self.removed:.1%} removed, "
            f"{self.categories.total():,} cuts"
        )
        yield from _table("category", self.categories, self.category_characters, len(self.categories))
        yield from _table("rule", self.rules, self.rule_characters, _RULES_SHOWN)
        for what, counts in (("kinds", self.kinds), ("notes", self.notes)):
            if counts:
                yield f"{what}: {', '.join(f'{name} {count:,}' for name, count in counts.most_common())}"
        for failure in self.failures:
            known = f" (id {failure.id})" if failure.id is not None else ""
            yield f"failed: {failure.input}, record {failure.record:,}{known}: {failure.error}"
        if self.failed > len(self.failures):
            yield f"… and {self.failed - len(self.failures):,} failures more; every failed record says why in its error"


_COUNTERS: Final = ("categories", "category_characters", "rules", "rule_characters", "kinds", "notes")


def _pairs(cuts: Counter[str], characters: Counter[str]) -> dict[str, dict[str, int]]:
    return {name: {"cuts": count, "characters": characters[name]} for name, count in cuts.most_common()}


def _table(what: str, cuts: Counter[str], characters: Counter[str], shown: int) -> Iterator[str]:
    if not cuts:
        return
    yield f"{what:36} {'cuts':>12} {'characters':>14}"
    for name, count in cuts.most_common(shown):
        yield f"  {name:34} {count:12,} {characters[name]:14,}"
    if len(cuts) > shown:
        yield f"  … and {len(cuts) - shown} more; --report FILE has all"
