"""How fast documents are cleaned, beside what nobody can do without: reading them and writing them as JSON.

python -m benchmarks speed [CORPUS.jsonl.gz …]

Over the seeds, the fixtures and every corpus given. All jobs take turns within a round, so that a stall of a shared
machine hits all alike; a figure is the median of the rounds with its quartiles, and a ratio is taken within a round.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

from benchmarks.corpus import UnreadableError, read
from benchmarks.gold import FIXTURES, ROOT, fixtures, without
from benchmarks.spread import Spread, spread
from newsclean import Cleaner
from newsclean.assemble import assemble
from newsclean.decode import decode
from newsclean.label import label
from newsclean.model import Known
from newsclean.repair import repair
from newsclean.resolve import resolve
from newsclean.unflatten import unflattened
from newsclean.unwrap import unwrapped

SEED: Final = FIXTURES / "seeds" / "000_43356207ee8fc494.txt"
SIZES: Final = (10**3, 10**4, 10**5, 10**6, 10**7)
_LEAST: Final = 0.02  # seconds: a shorter pass is repeated
_LARGE: Final = 10**6  # bytes; for such a document three rounds must do
_LONG: Final = 5  # seconds for two rounds; then they must do
_FLEET: Final = 1_000  # documents for the workers

Job = Callable[[bytes], object]


def measured(corpora: list[Path], rounds: int = 5) -> dict[str, Any]:
    """All speed figures, as plain data."""
    named = {"seeds": seeds(), "fixtures": [gold.text.encode() for gold in fixtures()]}
    named |= {path.name: _texts(path) for path in corpora}
    print("cold start …", flush=True)
    start = _cold_start(rounds)
    print("throughput …", flush=True)
    throughput = {name: _throughput(documents, rounds) for name, documents in named.items()}
    print("stages, sizes, workers, memory …", flush=True)
    return {
        "start": start,
        "corpora": throughput,
        "stages": _stages(named["fixtures"], rounds),
        "sizes": list(_sizes(rounds)),
        "workers": list(_workers(named["fixtures"], rounds)),
        "memory": _memory(),
    }


def _texts(path: Path) -> list[bytes]:
    texts = [record.get("text") for record in read(path)]
    if not texts or not all(isinstance(text, str) for text in texts):
        raise UnreadableError(f"{path}: every record needs its text as `text`")
    return [str(text).encode() for text in texts]


def seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted(SEED.parent.glob("*.txt"))]


def _pass(job: Job, documents: list[bytes], repeats: int) -> float:
    """Seconds for all documents once."""
    start = time.perf_counter()
    for _ in range(repeats):
        for raw in documents:
            job(raw)
    return (time.perf_counter() - start) / repeats


def _rounds(jobs: dict[str, Job], documents: list[bytes], rounds: int) -> dict[str, list[float]]:
    """Seconds of every job in every round, the jobs in turn; the first round only warms up and sets the repeats."""
    warm = {name: min(_pass(job, documents, 1), _pass(job, documents, 1)) for name, job in jobs.items()}
    repeats = {name: max(1, round(_LEAST / seconds)) for name, seconds in warm.items()}
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(_pass(job, documents, repeats[name]))
    return taken


def _jobs() -> dict[str, Job]:
    """What is done with the bytes of a document: what nobody can do without, and cleaning."""
    plain, asking = Cleaner(morphology=False), Cleaner()
    return {
        "UTF-8 decode": lambda raw: raw.decode(),
        "NFC check": lambda raw: unicodedata.is_normalized("NFC", raw.decode()),
        "splitlines": lambda raw: raw.decode().splitlines(),
        "JSON": lambda raw: json.loads(json.dumps(raw.decode())),
        "all of these": _floor,
        "clean": lambda raw: plain.clean(raw).body,
        "clean, Kiwi": lambda raw: asking.clean(raw).body,
        "whole result": lambda raw: json.dumps(plain.clean(raw).to_dict(), ensure_ascii=False),
    }


def _floor(raw: bytes) -> str:
    text = raw.decode()
    unicodedata.is_normalized("NFC", text)
    text.splitlines()
    return str(json.loads(json.dumps(text)))


_CLEANING: Final = ("clean", "clean, Kiwi", "whole result")


def _throughput(documents: list[bytes], rounds: int) -> dict[str, Any]:
    """Microseconds a document for every job; for cleaning also documents and megabytes a second."""
    count, size = len(documents), sum(map(len, documents))
    taken = _rounds(_jobs(), documents, rounds)
    return {
        "documents": count,
        "bytes": size,
        "each": {name: spread([seconds / count * 1e6 for seconds in times]) for name, times in taken.items()},
        "rate": {name: spread([count / seconds for seconds in taken[name]]) for name in _CLEANING},
        "megabytes": {name: spread([size / 1e6 / seconds for seconds in taken[name]]) for name in _CLEANING},
        "over": {name: _ratio(taken["clean"], taken[name]) for name in ("JSON", "all of these")},
        "asked": sum(_asks(Cleaner(), raw) for raw in documents),
    }


def _ratio(ours: list[float], theirs: list[float]) -> Spread:
    """Round by round."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def _asks(cleaner: Cleaner, raw: bytes) -> bool:
    """Whether a document brings up a question for Kiwi."""
    cleaner.clean(raw)
    return cleaner.morphology is not None and cleaner.morphology.asked > 0


