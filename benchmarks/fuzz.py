"""Feed damaged bytes to the cleaner: only NewscleanError may come out, `source()` must hold, none may be slow.

python -m benchmarks.fuzz [--cases 200000] [--seed 1]

A case is a stretch of our own gold articles in some encoding, with bytes flipped, dropped, doubled, cut and spliced
in, or bytes at random. Prints the cases that fail, ready to paste, and the slowest one beside the median
(seconds for a byte; short inputs count as 500 bytes, since they cost what a start costs). Exit status 1 if any fails.

With `pip install atheris`, `python -m benchmarks.fuzz --atheris` lets coverage choose the bytes instead, without end.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from newsclean import Cleaner, NewscleanError, marked

GOLD: Final = Path(__file__).parent.parent / "fixtures" / "gold"
ENCODINGS: Final = ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "johab", "iso2022_kr")
CLEANER: Final = Cleaner(morphology=False)
_LEAST: Final = 500  # bytes
_SLOW: Final = 20  # times the median


def clean(raw: bytes) -> None:
    """One case; raises AssertionError where the source does not come back, and whatever the cleaner should not."""
    try:
        article = CLEANER.clean(raw)
    except NewscleanError:
        return
    assert article.source() == article.document.source, "the source does not come back"


def seconds_a_byte(raw: bytes, rounds: int = 1) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        clean(raw)
        best = min(best, time.process_time() - start)
    return best / max(len(raw), _LEAST)


def _flip(raw: bytearray, dice: random.Random) -> None:
    raw[dice.randrange(len(raw))] = dice.randrange(256)


def _drop(raw: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(raw))
    del raw[start : start + dice.choice((1, 1, 2, 3, 40))]


def _double(raw: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(raw))
    raw[start:start] = raw[start : start + dice.randrange(1, 60)] * dice.choice((1, 2, 20))


def _splice(raw: bytearray, dice: random.Random) -> None:
    raw[dice.randrange(len(raw)) :] = _stretch(dice)


CHANGES: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (_flip, _flip, _drop, _double, _splice)
_TEXTS: Final = [marked.load_gold(path.read_text(encoding="utf-8"))[1].text for path in sorted(GOLD.glob("*.marked"))]


def _stretch(dice: random.Random) -> bytes:
    text = dice.choice(_TEXTS)
    start = dice.randrange(len(text))
    return text[start : start + dice.randrange(1, 600)].encode(dice.choice(ENCODINGS), "replace")


def cases(count: int, seed: int) -> Iterator[bytes]:
    """Damaged stretches; one in twenty is noise."""
    dice = random.Random(seed)
    for number in range(count):
        if number % 20 == 0:
            yield dice.randbytes(dice.randrange(300))
            continue
        raw = bytearray(_stretch(dice))
        for _ in range(dice.randrange(6)):
            if raw:
                dice.choice(CHANGES)(raw, dice)
        yield bytes(raw)


def run(count: int, seed: int) -> int:
    """Run the cases; the number of those that fail or are slow."""
    failed = 0
    costs: list[tuple[float, bytes]] = []
    for raw in cases(count, seed):
        try:
            costs.append((seconds_a_byte(raw), raw))
        except Exception as error:
            failed += 1
            print(f"{type(error).__name__}: {error}\n  {raw!r}")
    median = statistics.median(cost for cost, _ in costs)
    suspects = [raw for cost, raw in costs if cost > _SLOW * median]
    slow = [raw for raw in suspects if seconds_a_byte(raw, rounds=5) > _SLOW * median]  # again: the machine is shared
    worst = max((seconds_a_byte(raw, rounds=5) for _, raw in sorted(costs)[-20:]), default=0.0)
    print(f"{count:,} cases, {failed} failed, {len(slow)} slow")
    print(f"median {median * 1e9:.0f} ns a byte, worst {worst / median:.1f} times that")
    for raw in slow:
        print(f"slow: {raw!r}")
    return failed + len(slow)


def _fuzz_with_atheris() -> None:
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv[:1], clean)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    options = parser.parse_args()
    if options.atheris:
        _fuzz_with_atheris()
    return 1 if run(options.cases, options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
