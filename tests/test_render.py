"""Article → text, json, marked, explain."""

import json

import newsclean
from newsclean import RulePack
from newsclean.render import FORMATS

ARTICLE = newsclean.clean("문을 열었다고 시는 3일 밝혔다.\r\n☞공감언론 뉴시스 hong@newsis.com")
RULES = RulePack.default()


def test_text() -> None:
    assert FORMATS["text"](ARTICLE, RULES, False) == "문을 열었다고 시는 3일 밝혔다."


def test_json_is_one_line() -> None:
    output = FORMATS["json"](ARTICLE, RULES, False)
    assert "\n" not in output and json.loads(output) == ARTICLE.to_dict()


def test_marked_names_categories() -> None:
    assert "{{email:hong@newsis.com}}" in FORMATS["marked"](ARTICLE, RULES, False)


def test_explain_shows_cuts_reasons_and_repairs() -> None:
    output = FORMATS["explain"](ARTICLE, RULES, False)
    assert "- hong@newsis.com" in output and "repair.newline" in output and output.endswith("characters")
    assert "\x1b[31m" in FORMATS["explain"](ARTICLE, RULES, True)
