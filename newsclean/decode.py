"""bytes → text: byte order mark, strict UTF-8, then what `chardet` makes of it among the Korean encodings."""

from __future__ import annotations

import codecs
import re

from newsclean.errors import Limits, NotTextError, TooLargeError, UsageError
from newsclean.model import Encoding, Note

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KOREAN = {"euc-kr", "cp949", "uhc", "johab", "iso-2022-kr", "utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be"}
_SAMPLE = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f�]")
_MOST_DAMAGE = 0.1  # of a text; pictures and archives read as CP949 come out at 0.3 and more


def decode(raw: bytes | str, limits: Limits, encoding: str | None = None) -> tuple[str, Encoding, tuple[Note, ...]]:
    """Give the text of `raw`, how it was read, and a note on every byte that could not be read.

    A `str` passes through. Raises TooLargeError, NotTextError, and UsageError for an unknown `encoding`.
    """
    if len(raw) > limits.max_bytes:
        raise TooLargeError(
            f"input of {len(raw):,} bytes is over the limit of {limits.max_bytes:,}; "
            "split it into articles, or pass Limits(max_bytes=...)"
        )
    if isinstance(raw, str):
        return raw, Encoding("str", 1.0), ()
    found = _forced(encoding) if encoding else _detect(raw)
    text = raw.decode(found.name, "replace")
    _require_text(text, raw, found)
    return text, found, _damage(text, raw, found)


def _forced(encoding: str) -> Encoding:
    try:
        name = codecs.lookup(encoding).name
        b"00".decode(name, "replace")  # some codecs, hex among them, are no text encodings
    except LookupError:
        raise UsageError(f"unknown encoding {encoding!r}; try utf-8, cp949 or utf-16") from None
    return Encoding("cp949" if name == "euc_kr" else name, 1.0)


def _detect(raw: bytes) -> Encoding:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return Encoding(name, 1.0)
    try:
        raw.decode("utf-8")
        return Encoding("utf-8", 1.0)
    except UnicodeDecodeError as error:
        if error.start > 0.9 * len(raw) and error.start > 0 and len(raw) - error.start < 4:
            return Encoding("utf-8", 0.9)  # cut off in mid-character
    return _guess(raw)


def _guess(raw: bytes) -> Encoding:
    import chardet  # 50 ms on its first call; never needed for UTF-8

    guess = chardet.detect(raw[:_SAMPLE])
    name = (guess["encoding"] or "").lower().replace("_", "-")
    if name in _KOREAN:
        return Encoding("cp949" if name in {"euc-kr", "uhc"} else name, round(guess["confidence"] or 0.0, 3))
    candidates = {codec: raw.decode(codec, "replace").count("�") for codec in ("utf-8", "cp949")}
    best = min(candidates, key=lambda codec: candidates[codec])
    return Encoding(best, 0.5)


def _require_text(text: str, raw: bytes, found: Encoding) -> None:
    damage = len(_CONTROL.findall(text))
    if damage > max(3, _MOST_DAMAGE * len(text)):
        raise NotTextError(
            f"the input is not text: read as {found.name}, {damage:,} of {len(text):,} characters are control "
            f"characters or undecodable (first bytes {raw[:8]!r}); if it is text, pass its encoding"
        )


def _damage(text: str, raw: bytes, found: Encoding) -> tuple[Note, ...]:
    lost = text.count("�")
    if not lost:
        return ()
    try:
        raw.decode(found.name)
    except UnicodeDecodeError as error:
        message = f"{lost} undecodable sequence(s) read as U+FFFD, the first at byte {error.start} ({found.name})"
        return (Note("undecodable", message),)
    return ()
