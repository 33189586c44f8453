"""The whole flow; the only file that knows every stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsclean import suspect
from newsclean.article import Article
from newsclean.assemble import assemble
from newsclean.decode import decode
from newsclean.errors import Limits, UsageError
from newsclean.label import label
from newsclean.model import KEPT, Category, Document, Known, Note
from newsclean.morphology import Morphology
from newsclean.repair import REPAIRS, repair
from newsclean.resolve import resolve
from newsclean.rule import RulePack
from newsclean.unflatten import unflattened
from newsclean.unwrap import unwrapped

_LABELS = frozenset(Category) - {Category.BODY}


class Cleaner:
    """Clean Korean news scrapes. Cheap to keep, safe to share between threads, picklable.

    rules: the packs to run, `RulePack.default()` unless given.
    keep: categories that stay in the body (in addition to cue, note and bio).
    drop: categories that leave it although they are kept by default.
    morphology: whether Kiwi may be asked about what rules and neighbours leave unsettled; without it that stays.
    repair: the classes of repairs to make, of `newsclean.repair.REPAIRS`; all unless given, `()` for none.
    limits: bounds on one document.

    Raises UsageError for a category or a class of repairs that does not exist.
    """

    def __init__(
        self,
        rules: RulePack | None = None,
        *,
        keep: str | Iterable[str] = (),
        drop: str | Iterable[str] = (),
        morphology: bool = True,
        repair: str | Iterable[str] = REPAIRS,
        limits: Limits | None = None,
    ) -> None:
        """Take the choices; read and compile nothing yet that a document does not need."""
        self.rules = rules if rules is not None else RulePack.default()
        self.kept = (KEPT | _categories(keep)) - _categories(drop)
        self.dropped = _LABELS - self.kept
        self.morphology = Morphology() if morphology else None
        self.repairs = _known(repair, REPAIRS, "classes of repairs")
        self.limits = limits or Limits()

    def clean(
        self,
        raw: bytes | str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
        encoding: str | None = None,
    ) -> Article:
        """Clean one scrape.

        raw: bytes as crawled, or text already decoded.
        title, publisher, url: what the crawler knows; the title also finds the headline's copies in the text.
        encoding: the codec of `raw`, where detection is not wanted.

        Raises NotTextError, TooLargeError, UsageError.
        """
        text, found, notes = decode(raw, self.limits, encoding)
        document = repair(text, found, notes, self.repairs)
        document = unflattened(document, self.repairs)
        if "wrapped" in self.repairs:
            document = unwrapped(document, self.morphology.is_spaced if self.morphology else _unknown)
        labels = label(document, self.rules, self.limits, title or "")
        pieces = resolve(document, labels, self.rules, self.morphology)
        notes += (*_damage(document), *labels.matcher.notes.values())
        return assemble(document, pieces, self.dropped, Known(title, publisher, url), notes)


def _unknown(left: str, right: str) -> None:
    """The answer of nobody to whether a space belongs between two lines."""


def _categories(names: str | Iterable[str]) -> frozenset[Category]:
    return frozenset(map(Category, _known(names, _LABELS, "categories")))


def _known(names: str | Iterable[str], known: Iterable[str], what: str) -> frozenset[str]:
    chosen = frozenset([names] if isinstance(names, str) else names)
    if unknown := chosen - frozenset(known):
        raise UsageError(f"{min(unknown)!r} is none of the {what}: {', '.join(sorted(known))}")
    return chosen


def _damage(document: Document) -> Iterator[Note]:
    if document.damaged:
        share = suspect.share(document.text, document.damaged)
        yield Note(
            "mojibake",
            f"{share:.0%} of the text was read with the wrong encoding before it came here, and part of it is lost; "
            "nothing was cut from these lines: crawl again, and decode with the page's own encoding",
        )
