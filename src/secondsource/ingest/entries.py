"""What a feed announces: its entries, as far as they say what they are, and other feeds that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin

from ..errors import Failure
from .places import is_address

FULL_CONTENT: Final = 300
"""Characters of plain text from which a feed's own content counts as the whole report."""

FULL_SUMMARY: Final = 1_200
"""The same for a summary, which is a teaser more often than not."""

LONGEST_ADDRESS: Final = 4_096

_CUT: Final = re.compile(
    r"(?:…|\.{3}|\[(?:…|\.{3}|&hellip;)\]|(?:read|continue|keep|view|see|full)\b[^.!?\n]{0,60}"
    r"(?:more|reading|article|story|post|report)[^.!?\n]{0,60})[\s»›→>\])]*$",
    re.IGNORECASE,
)
"""How a text ends that goes on elsewhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One report that a feed announces.

    `key` tells it from the others of its feed; `text` is what the feed itself
    gives of it (plain text, perhaps none), `markup` the same as it came in, and
    `full` says whether that is the whole report. All else is as stated there;
    `source` is a hint at its origin.
    """

    key: str
    link: str | None = None
    text: str = ""
    markup: str = field(default="", repr=False)
    full: bool = False
    title: str | None = None
    outlet: str | None = None
    source: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """What is stated, as the fields of a record; the date of a change where no other is stated."""
        stated = {
            "text": self.text,
            "title": self.title,
            "outlet": self.outlet,
            "source": self.source,
            "published": self.published or self.updated,
            "url": self.link,
            "authors": list(self.authors),
        }
        return {name: value for name, value in stated.items() if value}


@dataclass(frozen=True, slots=True)
class Part:
    """Another feed that a list or the index of a sitemap names."""

    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What was read at one address: entries, or other feeds, and what could not be read."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    failures: tuple[Failure, ...] = ()


def address_of(stated: object, base: str = "") -> str | None:
    """The address that a feed states, relative to its own; `None` for what is no address of the web.

    >>> address_of(" /strike ", "https://port-aldo.example/rss")
    'https://port-aldo.example/strike'
    >>> address_of("javascript:alert(1)", "https://port-aldo.example/rss") is None
    True
    """
    if not isinstance(stated, str) or not stated.strip():
        return None
    try:
        found = urljoin(base, stated.strip())
    except ValueError:
        return None
    # What can't be printed would reach terminals and logs by way of messages.
    return found if is_address(found) and found.isprintable() and len(found) <= LONGEST_ADDRESS else None


def is_full(content: str, summary: str) -> bool:
    """Whether the longer of a feed's content and summary (plain text) is the whole report.

    >>> is_full("It rained in the hills all night. " * 20, "It rained.")
    True
    >>> is_full("It rained in the hills all night. " * 20 + "Read the full story", "")
    False
    """
    text, enough = (content, FULL_CONTENT) if len(content) >= len(summary) else (summary, FULL_SUMMARY)
    return len(text) >= enough and not _CUT.search(text[-200:])
