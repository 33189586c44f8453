"""The article: a cleaned scrape with its body, its metadata, and every piece of its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from newsclean.model import (
    SCHEMA,
    Category,
    Cut,
    Document,
    Encoding,
    Kind,
    Known,
    Note,
    Piece,
    Reporter,
    Span,
    Translation,
)

if TYPE_CHECKING:
    from newsclean.kind import Reading
    from newsclean.metadata import Metadata


@dataclass(frozen=True)
class Article:
    """A cleaned scrape: its body, its metadata, and every piece of the source.

    body: the paragraphs, one a line.
    pieces: the tiling of `document.text`; `removed` is its cut part in source offsets.
    known: what the caller told about the article; it wins over what stands in the text.
    found: notes of the stages that read and cleaned the text; `notes` adds what the result tells.

    Metadata is read from the pieces on the first access and kept.
    """

    document: Document = field(repr=False)
    pieces: tuple[Piece, ...] = field(repr=False)
    dropped: frozenset[Category] = field(repr=False)
    body: str
    known: Known = field(default=Known(), repr=False)
    found: tuple[Note, ...] = field(default=(), repr=False)

    @cached_property
    def _reading(self) -> Reading:
        from newsclean.kind import Reading  # its patterns, for who asks

        return Reading(self.body, self.document.text, self.pieces)

    @property
    def kind(self) -> Kind:
        """What kind of document it is."""
        return self._reading.kind

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What a user should know, or may filter by.

        Of reading: `undecodable`, `mixed-encoding`, `mojibake`, `rule-timeout`. Of the result: `empty-body`,
        `mostly-removed`, `truncated`, `paywall`, `not-an-article`.
        """
        if self.document.damaged:
            return self.found  # nobody can tell what unreadable text is
        return (*self.found, *self._reading.filters())

    @cached_property
    def _metadata(self) -> Metadata:
        from newsclean.metadata import Metadata  # its patterns and the table of outlets, for who asks

        return Metadata(self.document.text, self.pieces)

    @cached_property
    def title(self) -> str | None:
        """The headline: the caller's, or the first one that the body follows."""
        return self.known.title or self._metadata.title()

    @cached_property
    def subtitle(self) -> str | None:
        """The deck, a line each."""
        return self._metadata.deck()

    @cached_property
    def reporters(self) -> tuple[Reporter, ...]:
        """The authors in the order of the text."""
        return self._metadata.reporters()

    @cached_property
    def publisher(self) -> str | None:
        """The outlet by its canonical name."""
        return self._metadata.publisher(self.known)

    @cached_property
    def place(self) -> str | None:
        """The place of the dateline."""
        return self._metadata.first("place")

    @cached_property
    def published(self) -> datetime | date | None:
        """`datetime` in Korea Standard Time, or `date` where no time of day stands in the text."""
        return self._metadata.time("published")

    @cached_property
    def modified(self) -> datetime | date | None:
        """When it was last changed; as `published`."""
        return self._metadata.time("modified")

    @cached_property
    def captions(self) -> tuple[str, ...]:
        """Captions and photo credits, in the order of the text."""
        return tuple(self._metadata.runs(Category.CAPTION))

    @cached_property
    def related(self) -> tuple[str, ...]:
        """Headlines of other articles, in the order of the text, each once."""
        return tuple(self._metadata.items())

    @cached_property
    def summary(self) -> str | None:
        """The summary that a portal or the outlet put on top."""
        return self._metadata.joined(Category.SUMMARY)

    @cached_property
    def copyright(self) -> str | None:
        """The rights notices."""
        return self._metadata.joined(Category.COPYRIGHT)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Hashtags without their mark, in the order of the text, each once."""
        return tuple(self._metadata.tags())

    @cached_property
    def translation(self) -> Translation | None:
        """The version in another language that stands behind the Korean one."""
        return self._metadata.translation()

    @property
    def encoding(self) -> Encoding:
        """How the input was read."""
        return self.document.encoding

    @property
    def removed(self) -> tuple[Cut, ...]:
        """Every span that is not in the body, in order, counted in code points of the decoded source."""
        return tuple(self._cut(piece) for piece in self.pieces if piece.category in self.dropped)

    def _cut(self, piece: Piece) -> Cut:
        document = self.document
        span = Span(document.to_source(piece.start), document.to_source(piece.end, end=True))
        return Cut(piece.category, piece.rule, span, document.source[slice(*span)])

    def source(self) -> str:
        """The decoded input, put together again from the pieces with every edit undone."""
        text = "".join(self.document.text[piece.start : piece.end] for piece in self.pieces)
        parts: list[str] = []
        position = shift = 0
        for edit in self.document.edits:
            start = edit.start + shift
            parts += (text[position:start], edit.old)
            position = start + len(edit.new)
            shift += len(edit.new) - len(edit.old)
        return "".join([*parts, text[position:]])

    def to_dict(self) -> dict[str, Any]:
        """The wire form: flat JSON types, the same keys as on the command line.

        `removed` offsets count code points of the decoded source; a consumer that counts UTF-16 units
        (JavaScript, Java) must convert them. Dates are ISO 8601; a time of day carries its offset.
        """
        return {
            "body": self.body,
            "title": self.title,
            "subtitle": self.subtitle,
            "reporters": [reporter._asdict() for reporter in self.reporters],
            "publisher": self.publisher,
            "place": self.place,
            "published": self.published.isoformat() if self.published else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "captions": list(self.captions),
            "related": list(self.related),
            "summary": self.summary,
            "copyright": self.copyright,
            "tags": list(self.tags),
            "translation": self.translation._asdict() if self.translation else None,
            "kind": str(self.kind),
            "notes": [note._asdict() for note in self.notes],
            "encoding": self.encoding._asdict(),
            "removed": [
                {"start": c.span.start, "end": c.span.end, "category": str(c.category), "rule": c.rule, "text": c.text}
                for c in self.removed
            ],
            "schema": SCHEMA,
        }
