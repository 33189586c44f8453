"""A measured time is no number: the median of some rounds, with the quartiles around it."""

from __future__ import annotations

import statistics
from typing import TypedDict


class Spread(TypedDict):
    """Median and quartiles of some rounds."""

    median: float
    low: float
    high: float
    rounds: int


def spread(values: list[float]) -> Spread:
    """The spread of at least one value; of fewer than four, low and high are the least and the most."""
    low, high = min(values), max(values)
    if len(values) >= 4:
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return {"median": statistics.median(values), "low": low, "high": high, "rounds": len(values)}
