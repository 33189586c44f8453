"""text → Document: damage that no reader would miss, undone by reversible edits.

Text read with the wrong encoding; line ends, spaces, invisible and control characters, jamo, the wide `＠` of mail
addresses, HTML entities and the tags of line breaks; what a link of Markdown holds besides its words; line breaks
and blanks that are written out as escapes (backslash and `n`); the indentation of a page. Quotes, digits, hanja,
widths and punctuation stay as they are.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Final

from newsclean import suspect
from newsclean.late import late
from newsclean.model import Document, Edit, Encoding, Note

_SPACE: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE: Final = "\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
_CONTROL: Final = "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f"
_BREAK: Final = "\\r\\x0b\\x0c\\x85\u2028\u2029"
_BULLET: Final = "\uf06c\uf06e\uf076\uf09e\uf09f\uf0a0\uf0a7\uf0b7\uf0d8\uf0e8\uf0fc"  # of Symbol and Wingdings
# What a damage begins with; `re` skips to the next such character at C speed.
_SIGN: Final = late(rf"[{_BREAK}{_SPACE}{_INVISIBLE}{_CONTROL}{_BULLET}\u1100-\u1112\u11a8-\u11c2ㄱ-ㅎ&<＠]")
_AMP: Final = "&(?:amp;)*"
_DAMAGE: Final = late(
    rf"(?P<newline>\r\n?|[{_BREAK}])"
    rf"|(?P<space>[{_SPACE}])"
    rf"|(?P<invisible>[{_INVISIBLE}])"
    rf"|(?P<control>[{_CONTROL}])"
    rf"|(?P<bullet>[{_BULLET}])"
    r"|(?P<jamo>[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    # letters typed one by one: two syllables at least, and a final consonant only where no vowel follows
    r"|(?<![ㄱ-ㅣ])(?:[ㄱ-ㅎ][ㅏ-ㅣ](?:[ㄱ-ㅎ](?![ㅏ-ㅣ]))?){2,}(?![ㄱ-ㅣ]))"
    r"|(?P<address>(?<=[A-Za-z0-9])＠(?=[A-Za-z0-9-]{1,40}\.[A-Za-z]))"  # as agencies guarded theirs from robots
    rf"|(?P<tag>(?:<|{_AMP}lt;)/?(?:br|BR|Br|p|P)(?:\s[^<>&\n]{{0,200}})?\s?/?(?:>|{_AMP}gt;))"
    rf"|(?P<entity>{_AMP}(?:[a-zA-Z]{{2,8}}|#\d{{2,6}}|#[xX][0-9a-fA-F]{{2,5}});)"
)
_FINAL: Final = late(r"[가-힣][\u11a8-\u11c2]")
_WRITTEN: Final = late(r"(?<!\\)\\+(?:r\\+n|[nrt]|xa0|u3000|u200b)")  # as programs print their strings
_SPOKEN_OF: Final = late(r"\\n(?=[a-z]|(?:을|를|은|는|이|가|과|와|으로|로|처럼|이라|이다)(?![가-힣]{2}))")
# `[words](address)`; the words may hold a bracket (`[단독]`), or be a picture.
_LINK: Final = late(
    r"(?<!!)(?P<open>\[)(?:[^\[\]\n]|\[[^\[\]\n]{0,120}\]){1,300}"
    r"(?P<address>\]\((?:https?://|mailto:|/(?=[A-Za-z0-9]))[^()\s]{0,600}(?:\([^()\s]{0,80}\)[^()\s]{0,200})?"
    r"(?:\s\"[^\"\n]{0,200}\")?\))"
)
_BLANKS: Final = rf"[ \t{_SPACE}]"
_INDENT: Final = late(rf"\n{_BLANKS}+(?=\S)")
_EDGE: Final = late(rf"^{_BLANKS}+|(?<=\S){_BLANKS}+$", re.MULTILINE)
_SPACES: Final = late(rf"[{_SPACE}]")

REPAIRS: Final = (
    "mojibake",
    "newline",
    "space",
    "invisible",
    "control",
    "bullet",
    "jamo",
    "address",
    "tag",
    "entity",
    "link",
    "escape",
    "indent",
    "glued",
    "flattened",
    "wrapped",
)
"""What can be switched off: the last part of the edits' rule ids, up to the first hyphen."""
_ROUNDS: Final = 4  # a repair may uncover another: an entity escaped twice
_UNCOVERING_NOTHING: Final = {"repair.newline", "repair.space", "repair.bullet", "repair.address"}


