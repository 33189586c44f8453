"""The options by which a user of the command line makes a Cleaner; the pipe and `batch` share them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from newsclean.cleaner import Cleaner
from newsclean.errors import UsageError
from newsclean.rule import RulePack


def add_cleaner_options(parser: argparse._ActionsContainer) -> None:
    """The options that `cleaner_of` reads, and `--encoding`."""
    add = parser.add_argument
    add("--keep", action="append", default=[], metavar="CATEGORY", help="leave these categories in the body")
    add("--drop", action="append", default=[], metavar="CATEGORY", help="take these kept categories out of it")
    add("--rules", action="append", default=[], metavar="PACK", help="add your own rules, a TOML pack")
    add("--without", action="append", default=[], metavar="GLOB", help='switch rules off, e.g. "promo.*"')
    add("--encoding", help="read the input in this encoding instead of detecting it")
    add("--no-repair", action="append", default=[], metavar="CLASS", help="do not make these repairs; `all` for none")
    add("--no-morphology", action="store_true", help="never ask Kiwi; what is unsettled stays in the body")


def cleaner_of(options: argparse.Namespace) -> Cleaner:
    """The Cleaner that the options ask for. Raises UsageError and PackError."""
    return Cleaner(
        all_rules(options.rules).without(*_names(options.without)),
        keep=_names(options.keep),
        drop=_names(options.drop),
        morphology=not options.no_morphology,
        repair=_repairs(_names(options.no_repair)),
    )


def all_rules(packs: list[str]) -> RulePack:
    """The built-in rules, and those of the packs."""
    return RulePack.default() | RulePack.load(*packs) if packs else RulePack.default()


def _names(values: Iterable[str]) -> list[str]:
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def _repairs(without: list[str]) -> list[str]:
    from newsclean.repair import REPAIRS

    if unknown := set(without) - {*REPAIRS, "all"}:
        raise UsageError(f"--no-repair: {min(unknown)!r} is none of the repairs: all, {', '.join(REPAIRS)}")
    return [] if "all" in without else [name for name in REPAIRS if name not in without]
