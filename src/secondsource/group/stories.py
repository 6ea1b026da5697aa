"""Stories: articles joined by average likeness, so that no chain of near-misses makes one of many.

A pair that was never compared counts with the lowest score. The bar rises with
the number of articles, since a large group has more ways to be wrong. Copies
of one text have one vote between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..model import Article, content_id
from .likeness import FLOOR, Pairs
from .linkage import average_linkage

BAR: Final = 0.0
"""The average score from which two single articles are of one story."""

RISE: Final = 0.3
"""By how much the bar rises with each doubling of the group beyond two."""


def find_stories(
    count: int, pairs: Pairs, same: Sequence[Sequence[int]] = (), bar: float = BAR
) -> list[list[int]]:
    """Places of articles, grouped into stories; sorted, every place in one group.

    `same` lists groups of places that are copies of one text: each starts as
    one group with one vote.
    """
    above = zip(pairs.left.tolist(), pairs.right.tolist(), (pairs.score - FLOOR).tolist(), strict=True)
    return average_linkage(count, above, bar - FLOOR, RISE, same)


def story_id(articles: Sequence[Article]) -> str:
    """A name that hangs on which articles the story has, not on their order."""
    return content_id("story", *sorted(article.id for article in articles))


def story_title(
    places: Sequence[int], articles: Sequence[Article], pairs: dict[tuple[int, int], float]
) -> str:
    """The headline of the article that is most like all the others of its story."""

    def central(place: int) -> float:
        return sum(pairs.get((min(place, o), max(place, o)), FLOOR) for o in places if o != place)

    ranked = sorted(places, key=lambda place: (-central(place), place))
    for place in ranked:
        headline = articles[place].headline
        if headline:
            return headline
    return _opening(articles[ranked[0]])


def _opening(article: Article, longest: int = 80) -> str:
    """The first words of the body, for a story in which no article has a headline."""
    text = " ".join(" ".join(span.of(article.text) for span in article.body[:3]).split())
    if len(text) <= longest:
        return text or article.name
    return text[:longest].rsplit(" ", 1)[0] + " …"
