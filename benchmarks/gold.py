"""Gold documents: the fixtures of this repository, and JSON Lines in the format of ../shared/tools/score.py."""

from __future__ import annotations

import argparse
import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from benchmarks.corpus import UnreadableError, read
from newsclean import marked
from newsclean.model import KEPT

ROOT: Final = Path(__file__).parent.parent
FIXTURES: Final = ROOT / "fixtures"
_UNCOUNTED: Final = re.compile(r"[\s\u200b\ufeff\u00ad\u2060]+")

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled scrape.

    group: the set it is reported in.
    form: "lines", or "one line" for what was stored without line breaks.
    body: the gold body without white space; clutter: how many characters are to go; either: pieces that may do both.
    removed, optional: (start, end, category) in code points of `text`; `removed` is None where only the body is known.
    meta: what the text gives, under the names of `Article.to_dict`, reporters as names; captions and related as counts.
    title: the headline that the crawler hands over with the text, if it does.
    """

    id: str
    group: str
    form: str
    text: str
    body: str
    clutter: int
    either: tuple[str, ...]
    removed: tuple[Span, ...] | None
    optional: tuple[Span, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    title: str | None = None

    def flattened(self) -> Gold:
        """The same scrape with every line break a space; the offsets stay."""
        return replace(self, text=re.sub(r"[\r\n]", " ", self.text))


def squash(text: str) -> str:
    """The characters that count: composed, without white space and zero-width characters."""
    return _UNCOUNTED.sub("", unicodedata.normalize("NFC", text))


def without(text: str, spans: Iterable[Span]) -> str:
    """The text that no span covers; the spans may overlap."""
    parts, position = [], 0
    for start, end, _ in sorted(spans):
        parts.append(text[position : max(start, position)])
        position = max(end, position)
    return "".join([*parts, text[position:]])


def fixtures() -> list[Gold]:
    """Every marked file: the seeds, the other gold, the known failures."""
    return [*_folder("gold", "gold"), *_folder("known_failures", "known failures")]


def _folder(name: str, group: str) -> Iterator[Gold]:
    for path in sorted((FIXTURES / name).glob("*.marked")):
        yield _of_marked(path, "seeds" if path.stem.startswith("seed-") else group)


def _of_marked(path: Path, group: str) -> Gold:
    """A fixture. An entity in its body counts as the character it stands for: that is what a reader should get."""
    front, content = marked.load_gold(path.read_text(encoding="utf-8"))
    text = content.text
    optional = tuple(span for span in content.spans if span[2] in KEPT)
    removed = tuple(span for span in content.spans if span[2] not in KEPT)
    return Gold(
        id=path.stem,
        group=group,
        form="lines" if "\n" in text else "one line",
        text=text,
        body=squash(html.unescape(without(text, content.spans))),
        clutter=sum(len(squash(text[start:end])) for start, end, _ in removed),
        either=tuple(squash(text[start:end]) for start, end, _ in optional),
        removed=removed,
        optional=optional,
        meta=_meta(front),
        title=front.get("known_title"),
    )


def _meta(front: dict[str, Any]) -> dict[str, Any]:
    names = ("title", "subtitle", "publisher", "place", "tags", "captions", "related")
    meta = {name: front[name] for name in names if name in front}
    meta |= {name: str(front[name])[:16] for name in ("published", "modified") if name in front}
    people = front.get("reporters", [])
    meta["reporters"] = [person["name"] for person in people if person.get("name")]
    meta["emails"] = [person["email"] for person in people if person.get("email")]
    return meta


def load(path: Path) -> list[Gold]:
    """The documents of a gold JSONL file, plain or gzipped. Raises UnreadableError."""
    return [_checked(number, record, path) for number, record in enumerate(read(path), 1)]


def asked(description: str | None) -> list[Gold]:
    """The documents that a command of one argument names, a gold file; the fixtures without one."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, help="gold JSON Lines; the fixtures unless given")
    path = parser.parse_args().gold
    return load(path) if path else fixtures()


def _checked(number: int, record: dict[str, Any], path: Path) -> Gold:
    try:
        return _of_record(record, path.name)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableError(
            f"{path}, line {number}: no gold record ({error!r}); CONTRIBUTING.md has the form"
        ) from error


def _of_record(record: dict[str, Any], group: str) -> Gold:
    text = record["text"]
    common = {"id": record["id"], "group": group, "text": text, "meta": record.get("meta") or {}}
    common["form"] = "one line" if record.get("form") == "flat" else "lines"
    if "body" in record:
        body, either = squash(record["body"]), tuple(map(squash, record.get("either_text", [])))
        surplus = len(squash(text)) - len(body) - sum(map(len, either))
        return Gold(**common, body=body, clutter=max(surplus, 0), either=either, removed=None)
    removed = tuple((start, end, label) for start, end, label in record.get("removed", []))
    optional = tuple((start, end, label) for start, end, label in record.get("either", []))
    return Gold(
        **common,
        body=squash(without(text, [*removed, *optional])),
        clutter=_clutter(text, removed, optional),
        either=tuple(squash(text[start:end]) for start, end, _ in optional),
        removed=removed,
        optional=optional,
    )


def _clutter(text: str, removed: Iterable[Span], either: Iterable[Span]) -> int:
    """How many characters of the removed spans count; where both kinds of spans cover one, it is optional."""
    marks = bytearray(len(text))
    for code, spans in ((1, removed), (2, either)):
        for start, end, _ in spans:
            marks[start:end] = bytes([code]) * (end - start)
    return len(squash("".join(char for char, mark in zip(text, marks, strict=True) if mark == 1)))


def fingerprint(documents: Iterable[Gold]) -> str:
    """A hash of everything that is measured on: text, gold and metadata.

    Not the set: a known failure that passes moves to the other gold and is still the same document.
    """
    digest = hashlib.sha256()
    for gold in sorted(documents, key=lambda gold: gold.id):
        digest.update(repr((gold.id, gold.text, gold.body, gold.clutter, gold.removed)).encode())
        digest.update(repr((gold.either, sorted(gold.meta.items()), gold.title)).encode())
    return digest.hexdigest()[:16]


def described(documents: list[Gold]) -> dict[str, Any]:
    """Hash and counts of a corpus."""
    return {
        "hash": fingerprint(documents),
        "documents": len(documents),
        "characters": sum(len(gold.text) for gold in documents),
    }
