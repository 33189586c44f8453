"""The command line, as a process: what a user types and what comes back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import newsclean
from newsclean import marked
from tests.paths import ROOT, SEEDS

SCRAPE = """\
가람시, 강변 산책로 새로 깐다
[가람=뉴시스]홍길동 기자 = 가람시는 올해 안에 강변 산책로를 새로 깐다고 3일 밝혔다.
공사는 다음 달 시작해 열한 달 동안 이어진다.
☞공감언론 뉴시스 hong@newsis.com
Copyright © 뉴시스. 무단전재 및 재배포 금지.
"""


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "newsclean", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd or ROOT, env=environment, timeout=120)


def test_pipe() -> None:
    done = run(stdin=SCRAPE.encode())
    assert done.returncode == 0 and done.stderr == b""
    assert done.stdout.decode() == newsclean.clean(SCRAPE).body + "\n"


def test_cp949_comes_out_as_utf_8() -> None:
    done = run(stdin=SCRAPE.replace("©", "ⓒ").encode("cp949"))
    assert "강변 산책로를 새로 깐다고 3일 밝혔다." in done.stdout.decode("utf-8")


def test_json_has_the_wire_keys() -> None:
    wire = json.loads(run("--format", "json", stdin=SCRAPE.encode()).stdout)
    assert wire == newsclean.clean(SCRAPE.encode()).to_dict()
    assert wire["reporters"][0]["name"] == "홍길동" and wire["publisher"] == "뉴시스"


def test_marked_reads_back() -> None:
    done = run("--format", "marked", stdin=SCRAPE.encode())
    assert marked.parse(done.stdout.decode()[:-1]).text == SCRAPE


def test_explain_is_plain_in_a_pipe_and_names_rule_and_reason() -> None:
    output = run("--format", "explain", stdin=SCRAPE.encode()).stdout.decode()
    assert "\x1b" not in output
    for cut in newsclean.clean(SCRAPE).removed:
        assert cut.rule in output and newsclean.RulePack.default()[cut.rule].why in output


def test_keep_and_drop() -> None:
    assert "hong@newsis.com" in run("--keep", "email,promo", stdin=SCRAPE.encode()).stdout.decode()
    scrape = "[앵커] 가람시가 강변 산책로를 새로 깔기로 했습니다."
    assert "[앵커]" in run(stdin=scrape.encode()).stdout.decode()
    assert "[앵커]" not in run("--drop", "cue", stdin=scrape.encode()).stdout.decode()


def test_title_and_without() -> None:
    flat = SCRAPE.replace("\n", " ")
    assert "새로 깐다 " in run(stdin=flat.encode()).stdout.decode() or "새로 깐다\n" not in flat
    assert run("--title", "가람시, 강변 산책로 새로 깐다", stdin=flat.encode()).stdout.decode().startswith("가람시는")
    assert "☞공감언론" in run("--without", "promo.*", stdin=SCRAPE.encode()).stdout.decode()


def test_files_in_order(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name} 파일은 15일 새로 만들어졌다고 밝혔다.", encoding="utf-8")
    done = run("a.txt", "b.txt", cwd=tmp_path)
    assert [line[:5] for line in done.stdout.decode().splitlines()] == ["a.txt", "b.txt"]


def test_some_inputs_fail_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(SCRAPE, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    done = run("none.txt", str(tmp_path), "picture.png", str(good), cwd=tmp_path)
    errors = done.stderr.decode()
    assert done.returncode == 1 and "Traceback" not in errors
    assert "none.txt: no such file" in errors
    assert "this is a directory" in errors
    assert "picture.png: the input is not text" in errors
    assert "새로 깐다고" in done.stdout.decode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(SCRAPE)
    path.chmod(0)
    done = run(str(path))
    assert done.returncode == 1 and "check its permissions" in done.stderr.decode()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that opens and cannot be read")
def test_read_error_half_way() -> None:
    done = run("/proc/self/mem")
    assert done.returncode == 1 and "cannot be read" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--no-repair", "spaces"], "none of the repairs"),
        (["--keep", "adverts"], "none of the categories"),
        (["--encoding", "klingon"], "unknown encoding"),
        (["--rules", "nowhere.toml"], "cannot read this pack"),
        (["rules", "promo.nonsense"], "no rule 'promo.nonsense'"),
        (["--format", "pdf"], "invalid choice"),
        (["--nonsense"], "unrecognized arguments"),
    ],
)
def test_usage_errors(arguments: list[str], message: str) -> None:
    done = run(*arguments, stdin=SCRAPE.encode())
    assert done.returncode == 2 and message in done.stderr.decode() and "Traceback" not in done.stderr.decode()


def test_quiet_on_a_closed_pipe() -> None:
    command = f"{sys.executable} -m newsclean {' '.join([str(SEEDS[0])] * 400)} | head -c 10"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, capture_output=True, env=environment, timeout=120)
    assert done.stderr == b"" and len(done.stdout) == 10


def test_text_with_braces_cannot_be_marked() -> None:
    done = run("--format", "marked", stdin="틀은 {{이름}} 꼴이라고 밝혔다.".encode())
    assert done.returncode == 1 and "use --format json" in done.stderr.decode()


def test_empty_input_gives_nothing() -> None:
    done = run(stdin=b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_rules_lists_and_explains() -> None:
    listing = run("rules").stdout.decode()
    assert all(rule.id in listing for rule in newsclean.RulePack.default())
    page = run("rules", "promo.tagline").stdout.decode()
    assert "hit" in page and "miss" in page and "promo.toml" in page


def test_help_is_enough() -> None:
    output = run("--help").stdout.decode()
    for word in ("newsclean < scrape.txt", "--keep", "--rules", "exit status", "cue note bio", "newsclean check"):
        assert word in output


def test_repairs_are_explained_and_can_be_switched_off() -> None:
    raw = "가람시는 산책로를 새로 깐다고 3일 밝혔다.\n".encode() + "공사는&amp;nbsp;열한 달 이어진다.".encode("cp949")
    explained = run("--format", "explain", stdin=raw).stdout.decode()
    assert "repair.entity" in explained and "note mixed-encoding" in explained
    assert "공사는 열한" in run(stdin=raw).stdout.decode()
    for names in ("all", "space,entity"):
        assert "공사는&amp;nbsp;열한" in run("--no-repair", names, "--keep", "code", stdin=raw).stdout.decode()
