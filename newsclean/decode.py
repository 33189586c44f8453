"""bytes → text. The first of these that fits is how bytes are read.

1. a byte order mark: UTF-8, UTF-16
2. strict UTF-8, unless its seven bits hide ISO-2022-KR (an escape header) or its NULs UTF-16
3. CP949 (the name for EUC-KR too), where its syllables are common ones (`newsclean.hangul`): no wrong reading has those
4. UTF-16 without a mark, little or big endian, judged alike
5. CP949, Johab, or UTF-8 with bad bytes: the one that looks most like Korean
6. where nothing looks like Korean: UTF-16 by its NULs, then what `chardet` says if that is a Korean encoding
7. whatever of UTF-8, CP949 and Johab has the fewest undecodable bytes

Bytes that cannot be read become U+FFFD, with a note. Lines of UTF-8 in a document of CP949 or Johab, and the
reverse, are read by themselves, with a note; the document's encoding is that of the majority of its lines.
"""

from __future__ import annotations

import codecs
from collections import Counter
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from newsclean import detect
from newsclean.errors import Limits, NotTextError, TooLargeError, UsageError
from newsclean.late import late
from newsclean.model import Encoding, Note

_CONTROL = late(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ue000-\uf8ff\ufffd]")  # private use: what noise is as UTF-16
_MOST_DAMAGE = 0.1  # of a text; pictures and archives read as CP949 come out at 0.3 and more
_BY_LINE = {"utf-8", "utf-8-sig", "cp949", "johab"}  # in these a line break is a byte of its own, always

_Decoded: TypeAlias = tuple[str, Encoding, tuple[Note, ...]]


class _Chunk(NamedTuple):
    """Bytes in one encoding, mostly a line, and the offset they begin at."""

    start: int
    raw: bytes
    codec: str


def decode(raw: bytes | str, limits: Limits, encoding: str | None = None) -> tuple[str, Encoding, tuple[Note, ...]]:
    """Give the text of `raw`, how it was read, and notes on undecodable bytes and on lines in another encoding.

    A `str` passes through; `encoding` forces a codec for all of `raw`. Raises TooLargeError, NotTextError, and
    UsageError for an unknown `encoding`.
    """
    if len(raw) > limits.max_bytes:
        raise TooLargeError(
            f"input of {len(raw):,} bytes is over the limit of {limits.max_bytes:,}; "
            "split it into articles, or pass Limits(max_bytes=...)"
        )
    if isinstance(raw, str):
        return raw, Encoding("str", 1.0), ()
    text, found, notes = _whole(raw, _forced(encoding)) if encoding else _read(raw)
    _require_text(text, raw, found)
    return text, found, notes


def _forced(encoding: str) -> Encoding:
    try:
        name = codecs.lookup(encoding).name
        b"00".decode(name, "replace")  # some codecs, hex among them, are no text encodings
    except LookupError:
        raise UsageError(f"unknown encoding {encoding!r}; try utf-8, cp949 or utf-16") from None
    return Encoding("cp949" if name == "euc_kr" else name, 1.0)


def _read(raw: bytes) -> _Decoded:
    found = detect.marked(raw)
    try:
        if found is None:
            text = raw.decode("utf-8")
            found = detect.hides(text, raw)
            if found is None:
                return text, detect.UTF_8, ()
    except UnicodeDecodeError:
        found = detect.guess(raw)
    return _by_lines(raw, found) if found.name in _BY_LINE else _whole(raw, found)


def _whole(raw: bytes, found: Encoding) -> _Decoded:
    chunks = _shifted_lines(raw) if found.name == "iso2022_kr" else [_after_mark(raw, found)]
    return _text(chunks), found, _damage(chunks, found)


def _after_mark(raw: bytes, found: Encoding) -> _Chunk:
    """All behind a UTF-8 mark: the codec utf-8-sig would count the offsets of its errors from there."""
    if found.name != "utf-8-sig":
        return _Chunk(0, raw, found.name)
    skip = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    return _Chunk(skip, raw[skip:], "utf-8")


