"""Everything that is published, written from results.json: results.md and the parts of the READMEs between markers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks import machine
from benchmarks.gold import ROOT
from benchmarks.spread import Spread

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE / "results.json"
PAGE: Final = HERE / "results.md"
WORDS: Final = HERE / "readme.toml"
READMES: Final = {"en": ROOT / "README.md", "ko": ROOT / "README.ko.md"}
MARKS: Final = ("<!-- benchmarks: begin; written by python -m benchmarks, not by hand -->", "<!-- benchmarks: end -->")

PLOTS: Final = {
    "quality": "![Clutter cleared by category](plots/categories.png)",
    "speed": "![Time against size](plots/sizes.png)",
    "peers": "![Quality and speed of newsclean and its peers](plots/peers.png)",
}

Results = dict[str, Any]
Row = Iterable[Any]


def load(path: Path = RESULTS) -> Results:
    """What was measured last, by subject; empty if nothing was."""
    found: Results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def record(results: Results, subject: str, figures: Mapping[str, Any]) -> None:
    """Put a subject's new figures in, with where they were measured."""
    results[subject] = {"measured": machine.described(), **figures}


def save(results: Results) -> None:
    """Write results.json, results.md and the READMEs."""
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for path, content in pages(results).items():
        path.write_text(content, encoding="utf-8")


def stale(results: Results) -> list[str]:
    """The files that are not what the results would write."""
    pairs = pages(results).items()
    return [path.name for path, text in pairs if not path.exists() or path.read_text(encoding="utf-8") != text]


def pages(results: Results) -> dict[Path, str]:
    """Every published file with the content it should have."""
    written = {PAGE: page(results)}
    for language, path in READMES.items() if {"quality", "peers"} <= results.keys() else ():
        written[path] = between_marks(path.read_text(encoding="utf-8"), summary(results, language))
    return written


def between_marks(text: str, block: str) -> str:
    """The text with its marked part replaced. Raises ValueError if there is none."""
    begin, end = map(re.escape, MARKS)
    pattern = re.compile(f"{begin}\n.*?{end}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"no part between {MARKS[0]} and {MARKS[1]}")
    return pattern.sub(lambda _: f"{MARKS[0]}\n{block}\n{MARKS[1]}", text)


def table(head: Row, rows: Iterable[Row], left: int = 1) -> str:
    """A Markdown table; the columns after the first `left` are numbers."""
    head = list(head)
    rule = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, rule, *rows))


def percent(share: float) -> str:
    """With two digits, and never rounded up to 100."""
    return "100" if share == 1 else f"{min(100 * share, 99.99):.2f}"