class Stages:
    """`Cleaner.clean` with a clock between its stages."""

    def __init__(self) -> None:
        self.cleaner = Cleaner(morphology=False)
        self.taken: dict[str, float] = {}
        self._last = 0.0

    def _lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.taken[stage] = self.taken.get(stage, 0.0) + now - self._last
        self._last = time.perf_counter()

    def clean(self, raw: bytes) -> dict[str, Any]:
        cleaner = self.cleaner
        self._last = time.perf_counter()
        text, encoding, notes = decode(raw, cleaner.limits)
        self._lap("decode")
        document = unflattened(repair(text, encoding, notes, cleaner.repairs), cleaner.repairs)
        document = unwrapped(document, lambda left, right: None)
        self._lap("repair")
        labels = label(document, cleaner.rules, cleaner.limits, "")
        self._lap("label")
        pieces = resolve(document, labels, cleaner.rules, None)
        self._lap("resolve")
        article = assemble(document, pieces, cleaner.dropped, Known(), notes)
        _ = article.body
        self._lap("assemble, body")
        result = article.to_dict()
        self._lap("metadata")
        json.dumps(result, ensure_ascii=False)
        self._lap("JSON")
        return result


def _stages(documents: list[bytes], rounds: int) -> dict[str, Spread]:
    """Microseconds a document by stage."""
    _pass(Stages().clean, documents, 2)
    laps = []
    for _ in range(rounds):
        stages = Stages()
        _pass(stages.clean, documents, 1)
        laps.append(stages.taken)
    return {stage: spread([lap[stage] / len(documents) * 1e6 for lap in laps]) for stage in laps[0]}


def long_text(size: int, separator: str) -> str:
    """About so many bytes of article body: the fixtures' paragraphs over and over, each with a number of its own."""
    parts: list[str] = []
    length = 0
    for number, paragraph in enumerate(itertools.cycle(_paragraphs())):
        first, _, rest = paragraph.partition(" ")
        parts.append(f"{first} {number}번 {rest}"[: max(1, size - length)])
        length += len((parts[-1] + separator).encode())
        if length >= size:
            break
    return separator.join(parts)


def _paragraphs() -> list[str]:
    bodies = (without(gold.text, gold.removed or ()) for gold in fixtures() if gold.group == "gold")
    return [line for body in bodies for line in body.splitlines() if line.strip()]


def _sizes(rounds: int) -> Iterator[dict[str, Any]]:
    job = _jobs()["clean"]
    for size, separator in itertools.product(SIZES, ("\n", " ")):
        raw = long_text(size, separator).encode()
        seconds = _rounds({"clean": job}, [raw], rounds)["clean"] if size < _LARGE else _few(job, raw)
        yield {"bytes": len(raw), "lines": separator == "\n", "seconds": spread(seconds)}


