"""The engines that patterns run on. Each pattern is compiled on its first use, once a process.

`clocked` is the `regex` module, whose matches can be stopped after a time: for patterns that nobody has
tested, and for long texts. `quick` is `re`, which takes a third of the time for a match and has no clock.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import Final

import regex

from newsclean.first import ANY, first_set
from newsclean.lookbehind import unrolled

Pattern = re.Pattern[str] | regex.Pattern[str]
Match = re.Match[str] | regex.Match[str]


@cache
def clocked(pattern: str) -> regex.Pattern[str]:
    """Compile with `regex`."""
    return regex.compile(pattern)


@cache
def quick(pattern: str) -> Pattern:
    """Compile with `re`; with `regex` where `re` cannot read the pattern (set operations, a name for two groups)."""
    return _plain(pattern) or clocked(pattern)


def _plain(pattern: str) -> re.Pattern[str] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # a set that `re` does not read as `regex` does
        try:
            return re.compile(unrolled(pattern))
        except (re.error, FutureWarning):
            return None


class Starts(dict[str, bool]):
    """Whether a match of a pattern can begin with a character; tells without compiling the pattern."""

    def __init__(self, pattern: str) -> None:
        """Read the first characters off `pattern`."""
        super().__init__()
        self.finditer = _beginning(pattern).finditer

    def __missing__(self, char: str) -> bool:
        self[char] = answer = any(self.finditer(char))
        return answer


def _beginning(pattern: str) -> re.Pattern[str]:
    """What a match may begin with; anything, where the pattern is beyond us."""
    try:
        first = ANY if _BEYOND.search(pattern) else first_set(pattern)
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            return re.compile(f"(?:{first}){_NO_WORD}")
    except (re.error, IndexError, FutureWarning):
        return re.compile(ANY + _NO_WORD)


# No match begins in the middle of a Latin word or a number.
_NO_WORD: Final = r"(?<![A-Za-z0-9][A-Za-z0-9])"
_BEYOND: Final = re.compile(r"\{[^{}]*<|\(\?[a-z]*x|--|&&|\|\||~~")  # fuzzy matches, verbose patterns, set operations
