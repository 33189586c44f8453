"""Files of records: nothing lost, nothing reordered, the same bytes whatever happens on the way."""

import csv
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean import Cleaner, InputError, OutputError, UsageError, batch
from newsclean.batch import Batch, Job, Outcome
from newsclean.formats import csv as csv_format
from newsclean.formats import jsonl, parquet
from newsclean.record import Fields
from newsclean.unfinished import Unfinished
from tests.crawl import rows, write_csv, write_jsonl
from tests.paths import ROOT
from tests.strategies import scrapes

CLEANER = Cleaner(morphology=False)
BODIES = [CLEANER.clean(row["본문"]).body for row in rows(40)]


def clean(source: Path | list[Path], target: Path, *, resume: bool = False, **options: Any) -> Outcome:
    names = tuple(map(str, source if isinstance(source, list) else [source]))
    fields = Fields(**options.pop("fields", {}))
    outcome = Batch(Job(names, str(target), CLEANER, fields, **options)).run(resume=resume)
    assert outcome is not None
    return outcome


def lines(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


def test_jsonl(tmp_path: Path) -> None:
    outcome = clean(write_jsonl(tmp_path / "in.jsonl", 40), tmp_path / "out.jsonl")
    found = lines(tmp_path / "out.jsonl")
    assert [row["본문"] for row in found] == BODIES and [row["id"] for row in found] == list(range(40))
    assert list(found[0])[:4] == ["id", "본문", "면", "점수"] and list(found[0])[-1] == "error"
    assert found[0]["news_publisher"] == "뉴시스" and found[0]["error"] is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    report = outcome.report
    assert (report.documents, report.failed) == (40, 0) and report.characters_out == sum(map(len, BODIES))
    assert report.rules["copyright.mark-publisher-notice"] == 40 and report.categories.total() == report.rules.total()


def test_values_that_are_not_cleaned_stay_as_they_are_written(tmp_path: Path) -> None:
    written = '{"a" : 1.10, "b":1e400,"text":"글이라고 밝혔다.", "c":123456789012345678901234567890, "d":"\\ud800\\u00e9", "e": {"z" :[ ]}}'
    (tmp_path / "in.jsonl").write_text(written)
    clean(tmp_path / "in.jsonl", tmp_path / "out.jsonl", fields={"metadata": False})
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == (
        '{"a": 1.10, "b": 1e400, "text": "글이라고 밝혔다.", "c": 123456789012345678901234567890, '
        '"d": "\\ud800\\u00e9", "e": {"z" :[ ]}, "error": null}\n'
    )


def test_half_a_surrogate_pair_goes_through(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "글\\ud800이라고 밝혔다.", "\\udc00": 1}')
    clean(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert lines(tmp_path / "out.jsonl")[0].items() >= {"text": "글\ud800이라고 밝혔다.", "\udc00": 1}.items()
    clean(tmp_path / "in.jsonl", tmp_path / "out.csv")
    assert "이라고 밝혔다." in table(tmp_path / "out.csv")[0]["text"]


def test_a_named_pipe_is_read_once(tmp_path: Path) -> None:
    raw = write_jsonl(tmp_path / "in.jsonl", 40).read_bytes()
    os.mkfifo(tmp_path / "pipe.jsonl")
    writer = threading.Thread(target=(tmp_path / "pipe.jsonl").write_bytes, args=(raw,))
    writer.start()
    clean(tmp_path / "pipe.jsonl", tmp_path / "out.jsonl")
    writer.join()
    assert [row["본문"] for row in lines(tmp_path / "out.jsonl")] == BODIES


BROKEN = [
    "[1, 2]",
    '{"text": "반만',
    "{",
    "null",
    '{"a": 1,}',
    '{"a": 1} x',
    '{"a": 1, "a": 2}',
    "글",
    '{"a":\x01}',
    '{"a": -}',
]


@pytest.mark.parametrize("line", [*BROKEN, "[" * 99999])
def test_a_line_that_is_no_object_stands_in_the_text_field(tmp_path: Path, line: str) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "글이라고 밝혔다."}\n\n' + line + "\r\n", encoding="utf-8")
    outcome = clean(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    good, bad = lines(tmp_path / "out.jsonl")
    assert good["error"] is None and bad["text"] == line and "no JSON object" in bad["error"]
    (failure,) = outcome.report.failures
    assert (failure.record, failure.error) == (2, bad["error"])


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from(["text", "title", "url", "id", "error_", "x"]) | st.text(max_size=4)
records = st.dictionaries(names, values | scrapes(), max_size=5).map(json.dumps)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(records | records | st.sampled_from([*BROKEN, "", " "]), max_size=6), st.booleans())
def test_every_record_is_accounted_for(crawl: list[str], beside: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        source.write_text("\n".join(['{"text": "글이라고 밝혔다."}', *crawl]), encoding="utf-8")
        outcome = clean(source, target, fields={"text": "text", "into": "body" if beside else None, "prefix": "nc_"})
        given_lines, found = [line for line in crawl if line.strip()], lines(target)[1:]
    assert len(found) == len(given_lines) == outcome.report.documents - 1
    assert sum(bool(row["error"]) for row in found) == outcome.report.failed
    for line, row in zip(given_lines, found, strict=True):
        if line in BROKEN:
            assert row["text"] == line and row["error"]
            continue
        before = json.loads(line)
        kept = before if beside or row["error"] else {**before, "text": row["text"]}
        assert json.dumps(kept) == json.dumps({name: row[name] for name in before})
        if row["error"] is None:
            title, url = (before.get(name) if isinstance(before.get(name), str) else None for name in ("title", "url"))
            assert row["body" if beside else "text"] == CLEANER.clean(before["text"], title=title, url=url).body


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("name", ["in.csv", "in.tsv"])
def test_csv_in_any_encoding_with_line_breaks_in_cells(tmp_path: Path, encoding: str, name: str) -> None:
    delimiter = "\t" if name == "in.tsv" else ","
    source = write_csv(tmp_path / name, 40, encoding, delimiter)
    clean(source, tmp_path / f"out{source.suffix}", mark=True)
    raw = (tmp_path / f"out{source.suffix}").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 41
    found = table(tmp_path / f"out{source.suffix}")
    assert [row["본문"] for row in found] == BODIES
    assert [(row["id"], row["면"], row["점수"]) for row in found] == [(str(n), "", str(n / 4)) for n in range(40)]
    assert json.loads(found[0]["news_reporters"])[0]["name"] == "홍길동" and found[0]["error"] == ""


def test_broken_rows_of_csv_are_kept_as_they_are(tmp_path: Path) -> None:
    good = '7,"글이라고\n밝혔다.",끝'
    bad = ["1,2", "1,글,끝,더", '5,"그는 "안녕"이라고 했다.",끝', '6,"열기만 하고']
    (tmp_path / "in.csv").write_text("\n".join(["id,text,x", good, *bad, good, ""]), encoding="utf-8")
    outcome = clean(tmp_path / "in.csv", tmp_path / "out.csv", fields={"metadata": False})
    first, *broken, last = table(tmp_path / "out.csv")
    assert first == last == {"id": "7", "text": "글이라고\n밝혔다.", "x": "끝", "error": ""}
    assert [row["text"] for row in broken] == bad and all(row["error"] for row in broken)
    assert [failure.record for failure in outcome.report.failures] == [2, 3, 4, 5]


def test_bytes_that_are_not_in_the_encoding_of_the_csv(tmp_path: Path) -> None:
    lines_of_file = ["id,text", "1,글이라고 밝혔다.", "2,값이라고 밝혔다."]
    raw = "\n".join([*lines_of_file * 1, ""]).encode() + "3,끝이라고 밝혔다.\n".encode("cp949")
    (tmp_path / "in.csv").write_bytes(raw)
    clean(tmp_path / "in.csv", tmp_path / "out.csv", encoding="utf-8")
    assert [row["text"] for row in table(tmp_path / "out.csv")] == [
        "글이라고 밝혔다.",
        "값이라고 밝혔다.",
        "끝이라고 밝혔다.",
    ]


def test_cp949_json_lines(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", 5)
    source.write_bytes(source.read_text(encoding="utf-8").encode("cp949"))
    clean(source, tmp_path / "out.jsonl")
    assert [row["본문"] for row in lines(tmp_path / "out.jsonl")] == BODIES[:5]


@pytest.mark.parametrize("target", ["out.csv", "out.tsv", "out.jsonl.gz", "out.csv.gz"])
@pytest.mark.parametrize("source", ["in.jsonl", "in.csv", "in.jsonl.gz"])
def test_from_any_form_to_any_other(tmp_path: Path, source: str, target: str) -> None:
    path = write_csv(tmp_path / "in.csv", 40) if "csv" in source else write_jsonl(tmp_path / "in.jsonl", 40)
    if source.endswith(".gz"):
        path = path.with_name(source)
        path.write_bytes(gzip.compress((tmp_path / "in.jsonl").read_bytes()))
    clean(path, tmp_path / target)
    if target == "out.csv.gz":
        (tmp_path / "out.csv").write_bytes(gzip.decompress((tmp_path / target).read_bytes()))
        target = "out.csv"
    found = lines(tmp_path / target) if "jsonl" in target else table(tmp_path / target)
    assert [row["본문"] for row in found] == BODIES and [float(row["점수"]) for row in found] == [
        n / 4 for n in range(40)
    ]


def test_zstd(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed (the extra `zstd`)")
    raw = write_jsonl(tmp_path / "in.jsonl", 40).read_bytes()
    frames = zstandard.compress(raw[:5000]) + zstandard.compress(raw[5000:])
    (tmp_path / "in.jsonl.zst").write_bytes(frames)
    clean(tmp_path / "in.jsonl.zst", tmp_path / "out.jsonl.zst")
    clean(tmp_path / "out.jsonl.zst", tmp_path / "again.jsonl", fields={"prefix": "again_", "error": "again"})
    assert [row["본문"] for row in lines(tmp_path / "again.jsonl")] == BODIES
    (tmp_path / "in.jsonl.zst").write_bytes(frames[:-40])
    with pytest.raises(InputError, match="ends in the middle"):
        clean(tmp_path / "in.jsonl.zst", tmp_path / "cut.jsonl")


def test_many_files_one_after_the_other(tmp_path: Path) -> None:
    sources = [write_jsonl(tmp_path / "a.jsonl", 3), tmp_path / "empty.jsonl", write_jsonl(tmp_path / "b.jsonl", 2)]
    sources[1].touch()
    with sources[2].open("a") as file:
        file.write("x\n")
    outcome = clean(sources, tmp_path / "out.jsonl")
    assert [row.get("id") for row in lines(tmp_path / "out.jsonl")] == [0, 1, 2, 0, 1, None]
    assert [(failure.input, failure.record) for failure in outcome.report.failures] == [(str(sources[2]), 3)]


def test_tables_must_have_the_same_columns_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,x\n가,1\n")
    (tmp_path / "b.csv").write_text("x,text\n2,나\n")
    clean([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "out.csv")
    assert [(row["text"], row["x"]) for row in table(tmp_path / "out.csv")] == [("가", "1"), ("나", "2")]
    (tmp_path / "c.csv").write_text("text,y\n다,1\n")
    with pytest.raises(UsageError, match=r"c\.csv: its columns .*no 'x', also 'y'"):
        clean([tmp_path / "a.csv", tmp_path / "c.csv"], tmp_path / "out.csv")
    clean([tmp_path / "a.csv", tmp_path / "c.csv"], tmp_path / "out.jsonl")
    (tmp_path / "d.csv").write_text("content,x\n다,1\n")
    with pytest.raises(UsageError, match=r"d\.csv: there is no field 'text'"):
        clean([tmp_path / "a.csv", tmp_path / "d.csv"], tmp_path / "out.jsonl")


def test_a_later_record_with_a_field_that_csv_has_no_column_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "_SAMPLE_BYTES", 10)
    (tmp_path / "in.jsonl").write_text('{"text": "가"}\n{"text": "나", "x": 1}\n')
    with pytest.raises(InputError, match="the field 'x'"):
        clean(tmp_path / "in.jsonl", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["empty.jsonl", "empty.csv"])
def test_nothing_in_nothing_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert clean(tmp_path / name, tmp_path / "out.jsonl").report.documents == 0
    clean(tmp_path / name, tmp_path / "out.csv.gz")
    assert gzip.decompress((tmp_path / "out.csv.gz").read_bytes()) == (tmp_path / "out.jsonl").read_bytes() == b""


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "CHUNK_BYTES", 3000)
    monkeypatch.setattr(csv_format, "_CHUNK_CHARACTERS", 1000)
    monkeypatch.setattr(batch, "_CHECKPOINT_SECONDS", 0.0)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.csv"])
def test_the_number_of_workers_changes_nothing(tmp_path: Path, name: str) -> None:
    source = write_jsonl(tmp_path / "in.jsonl", 200)
    with source.open("a") as file:
        file.write('{"본문": 3}\n')
    one = clean(source, tmp_path / f"1{name}", workers=1)
    four = clean(source, tmp_path / f"4{name}", workers=4)
    assert (tmp_path / f"1{name}").read_bytes() == (tmp_path / f"4{name}").read_bytes()
    assert one == four and one.report.documents == 201 and one.report.failures[0].record == 201


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("name", ["in.jsonl", "in.csv", "in.parquet"])
def test_chunks_do_not_depend_on_where_reading_began(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "_SAMPLE_BYTES", 4321)
    if name == "in.parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `parquet`)")
        monkeypatch.setattr(parquet, "_BATCH_ROWS", 7)
        monkeypatch.setattr(parquet, "_GROUP_BYTES", 9000)
    source = write_csv(tmp_path / name, 99) if name == "in.csv" else write_jsonl(tmp_path / "in.jsonl", 99)
    if name == "in.parquet":
        clean(source, tmp_path / name)
    plan = Batch(Job((str(tmp_path / name),), str(tmp_path / "out.jsonl"), CLEANER, Fields(prefix="x", error="y"))).plan
    whole = list(plan.opened(0).chunks(0))
    assert len(whole) > 5
    for number, chunk in enumerate(whole):
        assert list(plan.opened(0).chunks(chunk.end)) == whole[number + 1 :]


class Crash(BaseException):
    """The process is no more."""


def crash_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let the process die at the `count`th of the steps by which files change."""
    left = [count]

    def mortal(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Crash
            return function(*arguments, **options)

        return step

    for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink"), (Unfinished, "write")):
        monkeypatch.setattr(owner, name, mortal(getattr(owner, name)))
    monkeypatch.setattr(Unfinished, "leave", lambda self: self.close() or "")


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("name", ["out.jsonl", "out.csv.gz", "out.parquet"])
def test_a_run_that_dies_at_any_step_goes_on_to_the_same_bytes(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "parquet" in name:
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `parquet`)")
    sources = [write_jsonl(tmp_path / "a.jsonl", 12), write_jsonl(tmp_path / "b.jsonl", 9)]
    unbroken = clean(sources, tmp_path / f"whole.{name}")
    step = 0
    while True:
        with monkeypatch.context() as patch:
            crash_after(patch, step)
            try:
                clean(sources, tmp_path / name)
                break
            except Crash:
                assert not (tmp_path / name).exists() or same(tmp_path, name)
        resumed = Batch(Job(tuple(map(str, sources)), str(tmp_path / name), CLEANER)).run(resume=True)
        assert same(tmp_path, name) and (resumed is None or resumed.report == unbroken.report), step
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.jsonl", "b.jsonl", name, f"whole.{name}"])
        (tmp_path / name).unlink()
        step += 1
    assert step > 20


def same(folder: Path, name: str) -> bool:
    return (folder / name).read_bytes() == (folder / f"whole.{name}").read_bytes()


RUNNER = """
import sys
from newsclean import batch, cli
from newsclean.formats import csv, jsonl, parquet
batch._CHECKPOINT_SECONDS, jsonl.CHUNK_BYTES, csv._CHUNK_CHARACTERS, parquet._BATCH_ROWS = 0.0, 9000, 9000, 9
sys.exit(cli.main())
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill")
@pytest.mark.parametrize(
    ("target", "workers", "times"), [("out.jsonl", "1", 4), ("out.jsonl.gz", "2", 3), ("out.parquet", "1", 3)]
)
def test_kill_minus_nine(
    tmp_path: Path, target: str, workers: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "parquet" in target:
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `parquet`)")
    source = write_jsonl(tmp_path / "in.jsonl", 500)
    command = [sys.executable, "-c", RUNNER, "batch", source.name, "-o", target, "--no-morphology", "--quiet"]
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    subprocess.run([*command[:-3], f"whole.{target}", *command[-2:]], cwd=tmp_path, check=True)
    kills = 0
    while kills < times:
        run = subprocess.Popen([*command, "--resume", "--workers", workers], cwd=tmp_path)
        killed = kill_on_the_way(run, tmp_path / f"{target}.part")
        kills += killed
        if not killed:
            break
    subprocess.run([*command, "--resume"], cwd=tmp_path, check=True)
    assert kills and same(tmp_path, target)
    assert len(list(tmp_path.iterdir())) == 3


def kill_on_the_way(run: "subprocess.Popen[bytes]", part: Path) -> bool:
    """Kill a run at a random moment behind its first bytes; False where it was done before."""
    before = part.stat().st_size if part.exists() else 0
    while run.poll() is None and not (part.exists() and part.stat().st_size > before):
        time.sleep(0.005)
    time.sleep(random.random() / 8)
    run.kill()
    return run.wait() == -signal.SIGKILL


def interrupted(source: Path, target: Path, after: int) -> str:
    """Run a batch that is stopped after some chunks; what it says is left."""
    run = Batch(Job((str(source),), str(target), CLEANER))

    def watch(progress: batch.Progress) -> None:
        if progress.documents >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.run(watch=watch)
    return run.left


@pytest.mark.usefixtures("small_chunks")
def test_ctrl_c_leaves_a_valid_file_and_says_so(tmp_path: Path) -> None:
    source, target = write_jsonl(tmp_path / "in.jsonl", 40), tmp_path / "out.jsonl.gz"
    left = interrupted(source, target, 20)
    done = gzip.decompress((tmp_path / "out.jsonl.gz.part").read_bytes()).decode()
    assert f"{len(done.splitlines())} documents are done" in left and "--resume" in left and not target.exists()
    assert len(done.splitlines()) >= 20 and all(json.loads(line) for line in done.splitlines())
    with pytest.raises(UsageError, match="interrupted"):
        clean(source, target)
    assert clean(source, target, resume=True).report.documents == 40


@pytest.mark.usefixtures("small_chunks")
def test_resume_wants_the_same_inputs_and_settings(tmp_path: Path) -> None:
    source, target = write_jsonl(tmp_path / "in.jsonl", 40), tmp_path / "out.jsonl"
    interrupted(source, target, 20)
    with pytest.raises(UsageError, match="the choice of fields changed"):
        clean(source, target, resume=True, fields={"prefix": "x_"})
    with pytest.raises(UsageError, match="the rules changed"):
        job = Job((str(source),), str(target), Cleaner(CLEANER.rules.without("promo.*"), morphology=False))
        Batch(job).run(resume=True)
    write_jsonl(source, 41)
    with pytest.raises(UsageError, match=r"in\.jsonl changed"):
        clean(source, target, resume=True)
    write_jsonl(source, 40)
    journal = tmp_path / "out.jsonl.journal"
    good = journal.read_text()
    for damaged in ("{", "[]", '{"version": 99}'):
        journal.write_text(damaged)
        with pytest.raises(UsageError, match="journal"):
            clean(source, target, resume=True)
    journal.write_text(good)
    (tmp_path / "out.jsonl.part").write_bytes(b"")
    with pytest.raises(UsageError, match="shorter than its journal"):
        clean(source, target, resume=True)


def test_resume_begins_where_there_is_nothing_and_ends_where_all_is_done(tmp_path: Path) -> None:
    source, target = write_jsonl(tmp_path / "in.jsonl", 4), tmp_path / "out.jsonl"
    assert clean(source, target, resume=True).report.documents == 4
    assert Batch(Job((str(source),), str(target), CLEANER)).run(resume=True) is None


@pytest.mark.usefixtures("small_chunks")
def test_a_truncated_gzip_gives_what_is_in_front_of_the_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_SAMPLE_BYTES", 3000)
    monkeypatch.setattr("newsclean.formats.stream._SAMPLE", 3000)
    monkeypatch.setattr("newsclean.formats.stream._BLOCK", 3000)
    raw = write_jsonl(tmp_path / "in.jsonl", 99).read_bytes()
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(raw, 0)[:-9000])
    run = Batch(Job((str(tmp_path / "in.jsonl.gz"),), str(tmp_path / "out.jsonl"), CLEANER))
    with pytest.raises(InputError, match=r"in\.jsonl\.gz: the packed data ends in the middle"):
        run.run()
    count = len(lines(tmp_path / "out.jsonl.part"))
    assert count > 50 and f"{count} documents are done" in run.left and not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("raw", [b"garbage", gzip.compress(os.urandom(9000))[:4000] + b"x" * 4000])
def test_damaged_gzip(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "in.jsonl.gz").write_bytes(raw)
    with pytest.raises(InputError, match=r"in\.jsonl\.gz: "):
        clean(tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl")


@pytest.mark.usefixtures("small_chunks")
def test_an_input_that_grows_or_shrinks(tmp_path: Path) -> None:
    source, target = write_jsonl(tmp_path / "in.jsonl", 40), tmp_path / "out.jsonl"
    raw = source.read_bytes()

    def grow(progress: batch.Progress) -> None:
        with source.open("ab") as file:
            file.write(raw)

    outcome = Batch(Job((str(source),), str(target), CLEANER)).run(watch=grow)
    assert outcome is not None and "grew while it was read" in outcome.warnings[0]
    assert len(lines(target)) == 40
    source.write_bytes(raw)
    target.unlink()
    with pytest.raises(InputError, match="shrank"):
        Batch(Job((str(source),), str(target), CLEANER)).run(watch=lambda progress: os.truncate(source, 5))
    assert not target.exists()


@pytest.mark.usefixtures("small_chunks")
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = write_jsonl(tmp_path / "in.jsonl", 40), tmp_path / "out.jsonl"
    run = Batch(Job((str(source),), str(target), CLEANER))
    calls = iter(range(99))

    def full(descriptor: int) -> None:
        if next(calls) > 9:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left"):
            run.run()
    assert "documents are done" in run.left and not target.exists()
    assert lines(tmp_path / "out.jsonl.part")
    assert clean(source, target, resume=True).report.documents == 40


def test_another_run_is_not_disturbed(tmp_path: Path) -> None:
    source, target = write_jsonl(tmp_path / "in.jsonl", 40), tmp_path / "out.jsonl"
    other = Batch(Job((str(source),), str(target), CLEANER))

    def meet(progress: batch.Progress) -> None:
        with pytest.raises(UsageError, match="another run"):
            other.run(resume=True)

    outcome = Batch(Job((str(source),), str(target), CLEANER)).run(watch=meet)
    assert outcome and outcome.report.documents == 40


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"inputs": ("none.jsonl",)}, "no such file"),
        ({"inputs": (".",), "read_as": "jsonl"}, "this is a directory"),
        ({"inputs": ("in.jsonl", "in.csv")}, "different formats"),
        ({"inputs": ("in.jsonl", "-")}, "one of several"),
        ({"inputs": ("in.txt",)}, "--from"),
        ({"output": "out.pdf"}, "--to"),
        ({"read_as": "pdf"}, "no such form"),
        ({"read_as": "jsonl.rar"}, "no such form"),
        ({"output": "nowhere/out.jsonl"}, "does its folder exist"),
        ({"output": "in.jsonl"}, "input and output at once"),
        ({"fields": Fields(text="x")}, "The fields are: id, 본문, 면, 점수"),
        ({"fields": Fields(into="면")}, "'면' already"),
        ({"fields": Fields(error="id")}, "'id' already"),
        ({"encoding": "klingon"}, "unknown encoding"),
        ({"delimiter": ";;"}, "one character"),
        ({"workers": 0}, "at least one"),
        ({"inputs": ("twice.csv",)}, "stands twice"),
        ({"inputs": ("header.csv",)}, "header is broken"),
        ({"inputs": ("array.jsonl",)}, "none of its first 3 lines"),
    ],
)
def test_what_makes_no_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_jsonl(tmp_path / "in.jsonl", 3)
    write_csv(tmp_path / "in.csv", 3)
    (tmp_path / "twice.csv").write_text("a,a\n1,2\n")
    (tmp_path / "header.csv").write_text('a,"b"c\n1,2\n')
    (tmp_path / "array.jsonl").write_text("[\n1\n]\n")
    before = set(tmp_path.iterdir())
    job = {"inputs": ("in.jsonl",), "output": "out.jsonl", "cleaner": CLEANER, **options}
    with pytest.raises(UsageError, match=message):
        Batch(Job(**job)).run()
    assert set(tmp_path.iterdir()) == before


def test_a_csv_quote_that_is_never_closed_swallows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_format, "_LONGEST_ROW", 100)
    rest = [f"{number},글이라고 밝혔다." for number in range(50)]
    (tmp_path / "in.csv").write_text("\n".join(["id,text", '0,"열기만', *rest]), encoding="utf-8")
    clean(tmp_path / "in.csv", tmp_path / "out.csv")
    first, *others = table(tmp_path / "out.csv")
    assert (
        first["text"] == '0,"열기만' and first["error"] and [row["id"] for row in others] == list(map(str, range(50)))
    )
