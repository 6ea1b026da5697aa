"""The articles that new ones are compared with, and the index that finds those worth comparing.

The index is an inverted one over the weightiest words of each article. It is
kept as a few sorted arrays of growing size, merged as they become alike, so
that to add an article costs the same however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from .likeness import PICK, WINDOW, Floats, Ints, Sight, products, score
from .rarity import BUCKETS

INDEXED: Final = 48
"""How many of an article's weightiest words find it in the index."""

CANDIDATES: Final = 60
"""With how many others, at most, an article is compared when it comes."""

GLANCE: Final = 0.02
"""The cosine over indexed words below which a pair is not looked at."""

_CHUNK: Final = 64
"""Articles that are looked up together."""

_SQUARE: Final = 8
"""Squares of scores from this size on are kept."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, how likely they are of one story, and how alike their bodies are."""

    left: str
    right: str
    score: float
    body: float


@dataclass(frozen=True, slots=True)
class _Segment:
    """Entries of the index, sorted by word: which article has it, and what it weighs there."""

    words: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Square:
    """The scores of some articles with each other, and the cosines of their bodies."""

    ids: tuple[str, ...]
    scores: Floats
    bodies: Floats


class Window:
    """Articles by id, found by their words.

    Words are numbered anew as they come: then those that many articles have
    lie close together in memory, and likenesses take a third of the time.
    """

    def __init__(self) -> None:
        self.place: dict[str, int] = {}
        self._sights: list[Sight] = []
        self._first = self._last = np.zeros(0, dtype=np.int64)
        self._segments: list[_Segment] = []
        self._forget_words()
        self._squares: dict[str, Square] = {}

    def __len__(self) -> int:
        return len(self._sights)

    def __getitem__(self, id: str) -> Sight:
        """An article, its words numbered as they came."""
        return self._sights[self.place[id]]

    def sight(self, id: str) -> Sight:
        """An article as it was taken in."""
        return self._renumbered(self[id], self._words)

    def __contains__(self, id: str) -> bool:
        return id in self.place

    def extend(self, sights: Sequence[Sight]) -> None:
        """Take in articles that are not there yet."""
        start = len(self._sights)
        for sight in sights:
            self._learn(sight.body[0])
        sights = [self._renumbered(sight, self._number) for sight in sights]
        self._sights += sights
        self.place.update((sight.id, start + n) for n, sight in enumerate(sights))
        self._first = np.concatenate((self._first, np.array([s.first for s in sights], dtype=np.int64)))
        self._last = np.concatenate((self._last, np.array([s.last for s in sights], dtype=np.int64)))
        self._segments.append(_segment(sights, start))
        while len(self._segments) > 1 and self._segments[-2].words.size < 2 * self._segments[-1].words.size:
            self._segments[-2:] = [_merged(self._segments[-2:])]

    def put_on(self, id: str, day: int) -> None:
        """Give an article that states no date its day in the stream."""
        self._sights[self.place[id]] = replace(self[id], day=day)

    def keep(self, wanted: Callable[[Sight], bool]) -> None:
        """Let go of the articles that are not wanted."""
        kept = [sight for sight in self._sights if wanted(sight)]
        if len(kept) == len(self._sights):
            return
        kept = [self._renumbered(sight, self._words) for sight in kept]
        self.place, self._sights, self._segments = {}, [], []
        self._first = self._last = np.zeros(0, dtype=np.int64)
        self._forget_words()
        self.extend(kept)
        self._squares = {id: square for id, square in self._squares.items() if id in self.place}

    def _forget_words(self) -> None:
        self._number = np.zeros(BUCKETS, dtype=np.int32)
        self._words = np.zeros(1, dtype=np.int32)
        self._known = 1
        self._spread = np.zeros(1, dtype=np.float32)

    def _learn(self, words: npt.NDArray[np.int32]) -> None:
        """Number the words of a body that are new; headline and lead have no others."""
        new = words[self._number[words] == 0]
        end = self._known + new.size
        if end > self._words.size:
            room = np.zeros(2 * end, dtype=np.int32)
            room[: self._known] = self._words[: self._known]
            self._words, self._spread = room, np.zeros(2 * end, dtype=np.float32)
        self._words[self._known : end] = new
        self._number[new] = np.arange(self._known, end, dtype=np.int32)
        self._known = end

    @staticmethod
    def _renumbered(sight: Sight, numbers: npt.NDArray[np.int32]) -> Sight:
        body, title, lead = (
            (numbers[words], weights) for words, weights in (sight.body, sight.title, sight.lead)
        )
        return replace(sight, body=body, title=title, lead=lead)

    def near(self, ids: Sequence[str], bar: float) -> Iterator[Pair]:
        """The pairs of these articles and any others that score `bar` or more."""
        for at in range(0, len(ids), _CHUNK):
            for place, others in self._candidates([self.place[id] for id in ids[at : at + _CHUNK]]):
                scores, bodies = self._scores(place, others)
                for other in np.flatnonzero(scores >= bar).tolist():
                    left, right = sorted((self._sights[place].id, self._sights[others[other]].id))
                    yield Pair(left, right, float(scores[other]), float(bodies[other]))

    def bodies(self, id: str, others: Sequence[str]) -> Floats:
        """How alike the body of an article is to those of others."""
        found: Floats = products([self[id].body], [self[other].body for other in others], self._spread)[0]
        return found

    def _scores(self, place: int, others: Ints) -> tuple[Floats, Floats]:
        scores, bodies = self._table(np.array([place], dtype=np.int64), others)
        return scores[0], bodies[0]

    def _table(self, places: Ints, others: Ints) -> tuple[Floats, Floats]:
        """The scores of several articles with all of several others, and the cosines of their bodies."""
        mine, theirs = ([self._sights[place] for place in some.tolist()] for some in (places, others))
        body, title, lead = (
            products([pick(one) for one in mine], [pick(other) for other in theirs], self._spread)
            for pick in PICK
        )
        left, right = np.repeat(places, others.size), np.tile(others, places.size)
        gap = self._gap(left, right).reshape(body.shape)
        return score(body, title, lead, gap), body

    def _gap(self, left: Ints, right: Ints) -> Ints:
        """The days between two articles, 0 where their intervals touch; -1 where a date is unknown."""
        between = np.maximum(self._first[right] - self._last[left], self._first[left] - self._last[right])
        known = (self._first[left] >= 0) & (self._first[right] >= 0)
        return np.where(known, np.maximum(between, 0), -1)

    def _candidates(self, places: Sequence[int]) -> Iterator[tuple[int, Ints]]:
        """For each article those that share its weightiest words, near in time; the best, sorted."""
        tops = [_top(self._sights[place]) for place in places]
        words = np.concatenate([top[0] for top in tops])
        weights = np.concatenate([top[1] for top in tops])
        owner = np.repeat(np.arange(len(places)), [top[0].size for top in tops])
        found = [segment_hits(segment, words, weights, owner) for segment in self._segments]
        mine, theirs, product = (np.concatenate(part) for part in zip(*found, strict=True))
        key = mine * len(self._sights) + theirs
        keys, inverse = np.unique(key, return_inverse=True)
        glance = np.bincount(inverse, weights=product, minlength=keys.size)
        mine, theirs = keys // len(self._sights), keys % len(self._sights)
        own = np.array(places, dtype=np.int64)[mine]
        kept = (glance >= GLANCE) & (theirs != own) & (self._gap(own, theirs) <= WINDOW)
        mine, theirs, glance = mine[kept], theirs[kept], glance[kept]
        starts = np.searchsorted(mine, np.arange(len(places) + 1))
        for n, place in enumerate(places):
            others, cosine = theirs[starts[n] : starts[n + 1]], glance[starts[n] : starts[n + 1]]
            if others.size > CANDIDATES:
                others = np.sort(others[np.argsort(-cosine, kind="stable")[:CANDIDATES]])
            yield place, others

    def square(self, ids: Sequence[str]) -> Square:
        """The scores of these articles with each other; those that were computed before are not again."""
        known = max(
            (self._squares[id] for id in ids if id in self._squares),
            key=lambda square: len(square.ids),
            default=Square((), np.zeros((0, 0)), np.zeros((0, 0))),
        )
        at = {id: n for n, id in enumerate(known.ids)}
        old = [n for n, id in enumerate(ids) if id in at]
        scores, bodies = np.zeros((len(ids), len(ids))), np.zeros((len(ids), len(ids)))
        theirs = [at[ids[n]] for n in old]
        scores[np.ix_(old, old)] = known.scores[np.ix_(theirs, theirs)]
        bodies[np.ix_(old, old)] = known.bodies[np.ix_(theirs, theirs)]
        places = np.array([self.place[id] for id in ids], dtype=np.int64)
        new = [n for n, id in enumerate(ids) if id not in at]
        if new:
            found, body = self._table(places[new], places)
            scores[new], scores[:, new], bodies[new], bodies[:, new] = found, found.T, body, body.T
        made = Square(tuple(ids), scores, bodies)
        if len(ids) >= _SQUARE:
            self._squares.update(dict.fromkeys(ids, made))
        return made


