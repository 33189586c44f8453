"""Rules as data: `Rule`, one entry of a TOML pack, and `RulePack`, an immutable set of them.

A pack is trusted only after validation: `RulePack.load` raises PackError with file, rule id and
reason. The packs that ship with the library are validated by `newsclean check` and the tests, and
only read here, so that starting up stays cheap.
"""

from __future__ import annotations

import re
import string
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from functools import cache, cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import regex
from ahocorasick_rs import AhoCorasick, Implementation

from newsclean.errors import PackError
from newsclean.first import branches
from newsclean.late import late
from newsclean.model import Category, Label, Span
from newsclean.pattern import Match, Pattern, Starts, beginning, clocked, glance, quick

PLACES: Final = ("inline", "start", "end", "whole")
QUESTIONS: Final = ("name",)
ZONES: Final = ("head", "tail", "signed")
FIELDS: Final = frozenset(
    [
        "title",
        "subtitle",
        "reporter",
        "role",
        "email",
        "publisher",
        "place",
        "desk",
        "published",
        "modified",
        "related",
        "summary",
        "copyright",
        "tags",
    ]
)
_FRAGMENT: Final = late(r"%([a-z_]+)%")
PACKS: Final = Path(__file__).parent / "packs"
_DATA_FILES: Final = frozenset({"fragments.toml", "publishers.toml"})


@cache
def field_of(group: str) -> str:
    """The field that a named group of a pattern gives: `place2` is a second place where `place` may stand."""
    return group.rstrip(string.digits)


Neighbour = tuple[str, str]
"""What stands beside a gap: category and rule of a cut; the text's `start` or `end`, twice; or nothing, `""` twice."""


@dataclass(frozen=True)
class Rule:
    """One kind of clutter: where it stands, how it looks, and the examples that prove it."""

    id: str
    category: Category
    why: str
    at: str = "inline"
    pattern: str = ""
    detector: str = ""
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    zone: str = ""
    asks: str = ""
    lead: int = 12
    flat: bool = True
    gives: dict[str, str] = field(default_factory=dict, hash=False)
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    file: str = ""
    written: str = ""
    trusted: bool = False

    @cached_property
    def hint(self) -> bool:
        """Whether the rule counts only beside another cut, or at an edge of the text."""
        return bool(self.after or self.before)

    @cached_property
    def gated(self) -> bool:
        """Whether its literals are looked for in the whole text: not those of a hint that begins where its gap does."""
        return bool(self.pattern and self.needs) and (self.at == "end" or not self.hint)

    @cached_property
    def opens_text(self) -> bool:
        """Whether a match can begin nowhere but at the start of the text."""
        return self.pattern.startswith(r"\A") and len(branches(self.pattern)) == 1

    def stands_between(self, left: Neighbour, right: Neighbour) -> bool:
        """Whether a hint's neighbours are as it wants them."""
        return all(not wanted or _wants(wanted, near) for wanted, near in ((self.after, left), (self.before, right)))

    def claims(self, span: Span | None, **fields: str) -> list[Label]:
        """This rule's label on a span, in a list; an empty one for None."""
        return [Label(span.start, span.end, self.category, self.id, fields)] if span else []

    @cached_property
    def engine(self) -> Pattern:
        """The pattern on the quick engine; compiled on first use, once a process."""
        return quick(self.pattern)

    @cached_property
    def match(self) -> Callable[[str, int, int], Match | None]:
        """The engine's `match`; that of a long pattern is compiled when its opening matches for the first time."""
        return self.engine.match if len(self.pattern) < _LONG else self._glance

    def _glance(self, text: str, start: int, end: int) -> Match | None:
        if not self._opening.match(text, start, end):
            return None
        self.__dict__["match"] = self.engine.match
        return self.match(text, start, end)

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        return glance(self.pattern)

    @cached_property
    def starts(self) -> Starts:
        """For every character whether a match can begin with it."""
        return Starts(self.pattern)

    @cached_property
    def beginnings(self) -> Callable[[str, int, int], Iterator[re.Match[str]]]:
        """The places between two offsets of a text at which a match may begin."""
        return beginning(self.pattern).finditer

    def __getstate__(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}


_LONG: Final = 500  # characters of a pattern; shorter ones compile in a millisecond or two


def _wants(wanted: tuple[str, ...], neighbour: Neighbour) -> bool:
    category, rule = neighbour
    return category in wanted or any("." in glob and fnmatchcase(rule, glob) for glob in wanted)


Opened = list[tuple["Rule", list[int]]]
"""Rules that may match a text, in pack order, and where their literals stand in it, in order."""


