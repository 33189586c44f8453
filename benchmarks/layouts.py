"""Print how well gold documents come out in the layouts that other scrapers would have left them in.

python -m benchmarks.layouts [GOLD.jsonl]

Only white space and how it is written changes, so the gold body stays what it was.
"""

from __future__ import annotations

import html
import re
import textwrap
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from benchmarks import gold, score
from newsclean import Cleaner

_SENTENCE: Final = re.compile(r"(?<=[다요죠까]\.)([\"'”’)\]]*) +(?=\S)")


def _each_line(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(map(change, text.split("\n")))


def _wrapped(width: int) -> Callable[[str], str]:
    def wrap(line: str) -> str:
        short = len(line) <= width
        return line if short else textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)

    return _each_line(wrap)


LAYOUTS: Final[dict[str, Callable[[str], str]]] = {
    "as stored": lambda text: text,
    "no blank lines": lambda text: re.sub(r"\s*\n\s*", "\n", text),
    "one blank line": lambda text: re.sub(r"\s*\n\s*", "\n\n", text),
    "two blank lines": lambda text: re.sub(r"\n+", "\n\n\n", text),
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "indented": _each_line(lambda line: f"  {line}"),
    "tabs in front": _each_line(lambda line: f"\t\t\t{line} "),
    "wide space in front": _each_line(lambda line: f"\u3000{line}"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "single spaces": lambda text: re.sub(r"[ \t]+", " ", text),
    "zero-width": lambda text: text.replace("\n", "\u200b\n"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "entities": lambda text: html.escape(text, quote=True),
    "<br>": lambda text: text.replace("\n", "<br/>"),
    "<p>": _each_line(lambda line: f"<p>{line}</p>"),
    r"written \n": lambda text: text.replace("\n", "\\n"),
    r"written \r\n": lambda text: text.replace("\n", "\\r\\n"),
    "a sentence a line": lambda text: _SENTENCE.sub(r"\1\n", text),
    "wrapped at 80": _wrapped(80),
    "wrapped at 40": _wrapped(40),
    "one line, two spaces": lambda text: re.sub(r"\s*\n\s*", "  ", text),
    "one line": lambda text: re.sub(r"[\r\n]", " ", text),
    "one line, glued": lambda text: re.sub(r"\s*\n\s*", "", text),
}


def measured(documents: list[gold.Gold], cleaner: Cleaner | None = None) -> dict[str, dict[str, Any]]:
    """The scores of the documents in every layout."""
    cleaner = cleaner or Cleaner()
    return {
        name: score.summary([score.of_body(one, _cleaned(cleaner, one, layout)) for one in documents])
        for name, layout in LAYOUTS.items()
    }


def _cleaned(cleaner: Cleaner, one: gold.Gold, layout: Callable[[str], str]) -> str:
    return cleaner.clean(layout(one.text), title=one.title).body


def main() -> None:
    print(score.table(measured(gold.asked(__doc__))))


if __name__ == "__main__":
    main()
