"""`newsclean batch`: its options, its messages, its exit status."""

from __future__ import annotations

import argparse
import glob
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsclean.batch import Batch, Job, Outcome
from newsclean.errors import NewscleanError, OutputError, PackError, UsageError
from newsclean.formats.base import STANDARD
from newsclean.options import add_cleaner_options, cleaner_of
from newsclean.progress import ProgressLine
from newsclean.record import Fields

_OK, _FAILED, _USAGE, _STOPPED = 0, 1, 2, 130

_HELP: Final = """\
Clean files of records, a million rows as well as ten: JSON Lines, CSV, TSV, Parquet, each also .gz or .zst.

  newsclean batch crawl.jsonl.gz -o clean.jsonl.gz            the body in place of the text, metadata behind it
  newsclean batch "2024-*.csv" -o clean.csv --bom             many files into one; a CSV that Excel opens
  newsclean batch in.parquet -o out.parquet --into body       the body beside the raw text
  newsclean batch in.jsonl -o out.jsonl --resume              go on with a run that was interrupted
  zcat in.gz | newsclean batch - -o - > out.jsonl             a pipe (JSON Lines unless --from and --to say more)
"""
_EPILOG: Final = """\
What comes out
  Every record, in order. Its other fields are as they were: JSON values to the digit, Parquet columns with their type.
  The body stands in place of the text (or in --into), then the metadata under the prefix (news_title,
  news_reporters, …), then `error`: empty, or why the record could not be cleaned. Such a record keeps its raw text.
  A line that is no record at all stands in the text field as it is. Lists in a CSV cell are JSON.

While it runs
  OUT.part and OUT.journal stand beside OUT; OUT appears, or is replaced, when it is whole. After Ctrl-C, a full disk
  or kill -9, the same command with --resume goes on, and gives the bytes of a run without interruption.
  The number of workers changes nothing but the time. Kiwi takes half a gigabyte in every worker that must ask it:
  --no-morphology, or fewer --workers, where memory is short.

Exit status
  0 all records cleaned · 1 some failed (OUT is whole and they say why), or the run broke off (there is no OUT; the
  message says why) · 2 the command makes no sense · 130 stopped by Ctrl-C
"""


