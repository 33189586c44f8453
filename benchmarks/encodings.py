"""Print how often `decode` gives a text back exactly, by encoding and length, beside chardet and charset-normalizer.

python -m benchmarks.encodings GOLD.jsonl
"""

from __future__ import annotations

import argparse
import codecs
import re
from collections.abc import Callable, Iterator

import chardet

from benchmarks.corpus import read
from newsclean import NewscleanError
from newsclean.decode import decode
from newsclean.errors import Limits
from newsclean.model import Note

Encode = Callable[[str], "tuple[str, bytes] | None"]
Reader = Callable[[bytes], str | None]

LENGTHS = (None, 200, 60, 20)
_LIMITS = Limits()
_HANGUL = re.compile(r"[가-힣]")
_OFFSET = re.compile(r"at byte (\d+)")


def coder(codec: str, mark: bytes = b"") -> Encode:
    return lambda text: (text, mark + text.encode(codec))


def lossy(text: str) -> tuple[str, bytes]:
    raw = text.encode("cp949", "replace")
    return raw.decode("cp949"), raw


def if_it_can(codec: str) -> Encode:
    def encode(text: str) -> tuple[str, bytes] | None:
        raw = text.encode(codec, "ignore")
        return (text, raw) if raw.decode(codec, "replace") == text else None

    return encode


ENCODINGS: dict[str, Encode] = {
    "UTF-8": coder("utf-8"),
    "UTF-8 BOM": coder("utf-8-sig"),
    "UTF-16 LE": coder("utf-16-le"),
    "UTF-16 BE": coder("utf-16-be"),
    "UTF-16 LE BOM": coder("utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16 BE BOM": coder("utf-16-be", codecs.BOM_UTF16_BE),
    "CP949": lossy,
    "Johab": if_it_can("johab"),
    "ISO-2022-KR": if_it_can("iso2022_kr"),
}


def ours(raw: bytes) -> str | None:
    try:
        return decode(raw, _LIMITS)[0]
    except NewscleanError:
        return None


def named(raw: bytes, name: str | None) -> str | None:
    """The text as another detector's verdict reads it; EUC-KR means CP949."""
    name = (name or "ascii").lower().replace("_", "-")
    try:
        return raw.decode("cp949" if name in {"euc-kr", "uhc"} else name, "replace").removeprefix("\ufeff")
    except LookupError:
        return None


def by_chardet(raw: bytes) -> str | None:
    return named(raw, chardet.detect(raw)["encoding"])


def by_charset_normalizer() -> Reader | None:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None

    def reader(raw: bytes) -> str | None:
        best = from_bytes(raw).best()
        return named(raw, best.encoding if best else None)

    return reader


def first(text: str, length: int | None) -> str:
    """The first characters, from the first on that leaves two Hangul syllables among the next twenty."""
    if length is None:
        return text
    starts = (hit.start() for hit in _HANGUL.finditer(text))
    start = next((at for at in starts if len(_HANGUL.findall(text[at : at + 20])) >= 2), 0)
    return text[0 if start < length - 10 else start :][:length]


def share(flags: list[bool]) -> str:
    return f"{100 * sum(flags) / len(flags):6.1f}%" if flags else "      -"


def round_trips(texts: list[str], readers: dict[str, Reader]) -> Iterator[str]:
    for name, encode in ENCODINGS.items():
        for length in LENGTHS:
            pairs = [pair for text in texts if (pair := encode(first(text, length)))]
            shares = [share([reader(raw) == text for text, raw in pairs]) for reader in readers.values()]
            yield f"{name:14} {length or 'whole':>6} {len(pairs):5} " + " ".join(f"{it:>18}" for it in shares)


def middle(raw: bytes) -> int:
    """An offset near the middle, behind which a character of several bytes starts and no line break is lost."""
    return next((at for at in range(len(raw) // 2, len(raw)) if raw[at] >= 0x80), len(raw) // 2)


def cut_off(raw: bytes) -> tuple[bytes, int]:
    """The bytes up to the middle of their last character of several bytes."""
    at = next((at for at in range(len(raw) - 1, 0, -1) if raw[at] >= 0x80), len(raw) - 1)
    return raw[:at], at


def replaced(raw: bytes) -> tuple[bytes, int]:
    at = middle(raw)
    return raw[:at] + b"\xff" + raw[at + 1 :], at


def inserted(raw: bytes) -> tuple[bytes, int]:
    at = middle(raw)
    return raw[:at] + b"\xff" + raw[at:], at


MUTATIONS: dict[str, Callable[[bytes], tuple[bytes, int]]] = {
    "cut off": cut_off,
    "0xFF replaces": replaced,
    "0xFF inserted": inserted,
}


def noted(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    try:
        text, _, notes = decode(raw, _LIMITS)
        return text, notes
    except NewscleanError:
        return "", ()


def reported(notes: tuple[Note, ...]) -> int | None:
    found = next((_OFFSET.search(note.message) for note in notes if note.code == "undecodable"), None)
    return int(found[1]) if found else None


def survives(text: str, codec: str, mutate: Callable[[bytes], tuple[bytes, int]]) -> bool | None:
    """Whether all lines but the damaged one come back and the note names the first bad byte; None: no damage."""
    raw = text.encode(codec)
    damaged, at = mutate(raw)
    try:
        damaged.decode(codec)
        return None
    except UnicodeDecodeError as error:
        right = error.start + (len(codecs.BOM_UTF8) if codec == "utf-8-sig" else 0)
    before, line = text.split("\n"), len(raw[:at].decode(codec, "replace").split("\n")) - 1
    now, notes = noted(damaged)
    after = now.split("\n")
    whole = len(after) == (len(before) if len(damaged) >= len(raw) else line + 1)
    kept = all(a == b for index, (a, b) in enumerate(zip(after, before, strict=False)) if index != line)
    return whole and kept and 0 <= at - right < 4 and reported(notes) == right


def mutations(texts: list[str]) -> Iterator[str]:
    for codec in ("utf-8", "utf-8-sig", "cp949", "johab", "iso2022_kr"):
        known = [pair[0] for text in texts if (pair := (lossy if codec == "cp949" else if_it_can(codec))(text))]
        for kind, mutate in MUTATIONS.items():
            flags = [flag for text in known if (flag := survives(text, codec, mutate)) is not None]
            yield f"{codec:14} {kind:14} {len(flags):5} {share(flags)}"
    for mark in (b"", codecs.BOM_UTF16_LE):
        raws = [(mark + text.encode("utf-16-le"))[:-1] for text in texts]
        flags = [reported(noted(raw)[1]) == len(raw) - 1 for raw in raws]
        yield f"{'utf-16':10}{'BOM' if mark else '':4} {'cut off':14} {len(raws):5} {share(flags)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    texts = [record.get("text") or record["raw"] for record in read(parser.parse_args().corpus)]
    readers: dict[str, Reader] = {"newsclean": ours, "chardet": by_chardet}
    if normalizer := by_charset_normalizer():
        readers["charset-normalizer"] = normalizer
    else:
        print("charset-normalizer is skipped: it is not installed (pip install charset-normalizer)")
    print(f"{'encoding':14} {'length':>6} {'texts':>5} " + " ".join(f"{name:>18}" for name in readers))
    for line in round_trips(texts, readers):
        print(line, flush=True)
    print("\nlines kept and the first bad byte named")
    for line in mutations(texts):
        print(line, flush=True)


if __name__ == "__main__":
    main()
