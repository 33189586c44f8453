"""A function over a stream of tasks in several processes, the results in the order of the tasks.

No more tasks are read than a few for each worker, so memory is bounded whatever the stream. A worker whose parent is
gone, even by kill -9, meets the end of its pipe and leaves: none of `concurrent.futures`' pools does that.
"""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, NamedTuple, TypeVar

from newsclean.errors import InputError

_AHEAD: Final = 2  # tasks that a worker has at a time: one is worked on, one waits
_WAITING: Final = 4  # times the workers: tasks whose results have not been taken, at most

Task = TypeVar("Task")
Result = TypeVar("Result")


def ordered(
    work: Callable[[Any], Result], tasks: Iterable[Task], payload: Callable[[Task], Any], workers: int
) -> Iterator[tuple[Task, Result]]:
    """Every task with `work(payload(task))`, in order; `work` must be picklable. One worker is this process itself.

    An error of `work` is raised here, in its place. An error of `tasks` is raised when the tasks before it are done.
    Raises InputError where a worker dies.
    """
    if workers == 1:
        for task in tasks:
            yield task, work(payload(task))
        return
    crew = _Crew(work, workers)
    try:
        yield from _Order(crew, payload, tasks)
    finally:
        crew.dismiss()


class _Outcome(NamedTuple):
    value: Any
    error: Exception | None


class _Order(Generic[Task, Result]):
    """Tasks given to a crew, and results put in order."""

    def __init__(self, crew: _Crew, payload: Callable[[Task], Any], tasks: Iterable[Task]) -> None:
        self._crew = crew
        self._payload, self._tasks = payload, iter(tasks)
        self._given: dict[int, Task] = {}
        self._results: dict[int, _Outcome] = {}
        self._number = 0
        self._failure: Exception | None = None

    def __iter__(self) -> Iterator[tuple[Task, Result]]:
        next_one = 0
        self._give()
        while self._given:
            while next_one not in self._results:
                self._take()
                self._give()
            outcome = self._results.pop(next_one)
            task = self._given.pop(next_one)
            if outcome.error is not None:
                raise outcome.error
            yield task, outcome.value
            next_one += 1
            self._give()
        if self._failure is not None:
            raise self._failure

    def _give(self) -> None:
        """Hand tasks to the workers that have the fewest."""
        while self._failure is None and len(self._given) < _WAITING * self._crew.size and self._crew.is_free():
            try:
                task = next(self._tasks)
            except StopIteration:
                self._tasks = iter(())
                return
            except Exception as error:
                self._failure = error
                return
            self._crew.send((self._number, self._payload(task)))
            self._given[self._number] = task
            self._number += 1

    def _take(self) -> None:
        for number, outcome in self._crew.received():
            self._results[number] = outcome


class _Crew:
    """Processes that work on tasks; hired when there is something for them to do."""

    def __init__(self, work: Callable[[Any], Any], size: int) -> None:
        self._pickled = pickle.dumps(work)
        self.size = size
        self._processes: dict[Connection, Any] = {}
        self._loads: dict[Connection, int] = {}

    def is_free(self) -> bool:
        """Whether one of them can take a task."""
        return len(self._loads) < self.size or min(self._loads.values()) < _AHEAD

    def send(self, task: tuple[int, Any]) -> None:
        """Give a task to the one that has the fewest."""
        if len(self._loads) < self.size and 0 not in self._loads.values():
            self._hire()
        pipe = min(self._loads, key=self._loads.__getitem__)
        try:
            pipe.send(task)
        except OSError:
            raise self._dead(pipe) from None
        self._loads[pipe] += 1

    def received(self) -> Iterator[tuple[int, _Outcome]]:
        """Wait for results."""
        for pipe in wait(list(self._loads)):
            assert isinstance(pipe, Connection)
            try:
                yield pipe.recv()
            except (EOFError, OSError):
                raise self._dead(pipe) from None
            self._loads[pipe] -= 1

    def dismiss(self) -> None:
        """End them, whatever they are at."""
        for process in self._processes.values():
            process.terminate()
        for pipe, process in self._processes.items():
            process.join()
            pipe.close()

    def _hire(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would hold the other workers' pipes open
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._pickled), daemon=True)
        with _deaf():
            process.start()
        theirs.close()
        self._processes[ours], self._loads[ours] = process, 0

    def _dead(self, pipe: Connection) -> InputError:
        process = self._processes[pipe]
        process.join(1)
        return InputError(
            f"a worker process ended (exit code {process.exitcode}; -9 is often the system out of memory); "
            "try fewer --workers"
        )


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that start inside do not hear Ctrl-C, which the terminal sends to all: the parent ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(pipe: Connection, pickled: bytes) -> None:
    """A worker's life: tasks from the pipe until it ends."""
    work = pickle.loads(pickled)
    inbox: queue.SimpleQueue[tuple[int, Any] | None] = queue.SimpleQueue()
    # Read all the time: a parent that writes to a worker which itself writes a large result would wait for ever.
    threading.Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    while (task := inbox.get()) is not None:
        number, payload = task
        try:
            pipe.send((number, _outcome(work, payload)))
        except OSError:
            return


def _receive(pipe: Connection, inbox: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            inbox.put(pipe.recv())
    except (EOFError, OSError):
        inbox.put(None)


def _outcome(work: Callable[[Any], Any], payload: Any) -> _Outcome:
    try:
        return _Outcome(work(payload), None)
    except Exception as error:
        return _Outcome(None, error)
