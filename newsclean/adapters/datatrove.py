"""datatrove: a step that cleans documents, keeps their metadata, and reports every cut. The extra is `datatrove`.

    >>> from datatrove.executor import LocalPipelineExecutor
    >>> from datatrove.pipeline.readers import JsonlReader
    >>> from datatrove.pipeline.writers import JsonlWriter
    >>> from newsclean.adapters.datatrove import NewscleanStep
    >>> step = NewscleanStep(exclusion_writer=JsonlWriter("cuts"))
    >>> steps = [JsonlReader("raw"), step, JsonlWriter("clean")]
    >>> _ = LocalPipelineExecutor(steps, tasks=2, logging_dir="log").run()
    >>> list(JsonlReader("clean")())[0].metadata["news_publisher"]
    '한빛뉴스'

The body becomes the document's text; what is read about the article goes into the metadata under `news_`, beside what
is there (title, publisher and url are taken from there). `Fields(text="text", into="clean_text")` leaves the text as it
is and puts the body into the metadata. No document is dropped: one that cannot be cleaned goes on as it came, with the
reason under `error`. A document of which nothing is left goes on with an empty text, which datatrove's readers skip.

The exclusion report is written as datatrove's filters write theirs: a document for each cut, with the cut text, the
`id` of its document, and in the metadata `filter_reason` (the rule), `category`, `start` and `end` (code points of the
raw text). The statistics count documents and characters of cuts by category, and failures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from newsclean import adapters
from newsclean.adapters.rows import padded, row_cleaner
from newsclean.article import Article
from newsclean.cleaner import Cleaner
from newsclean.record import Fields

with adapters.extra("datatrove"):
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.utils.typeshelper import StatHints


class NewscleanStep(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Clean documents.

    fields: names in the metadata; the text is always the document's own. cleaner: the default one unless given.
    exclusion_writer: a writer of datatrove's, for the report of every cut.
    """

    name = "📰 newsclean"
    type = "✂️ - FORMAT"

    def __init__(
        self, fields: Fields | None = None, cleaner: Cleaner | None = None, exclusion_writer: Any | None = None
    ) -> None:
        """Keep the choices; every task unpickles a step of its own."""
        super().__init__()
        self.fields, self.cleaner = replace(fields or Fields(), text="text"), cleaner or Cleaner()
        self.exclusion_writer = exclusion_writer

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Clean the documents of a task, in order."""
        with self.exclusion_writer or nullcontext() as report:
            for document in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    article = self._clean(document)
                if article is None:
                    self.stat_update("failed")
                else:
                    self._report(document, article, report, rank)
                    self.update_doc_stats(document)
                yield document

    def _clean(self, document: Document) -> Article | None:
        record = padded({**document.metadata, "text": document.text}, self.fields)
        rows = row_cleaner(tuple(record), self.fields, self.cleaner)
        row, article = rows.cleaned(record)
        if not rows.fields.keeps_raw:
            document.text = row.pop(rows.fields.body, document.text)
        document.metadata.update({name: value for name, value in row.items() if name not in record})
        return article

    def _report(self, document: Document, article: Article, report: Any | None, rank: int) -> None:
        for cut in article.removed:
            self.stat_update(f"cut_{cut.category}", value=len(cut.text), unit="char")
            if report is not None:
                found = {"category": str(cut.category), "start": cut.span.start, "end": cut.span.end}
                report.write(Document(cut.text, document.id, metadata={"filter_reason": cut.rule, **found}), rank)
