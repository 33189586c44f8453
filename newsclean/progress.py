"""A line on a terminal that says how far a run is; nothing where standard error is no terminal."""

from __future__ import annotations

import shutil
import sys
import time
from typing import Final

from newsclean.batch import Progress

_EVERY: Final = 0.2  # seconds
_BAR: Final = 20  # characters


class ProgressLine:
    """Call it with every progress; it writes seldom. `clear` wipes the line."""

    def __init__(self) -> None:
        """Begin the clock."""
        self._begin = self._last = time.monotonic()
        self._first_share: float | None = None
        self._shown = False

    def __call__(self, progress: Progress) -> None:
        """Show the progress, if it is time."""
        now = time.monotonic()
        if self._first_share is None:
            self._first_share = progress.share
        if now - self._last >= _EVERY:
            self._last, self._shown = now, True
            columns = shutil.get_terminal_size().columns - 1
            line = text(progress, now - self._begin, self._first_share or 0.0)
            sys.stderr.write(f"\r{line[:columns]}\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        """Wipe the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False


def text(progress: Progress, seconds: float, first_share: float) -> str:
    """Share done, documents, documents per second, share removed, time left; `first_share` was done at 0 seconds."""
    parts = [
        f"{progress.report.documents:,} documents",
        f"{progress.documents / seconds:,.0f}/s" if seconds else "",
        f"{progress.report.removed:.1%} removed",
        f"{progress.report.failed:,} failed" if progress.report.failed else "",
    ]
    if (share := progress.share) is not None:
        full = int(share * _BAR)
        parts.insert(0, f"{'█' * full}{'░' * (_BAR - full)} {share:4.0%}")
        if share > first_share:
            parts.append(f"{_clock(seconds * (1 - share) / (share - first_share))} left")
    return "  ".join(filter(None, parts))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
