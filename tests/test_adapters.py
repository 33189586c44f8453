"""The adapters as a whole: nothing loads them, one without its extra says how to get it, and docs show what runs."""

import doctest
import importlib
import io
import pickle
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from newsclean import MissingExtraError, NewscleanError
from newsclean.adapters import Fields, extra
from newsclean.adapters.rows import clean_columns, padded, row_cleaner
from tests.adapting import BODY, CLEANER, NEEDED, RAW, skip_without, write_raw
from tests.paths import ROOT

TIMED = RAW.replace("2024.11.15", "2024.11.15 10:22")

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


def test_every_adapter_has_its_extra_and_all_holds_them() -> None:
    modules = {path.stem for path in (ROOT / "newsclean" / "adapters").glob("*.py")} - {"__init__", "rows"}
    assert modules == set(NEEDED)
    assert set(EXTRAS) - {"dev", "bench", "all"} >= modules
    (everything,) = EXTRAS["all"]
    assert set(everything.partition("[")[2].rstrip("]").split(",")) == set(EXTRAS) - {"dev", "bench", "all"}


@pytest.mark.parametrize("name", NEEDED)
def test_without_its_extra_an_adapter_says_how_to_get_it(name: str) -> None:
    code = f"import sys; sys.modules[{NEEDED[name][0]!r}] = None\nimport newsclean.adapters.{name}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 1
    assert f"newsclean.adapters.{name} needs {NEEDED[name][0]}" in run.stderr.splitlines()[-1]
    assert f'pip install "newsclean[{name}]"' in run.stderr.splitlines()[-1]


def test_the_error_is_ours_and_an_import_error() -> None:
    with pytest.raises(MissingExtraError) as caught, extra("pandas"):
        importlib.import_module("newsclean_needs_this")
    assert isinstance(caught.value, NewscleanError) and isinstance(caught.value, ImportError)


def test_the_package_of_adapters_loads_none_of_them() -> None:
    code = "import sys, newsclean.adapters, newsclean.adapters.rows; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {*chain(*NEEDED.values()), "newsclean.arrow"} & set(run.stdout.split())


def test_columns_in_columns_out() -> None:
    rows = row_cleaner(("id", "content"), Fields(metadata=False), CLEANER)
    assert clean_columns(rows, {"id": [1, 2], "content": [RAW, 3]}) == {
        "content": [BODY, 3],
        "error": [None, "the field 'content' holds an int, not a text"],
    }
    assert clean_columns(rows, {"id": [], "content": []}) == {"content": [], "error": []}
    assert padded({"a": 1}, Fields(text="t", title="a", url="b")) == {"a": 1, "b": None}


def test_fields_are_guessed_once_and_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "newsclean.adapters")
    names = ("guessed-once", "본문", "제목")
    assert row_cleaner(names, None, CLEANER) is row_cleaner(names, None, CLEANER)
    assert caplog.messages == ["newsclean found the text in '본문', title in '제목'"]


def test_a_cleaner_travels_before_and_after_use_as_the_same_bytes() -> None:
    rows = row_cleaner(("text",), Fields(text="text"), CLEANER)
    before = pickle.dumps(rows)
    assert rows({"text": RAW})["text"] == pickle.loads(before)({"text": RAW})["text"] == BODY
    assert pickle.dumps(rows) == before


@pytest.mark.parametrize("name", sorted(set(NEEDED) - {"scrapy"}))  # whose page shows settings, see test_adapter_scrapy
def test_the_page_of_an_adapter_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    skip_without(name)
    monkeypatch.chdir(tmp_path)
    write_raw(tmp_path / "raw")
    module = importlib.import_module(f"newsclean.adapters.{name}")
    page = doctest.DocTestParser().get_doctest(module.__doc__ or "", {"raw": TIMED}, name, None, 0)
    report = io.StringIO()
    result = doctest.DocTestRunner(verbose=False).run(page, out=report.write)
    assert result.attempted and not result.failed, report.getvalue()
