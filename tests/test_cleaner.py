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
