"""Print how fast documents are cleaned, beside reading and writing them as JSON in the same run.

python -m benchmarks.speed CORPUS.jsonl.gz [--seed-file fixtures/seeds/000_43356207ee8fc494.txt]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import newsclean
from benchmarks.corpus import read
from newsclean.model import Encoding
from newsclean.repair import repair
from newsclean.unwrap import unwrapped

_SEED = Path(__file__).parent.parent / "fixtures" / "seeds" / "000_43356207ee8fc494.txt"


def seconds(run: Callable[[], object], times: int) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def seconds_each(run: Callable[[str], object], texts: list[str], rounds: int = 5) -> float:
    """The time for all texts: of every hundred the best of some rounds, since a shared machine stalls now and then."""
    hundreds = [texts[start : start + 100] for start in range(0, len(texts), 100)]
    best = [float("inf")] * len(hundreds)
    for _ in range(rounds):
        for number, hundred in enumerate(hundreds):
            start = time.perf_counter()
            for text in hundred:
                run(text)
            best[number] = min(best[number], time.perf_counter() - start)
    return sum(best)


def command(*arguments: str, stdin: bytes = b"") -> None:
    subprocess.run([sys.executable, *arguments], input=stdin, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--seed-file", type=Path, default=_SEED)
    options = parser.parse_args()
    texts = [record["text"] for record in read(options.corpus)]
    cleaner = newsclean.Cleaner(morphology=False)
    for text in texts[::10]:
        cleaner.clean(text)
    clean = seconds_each(cleaner.clean, texts)
    floor = seconds_each(lambda text: json.loads(json.dumps(text)), texts)
    count, characters = len(texts), sum(map(len, texts))
    print(f"{count} documents, {characters / count:.0f} characters each, rules only, one process")
    print(f"clean      {count / clean:8.0f} documents/s  {clean / count * 1e6:6.0f} µs each")
    print(f"JSON       {count / floor:8.0f} documents/s  {floor / count * 1e6:6.0f} µs each (dumps and loads)")
    print(f"ratio      {clean / floor:8.1f}")
    repairs = seconds_each(_repair, texts)
    print(f"repairs    {repairs / clean:8.1%} of clean")
    asking = newsclean.Cleaner()
    asked = sum(_asks(asking, text) for text in texts)
    print(f"Kiwi asked by {asked} documents, {asked / count:.2%}")
    seed = options.seed_file.read_bytes()
    bare = seconds(lambda: command("-c", "pass"), 5)
    print(f"python -c pass            {bare:.3f} s")
    print(f"python -c import newsclean {seconds(lambda: command('-c', 'import newsclean'), 5):.3f} s")
    print(f"newsclean < seed           {seconds(lambda: command('-m', 'newsclean', stdin=seed), 5):.3f} s")


def _repair(text: str) -> None:
    unwrapped(repair(text, Encoding("str", 1.0)), lambda left, right: None)


def _asks(cleaner: newsclean.Cleaner, text: str) -> bool:
    assert cleaner.morphology is not None
    before = cleaner.morphology.asked
    cleaner.clean(text)
    return cleaner.morphology.asked > before


if __name__ == "__main__":
    main()
