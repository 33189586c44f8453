"""One cleaner in a process of its own: documents come as JSON lines, bodies and times go back.

<its own python> runner.py NAME

Runs on the peer's interpreter, so it imports nothing of ours but for the name "newsclean". The first line out is
{"import": seconds, "version": …}. A request is {"documents": [{"text", "title"}], "settings": {}, "rounds": n};
its answer {"bodies": [...], "failed": n, "seconds": [each round], "peak": MiB}. What a peer needs made of a
text (a page of HTML) is made before the clock starts, what is made of its result afterwards.
"""

import contextlib
import importlib.metadata
import json
import resource
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

Settings = dict[str, Any]


class Tool(NamedTuple):
    """How a peer is called: made ready, run (this is timed), and its result turned into text."""

    clean: Callable[[Any], Any]
    prepare: Callable[[dict[str, Any]], Any]
    finish: Callable[[Any], str] = lambda result: result or ""


def text_of(document: dict[str, Any]) -> Any:
    return document["text"]


def page_of(document: dict[str, Any]) -> Any:
    """The lines as the paragraphs of a page."""
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in document["text"].splitlines() if line.strip())
    head = '<head><meta charset="utf-8"><title></title></head>'
    return f'<!DOCTYPE html>\n<html lang="ko">{head}<body>\n<article>\n{lines}\n</article>\n</body></html>'


def nothing(settings: Settings) -> Tool:
    return Tool(lambda text: text, text_of)


def newsclean(settings: Settings) -> Tool:
    import newsclean

    cleaner = newsclean.Cleaner(**settings)
    return Tool(lambda document: cleaner.clean(document["text"], title=document["title"]).body, lambda it: it)


def kss(settings: Settings) -> Tool:
    """`Kss("clean_news")`; it answers None for what it declines to clean."""
    from kss import Kss

    settings = dict(settings)
    keep_declined = settings.pop("keep_declined", False)
    module = Kss("clean_news")

    def clean(text: str) -> str:
        body = module(text, **settings)
        return text if body is None and keep_declined else body

    return Tool(clean, text_of)


def ftfy(settings: Settings) -> Tool:
    import ftfy

    config = ftfy.TextFixerConfig(**settings)
    return Tool(lambda text: ftfy.fix_text(text, config), text_of)


def datatrove(settings: Settings) -> Tool:
    """The C4 filter for Korean; a document that it rejects is dropped."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter
    from datatrove.utils.typeshelper import Languages

    rules = C4QualityFilter(language=Languages.korean, **settings)

    def clean(text: str) -> str:
        document = Document(text=text, id="")
        verdict = rules.filter(document)
        return document.text if verdict is True else ""

    return Tool(clean, text_of)


def trafilatura(settings: Settings) -> Tool:
    import trafilatura

    return Tool(lambda page: trafilatura.extract(page, **settings), page_of)


def justext(settings: Settings) -> Tool:
    import justext

    settings = dict(settings)
    language = settings.pop("stoplist", "Korean")
    stoplist = justext.get_stoplist(language) if language else frozenset()

    def clean(page: str) -> list[str]:
        paragraphs = justext.justext(page, stoplist, **settings)
        return [paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate]

    return Tool(clean, page_of, "\n".join)


def readability(settings: Settings) -> Tool:
    import lxml.html
    from readability import Document

    def finish(summary: str) -> str:
        return str(lxml.html.fromstring(summary).text_content()) if summary else ""

    return Tool(lambda page: Document(page, **settings).summary(), page_of, finish)


def resiliparse(settings: Settings) -> Tool:
    from resiliparse.extract.html2text import extract_plain_text

    return Tool(lambda page: extract_plain_text(page, main_content=True, **settings), page_of)


def boilerpy3(settings: Settings) -> Tool:
    from boilerpy3 import extractors

    extractor = getattr(extractors, settings.get("extractor", "ArticleExtractor"))()
    return Tool(extractor.get_content, page_of)


TOOLS: dict[str, Callable[[Settings], Tool]] = {
    "nothing": nothing,
    "newsclean": newsclean,
    "kss": kss,
    "ftfy": ftfy,
    "datatrove": datatrove,
    "trafilatura": trafilatura,
    "justext": justext,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
    "boilerpy3": boilerpy3,
}


def answer(tool: Tool, documents: list[dict[str, Any]], rounds: int) -> dict[str, Any]:
    """Clean the documents once for their bodies, then some rounds against the clock."""
    inputs = [tool.prepare(document) for document in documents]
    bodies = [_body(tool, one) for one in inputs]
    return {
        "bodies": [body or "" for body in bodies],
        "failed": bodies.count(None),
        "seconds": [_round(tool, inputs) for _ in range(rounds)],
        "peak": peak_memory(),
    }


def _body(tool: Tool, one: Any) -> str | None:
    """The body of a document; None where the peer raises an error, so one document is lost and not the run."""
    try:
        return tool.finish(tool.clean(one))
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return None


def _round(tool: Tool, inputs: list[Any]) -> float:
    start = time.perf_counter()
    for one in inputs:
        with contextlib.suppress(Exception):
            tool.clean(one)
    return time.perf_counter() - start


def peak_memory() -> float:
    """The most memory this process has held, MiB."""
    with contextlib.suppress(OSError), Path("/proc/self/status").open() as status:
        lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmHWM"].split()[0]) / 1024  # `ru_maxrss` counts the parent's memory from before exec
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _version(name: str) -> str:
    if name == "newsclean":
        from newsclean import __version__

        return __version__
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def main() -> None:
    out = sys.stdout
    sys.stdout = sys.stderr  # what a peer prints must not come between the answers
    name = sys.argv[1]
    start = time.perf_counter()
    TOOLS[name]({})
    print(json.dumps({"import": time.perf_counter() - start, "version": _version(name)}), file=out, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        tool = TOOLS[name](request["settings"])
        print(json.dumps(answer(tool, request["documents"], request["rounds"])), file=out, flush=True)


if __name__ == "__main__":
    main()
