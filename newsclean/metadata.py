"""What the rules read in the labelled pieces of a scrape: title, people, times, outlet, captions, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from typing import Final

from newsclean import publishers
from newsclean.late import late
from newsclean.model import Category, Known, Piece, Reporter, Translation
from newsclean.segment import single_spaced
from newsclean.sentence import finished

KST: Final = timezone(timedelta(hours=9), "KST")
_DATE: Final = late(
    r"(?P<year>(?:19|20)\d{2})\s?[-./년]\s?(?P<month>\d{1,2})\s?[-./월]\s?(?P<day>\d{1,2})"
    r"(?:\D{0,8}?(?P<half>오전|오후|AM|PM|am|pm)?\s{0,2}(?P<hour>\d{1,2})\s?[:시]\s?(?P<minute>\d{2})"
    r"(?::\d{2}(?:\.\d+)?(?P<utc>Z|\+00:?00)(?!\d))?)?"
)
_ROLE: Final = late(
    r"\s*(?P<role>[가-힣]{0,8}?\s?전문기자|[가-힣]{0,4}기자|[가-힣]{0,3}특파원|논설위원|[가-힣]{0,2}통신원|[가-힣]{2}캐스터|리포터|에디터"
    r"|칼럼니스트|PD|앵커|아나운서|위원|팀장|부장|작가)\s*$"
)
_SHORTEST: Final = 5  # code points; a shorter title or deck is a mark that was left over
_TEXT: Final = 25  # code points; a shorter stretch of body is rather a crumb
_FAR: Final = 1 << 62
_BULLET: Final = late(r"^[-–—•·]\s+(?!.*[-–—]$)")  # not the dash of `- 도서관 새로 열어 -`
_CREDIT: Final = 30  # code points; a longer cut caption is one with text
_MAIL: Final = late(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
_NAME: Final = late(r"[가-힣]{2,4}|[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_ITEM: Final = late(r"\n+|\s*(?:^|\s)[▶▷☞ㆍ·★]\s*|(?:^|\s)-\s+")


class Metadata:
    """Answers questions about the labelled pieces of one article; works each out when it is asked."""

    def __init__(self, text: str, pieces: tuple[Piece, ...]) -> None:
        self.text = text
        self.all = [p for p in pieces if not text[p.start].isspace() or text[p.start : p.end].strip()]
        self.categories = {piece.category for piece in self.all}
        self.own = list(_without_photographers(text, self.all))

    def _text(self, piece: Piece) -> str:
        return self.text[piece.start : piece.end]

    def of(self, category: Category) -> list[Piece]:
        """The pieces of a category."""
        return [piece for piece in self.all if piece.category is category]

    def first(self, field: str) -> str | None:
        """The first value that a rule read for a field."""
        return next((piece.fields[field].strip() for piece in self.own if field in piece.fields), None)

    def joined(self, category: Category, start: int = 0) -> str | None:
        """The runs of a category from an offset on, one a line, without crumbs."""
        return "\n".join(run for run in self.runs(category, start) if len(run) >= _SHORTEST) or None

    def title(self) -> str | None:
        """The headline: the first that text follows, else one in a page's data. Behind all text stands another's.

        Of a labelled field, or the field of a table, the rule has read it.
        """
        read = (piece.fields.get("title") for piece in self.all if piece.category is Category.TITLE)
        if title := next(filter(None, read), None):
            return title
        runs = (run for run in self.runs(Category.TITLE, end=self._last_text()) if len(run) >= _SHORTEST)
        return next((_BULLET.sub("", run) for run in runs), None) or self.first("title")

    def _last_text(self) -> int:
        """Where the last stretch of body, or of its copy, with a finished end starts; the text's end if none does."""
        body = (piece for piece in reversed(self.all) if piece.category in _TELLING)
        return next((p.start for p in body if p.end - p.start >= _TEXT and finished(self._text(p))), len(self.text))

    @cached_property
    def _foot(self) -> int:
        """Where the page's foot begins behind the text: its rights line, or a button."""
        last = self._last_text()
        return next((p.start for p in self.all if p.category in _FOOT and p.start > last), len(self.text))

    def deck(self) -> str | None:
        """The deck. It stands below the headline; what stands above that is a section's name or a button."""
        headline = next((piece.end for piece in self.all if piece.category is Category.TITLE), 0)
        return self.joined(Category.SUBTITLE, start=headline) or self.joined(Category.SUBTITLE)

    def runs(self, category: Category, start: int = 0, end: int = _FAR) -> Iterator[str]:
        """The text of each run of neighbouring pieces of a category, one entry a line of the scrape."""
        run: list[Piece] = []
        pieces = [piece for piece in self.all if start <= piece.start < end] if category in self.categories else []
        for piece in [*pieces, None]:
            if piece is not None and piece.category is category and (not run or self._touches(run[-1], piece)):
                run.append(piece)
                continue
            if run:
                yield single_spaced(self.text[run[0].start : run[-1].end]).strip()
            run = [piece] if piece is not None and piece.category is category else []

    def _touches(self, left: Piece, right: Piece) -> bool:
        between = self.text[left.end : right.start]
        return not between.strip() and "\n" not in between

    def items(self) -> Iterator[str]:
        """The headlines of other articles, without their heading and marks; each once."""
        seen: set[str] = set()
        for piece in self.of(Category.RELATED):
            if piece.rule.endswith("heading"):
                continue
            for item in _ITEM.split(self._text(piece)):
                if (item := item.strip(" \t-·")) and item not in seen:
                    seen.add(item)
                    yield item

    def tags(self) -> Iterator[str]:
        """The hashtags without their mark, each once."""
        marked = [p.fields.get("tags", self._text(p)) for p in self.of(Category.TAGS)]
        yield from dict.fromkeys(tag.strip() for text in marked for tag in text.split("#")[1:] if tag.strip())

    def translation(self) -> Translation | None:
        """The version in another language."""
        text = self.joined(Category.TRANSLATION)
        return Translation(_language(text), text) if text else None

    def time(self, field: str) -> datetime | date | None:
        """The first readable time that a rule gave for a field."""
        stamps = (piece.fields[field] for piece in self.own if field in piece.fields)
        return next((stamp for text in stamps if (stamp := parse_time(text))), None)

    def publisher(self, known: Known) -> str | None:
        """The crawler's word, the dateline or byline, the rights line, the rest, the mail's domain, the URL's."""
        if known.publisher:
            return publishers.canonical(known.publisher)
        order = (Category.DATELINE, Category.BYLINE, Category.COPYRIGHT)
        ranked = sorted(
            (p for p in self.own if p.fields.get("publisher")),
            key=lambda p: order.index(p.category) if p.category in order else len(order),
        )
        if ranked:
            return publishers.canonical(ranked[0].fields["publisher"])
        addresses = [*_MAIL.findall(" ".join(map(self._text, self.own_addresses()))), known.url or ""]
        return next((name for address in addresses if (name := publishers.of_address(address))), None)

    def own_addresses(self) -> Iterator[Piece]:
        """The pieces that may hold an address of the outlet: the reporter's mail, then the tip line's."""
        yield from (piece for piece in self.own if piece.category is Category.EMAIL)
        yield from self.of(Category.PROMO)

    def reporters(self) -> tuple[Reporter, ...]:
        """Authors in the order of the text; an address belongs to the name in front of it."""
        authors = _Authors()
        for piece in self.own:
            if "reporter" in piece.fields:
                authors.signs(piece)
            if piece.category is not Category.CAPTION and (email := piece.fields.get("email")):
                authors.gives(email, piece.start, self._foot)
            if piece.category is Category.BODY:
                authors.latest = list(authors.people) if len(authors.people) == 1 else []
        if not authors.nameless and len(authors.people) <= 1 and not any(p.email for p in authors.people.values()):
            return self._photographer(authors.people)
        return tuple(authors.all())

    def _photographer(self, people: dict[str, Reporter]) -> tuple[Reporter, ...]:
        """The author of a photo article: his address stands in the credit, and no caption is cut but the credit."""
        captions = self.of(Category.CAPTION)
        emails = [piece.fields["email"] for piece in captions if "email" in piece.fields]
        if len(emails) != 1 or any(not piece.fields and len(self._text(piece)) > _CREDIT for piece in captions):
            return tuple(people.values())
        author = next(iter(people.values()), Reporter(None))
        return (author._replace(email=emails[0]),)


