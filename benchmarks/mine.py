"""Print what recurs in a corpus and no rule claims yet: where the next rules are.

python -m benchmarks.mine CORPUS.jsonl.gz [--what line|head|tail|fragment] [--least 3] [--top 100] [--all]

Names, numbers, dates and addresses are masked. Lines, or the first and last stretch of a body, or stretches of
eight words inside its lines, are counted by how many documents and how many publishers they recur in.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final

import newsclean
from benchmarks.corpus import read
from newsclean.article import Article
from newsclean.segment import segments

_MASKS: Final = (
    (re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"), "@"),
    (re.compile(r"(?:https?://|www\.)\S+"), "URL"),
    (re.compile(r"[가-힣]{2,4}(?= ?(?:기자|특파원|앵커|PD|위원|리포터|에디터))"), "○○○"),
    (re.compile(r"\d+(?:[.,:/-]\d+)*"), "9"),
    (re.compile(r"\s+"), " "),
)
_LONGEST: Final = 200  # code points of a line
_WORDS: Final = 8  # of a fragment


def masked(text: str) -> str:
    """The text with what differs from article to article as one sign."""
    for pattern, sign in _MASKS:
        text = pattern.sub(sign, text)
    return text.strip()


def _lines(body: str) -> Iterator[str]:
    return (line for line in body.split("\n") if len(line) <= _LONGEST)


def _head(body: str) -> Iterator[str]:
    spans = segments(body)
    return (body[span.start : span.end][:_LONGEST] for span in spans[:1])


def _tail(body: str) -> Iterator[str]:
    spans = segments(body)
    return (body[span.start : span.end][-_LONGEST:] for span in spans[-1:])


def _fragments(body: str) -> Iterator[str]:
    for line in body.split("\n"):
        words = line.split()
        yield from (" ".join(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1))


KINDS: Final[dict[str, Callable[[str], Iterator[str]]]] = {
    "line": _lines,
    "head": _head,
    "tail": _tail,
    "fragment": _fragments,
}


def recurring(
    articles: Iterator[tuple[dict[str, Any], Article]], kind: str, removed: bool = False
) -> dict[str, tuple[set[str], set[str]]]:
    """Masked stretches of the bodies (of the whole scrapes if `removed`): ids of their documents, and publishers."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for record, article in articles:
        publisher = record.get("publisher") or article.publisher or "?"
        text = article.document.text if removed else article.body
        for stretch in set(map(masked, KINDS[kind](text))):
            documents, publishers = found[stretch]
            documents.add(str(record["id"]))
            publishers.add(publisher)
    return found


def cleaned(corpus: str) -> Iterator[tuple[dict[str, Any], Article]]:
    """Every record of a corpus, and its article."""
    cleaner = newsclean.Cleaner(morphology=False)
    return ((record, cleaner.clean(record["text"])) for record in read(corpus))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="JSON Lines with id and text, perhaps publisher; .gz or not")
    parser.add_argument("--what", choices=KINDS, default="line")
    parser.add_argument("--least", type=int, default=3, help="documents that it recurs in (default 3)")
    parser.add_argument("--top", type=int, default=100, help="how many to print (default 100)")
    parser.add_argument("--all", action="store_true", help="count what rules claim, too")
    options = parser.parse_args()
    found = recurring(cleaned(options.corpus), options.what, options.all)
    rows = [(len(ids), len(publishers), text, min(ids)) for text, (ids, publishers) in found.items() if text]
    rows = sorted((row for row in rows if row[0] >= options.least), reverse=True)
    print("documents publishers first text")
    for documents, publishers, text, first in rows[: options.top]:
        print(f"{documents:9d} {publishers:10d} {first} {text}")
    print(f"{len(rows)} recur in {options.least} documents or more")


if __name__ == "__main__":
    main()