def _top(sight: Sight) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    words, weights = sight.body
    if words.size <= INDEXED:
        return words, weights
    top = np.sort(np.argsort(-weights, kind="stable")[:INDEXED])
    return words[top], weights[top]


def _segment(sights: Iterable[Sight], start: int) -> _Segment:
    tops = [_top(sight) for sight in sights]
    words = np.concatenate([np.zeros(0, dtype=np.int32), *(top[0] for top in tops)])
    weights = np.concatenate([np.zeros(0, dtype=np.float32), *(top[1] for top in tops)])
    places = np.repeat(np.arange(start, start + len(tops), dtype=np.int32), [top[0].size for top in tops])
    order = np.argsort(words, kind="stable")
    return _Segment(words[order], places[order], weights[order])


def _merged(segments: Sequence[_Segment]) -> _Segment:
    words = np.concatenate([segment.words for segment in segments])
    places = np.concatenate([segment.places for segment in segments])
    weights = np.concatenate([segment.weights for segment in segments])
    order = np.argsort(words, kind="stable")
    return _Segment(words[order], places[order], weights[order])


def segment_hits(
    segment: _Segment, words: npt.NDArray[np.int32], weights: npt.NDArray[np.float32], owner: Ints
) -> tuple[Ints, Ints, Floats]:
    """Whose words are whose in a segment: the owner, the place found, and the product of the weights."""
    start = np.searchsorted(segment.words, words, side="left")
    length = np.searchsorted(segment.words, words, side="right") - start
    before = np.cumsum(length) - length
    at = np.arange(int(length.sum())) + np.repeat(start - before, length)
    product = segment.weights[at].astype(np.float64) * np.repeat(weights, length)
    return np.repeat(owner, length), segment.places[at].astype(np.int64), product
