"""The `{{category:…}}` notation that rule examples, gold files and the command line share.

`{{…}}` without a category marks a cut whose category the reader knows (a rule's own example).
A text that holds `{{` or `}}` itself cannot be written in it and is refused, not guessed at.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from newsclean.article import Article
from newsclean.errors import UsageError
from newsclean.late import late
from newsclean.model import Category

_MARK: Final = late(r"\{\{(?:(?P<category>[a-z]+):)?(?P<text>(?:(?!\{\{|\}\}(?!\})).)*)(?P<close>\}\})?", re.DOTALL)
_KNOWN: Final = frozenset(category.value for category in Category)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and its marked spans: (start, end, category), the category empty where none was written."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def parse(marked: str) -> Marked:
    """Read marked text. Raises UsageError for an unclosed, nested or stray mark."""
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    position = length = 0
    for match in _MARK.finditer(marked):
        if not match["close"]:
            raise UsageError(f"unclosed or nested {{{{ at character {match.start()}: {match.group()[:40]!r}")
        before = marked[position : match.start()]
        category, text = match["category"] or "", match["text"]
        if category and category not in _KNOWN:
            category, text = "", f"{category}:{text}"
        parts += (before, text)
        length += len(before)
        spans.append((length, length + len(text), category))
        length += len(text)
        position = match.end()
    parts.append(marked[position:])
    text = "".join(parts)
    if "}}" in marked[position:] or "{{" in text:
        raise UsageError("stray }} or {{ outside a mark")
    return Marked(text, tuple(spans))


def render(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Write text with its spans marked. Raises UsageError if the text holds `{{` or `}}` itself."""
    if "{{" in text or "}}" in text:
        raise UsageError("the text holds {{ or }} itself and cannot be marked; use --format json")
    parts: list[str] = []
    position = 0
    for start, end, category in spans:
        parts += (text[position:start], "{{", f"{category}:" if category else "", text[start:end], "}}")
        position = end
    return "".join([*parts, text[position:]])


def of_article(article: Article) -> str:
    """An article's source with every piece that is not plain body marked."""
    to_source = article.document.to_source
    return render(
        article.document.source,
        (
            (to_source(piece.start), to_source(piece.end, end=True), piece.category)
            for piece in article.pieces
            if piece.category is not Category.BODY
        ),
    )


def load_gold(content: str) -> tuple[dict[str, Any], Marked]:
    """Read a gold file: TOML front matter between `+++` lines, then marked text with one final line break."""
    _, front, text = content.split("+++\n", 2)
    return tomllib.loads(front), parse(text.removesuffix("\n"))
