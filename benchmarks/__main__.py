"""Measure newsclean, write benchmarks/results.md, the plots, and the parts of the READMEs between markers.

python -m benchmarks                     quality and speed over the seeds and fixtures
python -m benchmarks quality [--gold PATH …]
python -m benchmarks speed [CORPUS …]
python -m benchmarks peers [--gold PATH …] [--cache DIR]
python -m benchmarks floors --check | --raise | --allow-regression REASON
python -m benchmarks report [--check]    write everything again from results.json, or say what is stale

With --gold or a corpus the tables are printed and nothing is written: what is published is what anyone can repeat.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from benchmarks import floors, gold, peers, plots, quality, report, speed
from benchmarks.corpus import UnreadableError

_SECTIONS = {"quality": report.quality, "speed": report.speed, "peers": report.peers}


def published(subject: str, figures: dict[str, Any]) -> None:
    """Print a subject's tables and write them where they are published."""
    print(_SECTIONS[subject](figures), end="\n\n", flush=True)
    results = report.load()
    report.record(results, subject, figures)
    write(results)


def write(results: report.Results) -> None:
    report.save(results)
    if plots.available():
        plots.draw(results)
    else:
        print("no plots: matplotlib is not installed; pip install '.[bench]'", file=sys.stderr)


def run_quality(options: argparse.Namespace) -> int:
    if options.gold:
        print(report.quality(quality.measured(_documents(options.gold))))
    else:
        published("quality", quality.of_fixtures())
    return 0


def run_speed(options: argparse.Namespace) -> int:
    figures = speed.measured(options.corpus)
    if options.corpus:
        print(report.speed(figures))
    else:
        published("speed", figures)
    return 0


def run_peers(options: argparse.Namespace) -> int:
    documents = _documents(options.gold) if options.gold else gold.fixtures()
    figures = peers.measured(documents, options.cache)
    if options.gold:
        print(report.peers(figures))
    else:
        published("peers", figures)
    return 0


def run_floors(options: argparse.Namespace) -> int:
    figures, pinned = quality.of_fixtures(), floors.load()
    if options.check:
        found = floors.problems(figures, pinned)
        print("\n".join(found) or f"all {len(pinned['figures'])} floors hold")
        return 1 if found else 0
    try:
        floors.save(floors.pinned(figures, pinned, options.allow_regression))
    except ValueError as error:
        print(error)
        return 1
    print(f"{floors.FLOORS.name}: {len(floors.figures(figures))} figures pinned")
    return 0


def run_report(options: argparse.Namespace) -> int:
    results = report.load()
    if not options.check:
        write(results)
        return 0
    stale = report.stale(results)
    print("\n".join(f"{name} is not what `python -m benchmarks report` writes" for name in stale) or "nothing is stale")
    return 1 if stale else 0


def run_default(options: argparse.Namespace) -> int:
    published("quality", quality.of_fixtures())
    published("speed", speed.measured([]))
    return 0


def _documents(paths: list[Path]) -> list[gold.Gold]:
    return [document for path in paths for document in gold.load(path)]


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.set_defaults(run=run_default)
    commands = top.add_subparsers(metavar="quality | speed | peers | floors | report")
    one = _command(commands, "quality", run_quality)
    _gold(one)
    one = _command(commands, "speed", run_speed)
    one.add_argument("corpus", nargs="*", type=Path, help="JSON Lines with `text`, plain or gzipped")
    one = _command(commands, "peers", run_peers)
    _gold(one)
    one.add_argument(
        "--cache", type=Path, default=peers.cache_folder(), help="environments, kept (default %(default)s)"
    )
    one = _command(commands, "floors", run_floors)
    way = one.add_mutually_exclusive_group(required=True)
    way.add_argument("--check", action="store_true", help="exit 1 if a figure is below its floor")
    way.add_argument("--raise", action="store_true", help="pin what got better; refused if something sank")
    way.add_argument("--allow-regression", metavar="REASON", help="pin everything as it is; the reason is kept")
    one = _command(commands, "report", run_report)
    one.add_argument("--check", action="store_true", help="write nothing; exit 1 if something is stale")
    return top


def _command(commands: Any, name: str, run: Any) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(name)
    one.set_defaults(run=run)
    return one


def _gold(one: argparse.ArgumentParser) -> None:
    help_ = "gold JSON Lines in the format of ../shared/tools/score.py"
    one.add_argument("--gold", action="append", default=[], type=Path, metavar="PATH", help=help_)


def main() -> int:
    options = parser().parse_args()
    try:
        status: int = options.run(options)
    except UnreadableError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `| head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is flushed at exit
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
