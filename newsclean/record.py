"""Rows: a record of named fields in, the same record with its text cleaned out. `batch` and every adapter share this.

A row keeps all its fields in their order. The body takes the place of the text, or goes into a field of its own;
then come the metadata under a prefix and the error. A row that cannot be cleaned keeps its raw text and says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from math import isnan
from typing import Any, Final, NamedTuple

from newsclean.article import Article
from newsclean.cleaner import Cleaner
from newsclean.errors import InputError, NewscleanError, UsageError

_USUAL: Final = {
    "text": (
        *("text", "rawtext", "articletext", "newstext", "content", "contents", "articlecontent", "newscontent"),
        *("body", "articlebody", "newsbody", "article", "raw", "news"),
        *("본문", "기사본문", "뉴스본문", "기사내용", "내용", "기사", "기사원문", "원문"),
    ),
    "title": ("title", "headline", "articletitle", "newstitle", "subject", "제목", "기사제목", "뉴스제목", "표제"),
    "publisher": ("publisher", "press", "outlet", "언론사", "언론사명", "매체", "매체명", "신문사"),
    "url": ("url", "link", "href", "articleurl", "newsurl", "originallink", "기사url", "기사주소", "링크", "원문주소"),
    "id": ("id", "docid", "articleid", "newsid", "uuid", "guid", "기사id", "기사번호"),
}
_OPTIONS: Final = {name: f"--{name}-field, Fields({name}=…)" for name in _USUAL}
_ELSEWHERE: Final = frozenset({"body", "removed", "schema"})  # of the wire form: not metadata columns


@dataclass(frozen=True)
class Fields:
    """Which fields of a row hold what, and where the results go.

    text, title, publisher, url, id: names in the row. None: `guess_fields` looks for the usual names; "": none.
    into: where the body goes; in place of the text unless given.
    prefix: what the names of the metadata columns begin with.
    error: the column that says why a row could not be cleaned.
    metadata: whether there are metadata columns at all.
    with_spans: whether there is a column `removed` with every cut (category, rule, offsets, text).
    drop_raw: with `into`, the raw text is not kept beside the body: `into` takes its place in the row.

    Raises UsageError where two of the names are the same.
    """

    text: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    id: str | None = None
    into: str | None = None
    prefix: str = "news_"
    error: str = "error"
    metadata: bool = True
    with_spans: bool = False
    drop_raw: bool = False

    def __post_init__(self) -> None:
        if self.text == "" or self.into == "" or self.error == "":
            raise UsageError("the fields of the text, the body and the error must have a name")
        if self.error in (self.text, self.into):
            raise UsageError(f"{self.error!r} cannot hold both the text and the error; name another field")

    @property
    def body(self) -> str:
        """The field that the body is in."""
        return self.into or self.text or ""

    @property
    def keeps_raw(self) -> bool:
        """Whether the raw text stays in the row beside the body."""
        return self.into not in (None, self.text) and not self.drop_raw


def guess_fields(names: Iterable[str], wanted: Fields | None = None) -> Fields:
    """Fill in what `wanted` leaves open with the usual names (text, content, 본문; title, 제목; …) among `names`.

    Spaces, hyphens, underscores and case do not count. Raises UsageError where a named field is not there, or no
    field looks like the text.
    """
    there, wanted = list(names), wanted or Fields()
    found: dict[str, Any] = {name: _found(name, getattr(wanted, name), there) or "" for name in _USUAL}
    if not found["text"]:
        raise UsageError(f"no field looks like the text of an article; name it ({_OPTIONS['text']}). {_listed(there)}")
    return replace(wanted, **found)


def _found(name: str, wanted: str | None, there: list[str]) -> str | None:
    if wanted and wanted not in there:
        raise UsageError(f"there is no field {wanted!r} ({_OPTIONS[name]}). {_listed(there)}")
    if wanted is not None:
        return wanted
    plain = {_plain(field): field for field in reversed(there)}
    return next((plain[usual] for usual in _USUAL[name] if usual in plain), None)


def _plain(name: str) -> str:
    return "".join(char for char in name.casefold() if char not in " -_\ufeff")


def _listed(names: list[str]) -> str:
    return f"The fields are: {', '.join(names)}" if names else "There are no fields"


def said(guessed: Fields, wanted: Fields) -> str:
    """One line on which fields were guessed, or nothing: `text in 'content', title in '제목'`."""
    open_ones = [field.name for field in fields(Fields) if field.name in _USUAL and getattr(wanted, field.name) is None]
    return ", ".join(f"{name} in {getattr(guessed, name)!r}" for name in open_ones if getattr(guessed, name))


class Cleaned(NamedTuple):
    """A row after cleaning; `article` is None where it failed, and the row then says why in its error field."""

    record: dict[str, Any]
    article: Article | None


class RecordCleaner:
    """Clean rows. Call it with a mapping: the row comes back as a dict, cleaned or with its error.

    cleaner: does the cleaning. fields: what stands where; `fields.text` must be known (see `guess_fields`).
    encoding: the codec of texts that are bytes, where detection is not wanted.

    Raises UsageError for fields without a text, and for an unknown encoding.
    """

    def __init__(self, cleaner: Cleaner, fields: Fields, *, encoding: str | None = None) -> None:
        """Find out which columns there will be."""
        if fields.text is None:
            raise UsageError("which field holds the text? Name it, or let guess_fields look for it")
        self.cleaner, self.fields, self.encoding = cleaner, fields, encoding
        wire = cleaner.clean(b"", encoding=encoding).to_dict()
        metadata = [key for key in wire if fields.metadata and key not in _ELSEWHERE]
        self._columns = {key: fields.prefix + key for key in [*metadata, *["removed"] * fields.with_spans]}
        self._require_distinct()
        self._own = frozenset([*self.columns(), fields.body]) - {fields.text}

    def columns(self) -> list[str]:
        """The names of the columns that rows gain, in order, the error last."""
        own = [self.fields.body] if self.fields.keeps_raw else []
        return [*own, *self._columns.values(), self.fields.error]

    def wire_columns(self) -> dict[str, str]:
        """The keys of `Article.to_dict()` that become columns, with the columns' names."""
        return dict(self._columns)

    def names(self, names: Iterable[str]) -> list[str]:
        """The names of all columns of a cleaned row that had `names`, in order. Raises UsageError as `require` does."""
        there = list(names)
        self.require(there)
        raw, body = self.fields.text, self.fields.body
        return [body if name == raw and not self.fields.keeps_raw else name for name in there] + self.columns()

    def require(self, names: Iterable[str]) -> None:
        """Raise UsageError where rows with these names lack the text, or have a field that we would write."""
        there = list(names)
        if self.fields.text not in there:
            raise UsageError(f"there is no field {self.fields.text!r} for the text. {_listed(there)}")
        if taken := self._taken(there):
            raise UsageError(_collision(taken))

    def __call__(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The row cleaned. Never raises for what is in the row."""
        return self.cleaned(record).record

    def cleaned(self, record: Mapping[str, Any]) -> Cleaned:
        """The row cleaned, and the article that its columns were read from."""
        if taken := self._taken(record):
            return self.failed(record, _collision(taken))
        try:
            article = self._article(record)
        except UsageError:
            raise  # the caller's mistake, the same for every row
        except NewscleanError as error:
            return self.failed(record, str(error))
        except Exception as error:  # a defect of ours: one row of a million must not end the run
            return self.failed(record, f"newsclean failed on this text ({type(error).__name__}: {error}); report it")
        return Cleaned(self._row(record, article.body, self._metadata(article), None), article)

    def failed(self, record: Mapping[str, Any], why: str) -> Cleaned:
        """A row that cannot be cleaned: as it came, with empty columns and the reason."""
        error = self.fields.error
        while error in record:
            error += "_"
        if self._taken(record):
            return Cleaned({**record, error: why}, None)
        body = None if self.fields.keeps_raw else record.get(self.fields.text or "")
        return Cleaned(self._row(record, body, {}, why), None)

    def _article(self, record: Mapping[str, Any]) -> Article:
        fields = self.fields
        title, publisher, url = (_known(record, name) for name in (fields.title, fields.publisher, fields.url))
        raw = _text(record, fields.text or "")
        encoding = self.encoding if isinstance(raw, bytes) else None
        return self.cleaner.clean(raw, title=title, publisher=publisher, url=url, encoding=encoding)

    def _metadata(self, article: Article) -> dict[str, Any]:
        if not self._columns:
            return {}
        wire = article.to_dict()
        return {name: wire[key] for key, name in self._columns.items()}

    def _row(self, record: Mapping[str, Any], body: Any, metadata: dict[str, Any], why: str | None) -> dict[str, Any]:
        raw, into = self.fields.text, self.fields.body
        if self.fields.keeps_raw:
            row = {**record, into: body}
        else:
            row = {into if name == raw else name: body if name == raw else value for name, value in record.items()}
        row.update(metadata or dict.fromkeys(self._columns.values()))
        row[self.fields.error] = why
        return row

    def _taken(self, names: Collection[str] | Mapping[str, Any]) -> list[str]:
        return [] if self._own.isdisjoint(names) else [name for name in names if name in self._own]

    def _require_distinct(self) -> None:
        names = [self.fields.error, *self._columns.values(), *{self.fields.text, self.fields.body}]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise UsageError(f"two columns would be called {twice!r}; choose another prefix or another name")


def _collision(taken: list[str]) -> str:
    return (
        f"there is a field {' and '.join(map(repr, taken))} already, which newsclean would write; choose another "
        "prefix (--prefix), another field for the body (--into), or another for the error (--error-field)"
    )


def _known(record: Mapping[str, Any], name: str | None) -> str | None:
    """What the row knows; a missing value is None or NaN in most tables, so all that is no string counts as missing."""
    value = record.get(name) if name else None
    return value if isinstance(value, str) and value.strip() else None


def _text(record: Mapping[str, Any], name: str) -> str | bytes:
    if name not in record:
        raise InputError(f"the record has no field {name!r}")
    value = record[name]
    if isinstance(value, (str, bytes)):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if value is None or (isinstance(value, float) and isnan(value)):  # tables say with NaN that a value is missing
        raise InputError(f"the field {name!r} is empty (null)")
    raise InputError(f"the field {name!r} holds {_a(type(value).__name__)}, not a text")


def _a(name: str) -> str:
    return f"an {name}" if name[:1] in "aeiou" else f"a {name}"
