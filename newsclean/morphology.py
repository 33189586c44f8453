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

    def _tokens(self, text: str) -> list[Any]:
        global _kiwi
        self.asked += 1
        with _lock:
            if _kiwi is None:
                from kiwipiepy import Kiwi

                _kiwi = Kiwi(num_workers=1)
            return list(_kiwi.tokenize(text))
