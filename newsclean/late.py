"""Patterns of the code's own, each compiled on its first use: compiling them all was half of an import."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # the next look-up finds it here
        return value


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is used."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
