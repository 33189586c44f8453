"""Kiwi behind narrow questions."""

import subprocess
import sys

import newsclean
from newsclean.morphology import Morphology
from tests.paths import ROOT, SEEDS


def test_is_name() -> None:
    kiwi = Morphology()
    assert kiwi.is_name("홍길동") and not kiwi.is_name("밝혔다")
    assert kiwi.asked == 2


def test_is_spaced() -> None:
    kiwi = Morphology()
    assert not kiwi.is_spaced("도서관은 올해 안에 문을 열 것으로 보인", "다고 밝혔다.")
    assert not kiwi.is_spaced("시는 낡은 다리를 새로 구축", "했다고 밝혔다.")
    assert not kiwi.is_spaced("공사는 다음 달 3", "일에 시작한다.")
    assert kiwi.is_spaced("시민들은 새로", "생긴 공원을 찾았다.")
    assert kiwi.asked == 4


PORTRAIT = (
    "홍길동\n\n가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다.\n\n공사는 다음 달 시작한다고 시는 설명했다."
)


def test_a_lone_name_above_the_lede_is_a_portrait_caption() -> None:
    cleaner = newsclean.Cleaner()
    assert cleaner.clean(PORTRAIT).captions == ("홍길동",)
    assert cleaner.morphology is not None and cleaner.morphology.asked == 1


def test_an_ordinary_article_never_loads_kiwi() -> None:
    code = f"import sys, newsclean; newsclean.clean(open({str(SEEDS[0])!r}, 'rb').read()); print('kiwipiepy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_without_morphology_the_unsettled_stays() -> None:
    assert newsclean.Cleaner(morphology=False).clean(PORTRAIT).captions == ()
