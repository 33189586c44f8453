"""An output file while it is written: it gets its name when it is whole, and can be continued after any interruption.

Beside OUT stand `OUT.part`, the bytes so far, and `OUT.journal`, a JSON object that says how far both input and output
had come at the last checkpoint. The bytes are on the disk before the journal says so, and the journal is replaced as a
whole: so `OUT.part`, cut to the journal's size, is right whenever the process died.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from newsclean.errors import OutputError, UsageError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_VERSION: Final = 1


@dataclass
class State:
    """How far a run has come.

    input: the number of the input that is read. position: where its next chunk begins. records: those before it in
    that input. size: bytes of the output. report: as `Report.to_dict`. done: the output is whole.
    """

    input: int = 0
    position: int = 0
    records: int = 0
    size: int = 0
    report: dict[str, Any] = field(default_factory=dict)
    done: bool = False


class Unfinished:
    """The output file of a run that may be interrupted."""

    def __init__(self, output: Path) -> None:
        """Name the files; touch nothing."""
        self.output = output
        self.part = output.with_name(output.name + ".part")
        self.journal = output.with_name(output.name + ".journal")
        self.whole = output.with_name(output.name + ".whole")
        self._settings: dict[str, Any] = {}
        self._file: BinaryIO | None = None

    def begin(self, settings: dict[str, Any], resume: bool) -> State | None:
        """Begin a run, or go on with one; None where there is none to go on with and the output is whole.

        Raises UsageError where an unfinished run lies there and is not to be continued, where its inputs or settings
        are no longer the same, or where nothing can be written.
        """
        if resume and (state := self._continued(settings)):
            return state
        if resume and self.output.exists():
            return None
        if self.part.exists() or self.journal.exists():
            raise UsageError(
                f"{self.part} is from a run that was interrupted (or is still going on); continue it with --resume, "
                f"or delete it and {self.journal.name} to begin anew"
            )
        self._settings = settings
        with self._writable():
            self._save(State())
            self._file = self.part.open("wb")
            self._lock()
        return State()

    def _continued(self, settings: dict[str, Any]) -> State | None:
        saved = self._saved()
        if saved is None:
            return None
        for name, value in settings.items():
            if "a pipe" in (value, saved["settings"].get(name)):
                raise UsageError("--resume: what came through a pipe is gone; give the input as a file")
            if saved["settings"].get(name) != value:
                raise UsageError(
                    f"--resume: {name} changed since the run began, so the rest would not fit what is there; "
                    f"undo the change, or delete {self.part} and {self.journal.name} to begin anew"
                )
        self._settings = settings
        state = State(**saved["state"])
        if not state.done:
            self._reopen(state.size)
        return state

    def write(self, data: bytes) -> None:
        """Write bytes behind those that are there. Raises OutputError."""
        assert self._file is not None
        with self._writing():
            self._file.write(data)

    def checkpoint(self, state: State) -> None:
        """Make sure of all that was written; `state` is as far as it goes. Raises OutputError."""
        with self._writing():
            self._sync()
            self._save(state)

    def finish(self, state: State, convert: Callable[[Path, BinaryIO], None] | None = None) -> None:
        """Give the output its name, now that it is whole; `convert` makes it of the part, where that is a step."""
        if not state.done:
            with self._writing():
                self._sync()
                if convert is not None:
                    with self.whole.open("wb") as whole:
                        convert(self.part, whole)
                        whole.flush()
                        os.fsync(whole.fileno())
                state.done = True
                self._save(state)
        with self._writing():
            made = self.part if convert is None else self.whole
            if made.exists():  # not if the run was killed just behind the next line
                made.replace(self.output)
            self.part.unlink(missing_ok=True)
            self._sync_folder()
            self.journal.unlink(missing_ok=True)
        self.close()

    def leave(self) -> str:
        """Cut the part to the last checkpoint; returns a sentence on what is there."""
        self.close()
        saved = self._saved()
        if saved is None or saved["state"]["done"]:
            return ""
        with suppress(OSError):
            os.truncate(self.part, saved["state"]["size"])
        count = saved["state"]["report"].get("documents", 0)
        return f"{count:,} documents are done, in {self.part}; the same command with --resume goes on behind them"

    def close(self) -> None:
        """Close the part; what the disk has no room for is behind the last checkpoint anyway."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def _saved(self) -> dict[str, Any] | None:
        try:
            saved = json.loads(self.journal.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise UsageError(f"{self.journal} cannot be read ({error}); delete it and {self.part.name}") from None
        if not isinstance(saved, dict) or saved.get("version") != _VERSION:
            raise UsageError(f"{self.journal} is not of this version of newsclean; delete it and {self.part.name}")
        return saved

    def _reopen(self, size: int) -> None:
        with self._writable():
            self._file = self.part.open("r+b" if self.part.exists() else "w+b")
            self._lock()
            if self._file.seek(0, os.SEEK_END) < size:
                raise UsageError(f"{self.part} is shorter than its journal says; delete both to begin anew")
            self._file.truncate(size)
            self._file.seek(size)

    def _lock(self) -> None:
        assert self._file is not None
        if fcntl is None:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"{self.part} is being written by another run") from None
        except OSError:
            pass  # a file system without locks

    def _save(self, state: State) -> None:
        text = json.dumps({"version": _VERSION, "settings": self._settings, "state": asdict(state)}, ensure_ascii=False)
        new = self.journal.with_name(self.journal.name + ".new")
        with new.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.journal)

    def _sync(self) -> None:
        assert self._file is not None
        self._file.flush()
        os.fsync(self._file.fileno())

    def _sync_folder(self) -> None:
        if os.name == "posix":
            folder = os.open(self.output.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"{self.output} cannot be written: {error.strerror or error}. What was done so far is in "
                f"{self.part.name}; make room, then continue with --resume"
            ) from None

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UsageError(
                f"{self.output} cannot be written: {error.strerror or error}; does its folder exist, and may you "
                "write there?"
            ) from None
