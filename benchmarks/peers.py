"""newsclean beside other cleaners: the same documents, one run, each cleaner in its own process and environment."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks import score
from benchmarks.gold import ROOT, Gold, described
from benchmarks.spread import spread

HERE: Final = Path(__file__).parent
INSTALL_SECONDS: Final = 400
ANSWER_SECONDS: Final = 120  # a peer that takes longer over the documents once is given up
PASSES: Final = 3
_QUIETLY: Final = ("--disable-pip-version-check", "--no-input", "--quiet")


class PeerError(Exception):
    """A peer that cannot be installed or run; the message is the reason that the table gives."""


@dataclass(frozen=True)
class Peer:
    """A row of peers.toml."""

    name: str
    about: str
    label: str = ""
    pins: str = ""
    defaults: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, list[Any]] = field(default_factory=dict)
    joint: dict[str, list[str]] = field(default_factory=dict)

    def variants(self) -> list[dict[str, Any]]:
        """Every combination of the settings; a joint one stands for several at once."""
        if not self.settings:
            return []
        rows = itertools.product(*self.settings.values())
        return [self._spelled(dict(zip(self.settings, row, strict=True))) for row in rows]

    def _spelled(self, chosen: dict[str, Any]) -> dict[str, Any]:
        for name, parts in self.joint.items():
            chosen |= dict(zip(parts, chosen.pop(name), strict=True))
        return chosen


def load(path: Path = HERE / "peers.toml") -> list[Peer]:
    """The peers, in the order of the file."""
    return [Peer(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["peer"]]


def cache_folder() -> Path:
    """Where the environments stay between runs: under $XDG_CACHE_HOME or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newsclean-benchmarks"


def interpreter(peer: Peer, cache: Path) -> str:
    """The Python of the peer's own environment, made on the first call. Raises PeerError."""
    if not peer.pins:
        return sys.executable
    pins = HERE / "pins" / peer.pins
    tag = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = cache / f"{peer.name}-{tag}"
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"  installing {peer.name} into {folder}", flush=True)
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", *_QUIETLY, "--no-deps", "-r", str(pins)])
        (folder / "whole").touch()
    return str(folder / "bin" / "python")


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired:
        raise PeerError(f"not installed within {INSTALL_SECONDS} s") from None
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or [done.stderr.strip()[-200:]]
        raise PeerError(f"cannot be installed here: {errors[0]}")


class Process:
    """A runner.py that answers requests; the time limit is on each answer."""

    def __init__(self, python: str, name: str, seconds: float = ANSWER_SECONDS) -> None:
        self.name, self.seconds = name, seconds
        environment = os.environ | {"PYTHONPATH": str(ROOT) if python == sys.executable else ""}
        self._process = subprocess.Popen(
            [python, str(HERE / "runner.py"), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self.start = self._answer()

    def ask(self, documents: list[Gold], settings: dict[str, Any], rounds: int = 0) -> dict[str, Any]:
        """The bodies and times of the documents. Raises PeerError."""
        request = {
            "documents": [{"text": gold.text, "title": gold.title} for gold in documents],
            "settings": settings,
            "rounds": rounds,
        }
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has died: its answer, which is none, says so
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        deadline = time.monotonic() + self.seconds
        line = b""
        while not line.endswith(b"\n"):
            if not select.select([self._process.stdout], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise PeerError(f"no answer within {self.seconds:.0f} s")
            chunk = os.read(self._process.stdout.fileno(), 1 << 20)
            if not chunk:
                raise PeerError(f"stopped with status {self._process.wait()}: see `runner.py {self.name}`")
            line += chunk
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@dataclass
class Entry:
    """A row of the table while it is measured: a peer with its settings."""

    peer: Peer
    process: Process
    settings: dict[str, Any]
    tried: int = 0
    quality: dict[str, Any] = field(default_factory=dict)
    failed: int = 0
    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0

    def ask(self, documents: list[Gold], rounds: int = 0) -> dict[str, Any]:
        return self.process.ask(documents, self.settings, rounds)


def measured(documents: list[Gold], cache: Path, rounds: int = 5, peers: list[Peer] | None = None) -> dict[str, Any]:
    """All peers over the documents, as plain data; those that cannot run with the reason.

    Quality first; then the rounds against the clock, all peers in turn, there and back, so that a stall of the machine
    hits all alike. Of the passes of one turn the fastest counts.
    """
    with contextlib.ExitStack() as processes:
        entries, failures = _started(peers or load(), documents, cache, processes)
        for number in range(rounds):
            for entry in entries[:: -1 if number % 2 else 1]:
                answer = entry.ask(documents, PASSES)
                entry.seconds.append(min(answer["seconds"]))
                entry.peak = answer["peak"]
    size = sum(len(gold.text.encode()) for gold in documents)
    rows = [_row(entry, len(documents), size, entries[0].seconds) for entry in entries]
    return {"corpus": described(documents), "rows": rows, "failures": failures}


def _started(
    peers: list[Peer], documents: list[Gold], cache: Path, processes: contextlib.ExitStack
) -> tuple[list[Entry], list[dict[str, str]]]:
    """The entries with their quality measured, and the peers for which that was not possible."""
    entries, failures = [], []
    for peer in peers:
        print(f"{peer.label or peer.name} …", flush=True)
        try:
            process = Process(interpreter(peer, cache), peer.name)
            processes.callback(process.close)
            entries += list(_entries(peer, process, documents))
        except PeerError as error:
            failures.append({"label": peer.label or peer.name, "reason": str(error)})
    return entries, failures


def _entries(peer: Peer, process: Process, documents: list[Gold]) -> Iterator[Entry]:
    """The peer with its defaults and, where settings can be chosen, with the best."""
    entry = Entry(peer, process, peer.defaults)
    _judge(entry, documents)
    yield entry
    if variants := peer.variants():
        best = max((Entry(peer, process, settings) for settings in variants), key=lambda one: _judge(one, documents))
        best.tried = len(variants)
        yield best


def _judge(entry: Entry, documents: list[Gold]) -> float:
    """Measure an entry's quality; the F1 over documents as stored and flattened."""
    scores = []
    for shape, chosen in (("as stored", documents), ("flattened", [gold.flattened() for gold in documents])):
        answer = entry.ask(chosen)
        some = [score.of_body(gold, body) for gold, body in zip(chosen, answer["bodies"], strict=True)]
        entry.quality[shape] = score.summary(some)
        entry.failed += answer["failed"]
        scores += some
    return float(score.summary(scores)["f1"])


def _row(entry: Entry, documents: int, size: int, ours: list[float]) -> dict[str, Any]:
    """An entry as plain data. size: bytes of all documents; ours: newsclean's seconds in the same rounds."""
    return {
        "label": entry.peer.label or entry.peer.name,
        "version": entry.process.start["version"],
        "about": entry.peer.about,
        "settings": entry.settings,
        "tried": entry.tried,
        "quality": entry.quality,
        "failed": entry.failed,
        "import": entry.process.start["import"],
        "peak": entry.peak,
        "documents": spread([documents / seconds for seconds in entry.seconds]),
        "megabytes": spread([size / 1e6 / seconds for seconds in entry.seconds]),
        "relative": spread([our / seconds for our, seconds in zip(ours, entry.seconds, strict=True)]),
    }
