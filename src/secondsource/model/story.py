"""Stories: the articles on one happening, and the origins of their text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .article import Article
from .span import Span

OriginWhy: TypeAlias = Literal["independent", "copies", "agency", "publisher"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A stretch of one article's text that stands in another's, nearly word for word."""

    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Two articles that share text: where, and how much of each body it is.

    `left` and `right` are article ids; `left_share` and `right_share` are the
    shares (0 to 1) of the two bodies that the passages cover.
    """

    left: str
    right: str
    passages: tuple[Passage, ...]
    left_share: float
    right_share: float


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent source of text: articles that copy each other, or one agency.

    `articles` are ids; `why` is the strongest reason they are one; `name` is
    the agency's or publisher's name where one is stated; `copied` is the share
    (0 to 1) of each article's body that also stands in another article of the
    origin, in the order of `articles`.
    """

    id: str
    articles: tuple[str, ...]
    why: OriginWhy
    name: str | None = None
    copied: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """The articles on one happening. Its id hangs on the articles, not on their order."""

    id: str
    title: str
    articles: tuple[Article, ...]
    origins: tuple[Origin, ...]
    links: tuple[CopyLink, ...] = ()

    def article(self, id: str) -> Article:
        """The article with this id.

        Raises:
            KeyError: when the story has none.
        """
        for article in self.articles:
            if article.id == id:
                return article
        raise KeyError(id)

    def origin_of(self, id: str) -> Origin:
        """The origin that the article with this id belongs to.

        Raises:
            KeyError: when the story has no such article.
        """
        for origin in self.origins:
            if id in origin.articles:
                return origin
        raise KeyError(id)

    def count_origins(self, ids: tuple[str, ...]) -> int:
        """How many independent origins stand behind these articles."""
        return len({self.origin_of(id).id for id in ids})
