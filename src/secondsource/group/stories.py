"""Stories: articles joined by average likeness, so that no chain of near-misses makes one of many.

Groups are built from the bottom up: the two groups whose articles are on
average most alike are joined, until no two are alike enough (group-average
linkage; Jain & Dubes 1988). A pair that was never compared counts with the
lowest score, which is what keeps chains from closing. The bar rises with the
number of articles, since a large group has more ways to be wrong. Copies of
one text have one vote between them.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from typing import Final

from ..model import Article, content_id
from .likeness import FLOOR, Pairs

BAR: Final = 0.0
"""The average score from which two single articles are of one story."""

RISE: Final = 0.6
"""By how much the bar rises with each doubling of the group beyond two."""


def find_stories(
    count: int, pairs: Pairs, same: Sequence[Sequence[int]] = (), bar: float = BAR
) -> list[list[int]]:
    """Places of articles, grouped into stories; sorted, every place in one group.

    `same` lists groups of places that are copies of one text: each starts as
    one group with one vote.
    """
    groups = _Groups(count, pairs, same)
    heap = [(-groups.mean(a, b), a, b, 0, 0) for a in groups.near for b in groups.near[a] if a < b]
    heapq.heapify(heap)
    while heap:
        _, a, b, version_a, version_b = heapq.heappop(heap)
        if groups.version.get(a) != version_a or groups.version.get(b) != version_b:
            continue
        if groups.mean(a, b) < bar + RISE * math.log2(max(1.0, groups.votes[a] + groups.votes[b] - 1)):
            continue
        groups.join(a, b)
        for c in sorted(groups.near[a]):
            low, high = min(a, c), max(a, c)
            heapq.heappush(heap, (-groups.mean(a, c), low, high, groups.version[low], groups.version[high]))
    return sorted(sorted(members) for members in groups.members.values())


class _Groups:
    """Groups being joined: members, votes, and to each near group the sum of scores above the floor."""

    def __init__(self, count: int, pairs: Pairs, same: Sequence[Sequence[int]]) -> None:
        first = {place: min(copies) for copies in same for place in copies}
        self.members: dict[int, list[int]] = {}
        for place in range(count):
            self.members.setdefault(first.get(place, place), []).append(place)
        self.votes = dict.fromkeys(self.members, 1.0)
        self.version = dict.fromkeys(self.members, 0)
        self.near: dict[int, dict[int, float]] = {group: {} for group in self.members}
        for a, b, score in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.score.tolist(), strict=True):
            one, other = first.get(a, a), first.get(b, b)
            if one != other and score > FLOOR:
                size = len(self.members[one]) * len(self.members[other])
                for x, y in ((one, other), (other, one)):
                    self.near[x][y] = self.near[x].get(y, 0.0) + (score - FLOOR) / size

    def mean(self, a: int, b: int) -> float:
        """The average score between two groups."""
        return FLOOR + self.near[a].get(b, 0.0) / (self.votes[a] * self.votes[b])

    def join(self, a: int, b: int) -> None:
        """Put group `b` into group `a`."""
        self.members[a] += self.members.pop(b)
        self.votes[a] += self.votes.pop(b)
        self.version[a] += 1
        del self.version[b]
        self.near[a].pop(b, None)
        for c, score in self.near.pop(b).items():
            if c != a:
                del self.near[c][b]
                self.near[a][c] = self.near[c][a] = self.near[a].get(c, 0.0) + score


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
