"""text → Document: damage that no reader would miss, undone by reversible edits.

Line ends, no-break and zero-width spaces, jamo (NFD), HTML entities, and the space that was lost
where a paragraph break between two sentences disappeared. Quotes, digits, hanja, widths and
punctuation stay as they are.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from newsclean.model import Document, Edit, Encoding, Note

# `다.` and a letter or opening mark without a space: a lost break. A closing quote or another stop may
# follow a full stop, so they are no sign of one.
_DAMAGE: Final = re.compile(
    r"(?P<newline>\r\n?)"
    r"|(?P<space>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    r"|(?P<invisible>[\u200b\u2060\ufeff\u00ad])"
    r"|(?P<jamo>[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"
    r"|(?P<entity>&(?:amp;)*(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});)"
    r"|(?P<glued>\.(?<=[다요죠까]\.)(?=[가-힣A-Z0-9“‘「『〈《【\[(<▶▷►☞※■□★☆◆◇●○▲△▼▽ⓒ©#]))"
)
_SPACES: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def repair(source: str, encoding: Encoding, notes: tuple[Note, ...] = ()) -> Document:
    """Make the document of a decoded source. `document.source` is `source`, always."""
    edits = tuple(edit for match in _DAMAGE.finditer(source) if (edit := _edit(match)))
    return Document.of(source, edits, encoding, notes)


def _edit(match: re.Match[str]) -> Edit | None:
    kind, old = match.lastgroup or "", match.group()
    if kind == "glued":
        return Edit(match.end(), match.end(), "", " ", "repair.glued")
    new = _NEW[kind](old)
    return Edit(match.start(), match.end(), old, new, f"repair.{kind}") if new != old else None


def _unescape(entity: str) -> str:
    while (plain := html.unescape(entity)) != entity:
        entity = plain
    return _SPACES.sub(" ", entity)


_NEW: Final = {
    "newline": lambda _: "\n",
    "space": lambda _: " ",
    "invisible": lambda _: "",
    "jamo": lambda old: unicodedata.normalize("NFC", old),
    "entity": _unescape,
}
