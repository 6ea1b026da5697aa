"""The calendar: the dates of a story's articles and, through them, of its time mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .article import Published
from .span import Span
from .time import Interval

Anchor: TypeAlias = Literal["published", "mention", "event", "none"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against a date: a rule, in words, and where it was read."""

    reason: str
    article: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One interval in which an article may have been published, and why it stays or was dropped."""

    interval: Interval
    kept: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """When an article was published, as stated or as inferred from the story's texts."""

    article: str
    published: Published
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a time mention comes to: `mention` is its place in `reading.times`."""

    article: str
    mention: int
    value: str
    interval: Interval
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of a story's articles and the groundings of its time mentions."""

    dates: tuple[ArticleDate, ...]
    groundings: tuple[Grounding, ...] = ()

    def date(self, article: str) -> Published:
        """When the article with this id was published, as far as it is known."""
        for dated in self.dates:
            if dated.article == article:
                return dated.published
        return Published()
