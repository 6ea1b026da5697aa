"""Points: the facts that several independent accounts tell, and those that only one has.

Lines are clustered by average link (Sokal and Michener 1958) with vetoes, at
most one line an account: transitive closure would chain unlike sentences. The
middle band, alike but not surely the same, prints nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from ..model import Citation, Point, Reading, Story
from .align import Likeness, Line, conflict, lines_of

SHARED_SCORE = 0.45
"""Likeness from which two lines are the same fact told twice."""
SHARED_WEIGHT = 1.1
"""The least weight of shared words: short sentences are alike by chance."""
SHARED_PLAIN = 0.5
"""The least weight of shared words outside names: who is named alone tells nothing of what happened."""
NEAR_SCORE = 0.17
"""Likeness up to which nothing in another account comes near a line."""
ONLY_HERE_WORDS = 6
"""A line with fewer content words says too little to stand alone."""


def find_points(story: Story, readings: Mapping[str, Reading]) -> tuple[Point, ...]:
    """The shared and only-here points of a story, in the order of the accounts' lines."""
    lines = lines_of(story, readings)
    likeness = Likeness(lines)
    scores: dict[tuple[int, int], float] = {}
    nearest = [0.0] * len(lines)
    for left, right in likeness.candidates():
        score = likeness.score(left, right)
        nearest[left] = max(nearest[left], score)
        nearest[right] = max(nearest[right], score)
        if (
            score >= SHARED_SCORE
            and likeness.shared(left, right) >= SHARED_WEIGHT
            and likeness.shared(left, right, names=False) >= SHARED_PLAIN
            and not conflict(lines[left], lines[right])
        ):
            scores[left, right] = score
    clusters = _clusters(lines, scores)
    points = [_shared(story, lines, cluster, scores) for cluster in clusters]
    points += _only_here(story, lines, nearest)
    return tuple(points)


def _clusters(lines: Sequence[Line], scores: Mapping[tuple[int, int], float]) -> list[tuple[int, ...]]:
    """Average-link clusters of lines, the best pair first; each with at least two origins."""
    home: dict[int, list[int]] = {}
    for left, right in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        one, two = home.get(left, [left]), home.get(right, [right])
        if one is two or {lines[i].article for i in one} & {lines[i].article for i in two}:
            continue
        across = [scores.get((min(i, j), max(i, j)), 0.0) for i, j in product(one, two)]
        if sum(across) / len(across) < SHARED_SCORE * 0.8:
            continue
        merged = sorted(one + two)
        for index in merged:
            home[index] = merged
    unique = {tuple(cluster) for cluster in home.values()}
    return sorted(unique)


def _shared(
    story: Story, lines: Sequence[Line], cluster: tuple[int, ...], scores: Mapping[tuple[int, int], float]
) -> Point:
    members = [lines[i] for i in cluster]
    inside = [scores[i, j] for i in cluster for j in cluster if (i, j) in scores]
    citations = tuple(_cite(story, line) for line in members)
    origins = story.count_origins(tuple(line.article for line in members))
    common = set.intersection(*(set(line.words) for line in members))
    return Point(
        kind="shared",
        summary=min(citations, key=lambda c: (len(c.text), c.article)).text,
        origins=origins,
        accounts=citations,
        score=round(sum(inside) / len(inside), 4),
        reason=f"the accounts share {len(common)} telling words and nothing conflicts",
    )


def _only_here(story: Story, lines: Sequence[Line], nearest: Sequence[float]) -> list[Point]:
    """Lines that nothing in the other origins comes near; none while there is one origin only."""
    if len({line.origin for line in lines}) < 2:
        return []
    points = []
    told: set[tuple[str, tuple[str, ...]]] = set()
    for line, near in zip(lines, nearest, strict=True):
        key = (line.origin, tuple(sorted(line.words)))
        if near > NEAR_SCORE or len(line.words) < ONLY_HERE_WORDS or key in told:
            continue
        told.add(key)
        citation = _cite(story, line)
        points.append(
            Point(
                kind="only_here",
                summary=citation.text,
                origins=1,
                accounts=(citation,),
                score=round(1 - near, 4),
                reason="nothing in the other accounts comes near it",
            )
        )
    return points


def _cite(story: Story, line: Line) -> Citation:
    span = line.sentence.span
    return Citation(line.article, (span,), span.of(story.article(line.article).text))
