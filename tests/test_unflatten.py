"""Paragraphs set one behind the other on a line: parted where runs of spaces stood for their breaks, nowhere else."""

import pytest

import newsclean
from newsclean.model import Document, Edit, Encoding
from newsclean.repair import REPAIRS
from newsclean.unflatten import unflattened

LEDE = "가람시는 강변 도서관이 올해 안에 문을 열 것으로 보인다고 3일 밝혔다."
SECOND = "도서관은 지하 1층, 지상 4층 규모로 지어지며 어린이 열람실과 작은 공연장을 갖춘다."
THIRD = "시는 책 12만 권을 먼저 들여놓고 해마다 5000권씩 늘려 나갈 계획이라고 설명했다."
LAST = "주민들은 “오래 기다린 시설”이라며 반겼다."
BODY = [LEDE, SECOND, THIRD, LAST]


def parted(text: str) -> list[str]:
    document = unflattened(Document.of(text, (), Encoding("str", 1.0)), frozenset(REPAIRS))
    assert document.source == text
    chars = list(document.text)
    for place in document.parted:
        assert chars[place] == " "
        chars[place] = "\n"
    return "".join(chars).split("\n")


@pytest.mark.parametrize("gap", ["  ", "    ", " \t ", "\t\t"])
def test_paragraphs_part_whatever_stands_between(gap: str) -> None:
    assert parted(gap.join(BODY)) == "\n\n".join(BODY).split("\n")


def test_a_wider_run_than_most_stood_around_a_picture() -> None:
    caption = "강변 도서관 조감도. 가람시 제공"
    lines = parted(f"{LEDE}  {SECOND}    {caption}    {THIRD}  {LAST}")
    assert lines == [LEDE, "", SECOND, "", "", "", caption, "", "", "", THIRD, "", LAST]


def test_a_headline_behind_no_stop_parts_too() -> None:
    assert parted("  ".join(["강변 도서관, 올해 문 연다", *BODY]))[0] == "강변 도서관, 올해 문 연다"


def test_sentences_glued_to_the_next_part() -> None:
    assert parted("".join(BODY)) == BODY


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("문을 열었다.한편 시는", "문을 열었다. 한편 시는"),
        ("문을 열었다.☞공감언론", "문을 열었다. ☞공감언론"),
        ("문을 열었다.그는 웃었다.시는", "문을 열었다. 그는 웃었다. 시는"),
        ("“문을 열었다.”고 말했다", "“문을 열었다.”고 말했다"),
        ("3.2㎞와 news.com", "3.2㎞와 news.com"),
    ],
)
def test_fewer_glued_sentences_than_three_may_be_slips(text: str, mended: str) -> None:
    assert parted(text) == [mended]


def test_later_repairs_move_the_ends_of_paragraphs() -> None:
    document = unflattened(Document.of("".join(BODY), (), Encoding("str", 1.0)), frozenset(REPAIRS))
    later = document.edited([Edit(0, 2, document.text[:2], "강", "repair.jamo")])
    assert [place + 1 for place in later.parted] == list(document.parted)
    assert all(later.text[place] == " " for place in later.parted)


@pytest.mark.parametrize(
    "credit", ["(사진=가람시)", "[가람시 제공]", "ⓒ 가나일보", "사진은 지난해 모습.", "2024.3.5/가나"]
)
def test_what_a_caption_goes_on_with_stays_on_its_line(credit: str) -> None:
    assert f"{LAST} {credit}" in parted(f"{''.join(BODY)}{credit}")


@pytest.mark.parametrize(
    "text",
    [
        " ".join(BODY),
        f"{LEDE}  {SECOND} {THIRD} {LAST}",
        "  ".join([LEDE, SECOND]),
        f"{LEDE} {SECOND} {THIRD} 홍길동  기자 {LAST}",
        LEDE.replace("도서관이 ", "도서관이    "),
        "날짜    이름    조회",
    ],
    ids=["single spaces", "one run", "two paragraphs", "inside a signature", "in mid-sentence", "a short line"],
)
def test_nothing_parts_without_proof(text: str) -> None:
    assert parted(text) == [text]


