"""Pieces → Article: the body out of what is kept. The metadata is read when somebody asks for it."""

from __future__ import annotations

from newsclean.article import Article
from newsclean.model import Category, Document, Known, Note, Piece
from newsclean.segment import single_spaced


def assemble(
    document: Document, pieces: tuple[Piece, ...], dropped: frozenset[Category], known: Known, notes: tuple[Note, ...]
) -> Article:
    """Build the article; the categories in `dropped` are left out of the body."""
    return Article(document, pieces, dropped, _body(_lined(document), pieces, dropped), known, notes)


def _lined(document: Document) -> str:
    """The text with a line break for each that its glued paragraphs lost."""
    text, start, parts = document.text, 0, list[str]()
    for place in document.parted:
        parts += (text[start:place], "\n")
        start = place + 1
    return "".join((*parts, text[start:])) if parts else text


def _body(text: str, pieces: tuple[Piece, ...], dropped: frozenset[Category]) -> str:
    """The kept pieces; what is cut out leaves a line break if it held one, else a space."""
    parts = []
    for piece in pieces:
        if piece.category not in dropped:
            parts.append(text[piece.start : piece.end])
        else:
            parts.append("\n" if text.find("\n", piece.start, piece.end) >= 0 else " ")
    joined = "".join(parts)
    return "\n".join(filter(None, map(str.strip, single_spaced(joined).split("\n"))))
