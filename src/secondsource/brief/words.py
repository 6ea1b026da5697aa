"""The words of a brief that are not its sources': dates, counts, labels; and how source text is quoted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from ..model.article import Article, Published
from ..model.span import Span

ELLIPSIS: Final = " … "
"""Stands between two cited spans that do not touch."""

_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_NUMBERS: Final = "no one two three four five six seven eight nine ten eleven twelve".split()
_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")

ASPECTS: Final = {
    "polarity": "Whether it is so",
    "certainty": "How certain",
    "value": "The figure",
    "time": "When",
    "place": "Where",
    "holder": "According to whom",
    "outcome": "How it ended",
    "wording": "The wording",
}
LABELS: Final = {
    "PERSON": "People",
    "ORG": "Organisations",
    "GPE": "Places",
    "LOC": "Places",
    "FAC": "Places",
    "NORP": "Groups",
    "EVENT": "Events",
    "MISC": "Other names",
}
HOW_KNOWN: Final = {
    "named": "",
    "role": "by role",
    "pronoun": "through a pronoun",
    "document": "a document",
    "collective": "a collective",
    "anonymous": "unnamed",
    "utterance": "known from another account",
    "unknown": "speaker not known",
}
CERTAINTIES: Final = frozenset({"denied", "alleged", "expected", "believed", "asked"})
"""What is printed before indirect speech, for the cue that says so lies outside the words."""
ROLES: Final = {
    "headline": "headline",
    "byline": "byline",
    "dateline": "dateline",
    "caption": "caption",
    "credit": "credit",
    "navigation": "navigation",
    "related": "related",
    "boilerplate": "boilerplate",
}


def letter(index: int) -> str:
    """The letter of the account at this place: A to Z, then AA, AB and so on.

    >>> [letter(i) for i in (0, 25, 26, 199)]
    ['A', 'Z', 'AA', 'GR']
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def words(text: str) -> list[str]:
    """The words of a text, case folded; numbers keep their points and commas."""
    return [match.group().casefold() for match in _WORD.finditer(text)]


def clean(text: str) -> str:
    """The text on one line; control characters and lone surrogates become replacement characters."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """The text with what can't be printed replaced, character for character."""
    if text.isprintable():
        return text
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n\r" else c
        for c in text
    )


def tame(text: str) -> str:
    """One line for a terminal: characters that turn text around become replacement characters, too."""
    line = clean(text)
    return "".join("\N{REPLACEMENT CHARACTER}" if c in _OVERRIDES else c for c in line)


def pieces(article: Article, spans: Sequence[Span]) -> list[str]:
    """The cited text, one piece for each run of spans with nothing but white space between them."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not article.text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return [clean(span.of(article.text)) for span in found]


def quoted(article: Article, spans: Sequence[Span]) -> str:
    """The cited text on one line, with an ellipsis where something is left out."""
    return ELLIPSIS.join(pieces(article, spans))


def clipped(text: str) -> bool:
    """Whether a line begins within a sentence, so that it wants an ellipsis before it."""
    return text[:1].islower()


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number and its noun, in words up to twelve.

    >>> count(1, "account"), count(13, "origin")
    ('one account', '13 origins')
    """
    figure = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{figure} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str]) -> str:
    """Items in a sentence: "A", "A and B", "A, B and C"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def percent(part: float) -> str:
    """A share of one as a whole percentage; what is not nothing is not printed as 0%."""
    if 0 < part < 0.005:
        return "under 1%"
    if 0.995 <= part < 1:
        return "over 99%"
    return f"{round(part * 100)}%"


def day(when: date) -> str:
    """A day: "30 April 2013"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def interval(earliest: date | None, latest: date | None) -> str:
    """An interval of days in words, as short as it can be said.

    >>> interval(date(2024, 5, 1), date(2024, 5, 5)), interval(date(2024, 4, 1), date(2024, 4, 30))
    ('1–5 May 2024', 'April 2024')
    """
    if earliest is None:
        return "date unknown" if latest is None else f"by {day(latest)}"
    if latest is None:
        return f"from {day(earliest)} on"
    if earliest == latest:
        return day(earliest)
    coarse = _whole(earliest, latest)
    if coarse:
        return coarse
    if earliest.year != latest.year:
        return f"{day(earliest)} – {day(latest)}"
    if earliest.month != latest.month:
        return f"{earliest.day} {_MONTHS[earliest.month - 1]} – {day(latest)}"
    return f"{earliest.day}–{day(latest)}"


def _whole(first: date, last: date) -> str:
    """The name of whole months or years, or nothing."""
    ends_month = last == date.max or (last + timedelta(days=1)).day == 1
    if first.day != 1 or not ends_month:
        return ""
    if (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if first.year != last.year:
        return f"{_MONTHS[first.month - 1]} {first.year} – {_MONTHS[last.month - 1]} {last.year}"
    if first.month != last.month:
        return f"{_MONTHS[first.month - 1]}–{_MONTHS[last.month - 1]} {last.year}"
    return f"{_MONTHS[first.month - 1]} {first.year}"


def published(when: Published) -> str:
    """When an article was published, and whether that was worked out rather than stated."""
    if when.how == "unknown" or (when.earliest is None and when.latest is None):
        return "date unknown"
    said = interval(when.earliest, when.latest)
    return f"{said}, inferred" if when.how == "inferred" else said
