"""Which encoding bytes are in, told by how much like Korean news each reading looks."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from newsclean.hangul import COMMON
from newsclean.model import Encoding

HEADER: Final = b"\x1b$)C"
"""What ISO-2022-KR begins with."""
HOPELESS: Final = 0.1
"""The confidence of a reading that does not look like Korean. Others have more."""
UTF_8: Final = Encoding("utf-8", 1.0)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF_16 = ("utf-16-le", "utf-16-be")
_KOREAN = {"euc-kr": "cp949", "cp949": "cp949", "uhc": "cp949", "johab": "johab", "utf-8": "utf-8"}
_SAMPLE = 16 * 1024
_NO_BREAK = 512  # bytes of UTF-16 that may do without a space, a digit or a line break, and so without a NUL
_SURE = 0.7  # real text is over 0.8, any wrong reading of it under 0.3
_PLAUSIBLE = 0.25  # half of a mixed file is over it, pictures and archives are under it
_MARGIN = 0.2

_TELLING = re.compile(r"[^\t-\r -~]")
_HIGH = re.compile(rb"[\x80-\xff]")
_HANJA = re.compile(r"[一-鿿豈-﫿]")
_SYMBOL = re.compile("[©®°±²³·×÷‐-‧‰-⁞℃№™←-⇿①-⓿─-➿　-〿ㄱ-ㆎ㈀-㏿！-～\U0001f300-\U0001faff]")


class Reading(NamedTuple):
    """A sample as one codec reads it: how Korean that looks (0 to 1), and of how many characters we know that."""

    name: str
    share: float
    weight: int

    @property
    def encoding(self) -> Encoding:
        """The codec with a confidence that grows with the likely share and with the evidence."""
        return Encoding(self.name, round(self.share * self.weight / (self.weight + 1), 3))


def likely(text: str) -> float:
    """How much like Korean news a text looks (0 to 1), by the characters that are not plain ASCII."""
    telling = _TELLING.findall(text)
    if not telling:
        return 1.0
    common = sum(map(COMMON.__contains__, telling))
    return (common + 0.5 * len(_SYMBOL.findall(text)) + 0.3 * len(_HANJA.findall(text))) / len(telling)


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
    return _utf_16(_sample(raw), _read(_sample(raw), "utf-8").share)


def guess(raw: bytes) -> Encoding:
    """The encoding of bytes without a byte order mark that are not valid UTF-8."""
    if HEADER in raw[:_SAMPLE] and likely(raw[:_SAMPLE].decode("iso2022_kr", "replace")) >= _PLAUSIBLE:
        return Encoding("iso2022_kr", 0.9)
    sample = _sample(raw)
    found = _read(sample, "cp949")
    if wide := _utf_16(sample, found.share):
        return wide
    if found.share < _SURE:
        found = max(_read(sample, "utf-8"), legacy(sample), key=lambda reading: reading.share)
    return found.encoding if found.share >= _PLAUSIBLE else _last_resort(sample)


def legacy(sample: bytes) -> Reading:
    """CP949 or Johab. Johab must be the better one clearly: hardly any crawl has it."""
    cp949, johab = _read(sample[:_SAMPLE], "cp949"), _read(sample[:_SAMPLE], "johab")
    return johab if johab.share > cp949.share + _MARGIN else cp949


def is_other(line: bytes, main: str, other: str) -> bool:
    """Whether a line reads clearly better in another encoding than in that of its document."""
    line = line[:_SAMPLE]
    return likely(line.decode(other, "replace")) > likely(line.decode(main, "replace")) + _MARGIN


def _sample(raw: bytes) -> bytes:
    """Some bytes from the first on that is not ASCII; at an even offset, for UTF-16."""
    high = _HIGH.search(raw)
    start = high.start() & ~1 if high and high.start() > _SAMPLE // 2 else 0
    return raw[start : start + _SAMPLE]


def _read(sample: bytes, name: str) -> Reading:
    text = sample.decode(name, "replace")
    return Reading(name, likely(text), len(_TELLING.findall(text)))


def _utf_16(sample: bytes, beaten: float) -> Encoding | None:
    """UTF-16 without a mark, where it looks better than the reading whose share is `beaten`."""
    if len(sample) > _NO_BREAK and b"\0" not in sample:
        return None
    best = max((_read(sample, name) for name in _UTF_16), key=lambda reading: reading.share)
    if best.share < 0.5 or best.share <= beaten:
        return None
    return best._replace(weight=len(sample) // 2).encoding


def _last_resort(sample: bytes) -> Encoding:
    """What `chardet` makes of it among the Korean encodings, else the reading with the fewest undecodable bytes."""
    import chardet  # 50 ms on its first call

    name = _KOREAN.get((chardet.detect(sample)["encoding"] or "").lower().replace("_", "-"))
    damage = {codec: sample.decode(codec, "replace").count("�") for codec in ("utf-8", "cp949", "johab")}
    return Encoding(name or min(damage, key=lambda codec: damage[codec]), HOPELESS)
