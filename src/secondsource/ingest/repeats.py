"""Repeats: the lines that an outlet prints on page after page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from ..model import Article
from .lines import Line

_PAGES = 3
_PAGES_OF_SENTENCE = 5
_SAMPLE = 20
_SHORT = 60
_APART = 0.7


def repeated_lines(pages: Sequence[tuple[Article, Sequence[Line]]]) -> Mapping[str, frozenset[str]]:
    """By outlet, the lines (as `Line.plain`) that stand on three or more of its pages that differ otherwise.

    Pages that are copies of each other share their report, too; so a line
    counts only where the pages that share it hold together about as much text
    as that many different reports would. A short sentence ("No arrests have
    been made.") can be said of many happenings and must stand on five pages.
    """
    by_outlet: defaultdict[str, list[Sequence[Line]]] = defaultdict(list)
    for article, lines in pages:
        outlet = outlet_of(article)
        if outlet:
            by_outlet[outlet].append(lines)
    return {outlet: _repeated(listed) for outlet, listed in by_outlet.items() if len(listed) >= _PAGES}


def outlet_of(article: Article) -> str | None:
    """What tells an article's outlet: its name, or else the host of its address."""
    if article.outlet:
        return article.outlet.casefold()
    return urlsplit(_inner(article.url)).hostname if article.url else None


def _inner(url: str) -> str:
    """The address within an archive's address."""
    start = max(url.rfind("http://"), url.rfind("https://"))
    return url[start:] if start >= 0 else url


def _repeated(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    on: defaultdict[str, list[int]] = defaultdict(list)
    sentences: set[str] = set()
    for number, lines in enumerate(pages):
        for line in {line.plain: line for line in lines if line.words and not line.long}.values():
            on[line.plain].append(number)
            if line.stops and len(line.text) < _SHORT:
                sentences.add(line.plain)
    often = {
        plain: tuple(numbers[:_SAMPLE])
        for plain, numbers in on.items()
        if len(numbers) >= (_PAGES_OF_SENTENCE if plain in sentences else _PAGES)
    }
    reports = {numbers: _different(numbers, pages) for numbers in set(often.values())}
    return frozenset(plain for plain, numbers in often.items() if reports[numbers] >= _APART * len(numbers))


def _different(numbers: Sequence[int], pages: Sequence[Sequence[Line]]) -> float:
    """How many different reports these pages hold: their text, shared lines divided among them."""
    shared = Counter(plain for n in numbers for plain in {line.plain for line in pages[n] if line.solid})
    reports = 0.0
    for n in numbers:
        solid = {line.plain for line in pages[n] if line.solid}
        size = sum(map(len, solid))
        # A page with no report of its own says nothing about what is repeated.
        reports += sum(len(plain) / shared[plain] for plain in solid) / size if size else 0.0
    return reports
