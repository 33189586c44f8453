"""Make mojibake of gold texts in every common way and print how many are restored to the character.

python -m benchmarks.mojibake GOLD.jsonl [--raw CORPUS.jsonl.gz]

Each text is damaged as a whole, and in one line of five. Only what lost nothing counts: the wrong reading is
strict. `ftfy` stands beside it where it is installed. `--raw` prints how many scrapes are changed and flagged;
those with the source `mojibake` apart from the others.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from benchmarks.corpus import read
from newsclean.model import Document, Encoding
from newsclean.mojibake import damaged, mended

_CP1252: Final = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
_BROWSER: Final = dict(enumerate(_CP1252, 0x80))


def _browser(raw: bytes) -> str:
    return raw.decode("latin-1").translate(_BROWSER)


PATHS: Final[dict[str, Callable[[str], str]]] = {
    "CP949 as latin-1": lambda text: text.encode("cp949").decode("latin-1"),
    "CP949 as cp1252": lambda text: text.encode("cp949").decode("cp1252"),
    "CP949 as cp1252 (browser)": lambda text: _browser(text.encode("cp949")),
    "UTF-8 as CP949": lambda text: text.encode().decode("cp949"),
    "UTF-8 as latin-1": lambda text: text.encode().decode("latin-1"),
    "UTF-8 as cp1252": lambda text: text.encode().decode("cp1252"),
    "UTF-8 as cp1252 (browser)": lambda text: _browser(text.encode()),
    "UTF-8 as latin-1, twice": lambda text: text.encode().decode("latin-1").encode().decode("latin-1"),
    "UTF-8 as cp1252 (browser), twice": lambda text: _browser(_browser(text.encode()).encode()),
    "CP949 as latin-1, UTF-8 as latin-1": lambda text: (
        text.encode("cp949").decode("latin-1").encode().decode("latin-1")
    ),
    "UTF-8 as CP949, twice": lambda text: text.encode().decode("cp949").encode().decode("cp949"),
    "UTF-8 as iso-8859-11": lambda text: text.encode().decode("iso8859_11"),
    "UTF-8 as cp874": lambda text: text.encode().decode("cp874"),
    "UTF-8 as tis-620": lambda text: text.encode().decode("tis_620"),
}


def ours(text: str) -> str:
    """The text with what `newsclean` reads again."""
    return Document.of(text, tuple(mended(text)), Encoding("str", 1.0)).text


def whole(text: str, wrong: Callable[[str], str]) -> str | None:
    """The text read wrongly; None where that loses something or changes nothing."""
    try:
        return None if text.isascii() else wrong(text)
    except UnicodeError:
        return None


def one_line_in_five(text: str, wrong: Callable[[str], str]) -> str | None:
    """The text with every fifth line read wrongly, where that loses nothing; None without such a line."""
    lines = text.split("\n")
    for number in range(0, len(lines), 5):
        lines[number] = whole(lines[number], wrong) or lines[number]
    damaged_text = "\n".join(lines)
    return None if damaged_text == text else damaged_text


def _pairs(texts: list[str], name: str) -> Iterator[tuple[str, str, str]]:
    for damage in (whole, one_line_in_five):
        for text in texts:
            if (wrong := damage(text, PATHS[name])) is not None:
                yield damage.__name__, text, wrong


def _share(hits: Iterable[bool]) -> str:
    counted = list(hits)
    return f"{sum(counted):4}/{len(counted):<4}" if counted else "   -     "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--raw")
    options = parser.parse_args()
    texts = [record.get("text") or record["raw"] for record in read(options.gold)]
    fixers: dict[str, Callable[[str], str]] = {"newsclean": ours}
    if importlib.util.find_spec("ftfy"):
        import ftfy

        fixers["ftfy"] = lambda text: ftfy.fix_encoding(text)
    else:
        print("ftfy is not installed: pip install ftfy")
    restored: dict[str, list[bool]] = {fixer: [] for fixer in fixers}
    for name in PATHS:
        pairs = list(_pairs(texts, name))
        print(f"{name:36}", end="")
        for fixer, fix in fixers.items():
            hits = {id(pair): fix(pair[2]) == pair[1] for pair in pairs}
            restored[fixer] += hits.values()
            shares = (
                _share(hits[id(pair)] for pair in pairs if pair[0] == kind) for kind in ("whole", "one_line_in_five")
            )
            print(f" {fixer}: whole {next(shares)} lines {next(shares)}", end="")
        print()
    for fixer, all_hits in restored.items():
        done, count = sum(all_hits), len(all_hits)
        print(f"{fixer}: {done:,} of {count:,} lossless ones restored ({done / count:.2%})")
    if options.raw:
        _print_raw(options.raw)


def _print_raw(corpus: str) -> None:
    records = list(read(corpus))
    for kind in (False, True):
        texts = [record["text"] for record in records if (record.get("source") == "mojibake") == kind]
        changed, flagged = sum(bool(mended(text)) for text in texts), sum(bool(damaged(text)) for text in texts)
        print(f"{'mojibake' if kind else 'the others'}: {len(texts)} scrapes, {changed} changed, {flagged} flagged")


if __name__ == "__main__":
    main()
