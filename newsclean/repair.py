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

_SPACE: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE: Final = "\u200b\u2060\ufeff\u00ad"
# What a damage begins with; `re` skips to the next such character at C speed.
_SIGN: Final = re.compile(rf"[\r{_SPACE}{_INVISIBLE}\u1100-\u1112&]")
_DAMAGE: Final = re.compile(
    r"(?P<newline>\r\n?)"
    rf"|(?P<space>[{_SPACE}])"
    rf"|(?P<invisible>[{_INVISIBLE}])"
    r"|(?P<jamo>[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"
    r"|(?P<entity>&(?:amp;)*(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});)"
)
# A full stop and a letter or opening mark without a space between; a closing quote may stand there.
_GLUED: Final = re.compile(r"\.(?<=[다요죠까]\.)(?=[가-힣A-Z0-9“‘「『〈《【\[(<▶▷►☞※■□★☆◆◇●○▲△▼▽ⓒ©#])")
_SPACES: Final = re.compile(rf"[{_SPACE}]")


def repair(source: str, encoding: Encoding, notes: tuple[Note, ...] = ()) -> Document:
    """Make the document of a decoded source. `document.source` is `source`, always."""
    damages = (_DAMAGE.match(source, sign.start()) for sign in _SIGN.finditer(source))
    edits = [edit for damage in damages if damage and (edit := _edit(damage))]
    glued = [Edit(match.end(), match.end(), "", " ", "repair.glued") for match in _GLUED.finditer(source)]
    return Document.of(source, tuple(_disjoint(sorted(edits + glued))), encoding, notes)


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """Without those that begin inside another (an entity within an entity's tail)."""
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _edit(match: re.Match[str]) -> Edit | None:
    kind, old = match.lastgroup or "", match.group()
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
