"""The report: counts that add up whatever the chunks, and survive the journal."""

import json

from newsclean.record import Fields, RecordCleaner
from newsclean.report import SHOWN, Report
from tests.crawl import rows
from tests.test_record import CLEANER

ROWS = RecordCleaner(CLEANER, Fields(text="본문"))


def reported(numbers: list[int]) -> Report:
    report = Report()
    crawl = rows(50)
    for number in numbers:
        row = crawl[number] if number % 2 else {**crawl[number], "본문": None}
        report.add(ROWS.cleaned(row), "error", row["id"])
    return report


def test_chunks_add_up() -> None:
    whole = Report()
    whole.merge(reported(list(range(50))), "a", 0)
    parts = Report()
    for start in range(0, 50, 10):
        parts.merge(reported(list(range(start, start + 10))), "a", start)
    assert parts == whole and whole.documents == 50 and whole.failed == 25
    assert [(failure.record, failure.id) for failure in parts.failures] == [(n + 1, n) for n in range(0, 2 * SHOWN, 2)]


def test_characters_add_up_where_nothing_is_repaired() -> None:
    report = reported([1, 3, 5])
    assert sum(report.rule_characters.values()) == sum(report.category_characters.values())
    left = report.characters_in - sum(report.rule_characters.values())
    assert report.characters_out <= left <= report.characters_out + 3 * 20  # line breaks at the edges


def test_the_wire_form_comes_back() -> None:
    report = reported(list(range(6)))
    assert Report.of(json.loads(json.dumps(report.to_dict()))) == report
    assert Report.of(Report().to_dict()) == Report() and list(Report().lines())


def test_lines_name_rules_and_failures() -> None:
    text = "\n".join(reported(list(range(50))).lines())
    assert "promo.tagline" in text and "(id 0): the field '본문' is empty (null)" in text and "5 failures more" in text
