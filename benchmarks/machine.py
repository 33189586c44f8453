"""Where and with what figures were measured."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
from datetime import date
from pathlib import Path

import newsclean
from benchmarks.gold import ROOT

_PACKAGES = ("regex", "ahocorasick-rs", "chardet", "kiwipiepy")


def described() -> dict[str, str]:
    """Machine, versions, commit and date, each a text."""
    ours = f"newsclean {newsclean.__version__}{_commit()}"
    packages = [f"{name} {version}" for name in _PACKAGES if (version := _version(name))]
    return {
        "date": date.today().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "versions": ", ".join([ours, f"Python {platform.python_version()}", *packages]),
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _commit() -> str:
    """The commit of the checkout; a plus where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f" ({done.stdout.strip()})"
