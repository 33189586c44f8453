"""Print how well gold documents come out where outlets and pages are strangers: what hangs on names, what on form.

python -m benchmarks.strangers [GOLD.jsonl]

names: every listed outlet has an invented name of the same length and ending; agencies stay, they sign everywhere.
words: whatever stands in two documents at most, and in no body, is another such word: menus, boxes, headlines.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from benchmarks import gold, score
from newsclean import Cleaner
from newsclean.rule import PACKS

_AGENCIES: Final = {"연합", "연합뉴스", "뉴시스", "뉴스1", "네이버", "다음"}
_ENDING: Final = re.compile(
    r"(?:일보|신문|뉴스|경제|투데이|방송|데일리|저널|타임스|미디어|스포츠|매일|닷컴|통신|코리아)$"
)
_SYLLABLES: Final = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"
_WORD: Final = re.compile(r"[가-힣]{2,}")
# The end of a sentence, or a person's name: signatures need one.
_NEEDED: Final = re.compile(
    r"[다요]$|^[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현][가-힣]{2}$"
)
_RARE: Final = 2  # documents

Change = Callable[[list[gold.Gold]], list[gold.Gold]]


def renamed(documents: list[gold.Gold]) -> list[gold.Gold]:
    """The documents with an invented name for every listed outlet of three syllables or more."""
    listed = tomllib.loads((PACKS / "publishers.toml").read_text(encoding="utf-8"))["publisher"]
    known = {name for entry in listed for name in (entry["name"], *entry.get("aliases", ()))}
    names = sorted((name for name in known if re.fullmatch(r"[가-힣]{3,}", name)), key=lambda name: (-len(name), name))
    chosen = random.Random(0)
    invented = {name: _invented(name, chosen) for name in names if name not in _AGENCIES}
    pattern = re.compile("|".join(map(re.escape, invented)))
    return [_changed(one, pattern, lambda match: invented[match[0]]) for one in documents]


def _invented(name: str, chosen: random.Random) -> str:
    ending = _ENDING.search(name)
    size = ending.start() if ending else len(name)
    return "".join(chosen.choices(_SYLLABLES, k=size)) + name[size:]


def reworded(documents: list[gold.Gold]) -> list[gold.Gold]:
    """The documents with another word for every rare one outside their bodies."""
    counts = Counter(word for one in documents for word in _outside(one))
    rare = {word for word, count in counts.items() if count <= _RARE and not _NEEDED.search(word)}
    pool: dict[int, list[str]] = defaultdict(list)
    for word in sorted(rare):
        pool[len(word)].append(word)
    return [_reworded(one, rare & _outside(one), pool) for one in documents]


def _outside(one: gold.Gold) -> set[str]:
    return {word for word in _WORD.findall(one.text) if word not in one.body}


def _reworded(one: gold.Gold, words: Iterable[str], pool: dict[int, list[str]]) -> gold.Gold:
    chosen = random.Random(one.id)
    others = {word: chosen.choice(pool[len(word)]) for word in sorted(words)}
    return _changed(one, _WORD, lambda match: others.get(match[0], match[0]))


def _changed(one: gold.Gold, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> gold.Gold:
    """A document with changes of the same length, so that offsets and counts stay."""
    return replace(one, text=pattern.sub(new, one.text), body=pattern.sub(new, one.body), meta={})


CHANGES: Final[dict[str, Change]] = {"as stored": lambda documents: documents, "names": renamed, "words": reworded}


def measured(documents: list[gold.Gold], cleaner: Cleaner | None = None) -> dict[str, dict[str, Any]]:
    """The scores of the documents under every change."""
    cleaner = cleaner or Cleaner()
    return {name: _score(cleaner, change(documents)) for name, change in CHANGES.items()}


def _score(cleaner: Cleaner, documents: list[gold.Gold]) -> dict[str, Any]:
    return score.summary([score.of_body(one, cleaner.clean(one.text, title=one.title).body) for one in documents])


def main() -> None:
    print(score.table(measured(gold.asked(__doc__))))


if __name__ == "__main__":
    main()
