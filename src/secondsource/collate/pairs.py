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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .align import Likeness
from .bags import Bags, Column, Floats, Ints, spread
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
LEAD = 0.15
"""How far down its account, in clauses, the lead goes."""
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
    """Compares the clauses of one story.

    `candidates` are the pairs that share most, as places of clauses: the left
    of each and the right of each, in the order of the clauses.
    """

    def __init__(self, clauses: Sequence[Clause], lines: Likeness) -> None:
        self.clauses = clauses
        self.likeness = Likeness([clause.line for clause in clauses])
        self.lines = lines
        self.candidates = self.likeness.nearest()
        names = [clause.article for clause in clauses]
        self._account: Ints = np.unique(names, return_inverse=True)[1]

    def features(self) -> Floats:
        """What speaks for and against each candidate telling one fact; rows by `FEATURES`."""
        left, right = self.candidates
        shared = self.likeness.compare(left, right)
        return np.column_stack(
            [
                *(shared.score, shared.near, shared.weight, shared.plain, shared.weight - shared.plain),
                *self._of_lines(),
                *_ranks(self._account, left, right, shared.score),
                self._around(shared.score),
                *_predicates(self.clauses, left, right),
                *_fillers(self.clauses, left, right),
                *_manner(self.clauses, left, right),
                *_values(self.clauses, left, right),
                *self._of_places(),
            ]
        )

    def _of_lines(self) -> tuple[Floats, Floats, Floats]:
        """How alike the sentences of the two are: score, nearness, cosine."""
        at = np.array([clause.at for clause in self.clauses], np.int64)
        size = len(self.lines.lines)
        left, right = self.candidates
        keys, place = np.unique(at[left] * size + at[right], return_inverse=True)
        pairs = np.divmod(keys, size)
        shared = self.lines.compare(*pairs)
        cosine = (
            self.lines.cosines(*pairs)
            if self.lines.has_vectors
            else COSINE_BASE + shared.score * COSINE_SLOPE
        )
        return shared.score[place], shared.near[place], cosine[place]

    def _around(self, score: Floats) -> Floats:
        """The best likeness of candidates that stand just before or after the two."""
        size = len(self.clauses)
        left, right = self.candidates
        keys = left * size + right
        found = np.zeros(len(keys))
        for i in (left - 1, left + 1):
            for j in (right - 1, right + 1):
                place = np.minimum(np.searchsorted(keys, i * size + j), len(keys) - 1)
                met = (keys[place] == i * size + j) & (j < size)
                found = np.maximum(found, np.where(met, score[place], 0.0))
        return found

    def _of_places(self) -> tuple[Column, ...]:
        """How many words the shorter and the longer have; whether both stand in a lead."""
        left, right = self.candidates
        words = np.array([len(clause.line.words) for clause in self.clauses])
        _, first, count = np.unique(self._account, return_index=True, return_counts=True)
        nth = np.arange(len(words)) - first[self._account]
        lead = nth / np.maximum(1, count[self._account] - 1) < LEAD
        sizes = np.minimum(words[left], words[right]), np.maximum(words[left], words[right])
        return (*sizes, lead[left] & lead[right])

    def line_score(self, left: int, right: int) -> float:
        """How alike two sentences (places in the story's lines) are."""
        return self.lines.score(left, right)

    def one_mouth(self, left: int, right: int) -> bool:
        """Whether most of what two clauses have in common stands between quotation marks in both."""
        one, two = self.clauses[left], self.clauses[right]
        spoken = one.line.words.keys() & two.line.words.keys() & one.quoted & two.quoted
        if not spoken:
            return False
        common = one.line.words.keys() & two.line.words.keys()
        return self.likeness.weight(spoken) > ONE_MOUTH * self.likeness.weight(common)

    def pairs(self) -> list[Pair]:
        """Every candidate pair with its probabilities, in the order of the clauses."""
        left, right = self.candidates
        if not len(left):
            return []
        rows = self.features()
        scores = model().probabilities(rows)
        rows[:, CONFLICTS] = 0.0
        alike = model().probabilities(rows)
        return [Pair(*pair) for pair in zip(*(a.tolist() for a in (left, right, scores, alike)), strict=True)]


