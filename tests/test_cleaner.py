"""The flow as a whole: choices, threads, processes, order."""

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

import newsclean
from newsclean import Cleaner, RulePack, UsageError, marked
from tests.paths import GOLD

CLEANER = Cleaner(morphology=False)
TEXTS = [marked.load_gold(path.read_text(encoding="utf-8"))[1].text for path in GOLD]


def wire(text: str) -> dict[str, Any]:
    return CLEANER.clean(text).to_dict()


def test_the_same_in_any_order_thread_and_process() -> None:
    expected = [wire(text) for text in TEXTS]
    assert [wire(text) for text in reversed(TEXTS)] == expected[::-1]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(wire, TEXTS)) == expected
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        assert list(processes.map(wire, TEXTS[:10])) == expected[:10]


def test_a_cleaner_can_be_pickled() -> None:
    copy = pickle.loads(pickle.dumps(Cleaner(RulePack.default().without("promo.*"), keep="caption")))
    assert copy.clean("☞공감언론 뉴시스").body == "☞공감언론 뉴시스"
    assert "caption" in copy.kept


@pytest.mark.parametrize("keep", ["caption", ["caption", "email"]])
def test_keep_takes_one_name_or_several(keep: str | list[str]) -> None:
    raw = "시민들이 웃고 있다. /뉴스1\n\n가람시는 3일 산책로를 새로 깐다고 밝혔다.\n\n공사는 다음 달 시작한다."
    assert "/뉴스1" in Cleaner(keep=keep, morphology=False).clean(raw).body


def test_an_unknown_category_says_which_there_are() -> None:
    with pytest.raises(UsageError, match=r"'adverts' is none of the categories: ad, bio"):
        Cleaner(drop=["adverts"])


def test_what_is_kept_is_still_told_apart() -> None:
    article = newsclean.clean("[앵커] 가람시가 강변 산책로를 새로 깔기로 했습니다.")
    assert article.body.startswith("[앵커]") and article.removed == ()
    assert {piece.category for piece in article.pieces} >= {newsclean.Category.CUE}


def test_of_a_page_that_holds_the_article_twice_one_copy_stays_whole() -> None:
    article = "\n".join(
        (
            "가람시는 강변 도서관의 문을 내년 봄에 열기로 하고 직원 스무 명을 뽑는다고 7일 밝혔다.",
            "도서관은 지하 1층과 지상 4층에 어린이 열람실과 작은 공연장, 시민 공방을 갖춘다고 시는 설명했다.",
            "나루동에 사는 한 주민은 아이들과 걸어서 갈 수 있는 도서관이 생겨 무척 기쁘다고 말했다.",
            "시는 평일에는 밤 9시까지, 주말에는 저녁 6시까지 문을 여는 방안을 살피고 있다고 덧붙였다.",
        )
    )
    for menu in ("", "본문 바로가기\n로그인\n회원가입\n" * 20):  # wherever the page's middle is
        page = f"{menu}입력 2023.04.07 08:26\n공유하기\n{article}\n수정 2023.04.07 09:10\n인쇄하기\n{article}\n좋아요"
        assert newsclean.clean(page).body == article


MENU = "\n".join(
    [
        "홈",
        "로그인",
        "회원가입",
        "마이페이지",
        "전체메뉴",
        "정치",
        "경제",
        "사회",
        "문화",
        "스포츠",
        "연예",
        "오피니언",
        "지역",
        "포토",
        "날씨",
    ]
)
FOOTER = "\n".join(
    [
        "댓글쓰기",
        "로그인",
        "회원가입",
        "기사제보",
        "구독신청",
        "회사소개",
        "이용약관",
        "광고문의",
        "개인정보처리방침",
        "청소년보호정책",
    ]
)
SENTENCES = (
    "가람시는 강가에 지은 새 도서관을 오는 3월부터 하루도 쉬지 않고 24시간 연다고 15일 밝혔다.\n"
    "도서관은 책 12만 권을 갖췄으며 열람석은 모두 500석으로 가람시에서 가장 큰 규모라고 시는 설명했다.\n"
    "이나라 시장은 시민 누구나 밤에도 책을 읽을 수 있는 도시를 만들고자 이 도서관을 지었다고 말했다."
)


