"""Text that was decoded with the wrong encoding: read again where nothing was lost, told where something was.

A stretch is read again only if every byte of it takes part, strictly, and Korean comes out that was none
before. What healthy texts quote (accented letters, hanja, Thai) never decodes that way.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import Final

from newsclean.hangul import common_share, count, is_korean
from newsclean.late import late
from newsclean.model import Edit, Span
from newsclean.suspect import LEADS

_CP1252: Final = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"  # bytes 80 to 9F, as browsers read them
_CP874: Final = "€\x81\x82\x83\x84…" + "".join(map(chr, range(0x86, 0x91))) + "‘’“”•–—"
_OF_CP1252: Final = {ord(char): byte for byte, char in enumerate(_CP1252, 0x80)}
_OF_CP874: Final = {ord(char): byte for byte, char in enumerate(_CP874, 0x80)}
_THAI: Final = "\u0e01-\u0e3a\u0e3f-\u0e5b"


@dataclass(frozen=True, eq=False)
class Path:
    """One way in which Korean becomes unreadable: written in `written`, read in `read`.

    sign: what stands in every such stretch. stretch: what it consists of, within a line. least: so many Hangul
    syllables must come out of a stretch that stands alone.
    """

    rule: str
    written: str
    read: str
    table: dict[int, int]
    sign: re.Pattern[str]
    stretch: re.Pattern[str]
    least: int

    def bytes_of(self, text: str) -> bytes:
        """The bytes that were read wrongly. Raises UnicodeEncodeError where the text cannot come from any."""
        return text.translate(self.table).encode(self.read)


_LATIN_STRETCH: Final = late(rf"[\x00-\x09\x0b-\xff{_CP1252}]+")
_UTF8_TRAIL: Final = rf"[\x80-\xbf{_CP1252}]"
PATHS: Final = (
    Path(
        "repair.mojibake-utf8-latin",
        "utf-8",
        "latin-1",
        _OF_CP1252,
        late(rf"[\xc2-\xf4]{_UTF8_TRAIL}"),
        _LATIN_STRETCH,
        2,
    ),
    Path(
        "repair.mojibake-utf8-thai",
        "utf-8",
        "iso8859_11",
        _OF_CP874,
        late(rf"[\u0e4a-\u0e4d][\x80-\xa0{_CP874}{_THAI}]{{2}}"),
        late(rf"[\x00-\x09\x0b-\xa0{_CP874}{_THAI}]+"),
        2,
    ),
    Path(
        "repair.mojibake-cp949-latin",
        "cp949",
        "latin-1",
        _OF_CP1252,
        late(r"[\xb0-\xc8][\xa1-\xfe]"),
        _LATIN_STRETCH,
        2,
    ),
    Path("repair.mojibake-utf8-cp949", "utf-8", "cp949", {}, late(rf"[{LEADS}]"), late(r"[^\n]+"), 4),
)
_NO_LETTER: Final = late(r"[\xa1-\xbf\xd7\xf7]")  # among letters in no word of any language
_LINE: Final = late(r"[^\n]+")
_DEPTH: Final = 3  # how often a text may have gone through wrong hands


def mended(text: str) -> list[Edit]:
    """The stretches of a text that can be read again without loss, as edits; none in a healthy text."""
    found: list[Edit] = []
    for path in _signed(text):
        found = sorted([*found, *(edit for edit in _of_path(path, text) if _is_apart(edit, found))])
    return found


def _is_apart(edit: Edit, others: list[Edit]) -> bool:
    """Whether an edit overlaps none of the others, which are in order."""
    index = bisect_left(others, (edit.end,)) - 1
    return index < 0 or others[index].end <= edit.start


def _signed(text: str) -> list[Path]:
    """The paths whose sign stands in a text."""
    return [path for path in PATHS if path.sign.search(text)]


def _of_path(path: Path, text: str) -> list[Edit]:
    """What one path explains: the stretches that are surely its work, and in their company the doubtful ones."""
    stretches = list(path.stretch.finditer(text))
    signed = [match for match in stretches if path.sign.search(match[0])]
    chains = [(match, chain) for match in signed if (chain := _chain(path, match[0], _DEPTH))]
    certain = Counter(chain for match, chain in chains if _is_sure(chain, match[0]))
    if not certain or (path.read == "cp949" and any(_is_lossy(path, match[0]) for match in signed)):
        return []  # what is left of a lossy text may read as something that nobody wrote
    usual = certain.most_common(1)[0][0]
    doubtful = (match for match in stretches if not match[0].isascii())
    ours = [match for match in doubtful if _fills_line(text, match) or is_korean(_read(usual, match[0]))]
    return [Edit(*match.span(), match[0], new, path.rule) for match in ours if (new := _read(usual, match[0]))]


_Chain = tuple[Path, ...]


def _chain(path: Path, stretch: str, depth: int) -> _Chain | None:
    """The wrong readings, the last one first, that must be undone until Korean comes out; None without any."""
    text = _read((path,), stretch)
    if not text or count(text) >= path.least:
        return (path,) if text else None
    deeper = (_chain(other, text, depth - 1) for other in _signed(text)) if depth > 1 else ()
    return next(((path, *chain) for chain in deeper if chain), None)


def _read(chain: _Chain, text: str) -> str:
    """The text with the wrong readings undone; empty where bytes are missing."""
    try:
        for path in chain:
            text = path.bytes_of(text).decode(path.written)
    except UnicodeError:
        return ""
    return text


def _is_sure(chain: _Chain, old: str) -> bool:
    """Whether only a wrong reading can look like that: valid UTF-8 in single-byte letters, else common syllables."""
    new, last = _read(chain, old), chain[-1]
    if last.written == "utf-8" and last.read != "cp949":
        return count(new) >= last.least
    if count(new) < 4 and not _NO_LETTER.search(old):
        return False
    if last.written == "cp949" and not _has_letters(new):
        return False
    return is_korean(new, last.least) and common_share(new) > common_share(old) + 0.3


def _is_lossy(path: Path, stretch: str) -> bool:
    return not _read((path,), stretch) and _is_damaged(path, stretch)


def _fills_line(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1 : match.start()] in ("", "\n") and text[match.end() : match.end() + 1] in ("", "\n")


def _has_letters(text: str) -> bool:
    """Whether half of the syllables were accented letters in part, as in real text; rows of `º°` are ornaments."""
    syllables = [char.encode("cp949") for char in text if "가" <= char <= "힣"]
    return 2 * sum(any(byte >= 0xC0 and byte not in b"\xd7\xf7" for byte in pair) for pair in syllables) >= len(
        syllables
    )


def damaged(text: str) -> list[Span]:
    """The lines in which Korean was read with the wrong encoding and part of it is lost."""
    paths = _signed(text)
    lines = _LINE.finditer(text) if paths else ()
    return [Span(*line.span()) for line in lines if any(_is_damaged(path, line[0]) for path in paths)]


def _is_damaged(path: Path, line: str) -> bool:
    signs = len(path.sign.findall(line))
    return signs > 2 and any(_was_korean(path, match[0]) for match in path.stretch.finditer(line))


def _was_korean(path: Path, stretch: str) -> bool:
    """Whether more common Hangul comes out of the bytes that are left than stands there now."""
    left = stretch.translate(path.table).encode(path.read, "ignore").decode(path.written, "ignore")
    if path.written == "cp949" and not _has_letters(left):
        return False
    return is_korean(left, 5) and count(left) > count(stretch) * common_share(stretch)
