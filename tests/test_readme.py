"""The documents are true: their examples run, and they name every option, field, category and error there is."""

import codecs
import contextlib
import doctest
import gzip
import io
import json
import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import newsclean
from newsclean import Category, RulePack, cli
from newsclean.check import check
from newsclean.model import KEPT
from tests.adapting import NEEDED, skip_without, write_raw
from tests.crawl import write_csv, write_jsonl
from tests.paths import ROOT

READMES = [ROOT / "README.md", ROOT / "README.ko.md"]
SEED = ROOT / "fixtures" / "seeds" / "000_43356207ee8fc494.txt"
ERRORS = [name for name in newsclean.__all__ if name.endswith("Error")]
COMMANDS: list[list[str]] = [[], ["check"], ["rules"], ["batch"]]

readme = pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)


def blocks(path: Path, language: str) -> list[str]:
    """The fenced code blocks of a language, without their indentation."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for _, block in found]


def options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


def helped(capsys: pytest.CaptureFixture[str], command: list[str]) -> set[str]:
    with contextlib.suppress(SystemExit):
        cli.main([*command, "--help"])
    return options(capsys.readouterr().out)


def newsclean_command(path: Path) -> list[str]:
    """The words of the first command of a README that follow its `newsclean`."""
    _, _, command = blocks(path, "sh")[0].partition("bin/newsclean")
    return shlex.split(command)


def run(*arguments: str, stdin: Path | None = None) -> str:
    command = [sys.executable, "-m", "newsclean", *arguments]
    raw = stdin.read_bytes() if stdin else None
    return subprocess.run(command, input=raw, capture_output=True, check=True, cwd=ROOT).stdout.decode()


@readme
def test_python_blocks_run(path: Path) -> None:
    assert_runs("\n".join(block for block in blocks(path, "python") if not adapter_of(block)), path)


@readme
@pytest.mark.parametrize(
    "name", sorted(set(NEEDED) - {"scrapy"})
)  # of which settings are shown, see test_adapter_scrapy
def test_blocks_of_adapters_run(path: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_ = python = blocks(path, "python")
    (shown,) = (block for block in python if adapter_of(block) == name)
    assert len([line for line in shown.splitlines() if line.startswith(">>>")]) <= 6
    skip_without(name)
    monkeypatch.chdir(tmp_path)
    write_raw(tmp_path / "raw")
    assert_runs(first + shown, path)


def adapter_of(block: str) -> str | None:
    """The adapter that a block shows."""
    found = re.search(r"newsclean\.adapters(?:\.| import (?:Fields, )?)(\w+)", block)
    return found[1] if found else None


def assert_runs(code: str, path: Path) -> None:
    examples = doctest.DocTestParser().get_doctest(code, {}, path.name, str(path), 0)
    report = io.StringIO()
    result = doctest.DocTestRunner(verbose=False).run(examples, out=report.write)
    assert result.attempted and not result.failed, report.getvalue()


@readme
def test_first_command_gives_the_body_of_the_seed(path: Path) -> None:
    arrow, name = newsclean_command(path)
    assert arrow == "<"
    assert run(stdin=ROOT / name) == newsclean.clean((ROOT / name).read_bytes()).body + "\n"


@readme
def test_before_and_after_is_what_happens(path: Path) -> None:
    """Every piece of the abridged scrape stands in the seed, in order; removed exactly where the line has a minus."""
    article = newsclean.clean(SEED.read_bytes())
    source, position = article.source(), 0
    cut = {offset for one in article.removed for offset in range(*one.span)}
    (shown,) = blocks(path, "diff")
    for line in shown.splitlines():
        for part in filter(None, re.split(r"(?:^|\s)…(?:\s|$)", line[2:])):
            start = source.find(part, position)
            assert start >= 0, f"not in the seed: {part}"
            position = start + len(part)
            letters = {offset for offset in range(start, position) if not source[offset].isspace()}
            assert (letters <= cut) if line.startswith("-") else not (letters & cut), line


@readme
def test_explained_cuts_are_what_is_printed(path: Path) -> None:
    printed = run("--format", "explain", str(SEED)).splitlines()
    (shown,) = blocks(path, "text")
    for line in shown.splitlines():
        assert line == "…" or line in printed, "stale: run newsclean --format explain on the seed and paste"


@readme
def test_rules_shown_pass_their_own_check(path: Path, tmp_path: Path) -> None:
    assert_rules_hold(path, tmp_path)


def test_the_rule_in_contributing_passes_its_own_check(tmp_path: Path) -> None:
    assert_rules_hold(ROOT / "CONTRIBUTING.md", tmp_path)


def assert_rules_hold(path: Path, tmp_path: Path) -> None:
    pack = tmp_path / "my.toml"
    pack.write_text("\n".join(blocks(path, "toml")), encoding="utf-8")
    rules = RulePack.load(pack)
    assert len(rules) and list(check(rules, RulePack.default())) == []


@readme
def test_options_named_exist(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = set().union(*(helped(capsys, command) for command in COMMANDS))
    assert options(path.read_text(encoding="utf-8")) - there == set()


@readme
def test_options_that_exist_are_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert helped(capsys, []) - options(path.read_text(encoding="utf-8")) == set()


@readme
def test_fields_categories_and_errors_are_all_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fields = newsclean.clean("").to_dict().keys()
    categories = set(Category) - {Category.BODY}
    assert [name for name in [*fields, *categories] if f"`{name}`" not in text] == []
    assert [name for name in ERRORS if name not in text] == []


@readme
def test_categories_stand_in_the_right_row(path: Path) -> None:
    removed, kept = (
        {word for word in re.findall(r"`([a-z]+)`", line) if word in set(Category)}
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("| removed by default", "| kept by default", "| 기본으로 뺌", "| 기본으로 남김"))
    )
    assert kept == KEPT and removed == set(Category) - KEPT - {Category.BODY}


def test_both_readmes_show_the_same_commands_and_rule() -> None:
    english, korean = READMES
    assert blocks(english, "sh")[:2] == blocks(korean, "sh")[:2]
    for language in ("toml", "diff", "text"):
        assert blocks(english, language) == blocks(korean, language)


@readme
def test_batches_shown_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    crawl = write_jsonl(tmp_path / "crawl.jsonl", 5)
    (tmp_path / "crawl.jsonl.gz").write_bytes(gzip.compress(crawl.read_bytes()))
    write_csv(tmp_path / "crawl-1.csv", 5)
    write_csv(tmp_path / "crawl-2.csv", 5)
    (shown,) = (block for block in blocks(path, "sh") if block.startswith("newsclean batch"))
    packed, tables, parquet = map(shlex.split, shown.splitlines())
    assert cli.main(packed[1:]) == 0 and json.loads((tmp_path / "report.json").read_text())["documents"] == 5
    assert cli.main(tables[1:]) == 0 and (tmp_path / "clean.csv").read_bytes().startswith(codecs.BOM_UTF8)
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `parquet`): its command was not run")
    assert cli.main(["batch", "crawl.jsonl", "-o", "crawl.parquet", "--no-metadata", "--error-field", "old"]) == 0
    assert cli.main(parquet[1:]) == 0 and (tmp_path / "clean.parquet").exists()
