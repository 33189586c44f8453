"""Kiwi behind narrow questions, loaded on the first one.

Loading takes seconds and half a gigabyte, so nothing here happens until a hint is met that neither
rules nor neighbours could settle. One instance a process, shared between threads.
"""

from __future__ import annotations

import threading
from typing import Any

_lock = threading.Lock()
_kiwi: Any = None


class Morphology:
    """Narrow questions about short Korean strings; `asked` counts them."""

    def __init__(self) -> None:
        """Load nothing."""
        self.asked = 0

    def is_name(self, text: str) -> bool:
        """Whether `text` is nothing but proper nouns, as a person's name is."""
        tags = [token.tag for token in self._tokens(text.rstrip(". "))]
        return bool(tags) and all(tag == "NNP" for tag in tags)

    def is_spaced(self, left: str, right: str) -> bool:
        """Whether a space belongs between `left` and `right`, the two sides of a lost line break."""
        self.asked += 1
        with _lock:
            (tokens, spaced), (_, glued) = (_loaded().analyze(text)[0] for text in (f"{left} {right}", left + right))
        # `Kiwi.glue` compares the two scores as well, but puts a space behind every digit and Latin letter, and at a
        # tie: the second condition tells `구축` + `했다` apart.
        return bool(spaced >= glued) and not _begins_bound(tokens, len(left))

    def _tokens(self, text: str) -> list[Any]:
        self.asked += 1
        with _lock:
            return list(_loaded().tokenize(text))


def _begins_bound(tokens: list[Any], offset: int) -> bool:
    """Whether no space precedes the first token behind `offset`: particle, ending, suffix, unit of a number."""
    before = ""
    for token in tokens:
        if token.start > offset:
            return token.tag.startswith(("J", "E", "XS", "VCP")) or (before, token.tag) == ("SN", "NNB")
        before = token.tag
    return False


def _loaded() -> Any:
    """The one instance; the caller holds the lock."""
    global _kiwi
    if _kiwi is None:
        from kiwipiepy import Kiwi

        _kiwi = Kiwi(num_workers=1)
    return _kiwi
