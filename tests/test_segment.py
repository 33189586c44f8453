"""Lines and soft breaks."""

import pytest

from newsclean.segment import segments, trim


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in segments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n", []),
        ("가나다\n\n라마", ["가나다", "라마"]),
        ("문을 열었다. 공사는 끝났다.", ["문을 열었다.", "공사는 끝났다."]),
        ("“문을 열었다.” 그가 말했다.", ["“문을 열었다.”", "그가 말했다."]),
        ("2023. 11. 1. 09:35", ["2023. 11. 1. 09:35"]),
        ("구독하기▶ 앱 내려받기☞공감언론", ["구독하기", "▶ 앱 내려받기", "☞공감언론"]),
        ("부제 하나  부제 둘", ["부제 하나", "부제 둘"]),
        ("제품은 3.2㎞를 달린다", ["제품은 3.2㎞를 달린다"]),
    ],
)
def test_segments(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_trim() -> None:
    assert trim("  가 ", 0, 4) == (2, 3)
    assert trim("   ", 0, 3) is None