def main(arguments: list[str]) -> int:
    """Run `newsclean batch`; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        batch = Batch(_job(options))
    except NewscleanError as error:
        return _said(error, _status(error))
    if batch.guessed and not options.quiet:
        _say(f"fields: {batch.guessed}")
    line = ProgressLine() if sys.stderr.isatty() and not options.quiet else None
    try:
        with _terminable():
            outcome = batch.run(resume=options.resume, watch=line)
    except KeyboardInterrupt:
        _clear(line)
        _say(f"stopped. {batch.left}".strip())
        return _STOPPED
    except NewscleanError as error:
        _clear(line)
        return _said(error, _status(error), batch.left)
    _clear(line)
    return _reported(outcome, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclean batch",
        description=_HELP,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("inputs", nargs="+", metavar="IN", help="files or patterns in quotes (** for folders); - for standard input")
    add("-o", "--output", required=True, metavar="OUT", help="the file to write; - for standard output")
    add("--resume", action="store_true", help="go on with the run that left OUT.part; begin if there is none")
    add("--workers", type=int, default=_cores(), metavar="N", help="processes (default: one a core, here %(default)s)")
    add("--report", metavar="FILE", help="write what was changed, by category and rule, as JSON")
    add("--quiet", action="store_true", help="no report and no progress on standard error, only errors")
    _add_form_options(parser.add_argument_group("files"))
    _add_field_options(parser.add_argument_group("fields"))
    add_cleaner_options(parser.add_argument_group("cleaning"))
    return parser


def _add_form_options(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--from", dest="read_as", metavar="FORM", help="jsonl, csv, tsv, parquet, each also with .gz or .zst")
    add("--to", dest="write_as", metavar="FORM", help="the same for the output")
    add("--delimiter", metavar="CHAR", help="what stands between the cells of CSV (default: a comma)")
    add("--bom", action="store_true", help="begin CSV with a byte order mark, by which Excel knows UTF-8")


def _add_field_options(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--text-field", metavar="NAME", help="the field of the text (default: text, content, body, 본문, … and said)")
    for name, what in (("title", "headline"), ("publisher", "outlet"), ("url", "address")):
        add(
            f"--{name}-field",
            metavar="NAME",
            help=f'the field of the {what} as the crawler knows it (default: guessed, and said; "" for none)',
        )
    add("--id-field", metavar="NAME", help="the field by which the report names a record that failed")
    add("--into", metavar="NAME", help="put the body into a field of its own and keep the raw text")
    add("--drop-raw", action="store_true", help="with --into: put the body's field in place of the raw text")
    add("--prefix", default=Fields.prefix, help="what names of metadata fields begin with (default: %(default)s)")
    add("--no-metadata", action="store_true", help="add no metadata fields")
    add("--error-field", metavar="NAME", default=Fields.error, help="the field of the error (default: %(default)s)")
    add("--with-spans", action="store_true", help="add every cut with category, rule, offsets and text (PREFIXremoved)")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _job(options: argparse.Namespace) -> Job:
    if options.report:
        _require_folder(options.report)
    return Job(
        tuple(name for pattern in options.inputs for name in _expanded(pattern)),
        options.output,
        cleaner_of(options),
        _fields(options),
        options.read_as,
        options.write_as,
        options.encoding,
        options.delimiter,
        options.bom,
        options.workers,
    )


def _fields(options: argparse.Namespace) -> Fields:
    return Fields(
        text=options.text_field,
        title=options.title_field,
        publisher=options.publisher_field,
        url=options.url_field,
        id=options.id_field,
        into=options.into,
        prefix=options.prefix,
        error=options.error_field,
        metadata=not options.no_metadata,
        with_spans=options.with_spans,
        drop_raw=options.drop_raw,
    )


def _expanded(pattern: str) -> list[str]:
    if pattern == STANDARD or Path(pattern).exists() or not glob.has_magic(pattern):
        return [pattern]
    names = glob.glob(pattern, recursive=True)  # noqa: PTH207 - Path.glob knows no absolute patterns
    if found := sorted(name for name in names if Path(name).is_file()):
        return found
    raise UsageError(f"{pattern}: no file has a name like this")


def _require_folder(name: str) -> None:
    folder = Path(name).absolute().parent
    if not os.access(folder, os.W_OK):
        raise UsageError(f"--report {name}: nothing can be written in {folder}")


@contextmanager
def _terminable() -> Iterator[None]:
    """Take SIGTERM, which job schedulers send, like Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _reported(outcome: Outcome | None, options: argparse.Namespace) -> int:
    if outcome is None:
        _say(f"{options.output} is there already, and whole: there is nothing to resume")
        return _OK
    for warning in outcome.warnings:
        _say(warning)
    if not options.quiet:
        print("\n".join(outcome.report.lines()), file=sys.stderr)
    if options.report:
        try:
            text = json.dumps(outcome.report.to_dict(), ensure_ascii=False, indent=2)
            Path(options.report).write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            return _said(OutputError(f"--report {options.report}: {error.strerror or error}"), _FAILED)
    return _FAILED if outcome.report.failed or outcome.warnings else _OK


def _status(error: NewscleanError) -> int:
    return _USAGE if isinstance(error, (UsageError, PackError)) else _FAILED


def _clear(line: ProgressLine | None) -> None:
    if line:
        line.clear()


def _said(error: NewscleanError, status: int, more: str = "") -> int:
    _say(str(error))
    if more:
        _say(more)
    return status


def _say(message: str) -> None:
    print(f"newsclean batch: {message}", file=sys.stderr)
