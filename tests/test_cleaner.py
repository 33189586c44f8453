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
