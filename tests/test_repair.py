"""text → Document, by reversible edits."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.model import Document, Encoding
from newsclean.repair import repair

ANY = Encoding("str", 1.0)


def repaired(source: str) -> Document:
    return repair(source, ANY)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("가\r\n나\r다", "가\n나\n다"),
        ("가\u00a0나\u3000다", "가 나 다"),
        ("가\u200b나\ufeff", "가나"),
        (unicodedata.normalize("NFD", "한글"), "한글"),
        ("연구·개발(R&amp;D) &lt;앵커&gt;", "연구·개발(R&D) <앵커>"),
        ("R&amp;amp;D", "R&D"),
        ("가&nbsp;나", "가 나"),
        ("A&T;와 &nosuch;", "A&T;와 &nosuch;"),
        ("문을 열었다.한편 시는", "문을 열었다. 한편 시는"),
        ("문을 열었다.☞공감언론", "문을 열었다. ☞공감언론"),
        ("“문을 열었다.”고 말했다", "“문을 열었다.”고 말했다"),
        ("3.2㎞와 news.com", "3.2㎞와 news.com"),
        ("北 ＡＢＣ “따옴표” １２", "北 ＡＢＣ “따옴표” １２"),
    ],
)
def test_repairs(source: str, text: str) -> None:
    assert repaired(source).text == text


@given(st.text(alphabet="가나다.했&amp;;lt \r\n\u00a0\u200b\u1100\u1161A“”"))
def test_every_edit_can_be_undone(source: str) -> None:
    document = repaired(source)
    text, shift = document.text, 0
    for edit in document.edits:
        start = edit.start + shift
        assert text[start : start + len(edit.new)] == edit.new
        text = text[:start] + edit.old + text[start + len(edit.new) :]
        shift += 0
    assert text == source


def test_offsets_map_back() -> None:
    document = repaired("가&amp;나\r\n다했다.라")
    assert document.text == "가&나\n다했다. 라"
    assert document.source[document.to_source(2)] == "나"
    assert document.source[document.to_source(4)] == "다"
    assert document.source[document.to_source(len(document.text) - 1)] == "라"
