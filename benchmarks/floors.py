"""Quality over the seeds and fixtures never sinks by itself: every figure is pinned in floors.json.

python -m benchmarks floors --check                      what CI does
python -m benchmarks floors --raise                      pin what got better; refused if anything got worse
python -m benchmarks floors --allow-regression REASON    pin everything as it is now; the reason is kept in the file
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

FLOORS: Final = Path(__file__).parent / "floors.json"
_DIGITS: Final = 6
_SETS: Final = ("all", "seeds", "fixtures")  # the others change when a known failure passes and moves
_SHARES: Final = ("f1", "exact", "kept", "cleared")
CHECK: Final = "python -m benchmarks floors"


def figures(quality: Mapping[str, Any]) -> dict[str, float]:
    """The figures of `quality.measured` that are pinned, by name; more is better in all of them."""
    pinned: dict[str, float] = {}
    for group in _SETS:
        for shape, row in quality["scores"][group].items():
            pinned |= {f"{group} · {shape} · {name}": row[name] for name in _SHARES}
    for category, shapes in quality["categories"].items():
        for shape, row in shapes.items():
            pinned[f"all · {shape} · cleared of {category}"] = 1 - row["kept"] / (row["characters"] or 1)
    for field, shapes in quality["metadata"].items():
        for shape, row in shapes.items():
            pinned[f"all · {shape} · {field} right"] = row["right"]
            pinned[f"all · {shape} · {field} not invented"] = -row["invented"]
    return {name: round(value, _DIGITS) for name, value in pinned.items()}


def sunk(quality: Mapping[str, Any], floors: Mapping[str, Any]) -> Iterator[tuple[str, float, float | None]]:
    """The figures below their floors, each with its floor and what it is now; None where it is gone."""
    now = figures(quality)
    for name, floor in floors["figures"].items():
        if (value := now.get(name)) is None or value < floor:
            yield name, floor, value


def problems(quality: Mapping[str, Any], floors: Mapping[str, Any]) -> list[str]:
    """What is wrong, a message each; empty if every floor holds."""
    if quality["corpus"] != floors["corpus"]:
        return [_other_corpus(quality["corpus"], floors["corpus"])]
    found = [f"{name} sank from {floor} to {value}" for name, floor, value in sunk(quality, floors)]
    return [*found, f"if it is meant: {CHECK} --allow-regression REASON"] if found else []


def _other_corpus(now: Mapping[str, Any], then: Mapping[str, Any]) -> str:
    return (
        f"the corpus changed: the floors are for {_named(then)}, here are {_named(now)}. Figures over other documents "
        f"cannot be compared. Read `python -m benchmarks quality`, then run {CHECK} --raise "
        "(or --allow-regression REASON, if new documents pull a figure down)"
    )


def _named(corpus: Mapping[str, Any]) -> str:
    return f"{corpus['documents']} documents of {corpus['characters']:,} characters (hash {corpus['hash']})"


def load(path: Path = FLOORS) -> dict[str, Any]:
    """The pinned floors; empty ones if there is no file yet."""
    if not path.exists():
        return {"corpus": {}, "figures": {}, "regressions": []}
    floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return floors


def pinned(quality: Mapping[str, Any], floors: Mapping[str, Any], reason: str | None = None) -> dict[str, Any]:
    """The floors for today's figures. With a reason, what sank is kept beside it.

    Raises ValueError, naming the figures, if one sank and there is no reason.
    """
    down = [{"figure": name, "from": floor, "to": value} for name, floor, value in sunk(quality, floors)]
    regressions = list(floors["regressions"])
    if down and not (reason or "").strip():
        listed = "\n".join(f"{fall['figure']}: {fall['from']} → {fall['to']}" for fall in down)
        raise ValueError(f"{len(down)} figures would sink; give --allow-regression REASON\n{listed}")
    if down:
        today = date.today().isoformat()
        regressions.append({"date": today, "reason": reason, "corpus": quality["corpus"]["hash"], "figures": down})
    return {"corpus": quality["corpus"], "figures": figures(quality), "regressions": regressions}


def save(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    path.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
