"""Repeats: the lines that an outlet prints on page after page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..model import Article
from .lines import Line

_PAGES = 3
_PAGES_OF_SENTENCE = 5
_SAMPLE = 20
_SHORT = 60
_APART = 0.7


@dataclass(frozen=True, slots=True)
class Outline:
    """What is kept of a line for comparing pages: lines themselves are too large to keep for all pages."""

    plain: str
    solid: bool
    brief: bool


def outline(lines: Iterable[Line]) -> list[Outline]:
    """The outlines of a page's lines; `brief` is a short sentence."""
    return [
        Outline(line.plain, line.solid, line.stops and len(line.text) < _SHORT)
        for line in lines
        if not line.long and line.words
    ]


def repeated_lines(pages: Iterable[tuple[str, list[Outline]]]) -> Mapping[str, frozenset[str]]:
    """By outlet, the lines (as `Line.plain`) that stand on three or more of its pages that differ otherwise.

    Pages that are copies of each other share their report, too; so a line
    counts only where the pages that share it hold together about as much text
    as that many different reports would. A short sentence ("No arrests have
    been made.") can be said of many happenings and must stand on five pages.
    """
    by_outlet: defaultdict[str, list[list[Outline]]] = defaultdict(list)
    for outlet, lines in pages:
        by_outlet[outlet].append(lines)
    return {outlet: _repeated(listed) for outlet, listed in by_outlet.items() if len(listed) >= _PAGES}


def outlet_of(article: Article) -> str | None:
    """What tells an article's outlet: its name, or else the host of its address."""
    if article.outlet:
        return article.outlet.casefold()
    try:
        return urlsplit(_inner(article.url)).hostname if article.url else None
    except ValueError:
        # An address that is none ("http://[::1") tells no outlet.
        return None


def _inner(url: str) -> str:
    """The address within an archive's address."""
    start = max(url.rfind("http://"), url.rfind("https://"))
    return url[start:] if start >= 0 else url


def _repeated(pages: Sequence[Sequence[Outline]]) -> frozenset[str]:
    on: defaultdict[str, list[int]] = defaultdict(list)
    brief: set[str] = set()
    for number, lines in enumerate(pages):
        for line in {line.plain: line for line in lines}.values():
            on[line.plain].append(number)
            if line.brief:
                brief.add(line.plain)
    often = {
        plain: tuple(numbers[:_SAMPLE])
        for plain, numbers in on.items()
        if len(numbers) >= (_PAGES_OF_SENTENCE if plain in brief else _PAGES)
    }
    reports = {numbers: _different(numbers, pages) for numbers in set(often.values())}
    return frozenset(plain for plain, numbers in often.items() if reports[numbers] >= _APART * len(numbers))


def _different(numbers: Sequence[int], pages: Sequence[Sequence[Outline]]) -> float:
    """How many different reports these pages hold: their text, shared lines divided among them."""
    solid = [{line.plain for line in pages[n] if line.solid} for n in numbers]
    shared = Counter(plain for lines in solid for plain in lines)
    reports = 0.0
    for lines in solid:
        size = sum(map(len, lines))
        # A page with no report of its own says nothing about what is repeated.
        reports += sum(len(plain) / shared[plain] for plain in sorted(lines)) / size if size else 0.0
    return reports
