"""The command line: a pipe filter, and the commands that look after rule packs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

from newsclean.article import Article
from newsclean.errors import InputError, NewscleanError, UsageError
from newsclean.options import add_cleaner_options, all_rules, cleaner_of
from newsclean.rule import Rule, RulePack

OK, FAILED, USAGE = 0, 1, 2

_HELP: Final = """\
Korean news scrapes in; clean body, metadata, and a reason for every removed character out.

  newsclean < scrape.txt > body.txt           clean one scrape in a pipe
  newsclean a.txt b.txt --format json         one line of JSON for each file
  newsclean --format explain scrape.txt       every cut, with its rule and its reason
  newsclean batch IN ... -o OUT               clean files of records: JSON Lines, CSV, Parquet (batch --help)
  newsclean check [PACK.toml ...]             run the examples of your rule packs (none: the built-in ones)
  newsclean rules [ID]                        list the rules, or print one rule's page
"""
_EPILOG: Final = """\
categories:
  removed unless kept: title subtitle summary dateline byline email timestamp caption ui promo related
                       copyright ad code duplicate translation tags comment end
  kept unless dropped: cue note bio

Input is one scrape a file (or standard input), in UTF-8, CP949/EUC-KR, UTF-16, Johab or ISO-2022-KR; output is UTF-8.
--keep and --drop take several names, with commas or repeated: --keep caption,title --drop cue
exit status: 0 all inputs cleaned, 1 some input failed (the others are done), 2 the command makes no sense
"""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        if arguments[:1] == ["check"]:
            return _check(arguments[1:])
        if arguments[:1] == ["rules"]:
            return _rules(arguments[1:])
        if arguments[:1] == ["batch"]:
            return _batch(arguments[1:])
        return _clean(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing to say
        return OK
    except KeyboardInterrupt:
        return 130
    except NewscleanError as error:
        _complain(str(error))
        return USAGE


def _complain(message: str) -> None:
    print(f"newsclean: {message}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclean", description=_HELP, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="scrapes to clean; none, or -, for standard input")
    add("--format", choices=("text", "json", "marked", "explain"), default="text", help="what to print (default: text)")
    add("--title", help="the headline as the crawler knows it: finds its copies in the text")
    add("--publisher", help="the outlet as the crawler knows it")
    add("--url", help="the article's address; names the outlet where the text does not")
    add_cleaner_options(parser)
    add("--version", action="version", version=_version())
    return parser


def _version() -> str:
    from newsclean import __version__

    return f"newsclean {__version__}"


def _clean(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    cleaner = cleaner_of(options)
    status = OK
    for name, read in _inputs(options.files):
        try:
            raw = read()
            article = cleaner.clean(
                raw, title=options.title, publisher=options.publisher, url=options.url, encoding=options.encoding
            )
            _print(article, cleaner.rules, options.format)
        except InputError as error:
            _complain(f"{name}: {error}")
            status = FAILED
    sys.stdout.flush()
    return status


class _File:
    """One input: standard input, or a file whose errors say what happened and what to try."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self) -> bytes:
        if self.name == "-":
            return sys.stdin.buffer.read()
        try:
            return Path(self.name).read_bytes()
        except FileNotFoundError:
            raise InputError("no such file; check the name, or pipe the text in on standard input") from None
        except IsADirectoryError:
            raise InputError("this is a directory; name the files in it, e.g. newsclean DIR/*.txt") from None
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}; check its permissions") from None


def _inputs(names: list[str]) -> Iterator[tuple[str, _File]]:
    for name in names or ["-"]:
        yield ("standard input" if name == "-" else name), _File(name)


def _print(article: Article, rules: RulePack, form: str) -> None:
    from newsclean.render import FORMATS

    try:
        output = FORMATS[form](article, rules, sys.stdout.isatty())
    except NewscleanError as error:
        raise InputError(str(error)) from None
    sys.stdout.buffer.write(output.encode("utf-8", "replace") + b"\n" if output else b"")


def _batch(arguments: list[str]) -> int:
    from newsclean.batch_cli import main as batch

    return batch(arguments)


def _check(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="newsclean check", description="Run the examples of rule packs.")
    parser.add_argument("packs", nargs="*", metavar="PACK", help="TOML packs; none: the built-in rules")
    options = parser.parse_args(arguments)
    from newsclean.check import check

    default = RulePack.default()
    pack = RulePack.load(*options.packs) if options.packs else default
    failures = list(check(pack, default if options.packs else None))
    for failure in failures:
        print(f"{failure.rule}: {failure.problem}")
    hits, misses = sum(len(rule.hits) for rule in pack), sum(len(rule.misses) for rule in pack)
    print(f"{len(pack)} rules, {hits} hits, {misses} misses, {len(failures)} failures")
    return FAILED if failures else OK


def _rules(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="newsclean rules", description="List the rules, or print one rule's page.")
    parser.add_argument("id", nargs="?", metavar="ID", help="a rule's id, as --format explain prints it")
    parser.add_argument("--rules", action="append", default=[], metavar="PACK", help="with your own TOML pack")
    options = parser.parse_args(arguments)
    rules = all_rules(options.rules)
    if options.id is None:
        for rule in rules:
            print(f"{rule.id:40} {rule.why}")
        return OK
    if options.id not in rules:
        _complain_unknown(options.id, rules)
    print(_page(rules[options.id]))
    return OK


def _complain_unknown(rule_id: str, rules: RulePack) -> NoReturn:
    import difflib

    close = difflib.get_close_matches(rule_id, [rule.id for rule in rules], n=3)
    hint = f"; did you mean {' or '.join(close)}?" if close else "; `newsclean rules` lists them"
    raise UsageError(f"no rule {rule_id!r}{hint}")


def _page(rule: Rule) -> str:
    where = f"detector {rule.detector}" if rule.detector else f"{rule.at}: {rule.written}"
    lines = [f"{rule.id}  ({rule.category})", f"  {rule.why}", f"  where   {where}", f"  file    {rule.file}"]
    for name in ("needs", "after", "before"):
        if values := getattr(rule, name):
            lines.append(f"  {name:7} {' · '.join(values)}")
    if rule.zone:
        lines.append(f"  zone    {rule.zone}")
    if not rule.flat:
        lines.append("  flat    needs the line break; may not fire in a flattened text")
    lines += [f"  gives   {key} = {value}" for key, value in rule.gives.items()]
    lines += [f"  hit     {example}" for example in rule.hits]
    lines += [f"  miss    {example}" for example in rule.misses]
    return "\n".join(lines)
