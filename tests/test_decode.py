"""bytes → text."""

import codecs
import random
import subprocess
import sys
import time
import zlib

import pytest

import newsclean
from newsclean import Limits, NotTextError, TooLargeError, UsageError
from newsclean.decode import decode

TEXT = "가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다. 공사는 다음 달 시작해 열한 달 동안 이어진다."


def text_of(raw: bytes, encoding: str | None = None) -> tuple[str, str]:
    text, found, _ = decode(raw, Limits(), encoding)
    return text, found.name


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp949", "cp949"), ("utf-16", "utf-16")],
)
def test_korean_encodings(codec: str, name: str) -> None:
    assert text_of(TEXT.encode(codec)) == (TEXT, name)


def test_str_passes_through() -> None:
    assert decode(TEXT, Limits())[:2] == (TEXT, ("str", 1.0))


def test_encoding_can_be_forced() -> None:
    assert text_of(TEXT.encode("johab"), "johab")[0] == TEXT


def test_unknown_encoding_says_what_to_try() -> None:
    with pytest.raises(UsageError, match="unknown encoding 'klingon'; try utf-8, cp949"):
        text_of(b"abc", "klingon")


def test_a_codec_that_gives_no_text_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown encoding 'hex'"):
        text_of(b"6162", "hex")


def test_truncated_tail_is_kept_and_noted() -> None:
    text, found, notes = decode(TEXT.encode()[:-2], Limits())
    assert text.startswith(TEXT[:-2]) and text.endswith("�") and found.name == "utf-8"
    assert notes[0].code == "undecodable" and "at byte" in notes[0].message


def test_a_picture_is_not_text() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    with pytest.raises(NotTextError, match="not text"):
        newsclean.clean(png)


def test_too_large_says_the_limit() -> None:
    with pytest.raises(TooLargeError, match=r"over the limit of 10"):
        newsclean.Cleaner(limits=Limits(max_bytes=10)).clean(b"a" * 11)


LINES = (
    "나래시는 폐교를 고쳐 주민 도서관으로 쓰기로 했다.\n"
    "시장은 어린이들이 걸어서 올 수 있는 곳이라고 설명했다.\n"
    "\n"
    "공사비 12억원은 도와 시가 절반씩 낸다.\n"
    "문은 내년 봄에 연다.\n"
    "A plain line\n"
    "주민들은 반긴다고 말했다.\n"
)
SYMBOLS = "▲ 나래시 도서관 ◇ “반갑다” … ⓒ 한빛일보 · 李 시장\n"
LEGACY = ["cp949", "johab"]
WIDE = ["utf-16-le", "utf-16-be"]


def codes(raw: bytes) -> list[str]:
    return [note.code for note in decode(raw, Limits())[2]]


def message(raw: bytes, code: str) -> str:
    return next(note.message for note in decode(raw, Limits())[2] if note.code == code)


def fresh_modules(raw: bytes) -> set[str]:
    """The modules that are loaded once a new interpreter has decoded the bytes."""
    code = (
        "import sys; from newsclean.decode import decode; from newsclean.errors import Limits; "
        f"decode({raw!r}, Limits()); print(*sys.modules)"
    )
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


# 1. which encoding


@pytest.mark.parametrize("codec", ["utf-8", *WIDE, "cp949", "johab"])
@pytest.mark.parametrize("text", [LINES, SYMBOLS, TEXT[:20], "도서관을 연다", "서울"])
def test_every_encoding_without_a_mark(codec: str, text: str) -> None:
    if codec == "johab":
        text = text.replace("李", "").replace("ⓒ", "")
    assert text_of(text.encode(codec)) == (text, codec)


