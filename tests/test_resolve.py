"""Labels → Pieces: hints that chain, the tail, crumbs, photo articles."""

from newsclean import Article, Category, Cleaner, RulePack
from newsclean.rule import Rule

BODY = "가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다."


def rule(name: str, at: str, pattern: str, *needs: str, **more: object) -> Rule:
    return Rule(f"ui.{name}", Category.UI, "시험", at=at, pattern=pattern, needs=needs, **more)  # type: ignore[arg-type]


WALL = rule("wall", "whole", "저작권 표시", "저작권")


def clean(text: str, *rules: Rule) -> Article:
    return Cleaner(RulePack(rules), morphology=False).clean(text)


def test_a_hint_alone_is_body() -> None:
    hint = rule("line", "whole", "[가-힣 ]{2,20}", after=("ui",))
    assert clean(f"{BODY}\n다른 소식", WALL, hint).body == f"{BODY}\n다른 소식"


def test_hints_chain_behind_a_cut_and_stop_at_a_sentence() -> None:
    hint = rule("line", "whole", "[가-힣 ]{2,20}", after=("ui",))
    text = f"저작권 표시\n다른 소식\n또 다른 소식\n{BODY}\n남는 소식"
    assert clean(text, WALL, hint).body == f"{BODY}\n남는 소식"


def test_hints_chain_backwards() -> None:
    hint = rule("line", "whole", "[가-힣 ]{2,20}", before=("ui.wall",))
    assert clean(f"{BODY}\n이름 하나\n저작권 표시", WALL, hint).body == BODY


def test_start_and_end_of_the_text_are_neighbours() -> None:
    hint = rule("first", "whole", "머리말", after=("start",))
    assert clean(f"머리말\n{BODY}\n머리말", hint).body == f"{BODY}\n머리말"


def test_both_neighbours_must_hold() -> None:
    hint = rule("between", "whole", "사이", after=("ui.wall",), before=("ui.wall",))
    assert clean(f"저작권 표시\n사이\n저작권 표시\n{BODY}\n사이", WALL, hint).body == f"{BODY}\n사이"


def test_the_tail_begins_behind_the_last_sentence() -> None:
    hint = rule("tail", "whole", "[가-힣 ]{2,20}", after=("ui",), zone="tail")
    assert clean(f"저작권 표시\n앞선 줄\n{BODY}\n저작권 표시\n뒤의 줄", WALL, hint).body == f"앞선 줄\n{BODY}"


def test_crumbs_between_cuts_join_them() -> None:
    article = clean(f"{BODY}\n저작권 표시 | 저작권 표시 ·", rule("wall", "inline", "저작권 표시", "저작권"))
    assert article.body == BODY
    assert {cut.rule for cut in article.removed} == {"ui.wall"}


def test_punctuation_of_the_body_stays() -> None:
    assert (
        clean("그는 “간다”고 했다. 저작권 표시", rule("wall", "inline", "저작권 표시", "저작권")).body
        == "그는 “간다”고 했다."
    )


def test_a_photo_article_keeps_its_caption() -> None:
    photo = "[서울=뉴시스]홍길동 기자 = 시민들이 16일 광장에서 눈을 치우고 있다. 2021.03.16. photo@newsis.com"
    assert Cleaner(morphology=False).clean(photo).body == "시민들이 16일 광장에서 눈을 치우고 있다."


def test_the_guard_gives_captions_back_where_they_are_most_of_the_sentences() -> None:
    shots = [f"시민들이 16일 광장 {place}에서 눈을 치우고 있다. /뉴스1" for place in ("동쪽", "서쪽", "남쪽", "북쪽")]
    article = Cleaner(morphology=False).clean("\n\n\n\n".join(shots))
    assert article.body.count("치우고 있다.") == 4 and "뉴스1" not in article.body
    long = "\n\n".join([shots[0], BODY, "시는 밤까지 길을 열겠다고 했다.", "눈은 내일 그친다."])
    assert "치우고" not in Cleaner(morphology=False).clean(long).body
