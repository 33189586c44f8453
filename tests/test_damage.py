"""A damaged scrape gives the body that the healthy one gives: every gold article, damaged in every way."""

import html
import unicodedata
from collections.abc import Callable

import pytest

from newsclean import Cleaner, marked
from tests.paths import GOLD

CLEANER = Cleaner(morphology=False)
TEXTS = {path.stem: marked.load_gold(path.read_text(encoding="utf-8"))[1].text for path in GOLD}
ENCODINGS = ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "johab")

DAMAGES: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "line separators": lambda text: text.replace("\n", "\u2028"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "zero-width spaces": lambda text: text.replace("다", "다\u200b"),
    "byte order marks": lambda text: "\ufeff" + text.replace("\n", "\n\ufeff"),
    "control characters": lambda text: text.replace(".", ".\x00").replace("다", "\x07다"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "escaped": html.escape,
    "escaped twice": lambda text: html.escape(html.escape(text)),
    "tags for line breaks": lambda text: text.replace("\n", "<br />"),
    "escaped tags for line breaks": lambda text: text.replace("\n", "&lt;br&gt;"),
    "UTF-8 as latin-1": lambda text: text.encode().decode("latin-1"),
    "UTF-8 as latin-1, twice": lambda text: text.encode().decode("latin-1").encode().decode("latin-1"),
    "CP949 as latin-1": lambda text: text.encode("cp949").decode("latin-1"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_body_of_a_damaged_scrape_is_that_of_the_healthy_one(damage: str) -> None:
    done = 0
    for name, text in TEXTS.items():
        try:
            source = DAMAGES[damage](text)
        except UnicodeEncodeError:
            continue  # CP949 cannot hold it
        article = CLEANER.clean(source)
        assert article.body == CLEANER.clean(text).body, name
        assert article.source() == source, name
        done += 1
    assert done > len(TEXTS) // 2


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_encoding_gives_the_same_body(encoding: str) -> None:
    done = 0
    for name, text in TEXTS.items():
        try:
            raw = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert CLEANER.clean(raw).body == CLEANER.clean(text).body, name
        done += 1
    assert done > len(TEXTS) // 2