def repair(
    source: str, encoding: Encoding, notes: tuple[Note, ...] = (), classes: frozenset[str] = frozenset(REPAIRS)
) -> Document:
    """Make the document of a decoded source, doing the repairs of `classes`. `document.source` is `source`, always."""
    mojibake = _mojibake() if suspect.is_suspect(source) else None
    edits = mojibake.mended(source) if mojibake and "mojibake" in classes else []
    document = Document.of(source, tuple(edits), encoding, notes)
    if mojibake and (spans := mojibake.damaged(document.text)):
        return _around_damage(document.marked_damaged(spans), classes)
    for _ in range(_ROUNDS):
        edits = list(_edits(document.text, classes))
        if edits:
            document = document.edited(edits)
        if all(edit.rule in _UNCOVERING_NOTHING for edit in edits):
            break
    return document


def _around_damage(document: Document, classes: frozenset[str]) -> Document:
    """Repairs outside the lines that nobody can read: there even a control character may be half a syllable."""
    edits = [edit for edit in _edits(document.text, classes) if not document.is_damaged(edit.start, edit.end + 1)]
    repaired = document.edited(edits)
    return repaired.marked_damaged(_mojibake().damaged(repaired.text))


def _mojibake() -> ModuleType:
    from newsclean import mojibake  # its patterns cost a tenth of the start-up

    return mojibake


def _edits(text: str, classes: frozenset[str]) -> Iterator[Edit]:
    edits = [_edit(match, "indent") for match in _EDGE.finditer(text)] if _is_indented(text) else []
    edits += [_damage_at(text, sign.start()) for sign in _SIGN.finditer(text)]
    if _is_written_out(text):
        edits += [_edit(match, "escape") for match in _WRITTEN.finditer(text)]
    if "](" in text:
        edits += [_cut(match, part) for match in _LINK.finditer(text) for part in ("open", "address")]
    found = [edit for edit in edits if edit and edit.rule.rpartition(".")[2] in classes]
    end = 0
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= end:  # not one that begins inside another (an entity within an entity's tail)
            yield edit
            end = edit.end


def _is_written_out(text: str) -> bool:
    """Whether a text holds its line breaks as escapes, and no other; and does not speak of them, or of folders."""
    if "\n" in text:
        return False
    count = text.count("\\n")
    return count > 1 and 2 * len(_SPOKEN_OF.findall(text)) < count


def _is_indented(text: str) -> bool:
    """Whether most lines that hold more than blanks are set in, as in the text of a page's tags."""
    indented = len(_INDENT.findall(text))
    return indented > 1 and 2 * indented > sum(not line.isspace() for line in text.splitlines() if line)


def _damage_at(text: str, place: int) -> Edit | None:
    match = _DAMAGE.match(text, place)
    if match is None:
        final = _FINAL.match(text, place - 1) if place else None
        return _edit(final, "jamo") if final else None
    return _edit(match, match.lastgroup or "")


def _edit(match: re.Match[str], kind: str) -> Edit | None:
    old = match.group()
    new = _NEW[kind](old)
    return Edit(match.start(), match.end(), old, new, f"repair.{kind}") if new != old else None


def _cut(link: re.Match[str], part: str) -> Edit:
    return Edit(*link.span(part), link[part], "", "repair.link")


def _unescape(entity: str) -> str:
    while (plain := html.unescape(entity)) != entity:
        entity = plain
    return _SPACES.sub(" ", entity)


_LEADS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_TYPED: Final = late(r"([ㄱ-ㅎ])([ㅏ-ㅣ])([ㄱ-ㅎ](?![ㅏ-ㅣ]))?")


def _syllables(letters: str) -> str:
    """Jamo, conjoining or typed one by one, as syllables; as they are where they make none."""
    if letters[0] < "ㄱ" or letters[0] > "ㅣ":
        return unicodedata.normalize("NFC", letters)
    parts = _TYPED.findall(letters)
    if any(lead not in _LEADS or (final and final not in _FINALS) for lead, _, final in parts):
        return letters
    indices = ((_LEADS.index(a), ord(b) - ord("ㅏ"), _FINALS.index(c or " ")) for a, b, c in parts)
    return "".join(chr(0xAC00 + (lead * 21 + vowel) * 28 + final) for lead, vowel, final in indices)


_UNWRITTEN: Final = {"n": "\n", "r": "\n", "t": "\t", "0": " ", "b": ""}  # by the last character of an escape
_NEW: Final[dict[str, Callable[[str], str]]] = {
    "newline": lambda _: "\n",
    "space": lambda _: " ",
    "invisible": lambda _: "",
    "control": lambda _: "",
    "bullet": lambda old: "·" if old == "\uf09e" else "•",
    "jamo": _syllables,
    "address": lambda _: "@",
    "tag": lambda _: "\n",
    "entity": _unescape,
    "escape": lambda old: _UNWRITTEN[old[-1]],
    "indent": lambda _: "",
}
