"""Signatures put together from their parts: whatever the order, the brackets and the place, nothing of them stays."""

from itertools import product

import pytest

from newsclean import Cleaner

BODY = (
    "강변시는 지난 12일 시청 대회의실에서 하천 정비 계획을 발표했다.\n"
    "시는 2027년까지 예산 320억 원을 들여 산책로와 쉼터를 만들 방침이다.\n"
    "시 관계자는 “주민 의견을 더 듣고 설계에 반영하겠다”고 말했다."
)
MAIL = "minseo@garam.co.kr"
RIGHTS = "<저작권자 ⓒ 가람일보, 무단 전재 및 재배포 금지>"

BRACKETS = ["[]", "［］", "〔〕", "()", "【】", "<>", "＜＞", "〈〉"]
NAMED = [
    "{outlet}={name} 기자",
    "{outlet} {name} 기자",
    "{name} {outlet} 기자",
    "{outlet} | {name} 기자",
    "{outlet} 사회부 {name} 기자",
    "강릉={outlet} {name} 기자",
    "강릉={name} 기자",
    "{name} 인턴기자",
]
SIGNED = ["{name} 기자", "{outlet} {name} 기자", "{name} {outlet} 선임기자", "사회부 {name} 기자", "강릉={name} 특파원"]
TIES = ["{signed} {mail}", "{signed}({mail})", "{signed}/{mail}", "{signed} | {mail}", "{signed}={mail}"]
BEHIND = [
    "{body}\n{signature}",
    "{body}\n\n{signature}\n\n{rights}",
    "{flat} {signature}",
    "{flat} {signature} {rights}",
]
PLACES = [
    *BEHIND,
    "강변시, 하천 정비에 320억 투입\n{signature}\n{body}",
]


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(morphology=False)


def _left(cleaner: Cleaner, place: str, signature: str) -> str:
    """What stays beside the body and its headline."""
    text = place.format(body=BODY, flat=BODY.replace("\n", " "), signature=signature, rights=RIGHTS)
    body = " ".join(cleaner.clean(text).body.split())
    flat = BODY.replace("\n", " ")
    assert flat in body, text
    return body.replace(flat, "").replace("강변시, 하천 정비에 320억 투입", "").strip()


@pytest.mark.parametrize(("brackets", "form"), product(BRACKETS, NAMED))
def test_names_in_brackets(cleaner: Cleaner, brackets: str, form: str) -> None:
    signature = brackets[0] + form.format(outlet="누리데일리", name="홍민서") + brackets[1]
    assert {place: left for place in PLACES if (left := _left(cleaner, place, signature))} == {}


@pytest.mark.parametrize(("tie", "signed"), product(TIES, SIGNED))
def test_names_with_a_mail(cleaner: Cleaner, tie: str, signed: str) -> None:
    signature = tie.format(signed=signed.format(outlet="누리데일리", name="홍민서"), mail=MAIL)
    assert {place: left for place in PLACES if (left := _left(cleaner, place, signature))} == {}


@pytest.mark.parametrize("signed", SIGNED)
def test_mail_in_front_of_names(cleaner: Cleaner, signed: str) -> None:
    signature = f"{MAIL} | {signed.format(outlet='누리데일리', name='홍민서')}"
    assert {place: left for place in BEHIND if (left := _left(cleaner, place, signature))} == {}
