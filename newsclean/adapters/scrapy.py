"""Scrapy: an item pipeline that cleans items on their way out. The extra is `scrapy`.

In `settings.py`:

    ITEM_PIPELINES = {"newsclean.adapters.scrapy.NewscleanPipeline": 300}
    NEWSCLEAN_FIELDS = {"text": "content", "into": "body"}     # arguments of newsclean.adapters.Fields
    NEWSCLEAN_CLEANER = {"keep": ["bio"], "morphology": False}  # arguments of newsclean.Cleaner
    NEWSCLEAN_RULES = ["my.toml"]                               # packs beside the built-in rules
    NEWSCLEAN_WITHOUT = ["promo.*"]                             # rules that are switched off

All but the first are optional; without NEWSCLEAN_FIELDS the text is found by the usual names. A setting that means
nothing (an unknown argument, a broken pack) stops the crawl at its start.

Items may be dicts, `scrapy.Item`s, dataclasses, attrs or pydantic objects. A dict gains all columns (`news_title`, …,
`error`); the others gain those that they declare a field for, and keep the types that they declare. An item that fails
is kept as it came, with its `error`; one without a text (another kind of item) passes through untouched. The crawl's
statistics count all three: `newsclean/items`, `newsclean/failed`, `newsclean/without_text`.

Items hold text or bytes of an article, not HTML: take the text out first
(`"\\n".join(response.css("article ::text").getall())`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Self, TypeVar

from newsclean import adapters
from newsclean.adapters.rows import padded, row_cleaner, written_names
from newsclean.cleaner import Cleaner
from newsclean.errors import UsageError
from newsclean.record import Fields, RecordCleaner
from newsclean.rule import RulePack

with adapters.extra("scrapy"):
    from itemadapter import ItemAdapter

_LOG = logging.getLogger(__name__)
_Kind = TypeVar("_Kind")


class NewscleanPipeline:
    """Clean items. Scrapy makes one for a crawl, by `from_crawler`.

    Raises UsageError for `Fields(drop_raw=True)`, since an item cannot lose a field it declares.
    """

    def __init__(self, fields: Fields, cleaner: Cleaner, stats: Any) -> None:
        """Keep the choices. stats: the crawl's collector of statistics."""
        if fields.drop_raw:
            raise UsageError("an item keeps its fields: leave out drop_raw, and `into` too if the text need not stay")
        self.fields, self.cleaner, self.stats = fields, cleaner, stats

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Read the settings. Raises UsageError and PackError for those that mean nothing."""
        settings = crawler.settings
        rules = RulePack.default()
        for path in settings.getlist("NEWSCLEAN_RULES"):
            rules |= RulePack.load(path)
        rules = rules.without(*settings.getlist("NEWSCLEAN_WITHOUT"))
        fields, choices = _table(settings, "NEWSCLEAN_FIELDS"), _table(settings, "NEWSCLEAN_CLEANER")
        return cls(
            _made("NEWSCLEAN_FIELDS", Fields, fields),
            _made("NEWSCLEAN_CLEANER", Cleaner, {"rules": rules, **choices}),
            crawler.stats,
        )

    def process_item(self, item: Any) -> Any:
        """The item with its text cleaned."""
        adapter = ItemAdapter(item)
        try:
            names = padded(dict.fromkeys(adapter.field_names()), self.fields)
            rows = row_cleaner(tuple(names), self.fields, self.cleaner)
        except UsageError as error:
            _LOG.debug("%s passes newsclean untouched: %s", type(item).__name__, error)
            self.stats.inc_value("newsclean/without_text")
        else:
            self._clean(adapter, rows)
        return item

    def _clean(self, adapter: ItemAdapter, rows: RecordCleaner) -> None:
        declared = set(written_names(rows)) if isinstance(adapter.item, dict) else set(adapter.field_names())
        row = _cleaned(rows, adapter, declared)
        self.stats.inc_value("newsclean/items")
        if why := row[rows.fields.error]:
            self.stats.inc_value("newsclean/failed")
            _LOG.warning("newsclean could not clean %s: %s", _called(adapter, rows.fields), why)
        for name in written_names(rows):
            if name in declared and name in row:
                adapter[name] = row[name]


def _cleaned(rows: RecordCleaner, adapter: ItemAdapter, declared: set[str]) -> dict[str, Any]:
    ours = set(rows.columns())  # of which a dataclass has empty ones from the start
    record = {name: value for name, value in adapter.items() if name not in ours or value is not None}
    if rows.fields.body not in declared:
        return rows.failed(record, f"this item has no field {rows.fields.body!r} for the body; declare it").record
    return rows(record)


def _called(adapter: ItemAdapter, fields: Fields) -> str:
    known = (adapter.get(name) for name in (fields.url, fields.id) if name)
    return next((str(value) for value in known if value), type(adapter.item).__name__)


def _table(settings: Any, name: str) -> dict[str, Any]:
    try:
        return dict(settings.getdict(name))
    except (TypeError, ValueError) as error:
        raise UsageError(f"the setting {name} must be a dict, or one in JSON: {error}") from error


def _made(name: str, kind: Callable[..., _Kind], choices: dict[str, Any]) -> _Kind:
    try:
        return kind(**choices)
    except TypeError as error:
        raise UsageError(f"the setting {name} holds something that means nothing: {error}") from error
