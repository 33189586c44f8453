"""Pieces → Article: body and metadata."""

from datetime import date, datetime

import pytest

import newsclean
from newsclean import Reporter
from newsclean.metadata import KST, parse_time
from newsclean.publishers import canonical, of_address

BODY = "가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다. 공사는 다음 달 시작해 열한 달 동안 이어진다."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024.11.15 10:22", datetime(2024, 11, 15, 10, 22, tzinfo=KST)),
        ("2023. 11. 1. 09:35", datetime(2023, 11, 1, 9, 35, tzinfo=KST)),
        ("2025.06.23. 오후 5:00", datetime(2025, 6, 23, 17, 0, tzinfo=KST)),
        ("2025.06.23. 오전 12:05", datetime(2025, 6, 23, 0, 5, tzinfo=KST)),
        ("2020/01/01 13:53 송고", datetime(2020, 1, 1, 13, 53, tzinfo=KST)),
        ("2021-03-04T11:20:33+09:00", datetime(2021, 3, 4, 11, 20, tzinfo=KST)),
        ("2021-03-04T11:20:33Z", datetime(2021, 3, 4, 20, 20, tzinfo=KST)),
        ("2021-03-04 20:20:33.123+00:00", datetime(2021, 3, 5, 5, 20, tzinfo=KST)),
        ("2023년 3월 2일", date(2023, 3, 2)),
        ("2023-09-18", date(2023, 9, 18)),
        ("2023-02-31", None),
        ("어제", None),
    ],
)
def test_parse_time(text: str, expected: datetime | date | None) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (f"[서울=뉴시스]홍길동 기자 = {BODY}\nhong@newsis.com", (Reporter("홍길동", "기자", "hong@newsis.com"),)),
        (
            f"{BODY}\n홍길동 기자 hong@gana.com 임꺽정 기자 im@gana.com",
            (Reporter("홍길동", "기자", "hong@gana.com"), Reporter("임꺽정", "기자", "im@gana.com")),
        ),
        (f"(서울=연합뉴스) 홍길동 임꺽정 기자 = {BODY}", (Reporter("홍길동", "기자"), Reporter("임꺽정", "기자"))),
        (f"{BODY}\n\nhong@news1.kr", (Reporter(None, None, "hong@news1.kr"),)),
    ],
)
def test_reporters(raw: str, expected: tuple[Reporter, ...]) -> None:
    got = newsclean.clean(raw).reporters
    assert [(r.name, r.role, r.email) for r in got] == [(r.name, r.role, r.email) for r in expected]


def test_a_photographer_is_no_reporter() -> None:
    raw = (
        "(서울=연합뉴스) 임꺽정 기자 = 이가나 시장이 3일 시청에서 발언하고 있다. 2023.10.3 im@yna.co.kr\n"
        f"(가람=연합뉴스) 홍길동 기자 = {BODY}"
    )
    article = newsclean.clean(raw)
    assert [reporter.name for reporter in article.reporters] == ["홍길동"]
    assert article.place == "가람" and article.publisher == "연합뉴스"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("공감언론 뉴시스", "뉴시스"),
        ("AP/뉴시스", "뉴시스"),
        ("처음 듣는 신문", "처음 듣는 신문"),
        ("  연합뉴스 ", "연합뉴스"),
        ("Entermedia.co.kr", "엔터미디어"),
        ("nosuch.example", "nosuch.example"),
    ],
)
def test_publisher_names(name: str, expected: str) -> None:
    assert canonical(name) == expected


def test_publisher_of_an_address() -> None:
    assert of_address("hong@newsis.com") == "뉴시스"
    assert of_address("https://www.hani.co.kr/arti/1.html") == "한겨레"
    assert of_address("hong@naver.com") is None


def test_what_the_crawler_knows_wins() -> None:
    article = newsclean.clean(BODY, title="산책로 새로 깐다", publisher="공감언론 뉴시스")
    assert (article.title, article.publisher) == ("산책로 새로 깐다", "뉴시스")
    assert newsclean.clean(BODY, url="https://www.hani.co.kr/arti/1.html").publisher == "한겨레"


def test_a_cut_inside_a_line_leaves_a_space() -> None:
    article = newsclean.clean(
        "가람시는 3일 산책로를 깐다고 밝혔다. (사진=연합뉴스) 공사는 다음 달 시작한다고 시는 설명했다."
    )
    assert article.body == "가람시는 3일 산책로를 깐다고 밝혔다. 공사는 다음 달 시작한다고 시는 설명했다."


def test_wire_form_is_flat_json() -> None:
    wire = newsclean.clean(f"입력 2024.11.15 10:22\n{BODY}\n#산책로 #가람시").to_dict()
    assert wire["published"] == "2024-11-15T10:22:00+09:00" and wire["modified"] is None
    assert wire["tags"] == ["산책로", "가람시"] and wire["schema"] == 1


def test_a_deck_stands_below_the_headline() -> None:
    text = """SBS 뉴스
가람시, 강변 산책로 새로 깐다
봄부터 밤에도 연다
입력 2023.11.01 09:35
가람시가 강변 산책로를 새로 깐다고 3일 밝혔다. 공사는 다음 달 시작한다.

시민들은 반겼다. 공사는 내년까지 이어진다."""
    article = newsclean.clean(text, title="가람시, 강변 산책로 새로 깐다")
    assert article.subtitle == "봄부터 밤에도 연다"