def _shifted_lines(raw: bytes) -> list[_Chunk]:
    """Damaged ISO-2022-KR line by line: half a character in front of a line break would swallow the break."""
    if detect.reads(raw, "iso2022_kr"):
        return [_Chunk(0, raw, "iso2022_kr")]
    chunks = []
    for start, line, codec in _split(_Chunk(0, raw, "iso2022_kr")):
        body = line.rstrip(b"\r\n")
        chunks.append(_Chunk(start - len(detect.HEADER), detect.HEADER + body, codec))
        chunks.append(_Chunk(start + len(body), line[len(body) :], "ascii"))
    return chunks


def _by_lines(raw: bytes, found: Encoding) -> _Decoded:
    """Read every line in its own encoding, where some look better in another than `found`."""
    if found.confidence <= detect.HOPELESS:
        return _whole(raw, found)
    behind = _after_mark(raw, found)
    main, lines = behind.codec, _split(behind)
    suspects = [line for line in lines if _is_suspect(line)]
    if not suspects:
        return _whole(raw, found)
    other = detect.legacy(b"".join(line.raw for line in suspects)).name if main == "utf-8" else "utf-8"
    strays = {line.start for line in suspects if detect.is_other(line.raw, main, other)}
    if not strays:
        return _whole(raw, found)
    chunks = [line._replace(codec=other) if line.start in strays else line for line in lines]
    found, mixed = _majority(chunks, found)
    return _text(chunks), found, mixed + _damage(chunks, found)


def _split(chunk: _Chunk) -> list[_Chunk]:
    lines = chunk.raw.splitlines(keepends=True)
    starts = accumulate(map(len, lines), initial=chunk.start)
    return [_Chunk(start, line, chunk.codec) for start, line in zip(starts, lines, strict=False)]


def _is_suspect(line: _Chunk) -> bool:
    if line.raw.isascii():
        return False
    return not detect.reads(line.raw, line.codec) or (line.codec != "utf-8" and detect.reads(line.raw, "utf-8"))


def _majority(lines: list[_Chunk], found: Encoding) -> tuple[Encoding, tuple[Note, ...]]:
    """The encoding of most lines, plain ASCII aside, and a note on the others."""
    telling = [line for line in lines if not line.raw.isascii()]
    (main, count), *_ = Counter(line.codec for line in telling).most_common()
    strays = [line for line in telling if line.codec != main]
    name = found.name if main == "utf-8" and found.name == "utf-8-sig" else main
    found = Encoding(name, round(count / len(telling), 3))
    if not strays:
        return found, ()
    message = (
        f"{len(strays)} of {len(lines)} lines read as {strays[0].codec}, the first at byte {strays[0].start}; "
        f"the others as {name}"
    )
    return found, (Note("mixed-encoding", message),)


def _text(chunks: list[_Chunk]) -> str:
    return "".join([chunk.raw.decode(chunk.codec, "replace") for chunk in chunks])


def _require_text(text: str, raw: bytes, found: Encoding) -> None:
    damage = len(_CONTROL.findall(text))
    if damage > max(3, _MOST_DAMAGE * len(text)) and not detect.looks_korean(text):
        raise NotTextError(
            f"the input is not text: read as {found.name}, {damage:,} of {len(text):,} characters are control "
            f"characters or undecodable (first bytes {raw[:8]!r}); if it is text, pass its encoding"
        )


def _damage(chunks: list[_Chunk], found: Encoding) -> tuple[Note, ...]:
    """A note on what could not be read, if anything: a U+FFFD that stands in the source is no damage."""
    lost, first = 0, -1
    for chunk in chunks:
        try:
            chunk.raw.decode(chunk.codec)
        except UnicodeDecodeError as error:
            first = first if lost else chunk.start + error.start
            lost += _lost(chunk)
    if not lost:
        return ()
    message = f"{lost} undecodable sequence(s) read as U+FFFD, the first at byte {first} ({found.name})"
    return (Note("undecodable", message),)


def _lost(chunk: _Chunk) -> int:
    return len(chunk.raw.decode(chunk.codec, "replace")) - len(chunk.raw.decode(chunk.codec, "ignore"))
