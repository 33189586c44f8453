"""The benchmarks: the measure, the floors, the peers' processes, and that what is published is what was measured."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import __main__ as command
from benchmarks import coverage, floors, gold, layouts, mine, peers, quality, report, score, strangers
from benchmarks.spread import spread
from newsclean import Cleaner, RulePack
from newsclean.errors import Limits
from tests.paths import ROOT, SHARED

SCORER = SHARED / "tools" / "score.py"
LABELLED = [SHARED / "corpus" / name for name in ("dev.jsonl", "extracted.jsonl")]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return quality.of_fixtures()


# The measure.


def slow_common(one: str, other: str) -> int:
    row = [0] * (len(other) + 1)
    for char in one:
        before, row = row, [0]
        for index, twin in enumerate(other):
            row.append(before[index] + 1 if char == twin else max(before[index + 1], row[index]))
    return row[-1]


@given(st.text("가나다 ", max_size=30), st.text("가나다 ", max_size=30))
def test_the_common_subsequence_is_the_longest(one: str, other: str) -> None:
    assert score.common(one, other) == slow_common(one, other)


def of_text(text: str, *removed: gold.Span, **more: Any) -> gold.Gold:
    return gold.Gold("a", "a", "lines", text, gold.squash(gold.without(text, removed)), 4, (), removed, **more)


def test_what_is_lost_and_what_is_left_are_counted_without_white_space() -> None:
    document = of_text("제목이다\n본문은 여기에 있다.", (0, 4, "title"))
    both, half, none = (score.of_body(document, body) for body in ("제목이다\n본문은 여기에 있다.", "본문은", ""))
    assert (both.lost, both.left, both.exact) == (0, 4, False)
    assert (half.lost, half.left, half.f1) == (6, 0, 2 * (3 / 9) / (3 / 9 + 1))
    assert (none.lost, none.f1) == (9, 0.0)
    assert score.of_body(document, "본문은\n여기에있다.").exact


def test_metadata_that_the_gold_has_not_is_invented() -> None:
    people = [{"name": "홍길동", "email": None}, {"name": "임꺽정", "email": "im@example.com"}]
    result = {"title": "제목", "place": "가람", "published": "2024-11-15T10:22:00+09:00", "reporters": people}
    meta = {"title": "제 목", "published": "2024-11-15", "reporters": ["홍길동"], "captions": 1}
    right = score.of_metadata(meta, result)
    assert right == {"title": 1.0, "published": 1.0, "reporters": 2 / 3, "emails": 0.0, "captions": 0.0}
    assert score.invented(meta, result) == ["place"]


def scorer() -> ModuleType:
    pytest.importorskip("rapidfuzz", reason="score.py needs rapidfuzz")
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_the_figures_are_those_of_the_shared_scorer(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path} is not here")
    theirs, cleaner = scorer(), Cleaner(morphology=False)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][::3]
    for record, document in zip(records, gold.load(path)[::3], strict=True):
        article = cleaner.clean(record["text"])
        row, ours = theirs.score_doc(record, {"body": article.body}), score.of_body(document, article.body)
        assert (ours.f1, ours.exact, ours.lost, ours.left) == (
            row["f1"],
            row["exact"],
            row["lost_chars"],
            row["left_chars"],
        )
        assert (ours.body, ours.clutter) == (row["body_chars"], row["clutter_chars"])
        assert score.of_metadata(document.meta, article.to_dict()) == theirs.score_meta(record, article.to_dict())


# Quality.


def test_two_runs_give_the_same_figures_to_the_last_digit(figures: dict[str, Any]) -> None:
    assert json.dumps(quality.of_fixtures()) == json.dumps(figures)


def test_both_countings_of_what_is_left_and_lost_agree(figures: dict[str, Any]) -> None:
    for shape in ("as stored", "flattened"):
        by_text = figures["scores"]["all"][shape]
        by_span = [shapes[shape] for shapes in figures["categories"].values()]
        assert sum(row["taken"] for row in by_span) == by_text["lost"]
        assert sum(row["kept"] for row in by_span) == pytest.approx(by_text["left"], abs=30)


def test_the_layout_of_a_scrape_takes_no_body() -> None:
    """`▲ …고 있다.` on a line of its own is a caption, an escape at the end of a line is a break: all else is kept."""
    lost = {name: row["lost"] for name, row in layouts.measured(gold.fixtures()).items()}
    may_lose = ("a sentence a line", r"written \n", r"written \r\n", "one line, glued")
    assert {name: count for name, count in lost.items() if count and name not in may_lose} == {}
    assert sum(lost.values()) < 200


def test_strangers_change_what_is_named_and_no_offset() -> None:
    """Outlets get other names in the body, too; other words only what no body holds."""
    documents = gold.fixtures()
    for change in (strangers.renamed, strangers.reworded):
        pairs = list(zip(documents, change(documents), strict=True))
        assert all(len(one.text) == len(other.text) for one, other in pairs)
        assert any(one.text != other.text for one, other in pairs)
    assert all(one.body == other.body for one, other in zip(documents, strangers.reworded(documents), strict=True))
    assert not any("조선일보" in one.text for one in strangers.renamed(documents))


def test_the_names_of_outlets_hardly_matter() -> None:
    figures = strangers.measured(gold.fixtures())
    assert figures["names"]["f1"] > figures["as stored"]["f1"] - 0.005
    assert figures["names"]["lost"] - figures["as stored"]["lost"] < 10


def test_a_document_that_is_refused_is_lost() -> None:
    document = of_text("본문은 여기에 있다.")
    row = quality.measured([document], Cleaner(limits=Limits(max_bytes=3)))["scores"]["a"]["as stored"]
    assert (row["exact"], row["lost"]) == (0, 9)


def test_gold_without_spans_is_scored_without_categories(tmp_path: Path) -> None:
    path = tmp_path / "page.jsonl"
    path.write_text(
        '{"id": "1", "text": "무단전재 및 재배포 금지\\n본문이 있다.", "body": "본문이 있다."}', encoding="utf-8"
    )
    measured = quality.measured(gold.load(path))
    assert measured["scores"]["page.jsonl"]["as stored"]["exact"] == 1
    assert measured["categories"] == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "line 1"),
        ('{"id": "1", "text": "가"}\n[1]', "line 2: no JSON object"),
        ('{"id": "1"}', "line 1: no gold record (KeyError"),
        (None, "No such"),
    ],
)
def test_gold_that_cannot_be_read_is_named(content: str | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    command_line = [sys.executable, "-m", "benchmarks", "quality", "--gold", str(path)]
    run = subprocess.run(command_line, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 2 and run.stderr.startswith(f"benchmarks: {path}")
    assert said in run.stderr and "Traceback" not in run.stderr


# Floors.


def test_no_figure_is_below_its_floor(figures: dict[str, Any]) -> None:
    assert floors.problems(figures, floors.load()) == []


def test_a_broken_rule_names_the_figures_that_sink() -> None:
    broken = quality.of_fixtures(Cleaner(RulePack.default().without("promo.tagline")))
    problems = floors.problems(broken, floors.load())
    assert any(problem.startswith("all · as stored · cleared of promo sank from ") for problem in problems)
    assert any(problem.startswith("seeds · as stored · exact sank from 2 to ") for problem in problems)
    assert "--allow-regression" in problems[-1]


def test_another_corpus_is_named_as_such(figures: dict[str, Any]) -> None:
    other = figures | {"corpus": figures["corpus"] | {"hash": "0", "documents": 3}}
    (problem,) = floors.problems(other, floors.load())
    assert "the corpus changed" in problem and "3 documents" in problem
    assert "python -m benchmarks quality" in problem and "--raise" in problem


def test_the_corpus_hash_sees_text_gold_and_metadata() -> None:
    texts = (
        of_text("가나다라", (0, 2, "title")),
        of_text("가나다마", (0, 2, "title")),
        of_text("가나다라", (0, 2, "ui")),
    )
    tagged = of_text("가나다라", (0, 2, "title"), meta={"title": "가나"})
    assert len({gold.fingerprint([document]) for document in (*texts, tagged)}) == 4
    assert gold.fingerprint([replace(tagged, group="b")]) == gold.fingerprint([tagged])


def sunk(figures: dict[str, Any]) -> dict[str, Any]:
    worse: dict[str, Any] = json.loads(json.dumps(figures))
    worse["scores"]["all"]["as stored"]["kept"] = 0.5
    return worse


def test_a_floor_moves_down_only_with_a_reason_that_is_kept(figures: dict[str, Any]) -> None:
    before = floors.pinned(figures, floors.load(Path("none")))
    name = "all · as stored · kept"
    for reason in (None, " "):
        with pytest.raises(ValueError, match=f"(?s)--allow-regression REASON.*{name}"):
            floors.pinned(sunk(figures), before, reason)
    after = floors.pinned(sunk(figures), before, "a caption rule took body")
    assert after["figures"][name] == 0.5
    (kept,) = after["regressions"]
    assert kept["reason"] == "a caption rule took body"
    assert kept["figures"] == [{"figure": name, "from": before["figures"][name], "to": 0.5}]
    again = floors.pinned(figures, after)
    assert again["figures"] == before["figures"] and again["regressions"] == after["regressions"]


def test_a_figure_that_is_gone_has_sunk(figures: dict[str, Any]) -> None:
    before = floors.pinned(figures, floors.load(Path("none")))
    gone = figures | {"metadata": {}}
    assert [value for _, _, value in floors.sunk(gone, before)] == [None] * (4 * len(figures["metadata"]))


def test_the_command_says_which_floor_is_broken(
    figures: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(quality, "of_fixtures", lambda: sunk(figures))
    monkeypatch.setattr(sys, "argv", ["benchmarks", "floors", "--check"])
    assert command.main() == 1
    assert "all · as stored · kept sank from 1.0 to 0.5" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["benchmarks", "floors", "--raise"])
    assert command.main() == 1  # and the file is left alone
    assert floors.load()["figures"]["all · as stored · kept"] == 1.0


# What is published.


def test_published_quality_is_what_is_measured_now(figures: dict[str, Any]) -> None:
    published = {name: value for name, value in report.load()["quality"].items() if name != "measured"}
    assert json.loads(json.dumps(figures)) == published, "run python -m benchmarks quality"


def test_published_pages_are_written_not_typed() -> None:
    assert report.stale(report.load()) == [], "run python -m benchmarks report"


def test_a_typed_figure_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    typed = tmp_path / "README.md"
    typed.write_text(report.READMES["en"].read_text(encoding="utf-8").replace("| 100 |", "| 101 |"), encoding="utf-8")
    monkeypatch.setattr(report, "READMES", {"en": typed})
    assert report.stale(report.load()) == ["README.md"]


def test_plots_that_the_pages_show_are_there() -> None:
    results = report.load()
    pages = "".join(report.pages(results).values())
    for name in ("peers.png", "categories.png", "sizes.png"):
        assert name in pages and (report.HERE / "plots" / name).stat().st_size < 100_000


def test_rounding_never_makes_a_whole() -> None:
    assert [report.percent(share) for share in (1, 0.99999, 0.5, 0)] == ["100", "99.99", "50.00", "0.00"]


def test_a_peer_that_is_ahead_is_named_with_the_reason() -> None:
    row = {"f1": 0.9, "exact": 1, "kept": 0.9, "cleared": 0.9, "documents": 2}
    ours = {"label": "newsclean", "tried": 0, "quality": {"as stored": row}}
    theirs = {"label": "all", "tried": 0, "quality": {"as stored": row | {"kept": 1, "cleared": 0.0}}}
    assert report.behind([ours, theirs]) == [
        "body kept, as stored: all has 100, since it cuts little: 0.00 of the clutter is cleared."
    ]
    assert report.behind([ours]) == ["nowhere: it leads, or nobody is ahead of it, in every column of quality."]


# Peers.


def test_every_peer_is_pinned_and_can_be_called() -> None:
    from benchmarks.runner import TOOLS

    for peer in peers.load():
        assert peer.name in TOOLS
        assert peer.pins or peer.name in ("newsclean", "nothing")
        pins = (peers.HERE / "pins" / peer.pins).read_text(encoding="utf-8").split() if peer.pins else []
        assert all("==" in pin for pin in pins)
        assert not pins or any(pin.lower().startswith(f"{peer.name}==") for pin in pins)


def test_joint_settings_are_spelled_out() -> None:
    peer = peers.Peer("a", "", settings={"x": [1, 2], "pair": [[3, 4]]}, joint={"pair": ["low", "high"]})
    assert peer.variants() == [{"x": 1, "low": 3, "high": 4}, {"x": 2, "low": 3, "high": 4}]


def test_peers_that_fail_are_listed_with_the_reason(tmp_path: Path) -> None:
    documents = [document for document in gold.fixtures() if document.group == "seeds"]
    rows = [
        peers.Peer("newsclean", "", defaults={"morphology": False}),
        peers.Peer("nothing", "", label="doing nothing"),
        peers.Peer("absent", ""),
    ]
    measured = peers.measured(documents, tmp_path, rounds=2, peers=rows)
    ours, idle = measured["rows"]
    assert ours["quality"]["as stored"]["exact"] == 2 and ours["relative"]["median"] == 1
    assert idle["quality"]["as stored"]["cleared"] == 0 and idle["documents"]["rounds"] == 2
    ((failure,),) = [measured["failures"]]
    assert failure["label"] == "absent" and "stopped with status" in failure["reason"]


def test_a_peer_that_cannot_be_installed_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: list[str], **options: Any) -> Any:
        return type("Done", (), {"returncode": 1, "stderr": "note\nERROR: No matching distribution found for kss==0"})

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(peers.PeerError, match="cannot be installed here: ERROR: No matching distribution"):
        peers.interpreter(peers.Peer("kss", "", pins="kss.txt"), tmp_path)


def test_a_peer_that_hangs_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(peers.PeerError, match="no answer within 0 s"):
        peers.Process(sys.executable, "nothing", seconds=0)


def test_an_error_on_one_document_loses_that_document_only() -> None:
    from benchmarks.runner import Tool, answer, text_of

    clean: Callable[[str], str] = {"a": "b"}.__getitem__
    found = answer(Tool(clean, text_of), [{"text": "a"}, {"text": "x"}], rounds=1)
    assert (found["bodies"], found["failed"], len(found["seconds"])) == (["b", ""], 1, 1)


# Speed.


def test_a_spread_is_median_and_quartiles() -> None:
    assert spread([5.0, 1.0, 2.0, 4.0, 3.0]) == {"median": 3.0, "low": 2.0, "high": 4.0, "rounds": 5}
    assert spread([2.0, 1.0]) == {"median": 1.5, "low": 1.0, "high": 2.0, "rounds": 2}


@pytest.mark.parametrize("separator", ["\n", " "])
def test_long_texts_have_their_size(separator: str) -> None:
    from benchmarks.speed import long_text

    text = long_text(50_000, separator)
    assert 50_000 <= len(text.encode()) < 50_500
    assert ("\n" in text) == (separator == "\n")


def test_the_stages_are_those_of_the_cleaner() -> None:
    from benchmarks.speed import SEED, Stages

    stages = Stages()
    raw = SEED.read_bytes()
    assert stages.clean(raw) == Cleaner(morphology=False).clean(raw).to_dict()
    assert list(stages.taken) == ["decode", "repair", "label", "resolve", "assemble, body", "metadata", "JSON"]
    assert all(seconds > 0 for seconds in stages.taken.values())


BODY = "가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다. 공사는 다음 달 시작해 열한 달 동안 이어진다."


def test_mining_masks_what_differs_and_counts_documents_and_publishers() -> None:
    line = "가람투데이 앱에서 더 빨리 만나요 {}"
    records = [
        {"id": f"d{number}", "publisher": f"p{number % 2}", "text": f"{BODY}\n{line.format(number)}"}
        for number in range(4)
    ]
    cleaner = Cleaner(morphology=False)
    found = mine.recurring(((record, cleaner.clean(record["text"])) for record in records), "line")
    documents, publishers = found[line.format("9")]
    assert documents == {"d0", "d1", "d2", "d3"} and publishers == {"p0", "p1"}
    assert mine.masked("홍길동 기자 hong@gana.com 2024.11.15 10:22") == "○○○ 기자 @ 9 9"


def test_coverage_counts_what_each_rule_took() -> None:
    texts = [f"{BODY}\n무단전재 및 재배포 금지", f"{BODY}\n무단 전재 및 재배포 금지"]
    cleaner = Cleaner(morphology=False)
    articles = (({"publisher": f"p{n}"}, cleaner.clean(text)) for n, text in enumerate(texts))
    phrases, publishers, cuts = coverage.fired(articles)["copyright.notice-alone"]
    assert len(phrases) == 2 and publishers == {"p0", "p1"} and cuts == 2
