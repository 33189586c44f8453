"""The seven laws of DESIGN.md, on scrapes made of every rule's own examples."""

import copy
import os
import pickle
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean import Article, Category, Cleaner, NewscleanError
from tests.strategies import HITS, MISSES, PACK, articles, planted, scrapes

CLEANER = Cleaner(morphology=False)
# CI draws the same examples every time; a run by hand draws new ones, and what they find becomes a rule's miss.
law = settings(
    max_examples=1000,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=list(HealthCheck),
)


@cache
def twin() -> Cleaner:
    """A used cleaner as another process gets it; made once, since every copy takes the pack along."""
    copied: Cleaner = pickle.loads(pickle.dumps(copy.copy(CLEANER)))
    return copied


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_subsequence(part: str, whole: str) -> bool:
    characters = iter(whole)
    return all(character in characters for character in part)


@law
@given(scrapes())
def test_tiling(raw: str) -> None:
    article = CLEANER.clean(raw)
    position = 0
    for piece in article.pieces:
        assert piece.start == position < piece.end
        position = piece.end
    assert position == len(article.document.text)


@law
@given(st.one_of(scrapes(), st.text(max_size=200)))
def test_return(raw: str) -> None:
    article = CLEANER.clean(raw)
    assert article.source() == raw
    for cut in article.removed:
        assert raw[cut.span.start : cut.span.end] == cut.text


@law
@given(scrapes())
def test_subsequence(raw: str) -> None:
    article = CLEANER.clean(raw)
    assert is_subsequence(squeezed(article.body), squeezed(article.document.text))


@law
@given(scrapes())
def test_account(raw: str) -> None:
    article = CLEANER.clean(raw)
    for piece in article.pieces:
        if piece.category is Category.BODY:
            assert piece.rule == ""
        else:
            assert PACK[piece.rule].category is piece.category


def fired(article: Article) -> set[str]:
    return {p.rule for p in article.pieces if p.rule and PACK[p.rule].flat and not PACK[p.rule].detector}


@pytest.mark.parametrize(
    ("rule", "hit"), [(rule, hit) for rule, hit in HITS if PACK[rule].flat and not PACK[rule].detector]
)
def test_flattening(rule: str, hit: str) -> None:
    lines, flat = CLEANER.clean(hit), CLEANER.clean(hit.replace("\n", " "))
    assert fired(lines) <= fired(flat), rule
    text = lines.document.text
    kept = squeezed("".join(text[p.start : p.end] for p in lines.pieces if p.category is Category.BODY))
    assert is_subsequence(kept, squeezed(flat.body))


@law
@given(planted())
def test_planting_a_hit_keeps_the_article(example: tuple[list[str], str]) -> None:
    paragraphs, raw = example
    body = squeezed(CLEANER.clean(raw).body)
    assert all(squeezed(paragraph) in body for paragraph in paragraphs)


@law
@given(articles(), st.sampled_from(MISSES), st.data())
def test_planting_a_miss_keeps_it(paragraphs: list[str], miss: tuple[str, str], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(paragraphs) - 1))
    raw = "\n\n".join([*paragraphs[:place], miss[1], *paragraphs[place:]])
    assert squeezed(CLEANER.clean(raw).body) == squeezed(CLEANER.clean(raw).document.text)


@law
@given(
    st.one_of(st.binary(max_size=300), scrapes().map(str.encode), scrapes().map(lambda s: s.encode("cp949", "replace")))
)
def test_calm(raw: bytes) -> None:
    try:
        article = CLEANER.clean(raw)
    except NewscleanError as error:
        assert str(error)
        return
    assert article.to_dict() == twin().clean(raw).to_dict()


@law
@given(planted())
def test_cleaning_twice_changes_nothing(example: tuple[list[str], str]) -> None:
    body = CLEANER.clean(example[1]).body
    assert CLEANER.clean(body).body == body