class Gate:
    """Which rules can match a text at all, by the literals they need: one scan finds every literal's places.

    Hints that stand at the start of a gap or fill it are no part of it: few gaps have the neighbours they want,
    and there the first character tells.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Index the `needs` of `rules`."""
        self._rules = sorted((rule for rule in rules if rule.gated), key=_group)
        self._bounds = [bisect_left(self._rules, group, key=_group) for group in (1, 2)]
        wanting: dict[str, list[int]] = {}
        for index, rule in enumerate(self._rules):
            for literal in rule.needs:
                wanting.setdefault(literal, []).append(index)
        self._wanting = list(wanting.values())
        # The fastest to build, and to search with but for the DFA, which takes 10 ms more of every start.
        self._literals = AhoCorasick(wanting, implementation=Implementation.ContiguousNFA)

    def open(self, text: str) -> tuple[Opened, Opened, Opened]:
        """The rules that may match `text`: the inline ones, those that stand at gaps, the hints."""
        opened: dict[int, list[int]] = {}
        wanting = self._wanting
        for literal, place, _ in sorted(self._occurrences(text), key=_place):
            for index in wanting[literal]:
                places = opened.get(index)
                if places is None:
                    opened[index] = [place]
                else:
                    places.append(place)
        rules, indices = self._rules, sorted(opened)
        pairs = [(rules[index], opened[index]) for index in indices]
        gaps, hints = (bisect_left(indices, bound) for bound in self._bounds)
        return pairs[:gaps], pairs[gaps:hints], pairs[hints:]

    def _occurrences(self, text: str) -> list[tuple[int, int, int]]:
        try:
            return self._literals.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # lone surrogates, which no UTF-8 can hold
            return self._literals.find_matches_as_indexes(_SURROGATE.sub("?", text), overlapping=True)


_SURROGATE: Final = late("[\ud800-\udfff]")
_place = itemgetter(1)


def _group(rule: Rule) -> int:
    return 2 if rule.hint else int(rule.at != "inline")


class RulePack:
    """An immutable, ordered set of rules. `a | b` puts the rules of both together; ids stay unique."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Hold `rules`. Raises PackError where an id stands twice."""
        self.rules = tuple(rules)
        seen: dict[str, Rule] = {}
        for rule in self.rules:
            if rule.id in seen:
                raise PackError(f"{rule.file}: rule {rule.id}: this id is already taken (in {seen[rule.id].file})")
            seen[rule.id] = rule
        self._by_id = seen
        self._between: dict[tuple[Neighbour, Neighbour], tuple[Rule, ...]] = {}

    @staticmethod
    @lru_cache(maxsize=1)
    def default() -> RulePack:
        """The packs that ship with newsclean."""
        packs = (path for path in sorted(PACKS.glob("*.toml")) if path.name not in _DATA_FILES)
        return RulePack(chain.from_iterable(_read(path, trusted=True) for path in packs))

    @staticmethod
    def load(*paths: str | Path) -> RulePack:
        """Read and validate packs of your own. Raises PackError with file, rule id and reason."""
        pack = RulePack(chain.from_iterable(_read(Path(path)) for path in paths))
        for rule in pack:
            validate(rule)
        return pack

    def without(self, *globs: str) -> RulePack:
        """The pack without the rules whose id matches a glob, e.g. `without("promo.*")`."""
        return RulePack(r for r in self.rules if not any(fnmatchcase(r.id, glob) for glob in globs))

    def __or__(self, other: RulePack) -> RulePack:
        return RulePack((*self.rules, *other.rules))

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._by_id

    def __getitem__(self, rule_id: str) -> Rule:
        return self._by_id[rule_id]

    def __reduce__(self) -> tuple[type[RulePack], tuple[tuple[Rule, ...]]]:
        return RulePack, (self.rules,)

    @cached_property
    def gate(self) -> Gate:
        """The literal scan over this pack's rules."""
        return Gate(self.rules)

    def hints_between(self, left: Neighbour, right: Neighbour) -> tuple[Rule, ...]:
        """The hints that count between these neighbours; worked out once for each pair."""
        pair = left, right
        if pair not in self._between:
            self._between[pair] = tuple(r for r in self.rules if r.hint and r.stands_between(left, right))
        return self._between[pair]

    @cached_property
    def detecting(self) -> tuple[Rule, ...]:
        """The rules that name a detector."""
        return tuple(rule for rule in self.rules if rule.detector)


@lru_cache(maxsize=1)
def _shared_fragments() -> dict[str, str]:
    return dict(tomllib.loads((PACKS / "fragments.toml").read_text(encoding="utf-8"))["fragments"])


