"""Which characters a match of a pattern can begin with, read off the pattern without compiling it.

Compiling a rule costs milliseconds, a set of characters microseconds; most rules whose literal stands in
a text have no match there, and their first character tells. Where a construct is not understood the
answer is any character: the set may be too large, never too small (a test asks the engine itself).
"""

from __future__ import annotations

import re
from typing import Final

ANY: Final = r"[\s\S]"
_QUANTIFIER: Final = re.compile(r"(?P<optional>\?|\*|\{0,?\d*\}|\{,\d+\})|\+|\{\d+,?\d*\}|")
_LOOKAROUND: Final = re.compile(r"\(\?<?[=!]")
_GROUP: Final = re.compile(r"\((?:\?(?:[:>]|P<\w+>))?")
# What `re`, which looks the character up, reads as `regex` does: not `\p{Hangul}`, `[[:alpha:]]`, `\b`, `\1`.
_PLAIN_ESCAPE: Final = re.compile(r"\\[dDsSwWnrtfv\W_]")
# Nor set operations: `[\w--\d]`.
_PLAIN_SET: Final = re.compile(r"(?!.*(?:--|&&|\|\||~~))\[\^?\]?(?:\\[dDsSwWnrtfv\W_]|[^\\\[])*\]")
_SET: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")


def first_set(pattern: str) -> str:
    """A pattern for one character: those that a match of `pattern` can begin with."""
    sets = {item for branch in branches(pattern) for item in _first(branch)}
    return ANY if ANY in sets else "|".join(sorted(sets)) or ANY


def _first(sequence: str) -> set[str]:
    """First sets of a sequence without a `|` at its top: its items' up to the first that cannot be left out."""
    found: set[str] = set()
    position = 0
    while position < len(sequence):
        if look := _LOOKAROUND.match(sequence, position):
            position = close(sequence, look.end()) + 1
            continue
        item, position = _item(sequence, position)
        quantifier = _QUANTIFIER.match(sequence, position)
        found |= item
        if quantifier and sequence.startswith("{", quantifier.end()):
            return {ANY}  # fuzzy: `{e<=1}`
        if quantifier is None or not quantifier["optional"]:
            return found
        position = quantifier.end() + (sequence[quantifier.end() : quantifier.end() + 1] in ("?", "+"))
    return found | {ANY}


def _item(sequence: str, position: int) -> tuple[set[str], int]:
    """The first sets of the item at a position, and where it ends."""
    char = sequence[position]
    if char == "[" and (matched := _SET.match(sequence, position)):
        return {matched.group() if _PLAIN_SET.fullmatch(matched.group()) else ANY}, matched.end()
    if char == "(" and (group := _GROUP.match(sequence, position)) and sequence[group.end()] != "?":
        end = close(sequence, group.end())
        inner = {item for branch in branches(sequence[group.end() : end]) for item in _first(branch)}
        return inner, end + 1
    if char == "\\":
        escape = sequence[position : position + 2]
        return {escape if _PLAIN_ESCAPE.fullmatch(escape) else ANY}, position + 2
    return ({ANY} if char in ".^$(" else {re.escape(char)}), position + 1


def branches(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level."""
    branches, start, position = [], 0, 0
    while position < len(pattern):
        if pattern[position] == "|":
            branches.append(pattern[start:position])
            start = position + 1
        position = step(pattern, position)
    return [*branches, pattern[start:]]


def step(pattern: str, position: int) -> int:
    """Behind the escape, set, group or character at a position."""
    char = pattern[position]
    if char == "\\":
        return position + 2
    if char == "[" and (matched := _SET.match(pattern, position)):
        return matched.end()
    return close(pattern, position + 1) + 1 if char == "(" else position + 1


def close(pattern: str, position: int) -> int:
    """Where the group that is open at a position closes."""
    while position < len(pattern) and pattern[position] != ")":
        position = step(pattern, position)
    return position
