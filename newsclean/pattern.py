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

from newsclean.first import ANY, SET, behind_first, first_set, opening
from newsclean.lookbehind import unrolled

Pattern = re.Pattern[str] | regex.Pattern[str]
Match = re.Match[str] | regex.Match[str]

_ATOM: Final = re.compile(rf"\\.|{SET}", re.DOTALL)  # an escape, or a set of characters with its escapes
_ESCAPE: Final = re.compile(r"\\.", re.DOTALL)
_WORD: Final = r"\p{L}_\p{N}"  # `\w` to `re`; `regex` takes marks and `ⓒ` for letters, and no `①`
_LONE: Final = {r"\w": f"[{_WORD}]", r"\W": f"[^{_WORD}]"}
_OPENING: Final = 120  # characters of a pattern; shorter ones tell too little, longer ones take too long
_NO_MIDDLE: Final = "(?<![A-Za-z0-9][A-Za-z0-9])"  # no match begins in the middle of a Latin word or a number


@cache
def clocked(pattern: str) -> regex.Pattern[str]:
    """Compile with `regex`, which reads `\\w` as `re` does."""
    return regex.compile(_ATOM.sub(_word, pattern))


def _word(atom: re.Match[str]) -> str:
    if atom.group() in _LONE:
        return _LONE[atom.group()]
    return _ESCAPE.sub(lambda escape: _WORD if escape.group() == r"\w" else escape.group(), atom.group())


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
        self._match = (_plain(first_set(pattern)) or re.compile(ANY)).match

    def __missing__(self, char: str) -> bool:
        self[char] = answer = bool(self._match(char))
        return answer


def beginning(pattern: str) -> re.Pattern[str]:
    """Matches the first character of what may be a match of `pattern`: by itself, and by what stands before it."""
    first = f"(?:{first_set(pattern)}){_NO_MIDDLE}"
    return _plain(first + behind_first(pattern)) or _plain(first) or re.compile(ANY + _NO_MIDDLE)


def glance(pattern: str) -> re.Pattern[str]:
    """Matches wherever `pattern` does, and elsewhere; compiled in a fraction of its time."""
    return _plain(opening(pattern, _OPENING)) or re.compile("")
