"""What a match of a pattern begins with, and what stands in front of it, read off the pattern without compiling it.

Compiling a rule costs milliseconds, a set of characters microseconds; most rules whose literal stands in
a text have no match there, and their first character tells, or what stands before it. Where a construct is not
understood the answer is any character, anywhere: it may be too wide, never too narrow (a test asks the engine itself).
"""

from __future__ import annotations

import re
from typing import Final

from newsclean.late import late

ANY: Final = r"[\s\S]"
_QUANTIFIER: Final = late(r"(?P<optional>\?|\*|\{0,?\d*\}|\{,\d+\})|\+|\{\d+,?\d*\}|")
_LOOKAROUND: Final = late(r"\(\?<?[=!]")
_GROUP: Final = late(r"\((?:\?(?:[:>]|P<\w+>))?")
# What `re`, which looks the character up, reads as `regex` does: not `\p{Hangul}`, `[[:alpha:]]`, `\W`, `\b`, `\1`.
_PLAIN_ESCAPE: Final = late(r"\\[dDsSwnrtfv\W_]")
# Nor set operations: `[\w--\d]`.
_PLAIN_SET: Final = late(r"(?!.*(?:--|&&|\|\||~~))\[\^?\]?(?:\\[dDsSwnrtfv\W_]|[^\\\[])*\]")
SET: Final = r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]"
_SET: Final = late(SET, re.DOTALL)
_TOKEN: Final = late(rf"\\.|{SET}|[()|]", re.DOTALL)
_DEEPER: Final = {"(": 1, ")": -1}
_COMMENT: Final = "(?#"
# What looks at the text that is not there yet, where only the first character is; and what the engines read apart.
_UNTOLD: Final = late(r"\(\?[=!]|\$|\\[bBZW]")
_NOTHING: Final = ""  # in a first set: a sequence that can match no character


def first_set(pattern: str) -> str:
    """A pattern for one character: those that a match of `pattern` can begin with."""
    sets = {ANY} if _COMMENT in pattern else _first_of(branches(pattern))
    return ANY if sets & {ANY, _NOTHING} else "|".join(sorted(sets)) or ANY


def _first_of(sequences: list[str]) -> set[str]:
    return {item for sequence in sequences for item in _first(sequence)}


def _first(sequence: str) -> set[str]:
    """First sets of a sequence without a `|` at its top: its items' up to the first that cannot be left out."""
    found: set[str] = set()
    position = 0
    while position < len(sequence):
        if _is_zero_width(sequence, position):
            position = step(sequence, position)
            if sequence[position : position + 1] in ("?", "*", "+", "{"):
                return {ANY}
            continue
        item, position = _item(sequence, position)
        quantifier = _QUANTIFIER.match(sequence, position)
        found |= item - {_NOTHING}
        if quantifier and sequence.startswith("{", quantifier.end()):
            return {ANY}  # fuzzy: `{e<=1}`
        if _NOTHING not in item and (quantifier is None or not quantifier["optional"]):
            return found
        if quantifier:
            position = quantifier.end() + (sequence[quantifier.end() : quantifier.end() + 1] in ("?", "+"))
    return found | {_NOTHING}


def _is_zero_width(sequence: str, position: int) -> bool:
    """Whether the item at a position is a look-around or the start of the text."""
    return bool(_LOOKAROUND.match(sequence, position)) or sequence.startswith("\\A", position)


def _item(sequence: str, position: int) -> tuple[set[str], int]:
    """The first sets of the item at a position, and where it ends."""
    char = sequence[position]
    if char == "[" and (matched := _SET.match(sequence, position)):
        return {matched.group() if _PLAIN_SET.fullmatch(matched.group()) else ANY}, matched.end()
    if char == "(" and (group := _GROUP.match(sequence, position)) and sequence[group.end()] != "?":
        end = close(sequence, group.end())
        return _first_of(branches(sequence[group.end() : end])), end + 1
    if char == "\\":
        escape = sequence[position : position + 2]
        return {escape if _PLAIN_ESCAPE.fullmatch(escape) else ANY}, position + 2
    return ({ANY} if char in ".^$(" else {re.escape(char)}), position + 1


def behind_first(pattern: str) -> str:
    """What a match asserts of the text in front of it, as look-behinds from behind its first character."""
    return "" if _COMMENT in pattern else "".join(_asserted(pattern))


def _asserted(pattern: str) -> list[str]:
    if len(branches(pattern)) > 1:
        return []
    found: list[str] = []
    position = 0
    while position < len(pattern):
        end = step(pattern, position)
        item = pattern[position:end]
        quantifier = _QUANTIFIER.match(pattern, end)
        if quantifier and quantifier.group():
            break
        if assertion := _moved(item):
            found += [] if _UNTOLD.search(item) else [assertion]
        elif item.startswith("(?:"):
            return found + _asserted(item[3:-1])
        elif not _is_zero_width(item, 0):
            break
        position = end
    return found


def _moved(item: str) -> str:
    """A look-behind, or a choice of such, one character further on; nothing for all else."""
    if item == "\\A":
        return rf"(?<=\A{ANY})"
    if item.startswith(("(?<=", "(?<!")):
        return f"{item[:4]}(?:{item[4:-1]}){ANY})"
    if not item.startswith("(?:"):
        return ""
    choices = [_moved(branch) if branch and step(branch, 0) == len(branch) else "" for branch in branches(item[3:-1])]
    return f"(?:{'|'.join(choices)})" if all(choices) else ""


def opening(pattern: str, size: int) -> str:
    """A short pattern that matches wherever `pattern` does: of each branch what fits into its share of `size`."""
    parts = branches(pattern)
    return "" if _COMMENT in pattern else "|".join(_opening(part, size // len(parts)) for part in parts)


def _opening(sequence: str, size: int) -> str:
    position = 0
    while position < len(sequence):
        inner = step(sequence, position)
        quantifier = _QUANTIFIER.match(sequence, inner)
        end = quantifier.end() if quantifier else inner
        end += sequence[end : end + 1] in ("?", "+")
        if end <= size:
            position = end
            continue
        group = _GROUP.match(sequence, position)
        if group is None or sequence[group.end()] == "?" or end > inner:
            return sequence[:position]
        return f"{sequence[:position]}(?:{opening(sequence[group.end() : inner - 1], size - position)})"
    return sequence


def branches(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level."""
    found, start, depth = [], 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += _DEEPER.get(token.group(), 0)
        if not depth and token.group() == "|":
            found.append(pattern[start : token.start()])
            start = token.end()
    return [*found, pattern[start:]]


def step(pattern: str, position: int) -> int:
    """Behind the escape, set, group or character at a position."""
    if pattern[position] == "(":
        return close(pattern, position + 1) + 1
    token = _TOKEN.match(pattern, position)
    return token.end() if token else position + 1


def close(pattern: str, position: int) -> int:
    """Where the group that is open at a position closes."""
    depth = 1
    for token in _TOKEN.finditer(pattern, position):
        depth += _DEEPER.get(token.group(), 0)
        if not depth:
            return token.start()
    return len(pattern)
