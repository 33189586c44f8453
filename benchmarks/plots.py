"""The figures as pictures, for the READMEs and results.md. Needs matplotlib, the extra `bench`."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks import report

FOLDER: Final = Path(__file__).parent / "plots"
_OURS, _THEIRS, _PALE = "#1a7f5a", "#8a94a0", "#c9d0d8"
_DPI: Final = 110


def available() -> bool:
    return importlib.util.find_spec("matplotlib") is not None


def draw(results: report.Results) -> list[Path]:
    """Write the pictures for which there are figures."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams |= {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": ""}
    FOLDER.mkdir(exist_ok=True)
    written = []
    if {"peers", "quality"} <= results.keys():
        written.append(_peers(report.ranked(results)))
    if "quality" in results:
        written.append(_categories(results["quality"]["categories"]))
    if "speed" in results:
        written.append(_sizes(results["speed"]["sizes"]))
    return written


def _save(figure: Any, name: str) -> Path:
    path = FOLDER / name
    figure.savefig(path, dpi=_DPI, facecolor="white", bbox_inches="tight", metadata={"Software": None})
    return path


def _peers(rows: list[dict[str, Any]]) -> Path:
    """Quality bars beside throughput bars, the same order."""
    from matplotlib import pyplot

    rows = rows[::-1]
    figure, (quality, speed) = pyplot.subplots(1, 2, figsize=(9, 0.36 * len(rows) + 1), sharey=True)
    places = range(len(rows))
    colours = [_OURS if row["label"].startswith("newsclean") else _THEIRS for row in rows]
    for shape, shift, alpha in (("as stored", 0.2, 1.0), ("flattened", -0.2, 0.5)):
        values = [100 * row["quality"][shape]["f1"] for row in rows]
        bars = quality.barh([at + shift for at in places], values, 0.38, color=colours, alpha=alpha, label=shape)
        quality.bar_label(bars, fmt="%.1f", padding=2, fontsize=7)
    quality.set(yticks=list(places), yticklabels=[row["label"] for row in rows], xlim=(0, 109))
    quality.set_title("F1 of the body, % (pale: line breaks lost; dotted: doing nothing)", fontsize=9)
    idle = next((row["quality"]["as stored"]["f1"] for row in rows if row["label"] == "doing nothing"), 0)
    quality.axvline(100 * idle, color="black", linewidth=0.8, linestyle=":")
    rates = [row["documents"] for row in rows]
    errors = [[rate["median"] - rate["low"] for rate in rates], [rate["high"] - rate["median"] for rate in rates]]
    medians = [rate["median"] for rate in rates]
    bars = speed.barh(list(places), medians, 0.6, color=colours, xerr=errors, error_kw={"elinewidth": 1})
    speed.bar_label(bars, [report.quick(rate) for rate in medians], padding=4, fontsize=7)
    speed.set(xscale="log", xlim=(10, 1e5))
    speed.set_title("articles a second, one process (log scale)", fontsize=9)
    figure.tight_layout()
    return _save(figure, "peers.png")


def _categories(categories: Mapping[str, Any]) -> Path:
    """How much of every category of clutter is cleared."""
    from matplotlib import pyplot

    names = [name for name, shapes in categories.items() if shapes["as stored"]["characters"]][::-1]
    figure, axes = pyplot.subplots(figsize=(6, 0.27 * len(names) + 0.8))
    for shape, shift, colour in (("as stored", 0.2, _OURS), ("flattened", -0.2, _PALE)):
        rows = [categories[name][shape] for name in names]
        cleared = [100 * (1 - row["kept"] / row["characters"]) for row in rows]
        axes.barh([at + shift for at in range(len(names))], cleared, 0.38, color=colour, label=shape)
    axes.set(yticks=range(len(names)), yticklabels=names, xlim=(0, 100))
    axes.set_title("clutter cleared, % of characters", fontsize=9)
    axes.legend(loc="upper center", ncols=2, fontsize=8, frameon=False, bbox_to_anchor=(0.5, -0.05))
    return _save(figure, "categories.png")


def _sizes(rows: list[dict[str, Any]]) -> Path:
    """Time against size, beside a line that grows as fast as the text."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 3.2))
    for lines, colour, name in ((True, _OURS, "many lines"), (False, _THEIRS, "one line")):
        some = [row for row in rows if row["lines"] == lines]
        sizes, medians = [row["bytes"] for row in some], [row["seconds"]["median"] for row in some]
        low, high = ([row["seconds"][edge] for row in some] for edge in ("low", "high"))
        axes.fill_between(sizes, low, high, color=colour, alpha=0.25, linewidth=0)
        axes.plot(sizes, medians, "o-", color=colour, label=name, markersize=4)
    ends = [rows[0]["bytes"], rows[-1]["bytes"]]
    axes.plot(ends, [end / 1e6 for end in ends], ":", color="black", linewidth=1, label="1 MB/s")
    axes.set(xscale="log", yscale="log", xlabel="bytes of one document", ylabel="seconds")
    axes.legend(fontsize=8, frameon=False)
    return _save(figure, "sizes.png")