class _Authors:
    """Names and addresses as they are met; an address waits for its name, or stays without."""

    def __init__(self) -> None:
        self.people: dict[str, Reporter] = {}
        self.latest: list[str] = []  # names of the signature that an address may follow
        self.nameless: dict[str, None] = {}  # addresses in order
        self._signed: dict[str, int] = {}  # where a name stands last

    def signs(self, piece: Piece) -> None:
        """Take the names of a byline."""
        named = {str(person.name): person for person in _people(piece.fields)}
        self.latest = list(named)
        for name, person in named.items():
            self.people[name] = _merged(self.people.get(name), person)
            self._signed[name] = piece.start

    def gives(self, email: str, place: int, foot: int) -> None:
        """Take an address; from the page's foot on it is the outlet's, unless its owner signs there."""
        owner = self._owner(email)
        if place >= foot > self._signed.get(owner or "", -1):
            return
        if owner:
            self.people[owner] = self.people[owner]._replace(email=email)
        elif all(person.email != email for person in self.people.values()):
            self.nameless[email] = None

    def _owner(self, email: str) -> str | None:
        free = [name for name in self.latest if self.people[name].email in (None, email)]
        if free:
            return free[0]
        free = [name for name, person in self.people.items() if person.email in (None, email)]
        return free[0] if len(free) == 1 else None

    def all(self) -> Iterator[Reporter]:
        """Everybody; as many loose addresses as names without one are theirs in order: `☞… a@b.kr, c@d.kr`."""
        without = [name for name, person in self.people.items() if person.email is None]
        pairs = dict(zip(without, self.nameless, strict=True)) if len(without) == len(self.nameless) else {}
        for name, person in self.people.items():
            yield person._replace(email=pairs[name]) if name in pairs else person
        yield from (Reporter(None, email=email) for email in self.nameless if not pairs)