def quick(number: float) -> str:
    """Three significant digits, thousands with commas."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def spreaded(value: Spread, factor: float = 1.0) -> str:
    """Median and quartiles."""
    return "{} ({}–{})".format(*(quick(factor * figure) for figure in (value["median"], value["low"], value["high"])))


def page(results: Results) -> str:
    """The whole of results.md."""
    sections = {"quality": quality, "speed": speed, "peers": peers}
    parts = [
        "# Results",
        "Written by `python -m benchmarks`; do not edit. What is measured and how is told in "
        "[CONTRIBUTING.md](../CONTRIBUTING.md#benchmarks).",
    ]
    for subject in sections:
        if subject in results:
            figures = results[subject]
            title = f"## {subject.capitalize()}"
            parts += [title, _where(figures["measured"]), sections[subject](figures), PLOTS[subject]]
    return "\n\n".join(parts) + "\n"


def _where(measured: Mapping[str, str]) -> str:
    return f"{measured['date']} · {measured['machine']} · {measured['versions']}"


def corpus_line(corpus: Mapping[str, Any]) -> str:
    return f"{corpus['documents']} documents, {corpus['characters']:,} characters, hash `{corpus['hash']}`."


_SETS: Final = (
    "*fixtures* are the invented articles: *gold*, which come out right because the tests demand it, and "
    "*known failures*, which do not come out right yet. "
)
_MEASURE: Final = (
    "*Flattened*: every line break a space. F1 is a mean over documents; kept and cleared are shares of characters, "
    "white space aside. The match of a body and the gold body is their longest common subsequence."
)
_FIELDS: Final = (
    "Metadata: the share of right values where the gold gives one (for reporters, e-mails and tags the F1 of the set, "
    "for captions and related their number), and how many documents got a value that the gold has not:"
)


def quality(figures: Mapping[str, Any]) -> str:
    """Tables of quality."""
    parts = [
        f"{corpus_line(figures['corpus'])} {_SETS if 'fixtures' in figures['scores'] else ''}{_MEASURE}",
        _scores(figures["scores"]),
        "By category, characters of clutter wrongly kept, and of body wrongly taken for it:",
        _categories(figures["categories"]),
        _FIELDS,
        _metadata(figures["metadata"]),
    ]
    return "\n\n".join(parts)


def _scores(scores: Mapping[str, Any]) -> str:
    rows = [
        (group, shape, row["documents"], *_measures(row), row["left"], row["lost"])
        for group, shapes in scores.items()
        for shape, row in shapes.items()
    ]
    head = ("set", "shape", "documents", *_MEASURES, "characters wrongly kept", "wrongly lost")
    return table(head, rows, left=2)


_MEASURES: Final = ("F1", "exact", "body kept", "clutter cleared")


def _measures(row: Mapping[str, Any]) -> list[str]:
    exact = f"{row['exact']}/{row['documents']}"
    return [percent(row["f1"]), exact, percent(row["kept"]), percent(row["cleared"])]


def _categories(categories: Mapping[str, Any]) -> str:
    rows = [
        (
            f"`{name}`",
            shapes["as stored"]["spans"],
            shapes["as stored"]["characters"],
            *(row[what] for what in ("kept", "taken") for row in shapes.values()),
        )
        for name, shapes in categories.items()
    ]
    head = ("category", "spans", "characters", "kept", "kept, flattened", "body taken", "body taken, flattened")
    return table(head, rows)


def _metadata(fields: Mapping[str, Any]) -> str:
    rows = [
        (
            f"`{name}`",
            shapes["as stored"]["documents"],
            *(percent(row["right"]) for row in shapes.values()),
            *(row["invented"] for row in shapes.values()),
        )
        for name, shapes in fields.items()
    ]
    return table(("field", "documents", "right", "right, flattened", "invented", "invented, flattened"), rows)


def speed(figures: Mapping[str, Any]) -> str:
    """Tables of speed; every figure is a median with its quartiles."""
    parts = ["Every time is the median of some rounds (quartiles in brackets). One process, unless it says otherwise."]
    for name, corpus in figures["corpora"].items():
        parts += [_throughput(name, corpus)]
    stages = figures["stages"].items()
    total = sum(value["median"] for _, value in stages)
    parts += [
        "By stage, over the fixtures:",
        table(("stage", "µs a document", "share"), [(n, spreaded(v), f"{v['median'] / total:.0%}") for n, v in stages]),
        "By size, articles made of the fixtures' paragraphs:",
        table(("bytes", "shape", "seconds", "MB/s"), map(_size, figures["sizes"]), left=2),
        "By processes, over the fixtures:",
        table(
            ("processes", "documents/s"), [(row["workers"], spreaded(row["documents"])) for row in figures["workers"]]
        ),
        "Cold start, milliseconds, each time a new process:",
        table(("", "ms"), [(name, spreaded(value, 1000)) for name, value in figures["start"].items()]),
        "The most memory a process held, MiB:",
        table(("", "MiB"), [(name, quick(value)) for name, value in figures["memory"].items()]),
    ]
    return "\n\n".join(parts)


def _throughput(name: str, corpus: Mapping[str, Any]) -> str:
    rows = [
        (
            job,
            spreaded(each),
            *(spreaded(corpus[what][job]) if job in corpus[what] else "" for what in ("rate", "megabytes")),
        )
        for job, each in corpus["each"].items()
    ]
    over = {what: spreaded(ratio) for what, ratio in corpus["over"].items()}
    text = (
        f"Over {name}: {corpus['documents']:,} documents, {corpus['bytes'] / corpus['documents']:,.0f} bytes each; "
        f"{corpus['asked']:,} bring up a question for Kiwi. Cleaning takes {over['JSON']} times as long as the text "
        f"takes to JSON and back in the same round, and {over['all of these']} times as long as decoding, the check "
        "for NFC, splitting into lines and JSON together."
    )
    return f"{text}\n\n" + table(("", "µs a document", "documents/s", "MB/s"), rows)


def _size(row: Mapping[str, Any]) -> Row:
    seconds = row["seconds"]
    shape = "many lines" if row["lines"] else "one line"
    return f"{row['bytes']:,}", shape, spreaded(seconds), quick(row["bytes"] / 1e6 / seconds["median"])


_TURNS: Final = (
    "The same documents and one run for all, rounds in turn, each peer in its own virtual environment of pinned "
    "versions. *Best* is the best of the settings tried, by F1 on these very documents, which favours the peer. "
    "newsclean is given the headline where the gold says that the crawler knows it; no peer has a use for it. "
    "Cleared is below zero where a tool writes characters that were not there."
)


def peers(figures: Mapping[str, Any]) -> str:
    """The table of all peers, their settings, and where newsclean does not lead."""
    rows = [
        (
            _label(row),
            *(cell for shape in row["quality"].values() for cell in _measures(shape)),
            spreaded(row["documents"]),
            spreaded(row["megabytes"]),
            spreaded(row["relative"]),
            quick(row["import"]),
            quick(row["peak"]),
        )
        for row in figures["rows"]
    ]
    head = ("", *_MEASURES, *(f"{name}, flattened" for name in _MEASURES))
    head += ("documents/s", "MB/s", "times newsclean's speed", "import, s", "peak, MiB")
    parts = [
        f"{corpus_line(figures['corpus'])} {_TURNS}",
        table(head, rows),
        *(f"Not measured: {failure['label']}, {failure['reason']}." for failure in figures["failures"]),
        "\n".join(["Where newsclean does not lead:", "", *(f"- {line}" for line in behind(figures["rows"]))]),
        "\n".join(["How each was run:", "", *(f"- {_how(row)}" for row in figures["rows"])]),
    ]
    return "\n\n".join(parts)


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['label']}, best" if row["tried"] else str(row["label"])


def _how(row: Mapping[str, Any]) -> str:
    version = f" {row['version']}" if row["version"] else ""
    settings = ", ".join(f"{name}={value!r}" for name, value in row["settings"].items())
    chosen = f"`{settings}`, of {row['tried']} tried" if row["tried"] else row["about"]
    failed = f"; an error on {row['failed']} documents" if row["failed"] else ""
    return f"**{_label(row)}**{version}: {chosen}{failed}."


def behind(rows: list[Mapping[str, Any]]) -> list[str]:
    """Every column in which some peer is better, with the reason that its other column tells."""
    ours, others = rows[0]["quality"], [row for row in rows if not row["label"].startswith("newsclean")]
    found = []
    for shape, own in ours.items():
        for column, name in (("f1", "F1"), ("exact", "exact"), ("kept", "body kept"), ("cleared", "clutter cleared")):
            better = [row for row in others if row["quality"][shape][column] > own[column]]
            found += [f"{name}, {shape}: {_label(row)} has {_why(row['quality'][shape], column)}" for row in better]
    return found or ["nowhere: it leads, or nobody is ahead of it, in every column of quality."]


def _why(row: Mapping[str, Any], column: str) -> str:
    if column == "kept":
        return f"{percent(row['kept'])}, since it cuts little: {percent(row['cleared'])} of the clutter is cleared."
    if column == "cleared":
        return f"{percent(row['cleared'])}, since it cuts much: only {percent(row['kept'])} of the body is kept."
    return str(row["exact"]) if column == "exact" else percent(row[column])


def summary(results: Results, language: str) -> str:
    """What stands between the marks of a README. newsclean's quality is of the last quality run, not the peers'."""
    words, own, others = _words(language), results["quality"], results["peers"]
    corpus = own["corpus"]
    seeds = own["scores"]["seeds"]["as stored"]["documents"]
    parts = [words["intro"].format(others=corpus["documents"] - seeds, **corpus)]
    if others["corpus"] != corpus:
        parts.append(words["other"].format(**others["corpus"]))
    parts += [
        table(words["head"], [_short(row) for row in ranked(results)]),
        *(words["failed"].format(**failure) for failure in others["failures"]),
        f"![{words['plot']}](benchmarks/plots/peers.png)",
        str(words["more"]),
    ]
    return "\n\n".join(parts)


def _words(language: str) -> dict[str, Any]:
    words: dict[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))[language]
    return words


def ranked(results: Results) -> list[dict[str, Any]]:
    """newsclean, then each peer once, in its best settings, best first."""
    rows = results["peers"]["rows"]
    scores = results["quality"]["scores"]["all"]
    ours = [row | {"quality": scores} for row in rows if row["label"] == "newsclean"]
    best = {row["label"]: row for row in rows if not row["label"].startswith("newsclean")}  # the tuned row comes last
    return [*ours, *sorted(best.values(), key=lambda row: -row["quality"]["as stored"]["f1"])]


def _short(row: Mapping[str, Any]) -> Row:
    stored, flat = row["quality"]["as stored"], row["quality"]["flattened"]
    f1, *others = _measures(stored)
    name = f"**{row['label']}**" if row["label"] == "newsclean" else row["label"]
    rate, relative = row["documents"]["median"], row["relative"]["median"]
    return name, f1, percent(flat["f1"]), *others, quick(rate), f"{quick(relative)}×"