def test_spaces_to_spare_in_mid_sentence_part_nothing_but_sentences() -> None:
    spaced = SECOND.replace("어린이 ", "어린이를 위한  ").replace("지하 1층, ", "지하와  지상에 ")
    lines = parted(f"{LEDE}  {spaced}  {THIRD}  {LAST}")
    assert list(filter(None, lines)) == [LEDE, spaced, THIRD, LAST]


@pytest.mark.parametrize("opening", ["지난 3일  오후 2시 강변에서 불이 났다.", "당시    네이버    는 새 지도를 냈다."])
def test_a_gap_in_the_first_sentence_costs_nothing(opening: str) -> None:
    assert newsclean.clean("  ".join([opening, *BODY])).body.split() == [*opening.split(), *" ".join(BODY).split()]


@pytest.mark.parametrize(
    "credit",
    ["hong@gana.co.kr", "2024.3.5.  hong@gana.co.kr", "(끝)", "ⓒ 가나일보", "/사진=가람시", "사진은 지난해 모습."],
)
def test_a_run_in_front_of_a_credit_is_its_own(credit: str) -> None:
    text = "  ".join(BODY)
    assert f"{LAST}  {credit}" in "\n".join(parted(f"{text}  {credit}"))


def test_every_line_is_asked_for_itself() -> None:
    assert list(filter(None, parted("강변 도서관, 올해 문 연다\n" + "  ".join(BODY)))) == [
        "강변 도서관, 올해 문 연다",
        *BODY,
    ]


def test_the_body_has_its_paragraphs_and_the_source_is_whole() -> None:
    text = "  ".join(BODY)
    article = newsclean.clean(text)
    assert article.body == "\n".join(BODY)
    assert article.source() == text
    assert {edit.rule for edit in article.document.edits} == {"repair.flattened"}


def test_a_caption_glued_into_the_article_is_found() -> None:
    caption = "이나라 시장이 3일 강변 도서관에서 시민들과 이야기하고 있다. 가람모임 제공"
    text = "".join([*BODY[:3], caption, LAST])
    article = newsclean.clean(text)
    assert article.body == "\n".join(BODY)
    assert article.source() == text


@pytest.mark.parametrize(
    "credit", ["사진=AP", "/연합뉴스", "(사진=가나뉴스1)", "/홍길동 기자", "/가람시 제공", "▲ 나루 [가람시 제공]"]
)
@pytest.mark.parametrize("behind", ["", "\n\n"])
@pytest.mark.parametrize(
    "last", ["개관을 미루는 사례가 늘고 있다.", "예산은 다음 달 논의될 전망이다.", "시의회는 지난달 이를 통과시켰다."]
)
def test_a_glued_paragraph_is_no_caption_by_its_place(last: str, behind: str, credit: str) -> None:
    body = newsclean.clean(f"{LEDE}{SECOND}{THIRD}{last}{credit}{behind}{LAST}선수단은 5일 공항을 통해 출국한다.").body
    assert last in body


def test_what_is_said_twice_in_glued_sentences_stays() -> None:
    vow = "우리는 오늘 이 자리에서 강을 살리고 마을을 지키기 위해 끝까지 싸울 것을 엄숙히 선언한다."
    assert newsclean.clean(f"{LEDE}{SECOND}{vow}강은 우리 것이다.{vow}{LAST}").body.count(vow) == 2


@pytest.mark.parametrize(("repair", "gap"), [("flattened", "  "), ("glued", "")])
def test_it_can_be_switched_off(repair: str, gap: str) -> None:
    kept = [name for name in newsclean.repair.REPAIRS if name != repair]
    assert "\n" not in newsclean.Cleaner(repair=kept).clean(gap.join(BODY)).body
