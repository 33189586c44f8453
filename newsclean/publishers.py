"""The alias table: which outlet a name, a slogan or a domain stands for. Data: `packs/publishers.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from newsclean.rule import PACKS


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    text = (PACKS / "publishers.toml").read_text(encoding="utf-8")
    aliases: dict[str, str] = {}
    domains: dict[str, str] = {}
    for entry in tomllib.loads(text)["publisher"]:
        for alias in (entry["name"], *entry.get("aliases", ())):
            aliases[_key(alias)] = entry["name"]
        for domain in entry.get("domains", ()):
            domains[domain] = entry["name"]
    return aliases, domains


def _key(name: str) -> str:
    return "".join(name.split()).casefold()


def canonical(name: str) -> str:
    """The name an outlet goes by; `name` itself, trimmed, where the table knows no part of it.

    Of several names with a slash (`AP/뉴시스`), the last is the outlet that published. A desk, a year or
    a slogan beside the name is left out.
    """
    aliases, _ = _tables()
    name = name.strip()
    own = name.rpartition("/")[2].strip() or name
    words = own.split()
    runs = (words[i:j] for size in range(len(words), 0, -1) for i in range(len(words) - size + 1) for j in (i + size,))
    found = (aliases[key] for run in runs if (key := _key("".join(run))) in aliases)
    return aliases.get(_key(name)) or next(found, None) or (of_address(own) if "." in own else None) or own


def of_address(address: str) -> str | None:
    """The outlet whose domain an e-mail address or URL belongs to; None for free mail and unknown domains."""
    _, domains = _tables()
    host = address.rpartition("@")[2].partition("://")[2] or address.rpartition("@")[2]
    parts = host.partition("/")[0].lower().split(".")
    return next((domains[tail] for i in range(len(parts) - 1) if (tail := ".".join(parts[i:])) in domains), None)