def _read(file: Path, *, trusted: bool = False) -> list[Rule]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError(f"{file}: cannot read this pack: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: not a TOML pack: {error}") from error
    fragments = {**_shared_fragments(), **table.get("fragments", {})}
    entries = table.get("rule")
    if not isinstance(entries, list) or not entries or table.keys() - {"rule", "fragments"}:
        raise PackError(f"{file}: a pack holds [[rule]] tables, and [fragments] if it likes; nothing else")
    return [_rule(entry, fragments, str(file), trusted) for entry in entries]


_KINDS: Final[dict[str, type]] = {
    **{field.name: str for field in fields(Rule) if field.name not in {"file", "written", "trusted"}},
    **dict.fromkeys(("needs", "after", "before", "hits", "misses"), list),
    **{"lead": int, "flat": bool, "gives": dict},
}


def _rule(entry: dict[str, Any], fragments: dict[str, str], file: str, trusted: bool) -> Rule:
    rule_id = entry.get("id", "(no id)")
    if unknown := entry.keys() - _KINDS.keys():
        raise PackError(f"{file}: rule {rule_id}: unknown field {min(unknown)!r}; known: {', '.join(sorted(_KINDS))}")
    for key, value in entry.items():
        if not isinstance(value, _KINDS[key]):
            raise PackError(f"{file}: rule {rule_id}: {key} = {value!r} is not of the type {_KINDS[key].__name__}")
    if missing := {"id", "category", "why"} - entry.keys():
        raise PackError(f"{file}: rule {rule_id}: the field {min(missing)!r} is missing")
    try:
        category = Category(entry["category"])
        pattern = _filled(_filled(entry.get("pattern", ""), fragments), fragments)  # a fragment may name others
    except ValueError:
        raise PackError(f"{file}: rule {rule_id}: unknown category {entry['category']!r}") from None
    except KeyError as error:
        raise PackError(f"{file}: rule {rule_id}: unknown fragment %{error.args[0]}% in the pattern") from None
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    values |= {"category": category, "pattern": pattern, "written": entry.get("pattern", "")}
    return Rule(**{**values, "file": file, "trusted": trusted})


def _filled(pattern: str, fragments: dict[str, str]) -> str:
    return _FRAGMENT.sub(lambda m: f"(?:{fragments[m[1]]})", pattern)


def validate(rule: Rule) -> None:
    """Raise PackError unless the rule can be trusted to run. Its examples are run by `newsclean check`."""
    for problem in _problems(rule):
        raise PackError(f"{rule.file}: rule {rule.id}: {problem}")


def _problems(rule: Rule) -> Iterator[str]:
    from newsclean.detectors import DETECTORS

    if not rule.hits:
        yield "needs at least one hit"
    if not rule.misses:
        yield "needs at least one miss"
    if rule.at not in PLACES:
        yield f"at = {rule.at!r} is not one of {', '.join(PLACES)}"
    if rule.asks and not (rule.asks in QUESTIONS and rule.hint):
        yield f"asks = {rule.asks!r}: hints may ask {', '.join(QUESTIONS)}"
    if rule.zone and not (rule.zone in ZONES and rule.hint):
        yield f"zone = {rule.zone!r}: hints may stand in {', '.join(ZONES)}"
    if rule.pattern and not rule.needs and not rule.hint:
        yield "needs = [...] is missing: literals, one of which begins at most `lead` characters into every match"
    if "" in rule.needs:
        yield "needs holds an empty literal, which stands everywhere"
    if rule.hint and rule.at == "inline":
        yield "a hint (after, before) stands at the start or end of a gap or fills it; at = 'inline' has no neighbour"
    if not rule.id.startswith(f"{rule.category}."):
        yield f"the id must begin with its category, {rule.category}."
    if bool(rule.pattern) == bool(rule.detector):
        yield "give either a pattern or a detector"
    if rule.detector and rule.detector not in DETECTORS:
        yield f"unknown detector {rule.detector!r}; known: {', '.join(sorted(DETECTORS))}"
    if unknown := rule.gives.keys() - FIELDS:
        yield f"gives an unknown field {min(unknown)!r}; known: {', '.join(sorted(FIELDS))}"
    if rule.pattern:
        yield from _pattern_problems(rule)


def _pattern_problems(rule: Rule) -> Iterator[str]:
    try:
        pattern = clocked(rule.pattern)
    except regex.error as error:
        yield f"the pattern does not compile: {error}"
        return
    if pattern.match("") or pattern.fullmatch(""):
        yield "the pattern matches the empty string"
    if unknown := set(map(field_of, pattern.groupindex)) - FIELDS:
        yield f"unknown field {min(unknown)!r} as a group name; known: {', '.join(sorted(FIELDS))}"
    for hit in rule.hits:
        if rule.needs and not any(literal in hit for literal in rule.needs):
            yield f"the hit {hit[:40]!r} has none of its needs {', '.join(rule.needs)}"
