"""Clean files of records: JSON Lines, CSV, Parquet; in order, in parallel, and to be continued after any interruption.

>>> outcome = Batch(Job(inputs=("crawl.jsonl",), output="clean.jsonl.gz", cleaner=Cleaner(), workers=4)).run()
>>> outcome.report.failed
0
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from newsclean.cleaner import Cleaner
from newsclean.errors import InputError, OutputError, UsageError
from newsclean.formats.base import STANDARD, Chunk, Source, Transform
from newsclean.formats.plan import Files, Plan, planned
from newsclean.formats.stream import packed
from newsclean.pool import ordered
from newsclean.record import Fields, RecordCleaner
from newsclean.report import Report
from newsclean.unfinished import State, Unfinished

_CHECKPOINT_SECONDS: Final = 1.0
_ENDS: Final = 64 * 1024  # bytes at either end by which an input is known again


@dataclass(frozen=True)
class Job:
    """What to clean, and where to.

    inputs: names of files, or `-`. output: a name, or `-`. cleaner: does the cleaning. fields: see `record.Fields`.
    read_as, write_as: forms such as `csv` or `jsonl.gz`, where the names do not say. encoding: of the text in the
    inputs, where detection is not wanted. delimiter: of CSV. mark: begin CSV with a byte order mark.
    workers: processes.
    """

    inputs: tuple[str, ...]
    output: str
    cleaner: Cleaner
    fields: Fields = field(default_factory=Fields)
    read_as: str | None = None
    write_as: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    mark: bool = False
    workers: int = 1

    @property
    def files(self) -> Files:
        """What the formats need to know."""
        return Files(self.inputs, self.output, self.read_as, self.write_as, self.encoding, self.delimiter, self.mark)


class Progress(NamedTuple):
    """How far a run is: the share of the inputs read (None for pipes), documents of this run, and the report."""

    share: float | None
    documents: int
    report: Report


class Outcome(NamedTuple):
    """A run that came to its end. warnings: what befell the inputs meanwhile."""

    report: Report
    warnings: list[str]


class Batch:
    """One run. Whatever makes no sense is told on making it, before anything is written; then call `run`.

    guessed: which fields were guessed, for the user. left: after `run` failed, a sentence on what is done so far.
    """

    def __init__(self, job: Job) -> None:
        """Look at the inputs. Raises UsageError."""
        if job.workers < 1:
            raise UsageError(f"--workers {job.workers}: it takes at least one")
        self.job = job
        self.plan: Plan = planned(job.files, job.cleaner, job.fields)
        self.guessed = self.plan.guessed
        self.left = ""

    def run(self, *, resume: bool = False, watch: Callable[[Progress], None] | None = None) -> Outcome | None:
        """Clean all; None where `resume` finds a whole output. `watch` is called after every chunk.

        Raises InputError for damaged input and OutputError for what cannot be written: the output then has not got
        its name, and what is done can be continued.
        """
        out = self._out()
        settings = _settings(self.job, self.plan) if isinstance(out, Unfinished) else {}
        state = out.begin(settings, resume)
        if state is None:
            return None
        run = _Run(self.job, self.plan, out, state)
        try:
            if not state.done:
                run.clean(watch)
            out.finish(state, self.plan.convert)
        except InputError:
            run.checkpoint()  # all in front of the damage is done
            raise
        finally:
            self.left = out.leave()
        return Outcome(run.report, run.warnings)

    def _out(self) -> Unfinished | _Pipe:
        name = self.job.output
        if name != STANDARD and (Path(name).is_file() or not Path(name).exists()):
            return Unfinished(Path(os.path.realpath(name)))
        return _Pipe(name)


class _Task(NamedTuple):
    input: int
    chunk: Chunk


@dataclass(frozen=True)
class _Step:
    """What a worker does with a chunk: gives the bytes of its cleaned records, and a report."""

    cleaner: RecordCleaner
    transform: Transform
    compression: str

    def __call__(self, payload: Any) -> tuple[bytes, Report]:
        report, fields = Report(), self.cleaner.fields
        cleaned, data = self.transform(self.cleaner, payload)
        for one in cleaned:
            report.add(one, fields.error, one.record.get(fields.id or ""))
        return packed(data, self.compression), report


class _Run:
    """The work of a run: chunks from the inputs, through the workers, to the output."""

    def __init__(self, job: Job, plan: Plan, out: Unfinished | _Pipe, state: State) -> None:
        self._job, self._plan, self._out, self._state = job, plan, out, state
        self.report = Report.of(state.report) if state.report else Report()
        self.warnings: list[str] = []
        self._sizes = _sizes(job.inputs)
        self._source: tuple[int, Source] | None = None

    def clean(self, watch: Callable[[Progress], None] | None) -> None:
        """Clean what is not cleaned yet."""
        state, plan = self._state, self._plan
        compression = "" if plan.convert else plan.target.compression
        step = _Step(plan.cleaner, plan.transform, compression)
        before, saved = self.report.documents, time.monotonic()
        if state.size == 0 and (header := plan.transform.header()):
            self._write(packed(header, compression))
        for task, (data, found) in ordered(step, self._tasks(), lambda task: task.chunk.payload, self._job.workers):
            self._add(task, data, found)
            if time.monotonic() - saved >= _CHECKPOINT_SECONDS:
                self.checkpoint()
                saved = time.monotonic()
            if watch:
                watch(Progress(self._share(), self.report.documents - before, self.report))
        if state.size == 0 and compression:
            self._write(packed(b"", compression))  # a packed file of nothing is not a file of no bytes
        state.report = self.report.to_dict()

    def checkpoint(self) -> None:
        """Make sure of what is written."""
        self._state.report = self.report.to_dict()
        self._out.checkpoint(self._state)

    def _tasks(self) -> Iterator[_Task]:
        first, position = self._state.input, self._state.position
        for number in range(first, len(self._job.inputs)):
            source = self._plan.opened(number)
            self._source = number, source
            for chunk in source.chunks(position if number == first else 0):
                yield _Task(number, chunk)
            self.warnings += source.warnings
            source.close()

    def _add(self, task: _Task, data: bytes, found: Report) -> None:
        state = self._state
        if task.input != state.input:
            state.input, state.records = task.input, 0
        self.report.merge(found, self._job.inputs[task.input], state.records)
        self._write(data)
        state.position = task.chunk.end
        state.records += found.documents

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._state.size += len(data)

    def _share(self) -> float | None:
        if self._sizes is None or self._source is None:
            return None
        number, source = self._source
        total = sum(self._sizes)
        return (sum(self._sizes[:number]) + self._sizes[number] * source.done()) / total if total else 1.0


class _Pipe:
    """Standard output, or another output that is no file: nothing to continue."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stream: BinaryIO = sys.stdout.buffer

    def begin(self, settings: dict[str, Any], resume: bool) -> State:
        if resume:
            raise UsageError("--resume: only a file can be continued; give its name with -o")
        if self._name != STANDARD:
            try:
                self._stream = Path(self._name).open("wb")  # noqa: SIM115 - open as long as the run
            except OSError as error:
                raise UsageError(f"{self._name} cannot be written: {error.strerror or error}") from None
        return State()

    def write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(f"{self._name} cannot be written: {error.strerror or error}") from None

    def checkpoint(self, state: State) -> None:
        """There is none."""

    def finish(self, state: State, convert: object) -> None:
        """All is written."""

    def leave(self) -> str:
        return ""


