"""Article → output: text, json, marked, explain."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from newsclean import marked
from newsclean.article import Article
from newsclean.model import Cut
from newsclean.rule import RulePack

_WIDTH: Final = 72  # characters of a cut that `explain` shows
_RED, _DIM, _BOLD, _PLAIN = "\x1b[31m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


def text(article: Article, rules: RulePack, colour: bool) -> str:
    """The body, one paragraph a line."""
    return article.body


def as_json(article: Article, rules: RulePack, colour: bool) -> str:
    """The wire form on one line."""
    return json.dumps(article.to_dict(), ensure_ascii=False)


def as_marked(article: Article, rules: RulePack, colour: bool) -> str:
    """The source with every labelled span as {{category:…}}."""
    return marked.of_article(article)


def explain(article: Article, rules: RulePack, colour: bool) -> str:
    """Every cut with its place, rule and reason; then the repairs, the notes and the body's share."""
    bold, red, dim, plain = (_BOLD, _RED, _DIM, _PLAIN) if colour else ("", "", "", "")
    lines: list[str] = []
    for cut in article.removed:
        lines.append(f"{bold}{cut.category}{plain} {cut.rule} [{cut.span.start}:{cut.span.end}]")
        lines.append(f"  {red}- {_shortened(cut)}{plain}")
        lines.append(f"  {dim}{rules[cut.rule].why}{plain}")
    lines += [
        f"{bold}repair{plain} {edit.rule} [{edit.start}:{edit.end}] {edit.old!r} → {edit.new!r}"
        for edit in article.document.edits
    ]
    lines += [f"{bold}note{plain} {note.code}: {note.message}" for note in article.notes]
    source = len(article.document.source)
    lines.append(f"{article.kind}; {len(article.removed)} cuts; body {len(article.body):,} of {source:,} characters")
    return "\n".join(lines)


def _shortened(cut: Cut) -> str:
    line = " ⏎ ".join(part for part in map(str.strip, cut.text.split("\n")) if part)
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH // 2]} … {line[-_WIDTH // 2 :]}"


FORMATS: Final[dict[str, Callable[[Article, RulePack, bool], str]]] = {
    "text": text,
    "json": as_json,
    "marked": as_marked,
    "explain": explain,
}
