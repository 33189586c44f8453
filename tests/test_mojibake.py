"""Text read with the wrong encoding: restored to the character where nothing was lost, else left alone and told."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import Cleaner
from newsclean.model import Encoding
from newsclean.mojibake import damaged, mended
from newsclean.repair import repair
from newsclean.suspect import share

PROSE = (
    "가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다. “공사는 다음 달 시작한다”고 시는 설명했다.\n"
    "뷁섬 주민 1천200여 명은 ‘새 길’을 반겼다. ▶ 사업비는 45억원(국비 20억원)이다.\n"
    "북한강 쪽 3.2㎞ 구간은 내년으로 미뤘다 ― 예산이 모자라서다…"
)
CP1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"


def latin(raw: bytes) -> str:
    return raw.decode("latin-1")


def windows(raw: bytes) -> str:
    """As a browser reads Windows-1252."""
    return latin(raw).translate(dict(enumerate(CP1252, 0x80)))


WRONG: dict[str, Callable[[str], str]] = {
    "cp949 as latin-1": lambda text: latin(text.encode("cp949")),
    "cp949 as cp1252": lambda text: windows(text.encode("cp949")),
    "utf-8 as latin-1": lambda text: latin(text.encode()),
    "utf-8 as cp1252": lambda text: windows(text.encode()),
    "utf-8 as tis-620": lambda text: text.encode().decode("iso8859_11"),
    "utf-8 as latin-1, twice": lambda text: latin(latin(text.encode()).encode()),
    "utf-8 as cp1252, twice": lambda text: windows(windows(text.encode()).encode()),
    "cp949 as latin-1, then utf-8 as latin-1": lambda text: latin(latin(text.encode("cp949")).encode()),
}


def text_of(source: str) -> str:
    return repair(source, Encoding("str", 1.0), (), frozenset({"mojibake"})).text


@pytest.mark.parametrize("path", WRONG)
def test_a_whole_text_is_restored(path: str) -> None:
    assert text_of(WRONG[path](PROSE)) == PROSE


@pytest.mark.parametrize("path", WRONG)
def test_single_lines_are_restored(path: str) -> None:
    for number in range(3):
        lines = PROSE.split("\n")
        lines[number] = WRONG[path](lines[number])
        assert text_of("\n".join(lines)) == PROSE


@pytest.mark.parametrize("path", ["cp949 as latin-1", "utf-8 as latin-1", "utf-8 as cp1252"])
def test_a_span_in_a_healthy_line_is_restored(path: str) -> None:
    wrong = WRONG[path]("강변산책로를")
    assert text_of(f"시는 올해 {wrong} 새로 깐다고 밝혔다.") == "시는 올해 강변산책로를 새로 깐다고 밝혔다."


def test_utf8_read_as_cp949_is_restored_where_no_byte_is_lost() -> None:
    lossless = "본문 필독"
    wrong = lossless.encode().decode("cp949", "replace")
    assert ("�" in wrong) or text_of(wrong) == lossless
    assert text_of("본문본문".encode().decode("cp949")) == "본문본문"


def test_the_edit_can_be_undone_and_counts_in_the_source() -> None:
    source = "머리말이다.\n" + WRONG["cp949 as latin-1"]("가람시는 산책로를 새로 깐다고 밝혔다.") + "\n끝말이다."
    article = newsclean.clean(source)
    assert article.source() == source and "가람시는 산책로를" in article.body
    assert [edit.rule for edit in article.document.edits] == ["repair.mojibake-cp949-latin"]


LOSSY = "".join(
    char for char in PROSE.encode().decode("cp949", "replace") if char != "\ufffd"
)  # what a scraper keeps that drops what it cannot read


def test_lossy_mojibake_stays_and_is_told() -> None:
    source = LOSSY.replace("\n", " ") + " 무단전재 및 재배포 금지 ▶ 구독하기"
    article = newsclean.clean(source)
    assert article.document.edits == () and article.removed == ()
    assert [note.code for note in article.notes] == ["mojibake"] and "100%" in article.notes[0].message


def test_of_damaged_lines_every_character_stays() -> None:
    source = latin(PROSE.split("\n")[0].encode()).replace("\x80", "", 1)
    article = newsclean.clean(f"{source}\n본문은\u00a0여기다.")
    assert article.body.split("\n") == [source.strip(), "본문은 여기다."]


def test_many_wrong_readings_take_linear_time() -> None:
    lines = [WRONG["utf-8 as latin-1"](PROSE[:40]), WRONG["utf-8 as tis-620"](PROSE[:40])] * 1500
    start = time.process_time()
    assert len(mended("\n".join(lines))) == len(lines)
    assert time.process_time() - start < 3


def test_only_damaged_lines_are_kept_from_the_rules() -> None:
    article = newsclean.clean(f"{PROSE}\n{LOSSY.splitlines()[0]}\nⓒ 가나일보, 무단전재 및 재배포 금지")
    assert [cut.category for cut in article.removed] == ["copyright"]
    assert 0.1 < share(article.document.text, article.document.damaged) < 0.6


HEALTHY = (
    "Il a déjà mangé à l'hôtel Crillon; ça coûtait 45 €.",
    "Tiếng Việt có dấu: Nguyễn Phú Trọng đã phát biểu.",
    "Straße, Ägypten, Öl, Übermäßig; ñandú, Ålesund, Łódź",
    "ÀÁÂÃÄÅ ÈÉÊË ÌÍÎÏ ÒÓÔÕÖ ÙÚÛÜ",
    "°C ±5 ½ × · § © ® ¥ £ ¡Hola! ¿Qué?",
    "尹 대통령, 美·日 정상과 會談… 與野 “國政” 공방",
    "中國 國務院은 北京에서 經濟 政策을 發表했다. 蹂躪당한 人權",
    "第十四届全国人民代表大会第一次会议在北京人民大会堂开幕",
    "日本の首相は記者会見で「経済対策」を発表した。",
    "Президент России Владимир Путин заявил об этом",
    "นายกรัฐมนตรีของไทยกล่าวว่าเศรษฐกิจจะฟื้นตัว",
    "쀍, 뷁, 똠방각하, 펲시, 햏, 샾, 쮸쀼, 숖, 챕터 1",
    "ㅋㅋㅋ ㅠㅠ ㄱㄴㄷ ㅏㅑㅓㅕ",
    "º°º°º°º° °÷°÷°÷ ½¼ ½¼ ·¸·¸ º°¨º°¨",
    "¿¡¿¡",
    "Ägypten, º°º°º°º°",
)


@pytest.mark.parametrize("text", HEALTHY)
def test_healthy_texts_are_left_alone(text: str) -> None:
    for source in (text, f"기사는 이렇게 옮겼다. {text}", f"{PROSE}\n{text}"):
        assert mended(source) == [] and damaged(source) == []


WORDS = st.sampled_from([word for text in (*HEALTHY, PROSE) for word in text.split()])


@given(st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=6).map("\n".join))
def test_mixed_scripts_are_left_alone(source: str) -> None:
    assert mended(source) == [] and damaged(source) == []


@given(st.text(alphabet="가나다말했다. \nÀÁéèüç·°ÃÂ\xa0뷁蹂몃Ц國會ก่๊้", max_size=60))
def test_reading_again_is_done_once(source: str) -> None:
    text = text_of(source)
    assert text_of(text) == text


def test_repairs_can_be_switched_off() -> None:
    source = WRONG["utf-8 as latin-1"](PROSE)
    assert Cleaner(repair=()).clean(source).document.text == source
    assert Cleaner(repair="space").clean("가\u00a0나&amp;다").document.text == "가 나&amp;다"
    with pytest.raises(newsclean.UsageError, match="'spaces' is none of the classes of repairs"):
        Cleaner(repair=["spaces"])
