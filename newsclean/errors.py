"""What can go wrong, as a tree.

NewscleanError              everything this library raises on purpose
├── InputError              the input cannot be read: no such file, a directory, not readable, not text
│   ├── NotTextError        bytes that are no text in any encoding we know (a picture, an archive)
│   └── TooLargeError       more than Limits.max_bytes
├── OutputError             the output cannot be written: a full disk
├── PackError               a rule pack that cannot be trusted: says file, rule id and reason
├── UsageError              an argument that means nothing: an unknown category, encoding or format
└── MissingExtraError       an optional package is not installed; an ImportError too
"""

from __future__ import annotations

from dataclasses import dataclass


class NewscleanError(Exception):
    """Base of every error that newsclean raises on purpose."""


class InputError(NewscleanError):
    """The input cannot be read."""


class NotTextError(InputError):
    """The bytes are no text in any encoding that Korean news comes in."""


class TooLargeError(InputError):
    """The input is larger than `Limits.max_bytes`."""


class OutputError(NewscleanError):
    """The output cannot be written."""


class PackError(NewscleanError):
    """A rule pack is wrong; the message names the file, the rule and the reason."""


class UsageError(NewscleanError, ValueError):
    """An argument has a value that means nothing here."""


class MissingExtraError(NewscleanError, ImportError):
    """A package of an extra is not installed; the message has the command that installs it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document.

    max_bytes: largest input, in bytes (for `str`: in code points).
    rule_seconds: longest time of one match attempt of a rule; a slower rule is skipped for the document and
        noted. The built-in rules, whose patterns are bounded and tested, run without a clock on documents of up
        to 20,000 characters.
    """

    max_bytes: int = 256 * 1024 * 1024
    rule_seconds: float = 2.0
