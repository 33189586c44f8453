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

from newsclean.first import first_set
from newsclean.lookbehind import unrolled

Pattern = re.Pattern[str] | regex.Pattern[str]
Match = re.Match[str] | regex.Match[str]

_quick: Final[dict[str, Pattern]] = {}


@cache
def clocked(pattern: str) -> regex.Pattern[str]:
    """Compile with `regex`."""
    return regex.compile(pattern)


def quick(pattern: str) -> Pattern:
    """Compile with `re`; with `regex` where `re` cannot read the pattern (set operations, a name for two groups)."""
    found = _quick.get(pattern)
    if found is None:
        found = _quick[pattern] = _plain(pattern) or clocked(pattern)
    return found


def is_compiled(pattern: str) -> bool:
    """Whether `quick` has this pattern at hand."""
    return pattern in _quick


def _plain(pattern: str) -> re.Pattern[str] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)  # a set that `re` does not read as `regex` does
        try:
            return re.compile(unrolled(pattern))
        except (re.error, FutureWarning):
            return None


def seeker(pattern: str, lead: int, *, to_end: bool) -> str:
    """A pattern that matches what stands in front of a match of `pattern`: at most `lead` code points.

    A match never begins in the middle of a Latin word or number. `to_end`: it must reach the end of the text.
    """
    ending = r"\Z" if to_end else ""
    return rf"(?s:.{{0,{lead}}}?)(?<![A-Za-z0-9](?=[A-Za-z0-9]))(?=(?:{pattern}){ending})"


class Starts(dict[str, bool]):
    """Whether a match of a pattern can begin with a character."""

    def __init__(self, pattern: str) -> None:
        """Read the first characters off `pattern`; it is not compiled."""
        super().__init__()
        self._set = re.compile(first_set(pattern))

    def __missing__(self, char: str) -> bool:
        self[char] = answer = self._set.match(char) is not None
        return answer