def _few(job: Job, raw: bytes) -> list[float]:
    """Seconds of two rounds, and of a third where they were short."""
    seconds = [_pass(job, [raw], 1) for _ in range(2)]
    return seconds if sum(seconds) > _LONG else [*seconds, _pass(job, [raw], 1)]


_worker: Cleaner


def _begin() -> None:
    global _worker
    _worker = Cleaner(morphology=False)


def _clean_one(raw: bytes) -> str:
    return _worker.clean(raw).body


def _workers(documents: list[bytes], rounds: int) -> Iterator[dict[str, Any]]:
    """Documents a second by number of processes; starting them is not counted."""
    fleet = list(itertools.islice(itertools.cycle(documents), _FLEET))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for workers in [count for count in (1, 2, 4, 8, 16, 32, 64) if count <= cores]:
        with ProcessPoolExecutor(workers, initializer=_begin) as pool:
            list(pool.map(_clean_one, fleet[: 40 * workers], chunksize=10))
            rates = []
            for _ in range(rounds):
                start = time.perf_counter()
                list(pool.map(_clean_one, fleet, chunksize=25))
                rates.append(len(fleet) / (time.perf_counter() - start))
        yield {"workers": workers, "documents": spread(rates)}


_IN_PROCESS: Final = """
import json, sys, time
start = time.perf_counter()
import newsclean
imported = time.perf_counter()
raw = open(sys.argv[1], "rb").read()
cleaner = newsclean.Cleaner(morphology=False)
cleaner.clean(raw).to_dict()
first = time.perf_counter()
cleaner.clean(raw).to_dict()
print(json.dumps([imported - start, first - imported, time.perf_counter() - first]))
"""


def _cold_start(rounds: int) -> dict[str, Spread]:
    """Seconds, each in new processes: Python alone, the command on a seed, and its parts from inside."""
    rows: dict[str, list[float]] = {}
    for _ in range(rounds):
        _timed(rows, "python -c pass", "-c", "pass")
        _timed(rows, "python -c 'import newsclean'", "-c", "import newsclean")
        _timed(rows, "newsclean < seed", "-m", "newsclean", stdin=SEED.read_bytes())
        parts = json.loads(_python("-c", _IN_PROCESS, str(SEED)))
        for name, seconds in zip(("import", "first article", "second article"), parts, strict=True):
            rows.setdefault(f"inside: {name}", []).append(seconds)
    return {name: spread(times) for name, times in rows.items()}


def _timed(rows: dict[str, list[float]], name: str, *arguments: str, stdin: bytes = b"") -> None:
    start = time.perf_counter()
    _python(*arguments, stdin=stdin)
    rows.setdefault(name, []).append(time.perf_counter() - start)


def _python(*arguments: str, stdin: bytes = b"") -> bytes:
    return subprocess.run([sys.executable, *arguments], input=stdin, capture_output=True, check=True, cwd=ROOT).stdout


_PEAK: Final = """
import sys
from benchmarks import speed
from benchmarks.runner import peak_memory
from newsclean import Cleaner
what = sys.argv[1]
cleaner = Cleaner(morphology=what == "Kiwi")
if what == "Kiwi":
    cleaner.morphology.is_name("홍길동")
documents = speed.seeds() if what != "10 MB" else [speed.long_text(10**7, "\\n").encode()]
for raw in documents if what != "import" else ():
    cleaner.clean(raw).to_dict()
print(peak_memory())
"""


def _memory() -> dict[str, float]:
    """The most memory a process of its own held, MiB."""
    names = {"import": "imported", "seeds": "seeds cleaned", "Kiwi": "the same, Kiwi loaded", "10 MB": "10 MB cleaned"}
    return {name: float(_python("-c", _PEAK, what)) for what, name in names.items()}


def main() -> None:
    """Print the tables over the corpora given; `python -m benchmarks speed` without any also publishes them."""
    from benchmarks.report import speed

    print(speed(measured([Path(argument) for argument in sys.argv[1:]])))


if __name__ == "__main__":
    main()
