"""Korean news scrapes in; clean body, metadata, and a reason for every removed character out.

>>> article = newsclean.clean(raw)      # bytes or str
>>> article.body                        # paragraphs, one a line
>>> article.removed                     # every cut, with category, rule and offsets
>>> article.source()                    # the input back
"""

from functools import lru_cache as _lru_cache

from newsclean.article import Article
from newsclean.cleaner import Cleaner
from newsclean.errors import InputError, Limits, NewscleanError, NotTextError, PackError, TooLargeError, UsageError
from newsclean.model import (
    Category,
    Cut,
    Edit,
    Encoding,
    Kind,
    Note,
    Piece,
    Reporter,
    Span,
    Translation,
)
from newsclean.rule import Rule, RulePack

__all__ = [
    "Article",
    "Category",
    "Cleaner",
    "Cut",
    "Edit",
    "Encoding",
    "InputError",
    "Kind",
    "Limits",
    "NewscleanError",
    "NotTextError",
    "Note",
    "PackError",
    "Piece",
    "Reporter",
    "Rule",
    "RulePack",
    "Span",
    "TooLargeError",
    "Translation",
    "UsageError",
    "clean",
]
__version__ = "0.1.0"


@_lru_cache(maxsize=1)
def _default() -> Cleaner:
    return Cleaner()


def clean(
    raw: bytes | str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
) -> Article:
    """Clean one scrape with the default rules; see `Cleaner.clean`."""
    return _default().clean(raw, title=title, publisher=publisher, url=url, encoding=encoding)
