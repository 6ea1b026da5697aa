"""Pairs: how surely two clauses of different accounts tell one fact, by what they have in common.

Candidates share telling words. What is weighed are the words they share (by
rarity in English and in the story), the class of their predicates, who fills
their slots, values that meet or conflict, how sure each account is, the
sentences around them, and whether each is the other's best match. The weights
are learned (`training/alignment.py`) and kept in `pairs.json`; likeness of
sentence vectors is one weak feature among them.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .align import Likeness, Line
from .clauses import Clause
from .slots import Slot, SlotKind

KINDS: tuple[SlotKind, ...] = ("age", "clock", "day", "street", "count", "condition")
FEATURES = (
    "score", "near", "weight", "plain", "names", "line_score", "line_near", "cosine",
    "one_rank", "two_rank", "one_margin", "two_margin", "around",
    "same_head", "same_key", "affinity", "no_key",
    "agents", "others", "agents_apart", "others_apart", "crossed",
    "numbers_met", "numbers_apart", "negated", "hedged", "steps", "weekdays",
    *(f"{kind}_met" for kind in KINDS), *(f"{kind}_apart" for kind in KINDS),
    "length", "longer", "leads",
)  # fmt: skip


CONFLICTS = [
    place
    for place, name in enumerate(FEATURES)
    if name in ("numbers_apart", "weekdays") or (name.endswith("_apart") and name.split("_")[0] in KINDS)
]
"""The features that tell of values in conflict."""
COSINE_BASE, COSINE_SLOPE = 0.4, 0.75
"""What the cosine of two sentences is on the average by their likeness, where a reader gives no vectors."""
ONE_MOUTH = 0.5
"""Two clauses of whose common words more than this share is quoted in both tell what one speaker said."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two clauses (places in the story's clauses) and how surely they tell one fact.

    `score` weighs everything; `alike` leaves conflicts between their values out, so that it
    says how surely they tell of one thing, in conflict or not.
    """

    left: int
    right: int
    score: float
    alike: float


class Pairing:
    """Compares the clauses of one story."""

    def __init__(self, clauses: Sequence[Clause], lines: Sequence[Line]) -> None:
        self.clauses = clauses
        self.likeness = Likeness([clause.line for clause in clauses])
        self._lines = Likeness(lines)
        self._near: dict[tuple[int, int], tuple[float, float, float]] = {}
        self.candidates = self.likeness.nearest()
        self._score = {pair: self.likeness.score(*pair) for pair in self.candidates}
        self._best = self._best_of()
        self._place = self._places()

    def _best_of(self) -> dict[tuple[int, str], tuple[float, float]]:
        """For a clause and an account: its best and second-best likeness there."""
        found: dict[tuple[int, str], tuple[float, float]] = {}
        for (left, right), score in self._score.items():
            for one, two in ((left, right), (right, left)):
                key = (one, self.clauses[two].article)
                first, second = found.get(key, (0.0, 0.0))
                found[key] = (score, first) if score > first else (first, max(second, score))
        return found

    def _places(self) -> list[float]:
        """How far down its account each clause stands, 0 to 1."""
        count: dict[str, int] = defaultdict(int)
        order = []
        for clause in self.clauses:
            order.append(count[clause.article])
            count[clause.article] += 1
        return [n / max(1, count[c.article] - 1) for n, c in zip(order, self.clauses, strict=True)]

    def _line_likeness(self, left: int, right: int) -> tuple[float, float, float]:
        key = (self.clauses[left].at, self.clauses[right].at)
        if key not in self._near:
            score = self._lines.score(*key)
            meaning = (
                self._lines.cosine(*key) if self._lines.has_vectors else COSINE_BASE + score * COSINE_SLOPE
            )
            self._near[key] = (score, self._lines.near(*key), meaning)
        return self._near[key]

    def _around(self, left: int, right: int) -> float:
        """The best likeness of what stands just before or after the two."""
        found = 0.0
        for i in (left - 1, left + 1):
            for j in (right - 1, right + 1):
                found = max(found, self._score.get((i, j), 0.0))
        return found

    def features(self, left: int, right: int) -> list[float]:
        """What speaks for and against two clauses telling one fact, in the order of `FEATURES`."""
        one, two = self.clauses[left], self.clauses[right]
        score = self._score.get((left, right)) or self.likeness.score(left, right)
        weight = self.likeness.shared(left, right)
        plain = self.likeness.shared(left, right, names=False)
        mine, theirs = (
            self._best.get((left, two.article), (0.0, 0.0)),
            self._best.get((right, one.article), (0.0, 0.0)),
        )
        sizes = sorted((len(one.line.words), len(two.line.words)))
        return [
            score,
            self.likeness.near(left, right),
            weight,
            plain,
            weight - plain,
            *self._line_likeness(left, right),
            float(score >= mine[0]),
            float(score >= theirs[0]),
            score - (mine[1] if score >= mine[0] else mine[0]),
            score - (theirs[1] if score >= theirs[0] else theirs[0]),
            self._around(left, right),
            *_predicates(one, two),
            *_fillers(one, two),
            *_manner(one, two),
            *(float(meet_of(one, two, kind)) for kind in KINDS),
            *(float(apart_of(one, two, kind)) for kind in KINDS),
            float(sizes[0]),
            float(sizes[1]),
            float(self._place[left] < 0.15 and self._place[right] < 0.15),
        ]

    def line_score(self, left: int, right: int) -> float:
        """How alike two sentences (places in the story's lines) are."""
        return self._lines.score(left, right)

    def one_mouth(self, left: int, right: int) -> bool:
        """Whether most of what two clauses have in common stands between quotation marks in both."""
        one, two = self.clauses[left], self.clauses[right]
        common = one.line.words.keys() & two.line.words.keys()
        spoken = sum(self.likeness.weight(word) for word in common & one.quoted & two.quoted)
        return spoken > ONE_MOUTH * sum(self.likeness.weight(word) for word in common)

    def pairs(self) -> list[Pair]:
        """Every candidate pair with its probabilities, in the order of the clauses."""
        if not self.candidates:
            return []
        rows = np.array([self.features(*pair) for pair in self.candidates], np.float64)
        scores = model().probabilities(rows)
        rows[:, CONFLICTS] = 0.0
        alike = model().probabilities(rows)
        return [
            Pair(i, j, float(score), float(other))
            for (i, j), score, other in zip(self.candidates, scores, alike, strict=True)
        ]


def _predicates(one: Clause, two: Clause) -> list[float]:
    same_head = bool(one.heads & two.heads)
    same_key = bool(one.keys & two.keys)
    affinity = max((affinity_of(a, b) for a in one.keys for b in two.keys), default=0.0)
    return [float(same_head), float(same_key), affinity, float(not one.keys or not two.keys)]


def _fillers(one: Clause, two: Clause) -> list[float]:
    def share(left: frozenset[str], right: frozenset[str]) -> float:
        return len(left & right) / max(1, min(len(left), len(right)))

    def apart(left: frozenset[str], right: frozenset[str]) -> float:
        return float(bool(left and right) and left.isdisjoint(right))

    crossed = share(one.agents, two.others) + share(one.others, two.agents)
    return [
        share(one.agents, two.agents),
        share(one.others, two.others),
        apart(one.agents, two.agents),
        apart(one.others, two.others),
        crossed,
    ]


def _manner(one: Clause, two: Clause) -> list[float]:
    mine, theirs = one.line.numbers, two.line.numbers
    days = one.line.weekdays and two.line.weekdays and one.line.weekdays.isdisjoint(two.line.weekdays)
    return [
        float(len(mine & theirs)),
        float(bool(mine - theirs and theirs - mine)),
        float(one.line.negated != two.line.negated),
        float(one.line.hedged != two.line.hedged),
        float(bool(one.steps and two.steps) and one.steps.isdisjoint(two.steps)),
        float(bool(days)),
    ]


def comparable(one: Slot, two: Slot) -> bool:
    """Whether two slots can be the same slot: of one kind, and nothing says they are of different things."""
    if one.kind != two.kind:
        return False
    if one.kind == "age":
        if one.sex and two.sex and one.sex != two.sex:
            return False
        return not (one.names and two.names) or bool(set(one.names) & set(two.names))
    if one.kind == "street":
        return bool({w for w in one.of & two.of if not w.startswith("kind:")})
    if one.kind == "count":
        return one.of == two.of
    return True


def meet_of(one: Clause, two: Clause, kind: SlotKind) -> int:
    """How many slots of a kind two clauses have in common."""
    return sum(
        any(comparable(a, b) and a.meets(b) for b in two.slots if b.kind == kind)
        for a in one.slots
        if a.kind == kind
    )


def apart_of(one: Clause, two: Clause, kind: SlotKind) -> bool:
    """Whether two clauses tell slots of a kind that compare, and none of them meet."""
    pairs = [
        (a, b) for a in one.slots if a.kind == kind for b in two.slots if b.kind == kind and comparable(a, b)
    ]
    return bool(pairs) and not any(a.meets(b) for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: the features' means and spreads, their weights and the constant."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]
    constant: float

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each row; rows by features."""
        total = (rows - self.mean) / self.spread @ self.weights + self.constant
        found: NDArray[np.float64] = 1 / (1 + np.exp(-total))
        return found


@cache
def _weights() -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(files(__package__).joinpath("pairs.json").read_text(encoding="utf-8"))
    return raw


@cache
def model() -> Model:
    """The learned weights, in the order of `FEATURES`."""
    raw = _weights()
    mean, spread, weights = (
        np.array([raw[part][name] for name in FEATURES], np.float64) for part in ("mean", "spread", "weights")
    )
    return Model(mean, spread, weights, float(raw["constant"]))


@cache
def _affinities() -> Mapping[tuple[str, str], float]:
    found: Mapping[tuple[str, str], float] = {
        (a, b): value for key, value in _weights()["affinities"].items() for a, b in [key.split("|")]
    }
    return found


def affinity_of(one: str, two: str) -> float:
    """How often predicates of two classes tell one event where both stand in a story (log odds, learned)."""
    if one == two:
        return _affinities().get((one, two), 2.0)
    return _affinities().get((min(one, two), max(one, two)), 0.0)


def floor(name: str) -> float:
    """A probability from which pairs count, by what for."""
    return float(_weights()["floors"][name])


def log_odds(together: float, apart: float) -> float:
    """The smoothed log odds of so many pairs together and so many apart.

    >>> round(log_odds(9, 0), 2)
    2.94
    """
    return math.log((together + 0.5) / (apart + 0.5))
