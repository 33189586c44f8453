"""Our own gold: the two seeds, invented articles in real forms, traps; and failures that are known."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean import Article, Category, marked
from newsclean.check import squeezed
from newsclean.model import KEPT
from tests.paths import FIXTURES, GOLD, KNOWN_FAILURES, SEEDS, SHARED

DROPPED = frozenset(Category) - KEPT - {Category.BODY}


def load(path: Path) -> tuple[dict[str, Any], marked.Marked, Article]:
    meta, gold = marked.load_gold(path.read_text(encoding="utf-8"))
    return meta, gold, newsclean.clean(gold.text, title=meta.get("known_title"))


def gold_body(gold: marked.Marked) -> str:
    parts, position = [], 0
    for start, end, category in gold.spans:
        if Category(category) in DROPPED:
            parts.append(gold.text[position:start])
            position = end
    return squeezed(newsclean.clean("".join([*parts, gold.text[position:]])).document.text)


def as_written(value: datetime | date | None) -> str | None:
    return None if value is None else value.isoformat()[:16]


def assert_gold(path: Path) -> None:
    meta, gold, article = load(path)
    assert squeezed(article.body) == gold_body(gold)
    heads = squeezed(f"{article.title or ''}{article.subtitle or ''}")
    assert heads == squeezed(meta.get("title", "") + meta.get("subtitle", ""))
    for key in ("publisher", "place"):
        if key in meta:
            assert getattr(article, key) == meta[key]
    for key in ("published", "modified"):
        if key in meta:
            assert as_written(getattr(article, key)) == str(meta[key])[:16]
    if "reporters" in meta:
        wanted = {(person["name"], person.get("email")) for person in meta["reporters"]}
        assert {(person.name, person.email) for person in article.reporters} == wanted
    if "tags" in meta:
        assert list(article.tags) == meta["tags"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold(path: Path) -> None:
    assert_gold(path)


@pytest.mark.parametrize("path", KNOWN_FAILURES, ids=lambda path: path.stem)
@pytest.mark.xfail(strict=True, reason="a known failure; when it passes, move it to gold/")
def test_known_failure(path: Path) -> None:
    assert_gold(path)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_line_breaks_that_are_written_out_read_as_breaks(path: Path) -> None:
    _, gold, article = load(path)
    if gold.text.count("\n") > 1:
        written = newsclean.clean(gold.text.replace("\n", "\\n"))
        assert written.document.text == article.document.text


@pytest.mark.parametrize("path", [*GOLD, *KNOWN_FAILURES], ids=lambda path: path.stem)
def test_no_body_is_lost(path: Path) -> None:
    _, gold, article = load(path)
    body = iter(squeezed(article.body))
    assert all(character in body for character in gold_body(gold))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_seed_is_byte_exact_and_explained(path: Path) -> None:
    article = newsclean.clean(path.read_bytes())
    assert article.source().encode() == path.read_bytes()
    assert all(newsclean.RulePack.default()[cut.rule].why for cut in article.removed)


@pytest.mark.parametrize("seed", ["seed-000", "seed-002"])
def test_seed_flattened(seed: str) -> None:
    """With every line break a space the body is the same; the title is known, the deck has only the break."""
    meta, gold = marked.load_gold((FIXTURES / "gold" / f"{seed}.marked").read_text(encoding="utf-8"))
    deck = "".join(gold.text[s:e] for s, e, category in gold.spans if category == "subtitle")
    article = newsclean.clean(gold.text.replace("\n", " "), title=meta.get("title"))
    assert squeezed(article.body).replace(squeezed(deck) or "\0", "") == gold_body(gold)


def test_seeds_match_the_labelled_corpus() -> None:
    corpus = SHARED / "corpus" / "dev.jsonl"
    if not corpus.exists():
        pytest.skip("../shared/corpus/dev.jsonl is not here")
    with corpus.open(encoding="utf-8") as lines:
        seeds = [record for record in map(json.loads, lines) if record["id"].startswith("seed")]
    for record in seeds:
        cut = sorted((start, end) for start, end, _ in record["removed"])
        body, position = "", 0
        for start, end in cut:
            body += record["text"][position:start]
            position = end
        body += record["text"][position:]
        article = newsclean.clean(record["text"])
        assert squeezed(article.body) == squeezed(body)
        assert {person.name for person in article.reporters} == set(record["meta"]["reporters"])
        assert article.publisher == record["meta"]["publisher"]
        assert article.title == record["meta"]["title"]
