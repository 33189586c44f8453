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
        ("가\u2028나\x0b다\x0c라", "가\n나\n다\n라"),
        (
            '[강](https://gana.kr/a_(b)) [[단독] 봄](/n/1 "봄") [hong@gana.kr](mailto:hong@gana.kr)',
            "강 [단독] 봄 hong@gana.kr",
        ),
        ("[![강](https://gana.kr/a.jpg)](https://gana.kr/1) 표[1](주)", "![강](https://gana.kr/a.jpg) 표[1](주)"),
        ("hong＠gana.co.kr, 값은 ＠당 3원", "hong@gana.co.kr, 값은 ＠당 3원"),
        ("가\x00나\x07다\x7f\u200e", "가나다"),
        ("각\u11a8", "각\u11a8"),
        ("가\u11a8", "각"),
        ("ㅎㅏㄴㄱㅡㄹ", "한글"),
        ("ㅋㅋㅋ ㅠㅠ ㄱㅏ ㄴㄷ", "ㅋㅋㅋ ㅠㅠ ㄱㅏ ㄴㄷ"),
        ("\uf0b7 첫째 왜곡\uf09e편파", "• 첫째 왜곡·편파"),
        ("첫 줄<br>둘째 줄<BR />셋째<p>넷째</p>", "첫 줄\n둘째 줄\n셋째\n넷째\n"),
        ("첫 줄&lt;br /&gt;둘째&amp;lt;/p&amp;gt;", "첫 줄\n둘째\n"),
        ("<앵커> a<b, <책>", "<앵커> a<b, <책>"),
        ("문을 열었다.\u200b그는", "문을 열었다.그는"),
        ("&\u200bamp;", "&"),
        ("樂\uf914 不\uf967 ｱﾊﾟｰﾄ", "樂\uf914 不\uf967 ｱﾊﾟｰﾄ"),
        ("A&T;와 &nosuch;", "A&T;와 &nosuch;"),
        (r"첫 줄\r\n\r\n둘째\xa0줄\n\t셋째\u200b 줄", "첫 줄\n\n둘째 줄\n\t셋째 줄"),
        (r"첫 줄\\n둘째 줄\\n셋째 줄", "첫 줄\n둘째 줄\n셋째 줄"),
        (r"줄을 바꾸려면 \n을 쓴다. C:\temp에 있다.", r"줄을 바꾸려면 \n을 쓴다. C:\temp에 있다."),
        (
            r"줄은 \n으로 바꾼다. 두 줄은 \n\n이다. 그는 이렇게 적었다.",
            r"줄은 \n으로 바꾼다. 두 줄은 \n\n이다. 그는 이렇게 적었다.",
        ),
        (r"폴더는 D:\news와 D:\notes다.", r"폴더는 D:\news와 D:\notes다."),
        ("줄을 바꾸려면 \\n을 쓴다.\n\\n은 두 글자다.", "줄을 바꾸려면 \\n을 쓴다.\n\\n은 두 글자다."),
        ("北 ＡＢＣ “따옴표” １２", "北 ＡＢＣ “따옴표” １２"),
    ],
)
def test_repairs(source: str, text: str) -> None:
    assert repaired(source).text == text


DAMAGED = st.text(alphabet="가나다.했&amp;;lt<br>p/# \\nr\r\n\u00a0\u200b\u1100\u1161\u11a8ㄱㅏㄴA“”\x00\uf0b7À¡é蹂")


@given(DAMAGED)
def test_repairing_again_changes_nothing(source: str) -> None:
    text = repaired(source).text
    assert repaired(text).text == text


@given(DAMAGED)
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
    document = repaired("가&amp;나\r\n다했다.\u00a0라")
    assert document.text == "가&나\n다했다. 라"
    assert document.source[document.to_source(2)] == "나"
    assert document.source[document.to_source(4)] == "다"
    assert document.source[document.to_source(len(document.text) - 1)] == "라"
