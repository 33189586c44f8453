"""Look-behinds of several widths, which `re` cannot read, written as look-behinds of one width each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, product
from typing import Final

from newsclean.first import branches, close, step
from newsclean.late import late

_MOST: Final = 64  # variants of one look-behind; more would be slower than the engine that needs no unrolling
_COUNT: Final = late(r"\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}|(?P<optional>\?)|")
_LOOK: Final = ("(?=", "(?!", "(?<")


def unrolled(pattern: str) -> str:
    """`(?<=a|b\\s?)` as `(?:(?<=a)|(?<=b)|(?<=b\\s))`; what has too many variants, or no end, stays as it is."""
    parts: list[str] = []
    position = 0
    while position < len(pattern):
        kind = pattern[position : position + 4]
        if kind in ("(?<=", "(?<!"):
            end = close(pattern, position + 4)
            parts.append(_fixed(kind, unrolled(pattern[position + 4 : end])))
            position = end + 1
        else:
            end = position + 1 if pattern[position] in "()" else step(pattern, position)
            parts.append(pattern[position:end])
            position = end
    return "".join(parts)


def _fixed(kind: str, inner: str) -> str:
    try:
        variants = list(dict.fromkeys(_variants(inner)))
    except OverflowError:
        return f"{kind}{inner})"
    looks = [f"{kind}{variant})" for variant in variants]
    return "".join(looks) if kind == "(?<!" else f"(?:{'|'.join(looks)})"


def _variants(sequence: str) -> list[str]:
    """Every way to read a sequence that has one width. Raises OverflowError where there are too many."""
    found = [variant for branch in branches(sequence) for variant in _of_branch(branch)]
    if len(found) > _MOST:
        raise OverflowError
    return found


def _of_branch(branch: str) -> list[str]:
    variants = [""]
    for item in _items(branch):
        variants = [head + tail for head in variants for tail in item]
        if len(variants) > _MOST:
            raise OverflowError
    return variants


def _items(branch: str) -> Iterator[list[str]]:
    """The items of a sequence without a `|` at its top, each as its variants."""
    position = 0
    while position < len(branch):
        end = step(branch, position)
        text = branch[position:end]
        own = _variants(text[3:-1]) if text.startswith("(?:") else [text]
        if text.startswith("(") and not text.startswith(("(?:", *_LOOK)):
            raise OverflowError  # a group that means more than brackets
        count = _COUNT.match(branch, end)
        position = count.end() if count else end
        if branch[position : position + 1] in ("*", "+") or (count and count["comma"] and not count["most"]):
            raise OverflowError
        if len(_range(count)) > _MOST:
            raise OverflowError
        yield list(chain.from_iterable(_repeated(own, times) for times in _range(count)))


def _range(count: re.Match[str] | None) -> range:
    if count is None or not count.group():
        return range(1, 2)
    if count["optional"]:
        return range(2)
    least = int(count["least"] or 0)
    return range(least, int(count["most"]) + 1 if count["comma"] else least + 1)


def _repeated(variants: list[str], times: int) -> list[str]:
    if len(variants) ** times > _MOST:
        raise OverflowError
    return ["".join(parts) for parts in product(variants, repeat=times)]
