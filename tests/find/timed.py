"""Texts read by fixed rules, with their times found and grounded: what the tests of times share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from secondsource.date.ground import ground_reading
from secondsource.find.times import find_times
from secondsource.model import Article, Reading
from secondsource.read import read
from secondsource.settings import Settings

RULES = Settings(reader="rules")


def timed(text: str, published: str | date | None = None) -> Reading:
    """A text read and its times found."""
    reading = next(read([Article(text=text, published=published)], RULES))
    return replace(reading, times=find_times(reading))


def told(text: str, published: str | date | None = "2019-04-30") -> list[tuple[str, str, str]]:
    """Each expression of a text: its words, its type, its value. 2019-04-30 is a Tuesday."""
    reading = timed(text, published)
    stated = reading.article.published
    groundings = ground_reading(reading, stated and stated.earliest)
    return [
        (mention.span.of(text), mention.type, grounding.value)
        for mention, grounding in zip(reading.times, groundings, strict=True)
    ]


def values(text: str, published: str | date | None = "2019-04-30") -> list[str]:
    """The values of the expressions of a text."""
    return [value for _, _, value in told(text, published)]
