"""Rules as data: `Rule`, one entry of a TOML pack, and `RulePack`, an immutable set of them.

A pack is trusted only after validation: `RulePack.load` raises PackError with file, rule id and
reason. The packs that ship with the library are validated by `newsclean check` and the tests, and
only read here, so that starting up stays cheap.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any, Final

import regex

from newsclean.errors import PackError
from newsclean.model import Category

PLACES: Final = ("inline", "start", "end", "whole")
FIELDS: Final = frozenset(
    "title subtitle reporter role email publisher place desk published modified related summary copyright tags".split()
)
_KEYS: Final = frozenset(
    "id category why at pattern detector needs after before zone flat gives hits misses".split()
)
_FRAGMENT: Final = re.compile(r"%([a-z_]+)%")
_DATA_FILES: Final = frozenset({"fragments.toml", "publishers.toml"})


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
    flat: bool = True
    gives: dict[str, str] = field(default_factory=dict, hash=False)
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    file: str = ""

    @property
    def hint(self) -> bool:
        """Whether the rule counts only beside another cut, or at an edge of the text."""
        return bool(self.after or self.before)

    @property
    def regex(self) -> regex.Pattern[str]:
        """The compiled pattern; compiled on first use, once a process."""
        return compiled(self.pattern if self.at != "end" else rf"(?:{self.pattern})\s*\Z")


@lru_cache(maxsize=None)
def may_start(pattern: str, char: str) -> bool:
    """Whether a match of `pattern` can begin with `char`; asked of the engine itself, by partial matching."""
    return "(?<" in pattern.replace("(?P<", "") or compiled(pattern).match(char, partial=True) is not None


@lru_cache(maxsize=None)
def compiled(pattern: str) -> regex.Pattern[str]:
    """Compile with the `regex` module; cached because packs are shared and compiling is slow."""
    return regex.compile(pattern)


class Gate:
    """Which rules can match a text at all: one scan for every literal that some rule needs."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        """Index the `needs` of `rules`; rules without any are always let through."""
        self._rules_of: dict[str, list[int]] = {}
        self._always = [index for index, rule in enumerate(rules) if rule.pattern and not rule.needs]
        for index, rule in enumerate(rules):
            for literal in rule.needs:
                self._rules_of.setdefault(literal, []).append(index)
        self._marks = [literal for literal in self._rules_of if len(literal) == 1]
        self._words = _by_first(literal for literal in self._rules_of if len(literal) > 1)

    @cached_property
    def _scan(self) -> re.Pattern[str]:
        return re.compile(_scanner(self._words))

    def open(self, text: str) -> dict[int, list[str]]:
        """The rules whose literals occur in `text`: their indexes in pack order, and the literals found."""
        found = set(self._scan.findall(text))
        found.update(other for word in tuple(found) for other in self._hidden(word) if other in text)
        found.update(mark for mark in self._marks if mark in text)
        opened: dict[int, list[str]] = {index: [] for index in self._always}
        for literal in found:
            for index in self._rules_of[literal]:
                opened.setdefault(index, []).append(literal)
        return dict(sorted(opened.items()))

    @lru_cache(maxsize=None)  # noqa: B019  # lives as long as its pack, which is what we want
    def _hidden(self, word: str) -> tuple[str, ...]:
        """The literals that the scan may have stepped over because it consumed `word`."""
        return tuple(
            other
            for index, char in enumerate(word)
            for other in self._words.get(char, ())
            if other != word and (word.startswith(other, index) or index and other.startswith(word[index:]))
        )


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in words:
        table.setdefault(word[0], []).append(word)
    return table


_FAN: Final = 40  # first characters an alternation tries before the next group; measured, flat from 30 to 60


def _scanner(words: dict[str, list[str]]) -> str:
    """A pattern that finds literals, longest first, dispatching on the first character in two steps."""
    if not words:
        return "(?!)"
    firsts = sorted(words)
    groups = [firsts[i : i + _FAN] for i in range(0, len(firsts), _FAN)]
    return f"(?={_set(firsts)})(?:{'|'.join(f'(?={_set(g)})(?:{_branches(g, words)})' for g in groups)})"


def _set(chars: list[str]) -> str:
    return f"[{''.join(map(re.escape, chars))}]"


def _branches(firsts: list[str], words: dict[str, list[str]]) -> str:
    ordered = (sorted(words[first], key=len, reverse=True) for first in firsts)
    return "|".join(f"{re.escape(group[0][0])}(?:{'|'.join(re.escape(w[1:]) for w in group)})" for group in ordered)


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

    @staticmethod
    @lru_cache(maxsize=1)
    def default() -> RulePack:
        """The packs that ship with newsclean."""
        packs = sorted(files("newsclean").joinpath("packs").iterdir(), key=lambda file: file.name)
        return RulePack(chain.from_iterable(_read(file) for file in packs if _is_pack(file)))

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

    @cached_property
    def hints(self) -> tuple[Rule, ...]:
        """The rules that count only beside a cut."""
        return tuple(rule for rule in self.rules if rule.hint and rule.pattern)

    @cached_property
    def detecting(self) -> tuple[Rule, ...]:
        """The rules that name a detector."""
        return tuple(rule for rule in self.rules if rule.detector)


def _is_pack(file: Traversable) -> bool:
    return file.name.endswith(".toml") and file.name not in _DATA_FILES


@lru_cache(maxsize=1)
def _shared_fragments() -> dict[str, str]:
    text = files("newsclean").joinpath("packs", "fragments.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["fragments"])


def _read(file: Traversable) -> list[Rule]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError(f"{file}: cannot read this pack: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: not a TOML pack: {error}") from error
    fragments = {**_shared_fragments(), **table.get("fragments", {})}
    entries = table.get("rule", [])
    if not isinstance(entries, list):
        raise PackError(f"{file}: rules are written as [[rule]], one table each")
    return [_rule(entry, fragments, str(file)) for entry in entries]


def _rule(entry: dict[str, Any], fragments: dict[str, str], file: str) -> Rule:
    rule_id = entry.get("id", "(no id)")
    if unknown := entry.keys() - _KEYS:
        raise PackError(f"{file}: rule {rule_id}: unknown field {min(unknown)!r}; known: {', '.join(sorted(_KEYS))}")
    if missing := {"id", "category", "why"} - entry.keys():
        raise PackError(f"{file}: rule {rule_id}: the field {min(missing)!r} is missing")
    try:
        category = Category(entry["category"])
        pattern = _FRAGMENT.sub(lambda m: f"(?:{fragments[m[1]]})", entry.get("pattern", ""))
    except ValueError:
        raise PackError(f"{file}: rule {rule_id}: unknown category {entry['category']!r}") from None
    except KeyError as error:
        raise PackError(f"{file}: rule {rule_id}: unknown fragment %{error.args[0]}% in the pattern") from None
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Rule(**{**values, "category": category, "pattern": pattern, "file": file})


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
    if rule.zone and not (rule.zone == "tail" and rule.hint):
        yield "zone = 'tail' is the only zone, and it is for hints"
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
        pattern = regex.compile(rule.pattern)
    except regex.error as error:
        yield f"the pattern does not compile: {error}"
        return
    if pattern.match("") or pattern.fullmatch(""):
        yield "the pattern matches the empty string"
    if unknown := pattern.groupindex.keys() - FIELDS:
        yield f"unknown field {min(unknown)!r} as a group name; known: {', '.join(sorted(FIELDS))}"
    for hit in rule.hits:
        if rule.needs and not any(literal in hit for literal in rule.needs):
            yield f"the hit {hit[:40]!r} has none of its needs {', '.join(rule.needs)}"
