"""Scrapy: a crawl of a local server with the pipeline in it, and items of every kind."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.adapting import ARTICLES, BODY, EXPECTED, RAW, skip_without
from tests.paths import ROOT
from tests.test_readme import blocks

skip_without("scrapy")

import scrapy  # noqa: E402
from scrapy.settings import Settings  # noqa: E402
from scrapy.statscollectors import MemoryStatsCollector  # noqa: E402

from newsclean import Cleaner, PackError, RulePack, UsageError  # noqa: E402
from newsclean.adapters.scrapy import NewscleanPipeline  # noqa: E402

SPIDER = """
import html, scrapy

class Spider(scrapy.Spider):
    name = "news"
    custom_settings = {
        "ITEM_PIPELINES": {"newsclean.adapters.scrapy.NewscleanPipeline": 300},
        "NEWSCLEAN_CLEANER": {"morphology": False},
        "NEWSCLEAN_FIELDS": {"with_spans": True},
    }

    async def start(self):
        for request in self.start_requests():
            yield request

    def start_requests(self):
        for number in range(int(self.count)):
            yield scrapy.Request(f"{self.site}/{number}", self.parse, cb_kwargs={"number": number})

    def parse(self, response, number):
        yield {"no": number, "content": response.css("article::text").get(), "link": response.url}
        if number == 0:
            yield {"no": -1, "content": None, "link": response.url}
            yield {"page": "another kind of item"}
"""


class Site(BaseHTTPRequestHandler):
    """One article a page."""

    def do_GET(self) -> None:
        number = self.path.strip("/")
        text = ARTICLES[int(number)] if number.isdigit() else ""
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        page = f"<html><meta charset=utf-8><article>{text}</article></html>".encode()
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def crawl(folder: Path, spider: str, site: str, count: int, **environment: str) -> tuple[list[dict[str, Any]], str]:
    """The items of a crawl in a process of its own, and its log."""
    (folder / "spider.py").write_text(spider, encoding="utf-8")
    command = [sys.executable, "-m", "scrapy", "runspider", "spider.py", "-a", f"site={site}", "-a", f"count={count}"]
    paths = {"PYTHONPATH": f"{ROOT}:{folder}", "HOME": str(folder)}
    run = subprocess.run(
        [*command, "-O", "items.jsonl"], cwd=folder, env=paths | environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()], run.stderr


def test_a_crawl_is_the_same_as_the_library(site: str, tmp_path: Path) -> None:
    items, log = crawl(tmp_path, SPIDER, site, len(ARTICLES))
    found = {item["no"]: item for item in items if "no" in item}
    assert len(items) == len(ARTICLES) + 2 and {"page": "another kind of item"} in items
    for number, wire in enumerate(EXPECTED):
        item = found[number]
        assert item["content"] == wire["body"] and item["error"] is None and item["link"].startswith(site)
        assert [item[f"news_{key}"] for key in ("published", "reporters", "removed")] == [
            wire[key] for key in ("published", "reporters", "removed")
        ]
    assert found[-1]["content"] is None and "empty (null)" in found[-1]["error"]
    for count in (f"'newsclean/items': {len(ARTICLES) + 1}", "'newsclean/failed': 1", "'newsclean/without_text': 1"):
        assert count in log
    assert f"could not clean {site}/0: " in log


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_the_settings_in_the_readme_run(site: str, tmp_path: Path, name: str) -> None:
    (shown,) = (block for block in blocks(ROOT / name, "python") if "ITEM_PIPELINES" in block)
    (tmp_path / "settings.py").write_text(shown, encoding="utf-8")
    spider = "\n".join(line for line in SPIDER.splitlines() if "NEWSCLEAN" not in line and "ITEM_" not in line)
    items, log = crawl(tmp_path, spider, site, count=2, SCRAPY_SETTINGS_MODULE="settings")
    found = {item["no"]: item for item in items if "no" in item}
    cleaner = Cleaner(RulePack.default().without("tags.*"), drop=["cue"], morphology=False)
    assert [found[i]["body"] for i in range(2)] == [cleaner.clean(text).body for text in ARTICLES[:2]]
    assert found[0]["content"] != found[0]["body"] and "'newsclean/items': 3" in log


class Crawler:
    """What a pipeline asks of a crawler."""

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(settings)
        self.stats = MemoryStatsCollector(self)


def pipeline(**settings: Any) -> NewscleanPipeline:
    return NewscleanPipeline.from_crawler(Crawler(NEWSCLEAN_CLEANER='{"morphology": false}', **settings))


class Declared(scrapy.Item):  # type: ignore[misc]
    content = scrapy.Field()
    news_title = scrapy.Field()


@dataclass
class Record:
    content: Any
    body: str | None = None
    error: str | None = None
    news_publisher: str | None = None


def test_items_gain_the_fields_that_they_declare() -> None:
    item = pipeline().process_item(Declared(content=RAW))
    assert dict(item) == {"content": BODY, "news_title": "가람시, 새 도서관 24시간 개방"}
    into = pipeline(NEWSCLEAN_FIELDS={"text": "content", "into": "body"})
    assert into.process_item(Record(RAW)) == Record(RAW, BODY, None, "한빛뉴스")
    assert into.process_item(Record(RAW.encode("cp949"))).body == BODY
    failed = into.process_item(Record(["a"]))
    assert failed.content == ["a"] and failed.body is None and "a list, not a text" in failed.error
    assert into.stats.get_value("newsclean/failed") == 1


def test_an_item_that_cannot_hold_the_body_stays_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    one = pipeline(NEWSCLEAN_FIELDS={"into": "clean"})
    assert dict(one.process_item(Declared(content=RAW))) == {"content": RAW, "news_title": None}
    assert "no field 'clean' for the body" in caplog.text and one.stats.get_value("newsclean/failed") == 1


def test_a_field_that_some_items_lack_is_no_mistake() -> None:
    one = pipeline(NEWSCLEAN_FIELDS={"title": "head"})
    assert one.process_item({"content": RAW})["content"] == BODY
    assert one.process_item({"content": RAW, "head": "시청 새소식"})["news_title"] == "시청 새소식"
    taken = one.process_item({"content": RAW, "news_title": "mine"})
    assert taken["content"] == RAW and taken["news_title"] == "mine" and "field 'news_title' already" in taken["error"]


def test_settings(tmp_path: Path) -> None:
    pack = tmp_path / "my.toml"
    pack.write_text(
        '[[rule]]\nid = "promo.library"\ncategory = "promo"\nwhy = "시험"\npattern = "도서관은 책 12만 권을 갖췄다\\\\."\nneeds = ["12만 권"]\nhits = ["{{도서관은 책 12만 권을 갖췄다.}}"]\nmisses = ["도서관은 크다."]\n',
        encoding="utf-8",
    )
    ours = pipeline(NEWSCLEAN_RULES=[str(pack)], NEWSCLEAN_WITHOUT=["dateline.*", "byline.*"]).process_item(
        {"text": RAW}
    )
    assert "12만" not in ours["text"] and "[가람=한빛뉴스]" in ours["text"]
    for settings, error in (
        ({"NEWSCLEAN_FIELDS": {"txt": "content"}}, UsageError),
        ({"NEWSCLEAN_FIELDS": "not JSON"}, UsageError),
        ({"NEWSCLEAN_FIELDS": {"into": "a", "drop_raw": True}}, UsageError),
        ({"NEWSCLEAN_RULES": [str(tmp_path / "none.toml")]}, PackError),
    ):
        with pytest.raises(error):
            pipeline(**settings)