def _merged(old: Reporter | None, new: Reporter) -> Reporter:
    if old is None:
        return new
    return Reporter(*(a if a is not None else b for a, b in zip(old, new, strict=True)))


_TELLING: Final = {Category.BODY, Category.DUPLICATE}
_FOOT: Final = (Category.COPYRIGHT, Category.UI)
_OPENERS: Final = (Category.DATELINE, Category.BYLINE)


def _without_photographers(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    """Leave out what signs a caption: a dateline or byline in front of it, a name or address behind it."""
    last: Piece | None = None
    for piece, opens_caption in zip(pieces, _open_captions(text, pieces), strict=True):
        if opens_caption or (last is not None and _signs(text, last, piece)):
            continue
        last = piece
        yield piece


def _open_captions(text: str, pieces: list[Piece]) -> list[bool]:
    """For each piece whether it is a dateline or byline with a caption behind it, or behind more of them.

    What begins with a slash or bar is the credit alone, behind the author.
    """
    flags: list[bool] = []
    caption = False
    for piece in reversed(pieces):
        if piece.category not in _OPENERS:
            caption = piece.category is Category.CAPTION and text[piece.start] not in "/|"
        flags.append(caption and piece.category in _OPENERS)
    return flags[::-1]


def _signs(text: str, caption: Piece, piece: Piece) -> bool:
    """Whether a piece behind a caption is the photographer's name, at the end of its line, or his address."""
    if caption.category is not Category.CAPTION:
        return False
    ends_line = "\n" not in text[caption.end : piece.start] and text[piece.end : piece.end + 1] in ("\n", "")
    return piece.category is Category.EMAIL or (piece.category is Category.BYLINE and ends_line)


def _people(values: Mapping[str, str]) -> Iterator[Reporter]:
    """The people of one byline, in order; a role at the end of a row of names is everybody's."""
    role, place, desk = values.get("role"), values.get("place"), values.get("desk")
    found: list[Reporter] = []
    for part in reversed(list(_split_names(values["reporter"]))):
        match = _ROLE.search(part)
        name = part[: match.start()] if match else part
        role = match["role"].strip() if match else role
        if (name := name.strip()) and _NAME.fullmatch(name):
            found.append(Reporter(name, role.strip() if role else None, None, place, desk))
    return reversed(found)


def _split_names(names: str) -> Iterator[str]:
    for part in re.split(r"\s*[·ㆍ‧,/&]\s*", names):
        words = part.split()
        if len(words) > 1 and all(re.fullmatch(r"[가-힣]{2,4}", word) for word in words) and not _ROLE.search(part):
            yield from words
        elif part.strip():
            yield part.strip()


def parse_time(text: str) -> datetime | date | None:
    """Read a Korean date, with its time of day if it has one, as Korea Standard Time; None if it is no date.

    A time is Korea's unless it says that it is UTC (`Z`, `+00:00`).
    """
    match = _DATE.search(text)
    if not match:
        return None
    year, month, day = (int(match[key]) for key in ("year", "month", "day"))
    try:
        if match["hour"] is None:
            return date(year, month, day)
        hour = int(match["hour"])
        if (match["half"] or "").lower() in {"오후", "pm"} and hour < 12:
            hour += 12
        elif (match["half"] or "").lower() in {"오전", "am"} and hour == 12:
            hour = 0
        zone = UTC if match["utc"] else KST
        return datetime(year, month, day, hour, int(match["minute"]), tzinfo=zone).astimezone(KST)
    except ValueError:
        return None


def _language(text: str) -> str:
    """ISO 639-1 code by script; Latin script is taken for English."""
    scripts = (
        ("ja", r"[\u3040-\u30ff]"),
        ("zh", r"[\u4e00-\u9fff]"),
        ("ru", r"[\u0400-\u04ff]"),
        ("th", r"[\u0e00-\u0e7f]"),
    )
    return next((code for code, script in scripts if len(re.findall(script, text)) > len(text) // 10), "en")