@pytest.mark.parametrize(("mark", "codec"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_a_mark_says_the_byte_order(mark: bytes, codec: str) -> None:
    assert text_of(mark + LINES.encode(codec)) == (LINES, "utf-16")


def test_iso_2022_kr_is_valid_utf_8_by_accident() -> None:
    assert text_of(LINES.encode("iso2022_kr")) == (LINES, "iso2022_kr")


def test_an_escape_header_inside_utf_8_means_nothing() -> None:
    text = LINES + "\x1b$)C\n"
    assert text_of(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("codec", WIDE)
def test_english_in_utf_16_is_valid_utf_8_by_accident(codec: str) -> None:
    assert text_of("A library opens.".encode(codec)) == ("A library opens.", codec)


@pytest.mark.parametrize("codec", WIDE)
def test_garbled_korean_in_utf_16_is_text(codec: str) -> None:
    garbled = LINES.encode().decode("cp949", "ignore")
    assert text_of(garbled.encode(codec)) == (garbled, codec)


def test_a_nul_in_utf_8_is_no_utf_16() -> None:
    for text in ("나래시는\0 도서관을 연다.", "a library\0opens"):
        assert text_of(text.encode()) == (text, "utf-8")


def test_euc_kr_goes_by_the_name_of_cp949() -> None:
    assert text_of(LINES.encode("euc-kr")) == (LINES, "cp949")
    assert text_of(LINES.encode("euc-kr"), "euc-kr") == (LINES, "cp949")


def test_syllables_that_only_cp949_has() -> None:
    assert text_of("똠방각하 펲시 웽 나왔다".encode("cp949")) == ("똠방각하 펲시 웽 나왔다", "cp949")


def test_the_sample_begins_where_the_korean_does() -> None:
    text = "<script>let a = 1;</script>\n" * 5_000 + LINES
    for codec in LEGACY:
        assert text_of(text.encode(codec)) == (text, codec)


def test_hanja_alone_is_read_with_few_undecodable_bytes() -> None:
    assert text_of("大韓民國 臨時政府".encode("cp949"))[0] == "大韓民國 臨時政府"


def test_a_forced_codec_is_not_judged() -> None:
    text, found, notes = decode(LINES.encode("cp949") + LINES.encode(), Limits(), "cp949")
    assert found == ("cp949", 1.0) and text.startswith(LINES) and [note.code for note in notes] == ["undecodable"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", *WIDE, *LEGACY, "iso2022_kr"])
def test_chardet_is_not_loaded_for_ordinary_text(codec: str) -> None:
    assert "chardet" not in fresh_modules(LINES.encode(codec))


# 2. damage


@pytest.mark.parametrize("codec", ["utf-8", *LEGACY])
@pytest.mark.parametrize("text", [LINES, "도서관", "연다 12"])
def test_a_bad_byte_leaves_the_encoding(codec: str, text: str) -> None:
    at = len(text[:2].encode(codec))
    raw = text.encode(codec)[:at] + b"\xff" + text.encode(codec)[at:]
    assert text_of(raw) == (text[:2] + "�" + text[2:], codec)
    assert f"1 undecodable sequence(s) read as U+FFFD, the first at byte {at} ({codec})" in message(raw, "undecodable")


@pytest.mark.parametrize("codec", ["utf-8", *LEGACY])
def test_many_bad_bytes_in_a_short_text(codec: str) -> None:
    raw = b"\xff".join(word.encode(codec) for word in ["나래시는", "도서관을", "새로", "연다고", "밝혔다"])
    assert text_of(raw) == ("나래시는�도서관을�새로�연다고�밝혔다", codec)


@pytest.mark.parametrize("codec", ["utf-8", *LEGACY, *WIDE])
def test_a_cut_off_tail_is_one_replacement(codec: str) -> None:
    raw = LINES.rstrip(".\n").encode(codec)
    text, found, _ = decode(raw[:-1], Limits())
    assert found.name == codec and text == LINES.rstrip(".\n")[:-1] + "�" and codes(raw[:-1]) == ["undecodable"]


@pytest.mark.parametrize("codec", [*LEGACY, "utf-8"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_half_a_character_does_not_swallow_the_line_break(codec: str, end: str) -> None:
    half = "가".encode(codec)[:-1]
    raw = LINES.replace("\n", end).encode(codec).replace(end.encode(), half + end.encode(), 1)
    text, found, _ = decode(raw, Limits())
    assert text == LINES.replace("\n", "�\n", 1).replace("\n", end) and found.name == codec


def test_half_a_character_does_not_swallow_the_line_break_of_iso_2022_kr() -> None:
    raw = LINES.encode("iso2022_kr").replace(b"\x0f.\n", b"0\n", 1)
    text, found, _ = decode(raw, Limits())
    assert found.name == "iso2022_kr" and text == LINES.replace(".\n", "�\n", 1)
    half = raw.index(b"0\n")
    assert f"at byte {half} " in message(raw, "undecodable")


def test_a_replacement_character_of_the_source_is_no_damage() -> None:
    raw = "나래�시는 도서관을 연다.\n".encode() * 3
    assert codes(raw) == [] and message(raw + b"\xff", "undecodable").startswith("1 undecodable")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
def test_the_offset_counts_the_mark(mark: bytes) -> None:
    raw = mark + "도서관".encode() + b"\xff"
    assert f"at byte {len(raw) - 1} " in message(raw, "undecodable")


# 3. lines in another encoding


def mixed(main: str, other: str, *strays: int) -> tuple[bytes, int]:
    lines = LINES.splitlines(keepends=True)
    parts = [line.encode(other if number in strays else main) for number, line in enumerate(lines)]
    return b"".join(parts), sum(map(len, parts[: strays[0]]))


@pytest.mark.parametrize(
    ("main", "other"), [("utf-8", "cp949"), ("cp949", "utf-8"), ("johab", "utf-8"), ("utf-8", "johab")]
)
@pytest.mark.parametrize("strays", [(0,), (3,), (6,), (1, 4)])
def test_lines_in_another_encoding(main: str, other: str, strays: tuple[int, ...]) -> None:
    raw, start = mixed(main, other, *strays)
    assert text_of(raw) == (LINES, main) and codes(raw) == ["mixed-encoding"]
    expected = f"{len(strays)} of 7 lines read as {other}, the first at byte {start}; the others as {main}"
    assert message(raw, "mixed-encoding") == expected


def test_the_majority_of_lines_names_the_encoding() -> None:
    long = LINES.replace("\n", " ") * 20 + "\n"
    raw = long.encode() + LINES.encode("cp949")
    assert text_of(raw) == (long + LINES, "cp949")
    assert message(raw, "mixed-encoding").startswith("1 of 8 lines read as utf-8, the first at byte 0;")


def test_mixed_lines_behind_a_mark() -> None:
    raw, start = mixed("utf-8", "cp949", 3)
    assert text_of(codecs.BOM_UTF8 + raw) == (LINES, "utf-8-sig")
    assert f"at byte {start + 3};" in message(codecs.BOM_UTF8 + raw, "mixed-encoding")


def test_a_damaged_line_among_mixed_ones() -> None:
    raw, _ = mixed("utf-8", "cp949", 1)
    assert codes(raw + "문을".encode() + b"\xff\n") == ["mixed-encoding", "undecodable"]
    assert f"at byte {len(raw) + 6} " in message(raw + "문을".encode() + b"\xff\n", "undecodable")


def test_a_cut_off_last_line_is_no_other_encoding() -> None:
    assert codes(LINES.encode() + b"1\xed\x98") == ["undecodable"]


# 4. confidence


def test_confidence() -> None:
    def sure(raw: bytes) -> float:
        return decode(raw, Limits())[1].confidence

    assert sure(LINES.encode()) == sure(LINES.encode("utf-8-sig")) == sure(b"") == 1.0
    assert 0.9 < sure(LINES.encode("cp949")) < 1.0 and 0.9 < sure(LINES.encode("utf-16-le")) < 1.0
    assert 0.3 < sure("가".encode("cp949")) < sure("서울시".encode("cp949")) < sure(LINES.encode("cp949"))
    assert 0.5 < sure(mixed("utf-8", "cp949", 1, 3)[0]) < 0.8


# 5. not text

NOISE = random.Random(7).randbytes(20_000)


@pytest.mark.parametrize(
    "raw",
    [NOISE, NOISE[:60], b"PK\x03\x04" + zlib.compress(NOISE), codecs.BOM_UTF16_LE + NOISE, b"\0\1\2\3" * 50],
    ids=["noise", "little noise", "archive", "noise behind a mark", "control characters"],
)
def test_not_text(raw: bytes) -> None:
    with pytest.raises(NotTextError, match=r"the input is not text: read as .*; if it is text, pass its encoding"):
        decode(raw, Limits())


# 6. linear time


@pytest.mark.parametrize("tail", [b"", b"\xff", LINES.encode("cp949")], ids=["clean", "bad byte", "mixed"])
@pytest.mark.parametrize("codec", ["utf-8", *LEGACY, "utf-16-le", "iso2022_kr"])
def test_megabytes(codec: str, tail: bytes) -> None:
    raw = (LINES * 10_000).encode(codec) + tail
    start = time.process_time()
    decode(raw, Limits())
    assert time.process_time() - start < 5
