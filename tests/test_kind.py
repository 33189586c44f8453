"""The kind of a document, and the notes that a pipeline filters by."""

import pytest

import newsclean
from newsclean import Kind

LEDE = "가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다."
BODY = f"{LEDE}\n\n공사는 다음 달 시작해 열한 달 동안 이어진다.\n\n시는 주민의 뜻을 물어 나무를 고르겠다고 말했다."
TURNS = "\n".join(
    f"◆ {name}> {words}"
    for name, words in (
        ("이나라", "강변의 봄은 어떻습니까?"),
        ("박다라", "꽃이 사월에 피었습니다."),
        ("이나라", "사람이 많이 옵니까?"),
        ("박다라", "작년보다 곱절은 옵니다."),
    )
)
CASES = {
    Kind.ARTICLE: BODY,
    Kind.BROADCAST: f"[앵커]\n강변 산책로가 바뀝니다.\n[기자]\n{BODY}\n가람방송 이나라입니다.",
    Kind.TRANSCRIPT: TURNS,
    Kind.INTERVIEW: "\n\n".join(
        f"Q{n}. 산책로에서 무엇을 바꾸었습니까?\n\n나무 {n}그루를 새로 심었습니다." for n in range(1, 5)
    ),
    Kind.PHOTO: "[서울=뉴시스]이나라 기자 = 시민들이 16일 광장에서 눈을 치우고 있다. 2021.03.16. photo@newsis.com",
    Kind.LIST: "▲이나라 별세, 박다라 모친상=11일 가람병원, 발인 14일 8시\n▲강나루 별세, 고보리 부친상=12일 나루병원, 발인 15일",
    Kind.POLL: f"{BODY}\n\n표본오차는 ±3.1%포인트, 응답률은 13%다.",
    Kind.MARKET: "코스피가 3일 오른 채 장을 마쳤다.\n\n코스피는 전 거래일보다 12.31포인트 오른 2,400.12로 거래를 마쳤다. 외국인은 순매수했다.",
    Kind.PRESS_RELEASE: f"{BODY}\n\n담당부서: 공원과 (061-123-4567)",
    Kind.ERROR: "요청하신 페이지를 찾을 수 없습니다. 삭제된 기사이거나 주소가 바뀌었습니다.",
}


@pytest.mark.parametrize("kind", CASES)
def test_kind(kind: Kind) -> None:
    article = newsclean.clean(CASES[kind])
    assert article.kind is kind
    assert article.to_dict()["kind"] == str(kind)


def test_every_kind_has_a_case() -> None:
    assert set(CASES) == set(Kind)


CUT = f"{BODY}\n\n시는 다리의 조명도 새로 달기로 하고 내년 예산에 들어갈 돈을"
NOTED = {
    "empty-body": "입력 2024.11.15 10:22\n저작권자 © 가나일보 무단전재 및 재배포 금지",
    "mostly-removed": LEDE + "\n저작권자 © 가나일보 무단전재 및 재배포 금지" * 40,
    "truncated": CUT,
    "paywall": f"{BODY}\n\n이 기사는 유료회원만 볼 수 있습니다. 로그인 후 전체 기사를 보실 수 있습니다.",
    "not-an-article": "가람시, 강변 산책로 새 단장 계획 확정",
}


@pytest.mark.parametrize("code", NOTED)
def test_noted(code: str) -> None:
    assert code in [note.code for note in newsclean.clean(NOTED[code]).notes]


@pytest.mark.parametrize("kind", [Kind.ARTICLE, Kind.BROADCAST, Kind.INTERVIEW, Kind.PHOTO, Kind.LIST, Kind.POLL])
def test_a_whole_article_is_not_noted(kind: Kind) -> None:
    assert newsclean.clean(CASES[kind]).notes == ()


def test_words_of_a_paywall_in_the_text_are_no_paywall() -> None:
    text = f"가람일보는 유료회원만 볼 수 있는 기사를 늘린다고 3일 밝혔다.\n\n{BODY}"
    assert newsclean.clean(text).notes == ()
