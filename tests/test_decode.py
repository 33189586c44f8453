"""bytes → text."""

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
