"""Run a pack's own examples. The command line and the tests share this."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsclean import marked
from newsclean.article import Article
from newsclean.cleaner import Cleaner
from newsclean.errors import NewscleanError, PackError
from newsclean.model import KEPT, Category
from newsclean.pattern import clocked
from newsclean.rule import Rule, RulePack, validate


class Failure(NamedTuple):
    """An example that does not hold: the rule it belongs to, and what happened instead."""

    rule: str
    problem: str


def check(pack: RulePack, others: RulePack | None = None) -> Iterator[Failure]:
    """Validate every rule of `pack` and run its hits and misses through a whole Cleaner of all rules."""
    cleaner = Cleaner(pack if others is None else others | pack)
    for rule in pack:
        try:
            validate(rule)
        except PackError as error:
            yield Failure(rule.id, str(error))
            continue
        yield from _hits(cleaner, rule)
        yield from _misses(cleaner, rule)


def _hits(cleaner: Cleaner, rule: Rule) -> Iterator[Failure]:
    for number, hit in enumerate(rule.hits):
        try:
            wanted = marked.parse(hit)
        except NewscleanError as error:
            yield Failure(rule.id, f"hit {number + 1}: {error}")
            continue
        article = clean_example(cleaner, rule, wanted.text)
        if rule.id not in {piece.rule for piece in article.pieces}:
            yield Failure(
                rule.id, f"hit {number + 1}: the rule does not fire{_too_far(rule, wanted)}; got {shown(article)}"
            )
        elif (expected := _left(wanted)) != (got := unmarked(article)):
            yield Failure(rule.id, f"hit {number + 1}: expected to keep {expected!r}, kept {got!r}: {shown(article)}")
        elif number == 0:
            yield from _gives(article, rule)


def _too_far(rule: Rule, wanted: marked.Marked) -> str:
    """A word on `lead`, if the pattern matches but its literal stands too far inside."""
    match = clocked(rule.pattern).search(wanted.text) if rule.pattern else None
    places = [place for literal in rule.needs if match and (place := match.group().find(literal)) >= 0]
    return (
        f" (its literal begins {min(places)} characters in: raise lead)" if min(places, default=0) > rule.lead else ""
    )


def clean_example(cleaner: Cleaner, rule: Rule, text: str) -> Article:
    """Clean an example; the rule that needs a known title is told the marked line."""
    title = marked.parse(rule.hits[0]) if rule.detector == "known_title" else None
    return cleaner.clean(text, title=title.text[slice(*title.spans[0][:2])] if title else None)


def _gives(article: Article, rule: Rule) -> Iterator[Failure]:
    fields = [piece.fields for piece in article.pieces if piece.rule == rule.id]
    for key, value in rule.gives.items():
        if not any(found.get(key, "").strip() == value for found in fields):
            yield Failure(rule.id, f"hit 1 should give {key} = {value!r}; read {fields}")


def _misses(cleaner: Cleaner, rule: Rule) -> Iterator[Failure]:
    for number, miss in enumerate(rule.misses):
        article = clean_example(cleaner, rule, miss)
        for piece in article.pieces:
            if piece.category is not Category.BODY and piece.category not in KEPT:
                text = article.document.text[piece.start : piece.end]
                yield Failure(rule.id, f"miss {number + 1}: {piece.rule} takes {text!r}")


def unmarked(article: Article) -> str:
    """What an article leaves unlabelled, white space aside."""
    text = article.document.text
    return squeezed("".join(text[p.start : p.end] for p in article.pieces if p.category is Category.BODY))


def _left(example: marked.Marked) -> str:
    parts, position = [], 0
    for start, end, _ in example.spans:
        parts.append(example.text[position:start])
        position = end
    return squeezed("".join([*parts, example.text[position:]]))


def squeezed(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def shown(article: Article) -> str:
    """An article's text with the rule that claimed each span, for messages."""
    text = article.document.text
    parts = (
        text[p.start : p.end] if p.category is Category.BODY else f"⟦{p.rule}: {text[p.start : p.end]}⟧"
        for p in article.pieces
    )
    return "".join(parts).replace("\n", "⏎")
