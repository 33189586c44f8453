"""Which encoding bytes are in, told by how much like Korean news each reading looks."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final, NamedTuple

from newsclean.hangul import COMMON
from newsclean.late import late
from newsclean.model import Encoding

HEADER: Final = b"\x1b$)C"
"""What ISO-2022-KR begins with."""
HOPELESS: Final = 0.1
"""The confidence of a reading that does not look like Korean. Others have more."""
UTF_8: Final = Encoding("utf-8", 1.0)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF_16 = ("utf-16-le", "utf-16-be")
_KOREAN = {"euc-kr": "cp949", "cp949": "cp949", "uhc": "cp949", "johab": "johab", "utf-8": "utf-8"}
_SAMPLE = 4 * 1024  # bytes: a thousand characters leave no doubt, and looking at them costs more than decoding
_NO_BREAK = 512  # bytes of UTF-16 that may do without a space, a digit or a line break, and so without a NUL
_SURE = 0.7  # real text is over 0.8, any wrong reading of it under 0.3
_PLAUSIBLE = 0.25  # half of a mixed file is over it, pictures and archives are under it
_MARGIN = 0.2
_FEW = 3  # characters; the bytes of one that is cut off may look like a Hanja

_HIGH = re.compile(rb"[\x80-\xff]")
_PLAIN = frozenset(map(chr, (*range(0x09, 0x0E), *range(0x20, 0x7F))))
_SYMBOLS = late(  # punctuation, arrows, figures, units, full-width forms
    r"[\u00a9\u00ae\u00b0-\u00b3\u00b7\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u20a9\u2100-\u2122\u2190-\u21ff"
    r"\u2460-\u24ff\u2500-\u27bf\u3000-\u303f\u3130-\u318f\u3200-\u33ff\uff01-\uff5e\U0001f300-\U0001faff]"
)
_HANJA = late(r"[\u4e00-\u9fff\uf900-\ufaff]")


class Reading(NamedTuple):
    """A sample as one codec reads it: how Korean that looks (0 to 1), and of how many characters we know that."""

    name: str
    share: float
    weight: int

    @property
    def encoding(self) -> Encoding:
        """The codec with a confidence that grows with the likely share and with the evidence."""
        return Encoding(self.name, round(self.share * self.weight / (self.weight + 1), 3))


def likely(text: str, name: str = "") -> Reading:
    """How much like Korean news a text looks, by its characters that are not plain ASCII."""
    counts = Counter(text)
    telling = {char: count for char, count in counts.items() if char not in _PLAIN}
    total = sum(telling.values())
    good = sum(count * _worth(char) for char, count in telling.items())
    return Reading(name, good / total if total else 1.0, total)


def _worth(char: str) -> float:
    if char in COMMON:
        return 1.0
    if _SYMBOLS.match(char):
        return 0.5
    return 0.3 if _HANJA.match(char) else 0.0  # wrong readings are full of rare Hanja and of rare syllables


def reads(raw: bytes, name: str) -> bool:
    """Whether a codec can read all the bytes."""
    try:
        raw.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def marked(raw: bytes) -> Encoding | None:
    """The encoding that a byte order mark names."""
    return next((Encoding(name, 1.0) for mark, name in _MARKS if raw.startswith(mark)), None)


def hides(text: str, raw: bytes) -> Encoding | None:
    """The encoding of bytes that are valid UTF-8 by accident: ISO-2022-KR has seven bits, UTF-16 may have."""
    if text.isascii() and HEADER in raw[:_SAMPLE]:
        return Encoding("iso2022_kr", 1.0)
    if "\0" not in text:
        return None
    wide = _utf_16(_sample(raw))
    return wide.encoding if wide and wide.share > likely(text[:_SAMPLE]).share else None


def guess(raw: bytes) -> Encoding:
    """The encoding of bytes without a byte order mark that are not valid UTF-8."""
    if HEADER in raw[:_SAMPLE] and _read(raw[:_SAMPLE], "iso2022_kr").share >= _PLAUSIBLE:
        return Encoding("iso2022_kr", 0.9)
    sample = _sample(raw)
    found = _read(sample, "cp949")
    if found.share >= _SURE:
        return found.encoding
    wide = _utf_16(sample)
    if wide and wide.share >= _SURE:
        return wide.encoding
    readings = (_read(sample, "utf-8"), legacy(sample), *((wide,) if wide else ()))
    found = max(readings, key=lambda reading: reading.share)
    return found.encoding if found.share >= _PLAUSIBLE else _last_resort(sample)


def legacy(sample: bytes) -> Reading:
    """CP949 or Johab. Johab must be the better one clearly: hardly any crawl has it."""
    cp949, johab = _read(sample[:_SAMPLE], "cp949"), _read(sample[:_SAMPLE], "johab")
    return johab if johab.share > cp949.share + _MARGIN else cp949


def is_other(line: bytes, main: str, other: str) -> bool:
    """Whether a line reads clearly better in another encoding than in that of its document."""
    now, then = _read(line[:_SAMPLE], main), _read(line[:_SAMPLE], other)
    return then.share > now.share + _MARGIN and (then.share >= 0.5 or then.weight >= _FEW)


def looks_korean(text: str) -> bool:
    """Whether a text looks like Korean in spite of much damage."""
    return likely(text[:_SAMPLE]).share >= _PLAUSIBLE


def _sample(raw: bytes) -> bytes:
    """Some bytes from the first on that is not ASCII; at an even offset, for UTF-16."""
    high = _HIGH.search(raw)
    start = high.start() & ~1 if high and high.start() > _SAMPLE // 2 else 0
    return raw[start : start + _SAMPLE]


def _read(sample: bytes, name: str) -> Reading:
    return likely(sample.decode(name, "replace"), name)


def _utf_16(sample: bytes) -> Reading | None:
    """UTF-16 without a mark, where that is likely."""
    if len(sample) > _NO_BREAK and b"\0" not in sample:
        return None
    best = max((_read(sample, name) for name in _UTF_16), key=lambda reading: reading.share)
    return best._replace(weight=len(sample) // 2) if best.share >= 0.5 else None


def _by_nuls(sample: bytes) -> str | None:
    """UTF-16 by the NULs of its ASCII characters, all on one side: the text may be foreign, or garbled before."""
    little, big = sample[1::2].count(0), sample[::2].count(0)
    if max(little, big) < max(_FEW, 0.05 * len(sample)) or min(little, big) > 0.1 * max(little, big):
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _last_resort(sample: bytes) -> Encoding:
    """UTF-16 by its NULs, else what `chardet` says, else the reading with the fewest undecodable bytes."""
    if wide := _by_nuls(sample):
        return Encoding(wide, HOPELESS)
    import chardet  # 50 ms on its first call

    name = _KOREAN.get((chardet.detect(sample)["encoding"] or "").lower().replace("_", "-"))
    damage = {codec: sample.decode(codec, "replace").count("�") for codec in ("utf-8", "cp949", "johab")}
    return Encoding(name or min(damage, key=lambda codec: damage[codec]), HOPELESS)