@pytest.mark.parametrize(
    "lines",
    [
        "“정말 고맙습니다!”\n“다음에 또 오겠습니다”",
        "◆ 선발 명단\n골키퍼 김철수\n수비수 박영희 이민수\n공격수 최민호",
        "▲ 평일 24시간\n▲ 주말 12시간",
        "왜 24시간인가?\n그 까닭은 이렇다!",
    ],
)
def test_short_lines_beside_the_article_are_no_page_furniture(lines: str) -> None:
    below = f"{MENU}\n입력 2024.11.15 10:22\n{SENTENCES}\n광고\n{lines}\n{FOOTER}\n"
    above = f"{MENU}\n입력 2024.11.15 10:22\n공유하기\n{lines}\n스크랩하기\n{SENTENCES}\n{FOOTER}\n"
    for page in (below, above):
        article = newsclean.clean(page + "본문 바로가기\n" * 12)
        furniture = [cut.text for cut in article.removed if cut.rule in ("ui.page-furniture", "related.page-list")]
        assert SENTENCES in article.body and not set(furniture) & set(lines.split("\n"))


COMMENT = "도서관을 밤새 연다니 반가운 소식이지만 그만큼 일할 사람을 더 뽑아야 한다고 생각한다."
REST = SENTENCES.replace("시", "군")
LINE = "밤에 다시 찾아간 강가 도서관, 그 불빛 아래에서"


def _furniture_of(page: str) -> tuple[str, list[str]]:
    article = newsclean.clean(f"{MENU}\n입력 2024.11.15 10:22\n{page}\n{FOOTER}\n" + "본문 바로가기\n" * 12)
    return article.body, [cut.text for cut in article.removed if cut.rule == "ui.page-furniture"]


def test_a_comment_below_the_buttons_does_not_end_the_article() -> None:
    body, furniture = _furniture_of(f"{SENTENCES}\n{REST}\n{FOOTER}\n인쇄하기\n{LINE}\n인쇄하기\n{COMMENT}")
    assert REST in body and COMMENT in body
    assert furniture == [LINE]


def test_a_subhead_behind_a_box_inside_the_article_is_no_page_furniture() -> None:
    body, furniture = _furniture_of(f"{SENTENCES}\n{FOOTER}\n인쇄하기\n{LINE}\n인쇄하기\n{REST}")
    assert SENTENCES in body and LINE in body and REST in body
    assert not furniture


SECTIONS = "\n".join(
    f"{place}{what}"
    for place in ("가람", "나루", "새터", "강변", "들녘")
    for what in (
        "이야기방",
        "사람풍경",
        "소식마당",
        "열린강좌",
        "살림비법",
        "사진첩방",
        "독자광장",
        "골목지도",
        "장터기행",
    )
)
NAMES = "\n".join(
    f"{place}동장 {name}"
    for place in ("가람", "나루", "새터", "강변")
    for name in ("이나라", "박다라", "김마루", "최하늘")
)


def test_a_long_menu_of_unknown_names_goes_and_the_headline_is_found() -> None:
    head = f"본문 바로가기\n{SECTIONS}\n강가에 새 도서관… 밤에도 문 연다\n책 12만 권, 열람석 500석 마련\n"
    article = newsclean.clean(f"{head}입력 2024.11.15 10:22\n{SENTENCES}")
    assert (article.body, article.title) == (SENTENCES, "강가에 새 도서관… 밤에도 문 연다")


@pytest.mark.parametrize("button", ["", "URL 복사\n", "기사 공유하기\n"])
def test_a_long_list_below_the_stamp_stays(button: str) -> None:
    article = newsclean.clean(f"본문 바로가기\n입력 2024.11.15 10:22\n{NAMES}\n{button}{SENTENCES}")
    assert article.body == f"{NAMES}\n{SENTENCES}"


@pytest.mark.parametrize("cue", ["(아나운서)", "{앵커:", "<리포트>", "【사회】"])
def test_who_speaks_first_is_no_deck(cue: str) -> None:
    article = newsclean.clean(f"본문 바로가기\n강가에 새 도서관\n입력 2024.11.15 10:22\n{cue}\n{SENTENCES}")
    assert article.body == f"{cue}\n{SENTENCES}"


def test_the_address_in_a_page_s_foot_is_not_the_reporter_s() -> None:
    foot = "공유하기\n로그인\nwebmaster@gana.co.kr\nⓒ 가람뉴스 all rights reserved."
    article = newsclean.clean(f"입력 2024.11.15 10:22\n홍길동 기자\n{SENTENCES}\n{foot}")
    assert [(person.name, person.email) for person in article.reporters] == [("홍길동", None)]
