"""datatrove: the step in its local executor, with its readers and writers, in one process and two."""

import gzip
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from tests.adapting import ARTICLES, BODY, CLEANER, EXPECTED, RAW, skip_without

skip_without("datatrove")

from datatrove.data import Document  # noqa: E402
from datatrove.executor import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.readers import JsonlReader  # noqa: E402
from datatrove.pipeline.writers.jsonl import JsonlWriter  # noqa: E402

from newsclean import Cleaner  # noqa: E402
from newsclean.adapters import Fields  # noqa: E402
from newsclean.adapters.datatrove import NewscleanStep  # noqa: E402


def read(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in sorted(folder.glob("*.gz")) for line in gzip.open(path, "rt", encoding="utf-8")
    ]


def write_articles(folder: Path) -> None:
    """Two files of articles."""
    folder.mkdir()
    for rest in range(2):
        lines = [{"text": text, "id": f"a{i}", "지역": "가람"} for i, text in enumerate(ARTICLES) if i % 2 == rest]
        (folder / f"{rest}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize("tasks", [1, 2])
def test_a_run_is_the_same_as_the_library(tmp_path: Path, tasks: int) -> None:
    write_articles(tmp_path / "raw")
    step = NewscleanStep(cleaner=CLEANER, exclusion_writer=JsonlWriter(str(tmp_path / "cuts")))
    pipeline = [JsonlReader(str(tmp_path / "raw")), step, JsonlWriter(str(tmp_path / "clean"))]
    LocalPipelineExecutor(pipeline, tasks=tasks, logging_dir=str(tmp_path / "log")).run()
    found = {document["id"]: document for document in read(tmp_path / "clean")}
    assert len(found) == len(ARTICLES)
    for i, wire in enumerate(EXPECTED):
        document = found[f"a{i}"]
        assert document.get("text", "") == wire["body"] and document["metadata"]["지역"] == "가람"
        assert document["metadata"]["news_published"] == wire["published"] and document["metadata"]["error"] is None
        assert document["metadata"]["news_reporters"] == wire["reporters"]
    assert_every_cut_is_reported(read(tmp_path / "cuts"))
    (stats,) = (
        one["stats"] for one in json.loads((tmp_path / "log" / "stats.json").read_text()) if "newsclean" in one["name"]
    )
    assert stats["total"] == len(ARTICLES) and stats["cut_copyright"]["total"] == characters("copyright")


def characters(category: str) -> int:
    return sum(len(cut["text"]) for wire in EXPECTED for cut in wire["removed"] if cut["category"] == category)


def assert_every_cut_is_reported(report: list[dict[str, Any]]) -> None:
    cuts = [
        (f"a{i}", cut["rule"], cut["start"], cut["text"]) for i, wire in enumerate(EXPECTED) for cut in wire["removed"]
    ]
    seen = [(one["id"], one["metadata"]["filter_reason"], one["metadata"]["start"], one["text"]) for one in report]
    assert sorted(seen) == sorted(cuts) and cuts


def run(step: NewscleanStep, *documents: Document) -> list[Document]:
    return list(step.run(iter(documents)))


def test_documents_that_fail_go_on_as_they_came() -> None:
    step = NewscleanStep(cleaner=CLEANER)
    documents: list[Any] = [
        Document(None, "1"),
        Document(3, "2"),
        Document(RAW, "3", metadata={"error": "mine"}),
        Document(RAW, "4"),
    ]
    none, number, taken, good = run(step, *documents)
    assert none.text is None and "empty (null)" in none.metadata["error"]
    assert number.text == 3 and "an int, not a text" in number.metadata["error"]
    assert (
        taken.text == RAW and taken.metadata["error"] == "mine" and "field 'error' already" in taken.metadata["error_"]
    )
    assert good.text == BODY and good.metadata["error"] is None
    assert step.stats["failed"].total == 3 and run(step) == []


def test_metadata_help_and_stay() -> None:
    step = NewscleanStep(Fields(into="clean", title="headline"), CLEANER)
    known = {"headline": "가람시 도서관 새 단장", "url": "https://www.example.com/1", "text": "mine"}
    told, untold = run(step, Document(RAW, "1", metadata=dict(known)), Document(RAW, "2"))
    assert (
        told.text == RAW and told.metadata["clean"].endswith(BODY) and told.metadata["news_title"] == known["headline"]
    )
    assert {name: told.metadata[name] for name in known} == known
    assert "headline" not in untold.metadata and untold.metadata["news_title"] == "가람시, 새 도서관 24시간 개방"


def test_the_step_travels_after_use() -> None:
    step = NewscleanStep(cleaner=Cleaner(morphology=False))
    run(step, Document(RAW, "1"))
    assert run(pickle.loads(pickle.dumps(step)), Document(RAW, "2"))[0].text == BODY
