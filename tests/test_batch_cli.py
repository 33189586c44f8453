"""`newsclean batch` as a process: what a user types, reads, and gets back as status."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsclean.batch import Progress
from newsclean.progress import text
from newsclean.report import Report
from tests.crawl import write_csv, write_jsonl
from tests.paths import ROOT
from tests.test_batch import BODIES, lines
from tests.test_cli import run


def batch(folder: Path, *arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    done = run("batch", "--no-morphology", *arguments, stdin=stdin, cwd=folder)
    assert b"Traceback" not in done.stderr
    return done


def test_files_in_a_report_out(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "1.jsonl", 20)
    write_jsonl(tmp_path / "2.jsonl", 20)
    done = batch(tmp_path, "*.jsonl", "-o", "out.jsonl", "--workers", "2", "--report", "report.json")
    said = done.stderr.decode()
    assert done.returncode == 0 and done.stdout == b""
    assert "text in '본문'" in said and "40 documents, 0 failed" in said and "copyright.mark-publisher-notice" in said
    assert "\r" not in said and "\x1b" not in said
    assert [row["본문"] for row in lines(tmp_path / "out.jsonl")] == BODIES[:20] * 2
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["documents"] == 40 and report["rules"]["promo.tagline"]["cuts"] == 40 and report["failures"] == []
    assert report["categories"]["copyright"] == report["rules"]["copyright.mark-publisher-notice"]


def test_pipe(tmp_path: Path) -> None:
    raw = write_jsonl(tmp_path / "in.jsonl", 5).read_bytes()
    done = batch(tmp_path, "-", "-o", "-", "--quiet", stdin=raw)
    assert done.returncode == 0 and done.stderr == b""
    assert [json.loads(line)["본문"] for line in done.stdout.splitlines()] == BODIES[:5]
    table = write_csv(tmp_path / "in.csv", 5).read_bytes()
    done = batch(tmp_path, "-", "-o", "-", "--from", "csv", "--quiet", stdin=table)
    assert done.stdout.startswith("id,본문,".encode())


def test_failed_records_are_counted_and_told(tmp_path: Path) -> None:
    bad = ['{"id": "x", "text": null}', "no json"] + ['{"text": 1}'] * 30
    (tmp_path / "in.jsonl").write_text("\n".join(['{"text": "글이라고 밝혔다.", "id": 0}', *bad]))
    done = batch(tmp_path, "in.jsonl", "-o", "out.jsonl")
    said = done.stderr.decode()
    assert done.returncode == 1 and len(lines(tmp_path / "out.jsonl")) == 33
    assert "33 documents, 32 failed" in said and "record 2 (id x): the field 'text' is empty (null)" in said
    assert "record 3: the line is no JSON object" in said and "12 failures more" in said


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["none*.jsonl", "-o", "out.jsonl"], 2, "no file has a name like this"),
        (["in.jsonl"], 2, "-o/--output"),
        (["in.jsonl", "-o", "-", "--resume"], 2, "only a file can be continued"),
        (["in.jsonl", "-o", "/dev/full", "--to", "jsonl"], 1, "No space left"),
        (["in.jsonl", "-o", "out.jsonl", "--report", "nowhere/r.json"], 2, "--report nowhere/r.json"),
        (["in.jsonl", "-o", "out.jsonl", "--keep", "adverts"], 2, "none of the categories"),
        (["in.jsonl", "-o", "out.jsonl", "--rules", "none.toml"], 2, "cannot read this pack"),
        (["bad.jsonl.gz", "-o", "out.jsonl"], 1, "bad.jsonl.gz: the packed data is damaged"),
        (["picture.jsonl", "-o", "out.jsonl"], 1, "picture.jsonl: this is no text"),
    ],
)
def test_errors(tmp_path: Path, arguments: list[str], status: int, message: str) -> None:
    write_jsonl(tmp_path / "in.jsonl", 3)
    (tmp_path / "bad.jsonl.gz").write_bytes(b"garbage")
    (tmp_path / "picture.jsonl").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    done = batch(tmp_path, *arguments)
    assert (done.returncode, message in done.stderr.decode()) == (status, True), done.stderr.decode()
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", 3)
    (tmp_path / "locked").mkdir(mode=0o555)
    done = batch(tmp_path, "in.jsonl", "-o", "locked/out.jsonl")
    assert done.returncode == 2 and "Permission denied" in done.stderr.decode()


def test_quiet_on_a_closed_pipe(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", 900)
    for workers in ("1", "2"):
        command = f"{sys.executable} -m newsclean batch in.jsonl -o - --quiet --workers {workers} | head -c 10"
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, shell=True, capture_output=True, env=environment, cwd=tmp_path, timeout=120)
        assert done.stderr == b"" and len(done.stdout) == 10


def started(folder: Path, *arguments: str, **options: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "newsclean", "batch", "--no-morphology", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests run in the background ignore it, and so would this
    return subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True, **{"stderr": -1, **options})  # type: ignore[call-overload, no-any-return]


def wait_for_bytes(part: Path) -> None:
    while not (part.exists() and part.stat().st_size):
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_at_once_and_continued(tmp_path: Path, number: signal.Signals) -> None:
    write_jsonl(tmp_path / "in.jsonl", 6000)
    process = started(tmp_path, "in.jsonl", "-o", "out.jsonl", "--workers", "2")
    wait_for_bytes(tmp_path / "out.jsonl.part")
    os.killpg(process.pid, number)  # as a terminal does: the workers hear it too
    before = time.monotonic()
    said = process.communicate(timeout=60)[1].decode()
    assert time.monotonic() - before < 5 and process.returncode == 130
    assert "stopped. " in said and "--resume" in said and "Traceback" not in said
    raw = (tmp_path / "out.jsonl.part").read_bytes()
    assert raw == b"" or raw.endswith(b"\n")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_workers_leave_when_their_parent_is_killed(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", 6000)
    process = started(tmp_path, "in.jsonl", "-o", "out.jsonl", "--workers", "2")
    wait_for_bytes(tmp_path / "out.jsonl.part")
    workers = children(process.pid)
    process.kill()
    process.communicate()
    assert len(workers) >= 2
    for _ in range(600):
        if not any(alive(worker) for worker in workers):
            return
        time.sleep(0.05)
    pytest.fail("workers live on")


def children(parent: int) -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if status(int(path.name))[1:2] == [str(parent)]]


def alive(process: int) -> bool:
    return status(process)[:1] not in ([], ["Z"])


def status(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "in.jsonl", 3000)
    ours, theirs = pty.openpty()
    process = started(tmp_path, "in.jsonl", "-o", "out.jsonl", "--workers", "1", stderr=theirs)
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 1024):
            seen += part
    except OSError:
        pass  # the terminal is closed
    assert process.wait() == 0 and b"documents" in seen and b"removed" in seen and b"left" in seen


def test_the_bar_in_words() -> None:
    report = Report(documents=1200, characters_in=1000, characters_out=900, failed=2)
    line = text(Progress(0.5, 1000, report), 10.0, 0.25)
    assert line == "██████████░░░░░░░░░░  50%  1,200 documents  100/s  10.0% removed  2 failed  0:20 left"
    assert text(Progress(None, 1000, report), 10.0, 0.0).startswith("1,200 documents  100/s")
    assert text(Progress(0.0001, 10, report), 10.0, 0.0).endswith("27:46:30 left")


def test_help_is_enough(tmp_path: Path) -> None:
    said = batch(tmp_path, "--help").stdout.decode()
    for word in ("--resume", "--into", "--text-field", ".zst", "OUT.part", "Exit status", "--keep", "--no-morphology"):
        assert word in said
    assert "newsclean batch" in run("--help").stdout.decode()