def _sizes(names: tuple[str, ...]) -> list[int] | None:
    """The sizes of the inputs in bytes, if all are files."""
    return [Path(name).stat().st_size for name in names] if all(Path(name).is_file() for name in names) else None


def _settings(job: Job, plan: Plan) -> dict[str, Any]:
    """All that the bytes of the output depend on, to be compared when a run is continued."""
    from newsclean import __version__

    cleaner = job.cleaner
    rules = repr([replace(rule, file="", written="", trusted=False) for rule in cleaner.rules])  # wherever they lie
    return {
        "the version of newsclean": __version__,
        "the rules": hashlib.sha256(rules.encode()).hexdigest(),
        "what is kept or repaired": repr((sorted(cleaner.kept), sorted(cleaner.repairs), cleaner.limits)),
        "--no-morphology": cleaner.morphology is None,
        "the choice of fields": repr(job.fields),
        "the form of input or output": repr((plan.forms, plan.target, job.encoding, job.delimiter, job.mark)),
        **{name: _identity(name) for name in job.inputs},
        "the inputs": len(job.inputs),
    }


def _identity(name: str) -> str:
    """By what a file is known again: its size and its two ends."""
    path = Path(name)
    if not path.is_file():
        return "a pipe"
    with path.open("rb") as file:
        digest = hashlib.sha256(file.read(_ENDS))
        size = path.stat().st_size
        file.seek(max(0, size - _ENDS))
        digest.update(file.read(_ENDS))
    return f"{size} bytes, {digest.hexdigest()}"
