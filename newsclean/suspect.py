"""The quick look for mojibake that every document gets; `mojibake` takes the long one, where there is cause."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from newsclean.late import late
from newsclean.model import Span

# The hanja that CP949 has for the first byte of every Hangul syllable in UTF-8, EA to ED, and a second one.
LEADS: Final = "".join(
    bytes([lead, trail]).decode("cp949") for lead in range(0xEA, 0xEE) for trail in range(0xA1, 0xFF)
)
# What signs begin with, found at C speed. Without the middle dot, which half of all healthy texts have: no two
# syllables of mojibake go without one of the others. One alone is a degree, a loan word, a rare hanja.
_SUSPECT: Final = late(rf"[\xb0-\xb6\xb8-\xf4\u0e4a-\u0e4d{LEADS}]")


def is_suspect(text: str) -> bool:
    """Whether anything here may be worth a closer look. Cheap: nearly every healthy text says no."""
    first = _SUSPECT.search(text)
    return first is not None and _SUSPECT.search(text, first.end()) is not None


def share(text: str, spans: Iterable[Span]) -> float:
    """The share of a text that some spans of it hold (0 to 1), white space aside."""
    inside = sum(len("".join(text[start:end].split())) for start, end in spans)
    return inside / max(len("".join(text.split())), 1)
