"""Traps for the detectors that no rule's miss can hold: other rules cut something beside them."""

import pytest

import newsclean

END = "\n도서관은 밤 열 시까지 연다. 뽑힌 작품은 1층에 건다. 책은 삼만 권이다."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("공모에 뽑힌 작품은 다음과 같다.\n강을 건너는 사람들\n[사진=가람시]\n\n\n" + END, "강을 건너는 사람들"),
        (
            "도서관이 문을 열었다.\n\n그리고 다시 봄.\n\n\n시민들이 책을 고른다. [사진=가람시]\n\n\n" + END,
            "그리고 다시 봄.",
        ),
        (
            "우리 아이를 돌려 주세요\n또 한 번.\n우리 아이를 돌려 주세요\n어머니는 외쳤다." + END,
            "돌려 주세요\n또 한 번",
        ),
        ("푸른 하늘 은하수 하얀 쪽배에\n(박수)\n푸른 하늘 은하수 하얀 쪽배에\n토끼 한 마리" + END, "쪽배에\n(박수)"),
    ],
    ids=["the last item of a list", "a noun behind which the text goes on", "a cry", "a refrain"],
)
def test_it_is_no_picture_and_no_headline(text: str, kept: str) -> None:
    assert kept in newsclean.clean(text).body