def _ranks(account: Ints, left: Ints, right: Ints, score: Floats) -> tuple[Column, ...]:
    """Whether each of the two is the other's best match in its account, and by how much it leads or lags."""
    count = int(account.max(initial=0)) + 1
    ends = np.concatenate([left * count + account[right], right * count + account[left]])
    both = np.concatenate([score, score])
    order = np.lexsort((-both, ends))
    _, first, place, sizes = np.unique(
        ends[order], return_index=True, return_inverse=True, return_counts=True
    )
    ranked = both[order]
    best = ranked[first]
    second = np.where(sizes > 1, ranked[np.minimum(first + 1, len(ranked) - 1)], 0.0)
    group = np.empty_like(place)
    group[order] = place
    leads = both >= best[group]
    margin = both - np.where(leads, second[group], best[group])
    one, two = slice(0, len(left)), slice(len(left), None)
    return leads[one], leads[two], margin[one], margin[two]


def _predicates(clauses: Sequence[Clause], left: Ints, right: Ints) -> tuple[Column, ...]:
    heads, keys = Bags([c.heads for c in clauses]), Bags([c.keys for c in clauses])
    same_head, same_key = heads.common(left, right) > 0, keys.common(left, right) > 0
    return same_head, same_key, _affinity(keys, left, right), ~keys.filled(left, right)


def _affinity(keys: Bags, left: Ints, right: Ints) -> Floats:
    """The best affinity of any two predicates of the two; 0 where one has none."""
    count = len(keys.words)
    pair, one = spread(keys.starts[left], keys.sizes[left])
    nth, two = spread(keys.starts[right][pair], keys.sizes[right][pair])
    mine, theirs = keys.word[one[nth]], keys.word[two]
    codes, place = np.unique(np.minimum(mine, theirs) * count + np.maximum(mine, theirs), return_inverse=True)
    names = ((keys.words[code // count], keys.words[code % count]) for code in codes.tolist())
    told = np.array([affinity_of(*two) for two in names])
    found = np.full(len(left), -np.inf)
    if len(told):
        np.maximum.at(found, pair[nth], told[place])
    return np.where(np.isinf(found), 0.0, found)


def _fillers(clauses: Sequence[Clause], left: Ints, right: Ints) -> tuple[Column, ...]:
    """Who fills the slots of both: agents, then others, in one row of bags, so that they can be crossed."""
    bags = Bags([*(c.agents for c in clauses), *(c.others for c in clauses)])
    other_left, other_right = left + len(clauses), right + len(clauses)
    return (
        bags.share(left, right),
        bags.share(other_left, other_right),
        bags.apart(left, right),
        bags.apart(other_left, other_right),
        bags.share(left, other_right) + bags.share(other_left, right),
    )


def _manner(clauses: Sequence[Clause], left: Ints, right: Ints) -> tuple[Column, ...]:
    numbers = Bags([c.line.numbers for c in clauses])
    steps, weekdays = Bags([c.steps for c in clauses]), Bags([c.line.weekdays for c in clauses])
    negated, hedged = np.array([(c.line.negated, c.line.hedged) for c in clauses], bool).T
    met = numbers.common(left, right)
    return (
        met,
        (met < numbers.sizes[left]) & (met < numbers.sizes[right]),
        negated[left] != negated[right],
        hedged[left] != hedged[right],
        steps.apart(left, right),
        weekdays.apart(left, right),
    )


def _values(clauses: Sequence[Clause], left: Ints, right: Ints) -> list[Column]:
    """For each kind of slot how many the two have in common; then, for each, whether they are apart."""
    met, apart = [], []
    for kind in KINDS:
        has = np.array([any(slot.kind == kind for slot in c.slots) for c in clauses], bool)
        places = np.flatnonzero(has[left] & has[right])
        both = [(clauses[i], clauses[j]) for i, j in np.transpose([left[places], right[places]]).tolist()]
        met.append(np.zeros(len(left)))
        met[-1][places] = [meet_of(one, two, kind) for one, two in both]
        apart.append(np.zeros(len(left)))
        apart[-1][places] = [apart_of(one, two, kind) for one, two in both]
    return [*met, *apart]


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
