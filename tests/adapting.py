"""What the tests of the adapters share: invented articles, what the library makes of them, and rows that fail."""

import json
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean import Cleaner, marked
from newsclean.adapters import Fields
from newsclean.record import RecordCleaner, guess_fields
from tests.paths import GOLD

# What an extra brings, the package first that its adapter imports first.
NEEDED = {
    "arrow": ["pyarrow"],
    "pandas": ["pandas"],
    "polars": ["polars", "pyarrow"],
    "datasets": ["datasets", "pyarrow"],
    "spark": ["pandas", "pyarrow", "pyspark"],
    "datatrove": ["datatrove", "orjson"],
    "scrapy": ["itemadapter", "scrapy"],
}
CLEANER = Cleaner(morphology=False)
ARTICLES = [marked.load_gold(path.read_text(encoding="utf-8"))[1].text for path in GOLD]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
RAW = """\
가람시, 새 도서관 24시간 개방
입력 2024.11.15
[가람=한빛뉴스] 홍길동 기자 = 가람시는 강가에 지은 새 도서관을 24시간 연다고 15일 밝혔다.
도서관은 책 12만 권을 갖췄다.
Copyright ⓒ 한빛뉴스. 무단전재 및 재배포 금지."""
BODY = newsclean.clean(RAW).body
EXPECTED = [CLEANER.clean(text).to_dict() for text in ARTICLES]
SPANS = Fields(with_spans=True)


def table(**columns: list[Any]) -> dict[str, list[Any]]:
    """Columns as a crawler leaves them: the articles, and one that is missing."""
    texts = [*ARTICLES, None]
    return {"no": list(range(len(texts))), "content": texts, "지역": ["가람"] * len(texts), **columns}


def rows(fields: Fields = SPANS, columns: dict[str, list[Any]] | None = None) -> list[dict[str, Any]]:
    """The rows that every adapter must give for `table()`."""
    columns = columns or table()
    clean = RecordCleaner(CLEANER, guess_fields(columns, fields))
    return [clean(dict(zip(columns, values, strict=True))) for values in zip(*columns.values(), strict=True)]


def assert_same_as_the_library(found: list[dict[str, Any]]) -> None:
    """The rows hold the same bodies and metadata as `Cleaner.clean` gives, and the missing text is told."""
    assert [row["content"] for row in found] == [wire["body"] for wire in EXPECTED] + [None]
    for row, wire in zip(found, EXPECTED, strict=False):
        assert {key: row[f"news_{key}"] for key in wire if key not in ("body", "schema")} == {
            key: value for key, value in wire.items() if key not in ("body", "schema")
        }
        assert row["error"] is None
    assert "empty (null)" in found[-1]["error"] and found[-1]["news_title"] is None
    assert [row["no"] for row in found] == list(range(len(found))) and {row["지역"] for row in found} == {"가람"}


def write_raw(folder: Path) -> None:
    """A folder of JSON Lines as datatrove reads them."""
    folder.mkdir()
    (folder / "0.jsonl").write_text(json.dumps({"id": "1", "text": RAW}) + "\n", encoding="utf-8")


def skip_without(name: str) -> None:
    """Skip what is being tested or collected where the extra `name` is not installed; else see to its environment.

    Processes that others start for us must run this Python, and nobody asks the network.
    """
    if not all(map(find_spec, NEEDED[name])):
        pytest.skip(f"the extra `{name}` is not installed", allow_module_level=True)
    if name == "spark" and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java, which is not installed", allow_module_level=True)
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "HF_HUB_OFFLINE": "1"}
