"""The {{category:…}} notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import UsageError, marked


def test_parse() -> None:
    read = marked.parse("{{title:제목}}\n본문이다. {{promo:구독}}")
    assert read.text == "제목\n본문이다. 구독"
    assert read.spans == ((0, 2, "title"), (9, 11, "promo"))


def test_a_span_may_end_in_a_brace() -> None:
    assert marked.parse("{{function f() {}}}끝").text == "function f() {}끝"


def test_a_colon_that_follows_no_category_is_text() -> None:
    assert marked.parse("{{abc: def}}").spans == ((0, 8, ""),)


@pytest.mark.parametrize("text", ["{{가나", "{{가 {{나}} 다}}", "가}} 나"])
def test_stray_marks_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        marked.parse(text)


def test_a_text_with_braces_cannot_be_marked() -> None:
    with pytest.raises(UsageError, match="--format json"):
        marked.of_article(newsclean.clean("틀은 {{이름}} 꼴이다."))


@given(st.text(alphabet="가나다 \n:{}", max_size=30))
def test_rendering_is_undone_by_parsing(text: str) -> None:
    if "{" not in text and "}" not in text and len(text) > 2:
        spans = ((1, 2, "promo"),)
        assert marked.parse(marked.render(text, spans)) == marked.Marked(text, spans)
