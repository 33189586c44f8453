"""Hard-wrapped paragraphs: joined where the wrap is certain, left alone everywhere else."""

import textwrap

import pytest

from newsclean.model import Document, Encoding
from newsclean.morphology import Morphology
from newsclean.unwrap import unwrapped
from newsclean.wrapping import joins

FIRST = (
    "가람시는 강변 도서관이 올해 안에 문을 열 것으로 보인다고 3일 밝혔다. 도서관은 지하 1층, 지상 4층 규모로 지어지며 "
    "어린이 열람실과 작은 공연장, 시민이 함께 쓰는 공방을 갖춘다. 시는 책 12만 권을 먼저 들여놓고 해마다 5000권씩 "
    "늘려 나갈 계획이라고 설명했다."
)
SECOND = (
    "주민들은 오래 기다린 시설이라며 반겼다. 나루동에 사는 한 주민은 아이들과 걸어서 갈 수 있는 도서관이 생겨 기쁘다며 "
    "저녁에도 문을 열면 좋겠다고 말했다. 시는 평일에는 밤 9시까지, 주말에는 저녁 6시까지 문을 여는 방안을 살피고 있다."
)


def columns(text: str) -> int:
    return sum(2 if "가" <= char <= "힣" else 1 for char in text)


def at_words(text: str, width: int = 60) -> str:
    lines = [""]
    for word in text.split():
        if lines[-1] and columns(lines[-1] + " " + word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def in_words(text: str, width: int = 60, keep: bool = False) -> str:
    lines = [""]
    for char in text:
        if columns(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return "\n".join(lines if keep else [line.strip() for line in lines])


def never(left: str, right: str) -> bool | None:
    raise AssertionError(f"asked about {left!r} and {right!r}")


def unknown(left: str, right: str) -> bool | None:
    return None


def applied(text: str, found: list[tuple[int, int, str]]) -> str:
    for start, end, new in reversed(found):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("newline", ["\n", "\r\n", " \n", "\n  "])
def test_a_mail_wrapped_at_words_needs_no_question(width: int, newline: str) -> None:
    text = at_words(FIRST, width).replace("\n", newline)
    assert applied(text, joins(text, never)) == FIRST


def test_wrapped_by_characters_at_words() -> None:
    text = "\n".join(textwrap.wrap(FIRST, 36, break_long_words=False, break_on_hyphens=False))
    assert applied(text, joins(text, never)) == FIRST


@pytest.mark.parametrize("width", [50, 60, 80])
def test_wrapped_in_mid_word(width: int) -> None:
    text = in_words(FIRST, width)
    found = joins(text, Morphology().is_spaced)
    assert applied(text, found) == FIRST
    assert {new for _, _, new in found} == {"", " "}


def test_spaces_that_survived_the_cut_answer_for_themselves() -> None:
    text = in_words(FIRST, keep=True)
    assert applied(text, joins(text, never)) == FIRST


def test_two_paragraphs() -> None:
    text = f"강변 도서관 올해 문 연다\n\n{at_words(FIRST)}\n\n{at_words(SECOND)}\n\n가람일보 홍길동 기자\n"
    expected = f"강변 도서관 올해 문 연다\n\n{FIRST}\n\n{SECOND}\n\n가람일보 홍길동 기자\n"
    assert applied(text, joins(text, never)) == expected


def test_a_short_paragraph_follows_a_proven_width() -> None:
    short = "시는 이 밖에도 낡은 마을회관 세 곳을 고쳐 작은 도서관으로 쓰는 방안을 함께 살피고 있다."
    assert joins(at_words(short), never) == []
    text = f"{at_words(FIRST)}\n\n{at_words(short)}"
    assert applied(text, joins(text, never)) == f"{FIRST}\n\n{short}"


BRIEF = (
    "가람시는 강변 도서관이 올해 안에 문을 열 것으로 보인다고 3일 밝히고 책 12만 권을 먼저 들여놓기로 했다.",
    "나루동 주민센터는 오래 비어 있던 창고를 고쳐 이웃이 함께 쓰는 부엌으로 내놓는다고 4일 알렸다.",
    "다솜군은 산불을 막으려고 등산로 열두 곳을 다음 달 말까지 닫고 감시원 마흔 명을 더 두기로 했다.",
)


def test_short_paragraphs_prove_a_width_together() -> None:
    brief = [*BRIEF, *(text.replace("일", "일 오전") for text in BRIEF)]
    text = "\n\n".join(at_words(paragraph, 64) for paragraph in brief)
    assert applied(text, joins(text, lambda _left, _right: True)) == "\n\n".join(brief)


def test_few_short_paragraphs_prove_none() -> None:
    text = "\n\n".join(at_words(paragraph, 64) for paragraph in BRIEF)
    assert joins(text, never) == []


def test_short_paragraphs_of_several_widths_prove_none() -> None:
    text = "\n\n".join(at_words(text, width) for text in BRIEF for width in (48, 64, 80))
    assert joins(text, never) == []


def test_an_unknown_answer_leaves_the_paragraph() -> None:
    assert joins(in_words(FIRST), unknown) == []


@pytest.mark.parametrize("wrap", [at_words, in_words])
def test_joining_twice_finds_nothing(wrap: object) -> None:
    assert callable(wrap)
    text = f"{wrap(FIRST)}\n{wrap(SECOND)}\n\n{wrap(SECOND)}"
    kiwi = Morphology()
    document = unwrapped(Document.of(text, (), Encoding("str", 1.0)), kiwi.is_spaced)
    assert document.edits and joins(document.text, kiwi.is_spaced) == []
    again = unwrapped(Document.of(document.text, (), Encoding("str", 1.0)), kiwi.is_spaced)
    assert again.edits == () and applied(text, [(e.start, e.end, e.new) for e in document.edits]) == document.text


TRAPS = {
    "poem": (
        "강은 오늘도 낮은 소리로 마을을 돌아\n먼 들판 끝으로 흘러가고\n우리는 다리 위에 서서 저무는 하늘을 보며\n"
        "돌아오지 않는 이름들을\n하나씩 하나씩 물 위에 적어 보았다\n바람이 불면 글자들은 조용히 흩어지고\n아무 말도 남지 않았다."
    ),
    "list": "\n".join(
        f"- 가람시는 {place} 주민을 위한 새 쉼터를 올해 안에 짓는 방안을 찾고"
        for place in ("나루동", "다솔동", "라온동", "마루동")
    )
    + " 있다.",
    "numbers": "\n".join(f"{n}. 강변 도서관에 어린이 열람실과 작은 공연장을 함께 두는 안을" for n in range(1, 6))
    + " 고른다.",
    "table": "\n".join(
        f"{place}\t12만 권\t어린이 열람실과 작은 공연장\t올해 안에 개관"
        for place in ("나루동", "다솔동", "라온동", "마루동", "바다동")
    ),
    "headlines": (
        "가람시, 강변 도서관 올해 안에 문 연다…책 12만 권 규모\n나루동 주민들 “걸어서 갈 도서관 생겨 기쁘다” 환영\n"
        "다솔군, 낡은 다리 새로 놓는다…내년 봄 착공 예정\n라온시 “버스 노선 열두 개 늘려 출근길 덜 붐비게”\n"
        "가람시는 강변 산책로를 새로 깐다고 3일 밝혔다."
    ),
    "menu": "전체기사 정치 경제 사회 문화 국제 스포츠 연예\n구독신청 기사제보 광고문의 불편신고 저작권문의\n회사소개 개인정보처리방침 청소년보호정책 이용약관\n"
    "이메일무단수집거부 윤리강령 고충처리인 독자위원회\n모바일 페이스북 유튜브 네이버포스트 카카오채널",
    "persons": "◇승진 △도시국장 홍길동 △복지국장 김가람 △문화국장 이나루\n△교통과장 박다솔 △공원과장 최라온 △주택과장 정마루 △환경과장\n"
    "강바다 △도서관장 조사랑 △수도과장 윤아름 △안전과장 장자람\n△홍보과장 임차오름 △감사과장 한타래 △기획과장 오파란.",
    "transcript": "앵커: 강변 도서관이 올해 안에 문을 연다는 소식이 들어왔는데요\n기자: 네, 가람시는 오늘 도서관 공사를 거의 마쳤다고 밝히고\n"
    "앵커: 주민들은 어떤 반응을 보이고 있는지 궁금해하는 분이 많고\n기자: 걸어서 갈 수 있는 도서관이 생겼다며 모두 반기고 있습니다.",
    "questions": "Q. 강변 도서관은 언제 문을 열고 무엇을 갖추게 되는 것인지\nA. 올해 안에 문을 열고 어린이 열람실과 작은 공연장을 갖추며\n"
    "Q. 책은 얼마나 들여놓고 해마다 얼마나 늘려 나갈 계획인지\nA. 먼저 12만 권을 들여놓고 해마다 5000권씩 늘려 나간다고 한다.",
    "sentences": "가람시는 강변 도서관이 올해 안에 문을 연다고 밝혔다.\n도서관은 어린이 열람실과 작은 공연장을 함께 갖춘다.\n"
    "시는 책 12만 권을 먼저 들여놓을 계획이라고 설명했다.\n주민들은 오래 기다린 시설이 생겼다며 크게 반겼다.\n시는 밤 9시까지 문을 여는 방안을 살핀다고 했다.",
    "ticker": "가람시 강변 도서관 올해 안에 개관…책 12만 권 규모로…\n나루동 주민들 환영…걸어서 갈 도서관 생겨 기쁘다는…\n"
    "다솔군 낡은 다리 새로 놓기로…내년 봄 착공 예정이라…\n라온시 버스 노선 열두 개 늘려…출근길 혼잡 덜겠다고…",
    "captions": "가람시 강변 도서관 공사 현장을 시민들이 둘러보고 있다. /가람일보\n나루동 주민들이 새로 깐 산책로를 걷고 있다. 2031.4.3 /가람일보\n"
    "다솔군의 낡은 다리 앞에 공사를 알리는 팻말이 서 있다. /가람일보\n라온시 버스 차고지에 새 버스들이 줄지어 서 있다. /가람일보",
    "paragraphs": f"{FIRST}\n{SECOND}\n\n{FIRST}\n{SECOND}",
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_is_no_wrap_stays(name: str) -> None:
    assert joins(TRAPS[name], lambda left, right: True) == []
    assert joins(f"{TRAPS[name]}\n\n{FIRST}\n\n{TRAPS[name]}", lambda left, right: True) == []


def test_a_list_beside_a_wrapped_paragraph_stays() -> None:
    text = f"{at_words(FIRST)}\n\n{TRAPS['headlines']}\n\n{TRAPS['sentences']}"
    assert applied(text, joins(text, never)) == f"{FIRST}\n\n{TRAPS['headlines']}\n\n{TRAPS['sentences']}"


@pytest.mark.parametrize("text", ["", "\n\n\n\n", "가\n나\n다\n라\n마"])
def test_next_to_nothing(text: str) -> None:
    assert joins(text, never) == []


POEM = (
    "강가에 앉아 나는 오래된 책을 한 장 한 장 읽으며\n바람이 부는 저녁이 오면 너를 천천히 생각하고\n"
    "밤이 깊도록 불을 켠 채 그대의 편지를 기다리며\n새벽이 오는 소리를 들으면서 조용히 눈을 감고\n"
    "다시 아침이 오면 나는 강가에 홀로 앉아 있었다."
)
MONTHS = (
    "1월에는 강변 도서관에서 어린이 책 잔치가 열리는데\n2월에는 나루동 공방에서 도자기 수업을 시작하는\n"
    "3월에는 가람시 합창단이 봄맞이 공연을 준비하는\n4월에는 강변 산책로에서 시민 걷기 대회를 열고서\n"
    "5월에는 강변 축제의 막이 오른다고 시는 밝혔다."
)


@pytest.mark.parametrize("text", [POEM, MONTHS])
def test_lines_that_are_alike_are_no_wrap(text: str) -> None:
    assert joins(text, never) == []


def test_a_word_that_looks_like_a_particle_proves_no_cut() -> None:
    text = (
        "가람시는 책 잔치를 열어 시민을 맞고 코로나19\n대응 기금을 시민과 함께 정해 도서관을 다시 열고\n"
        "책 전시를 함께 마련해 시민에게 책을 빌려 주며\n은 값은 올랐고 강가에서 잔치를 열어 시민을\n맞이하기로 했다."
    )
    assert "코로나19대응" not in applied(text, joins(text, Morphology().is_spaced))
    assert "주며은" not in applied(text, joins(text, Morphology().is_spaced))
