"""Sense: how surely two sayings tell the same thing in other words, by a model fitted on labelled pairs.

Each pair is described by what the two share (telling words by their stems,
numbers, runs of words, the sentences around them, the reader's sentence
vectors, a place in the lead of both accounts) and by what parts them (length,
who says it). A logistic regression weighs it;
`training/utterance_pairs.py` fits it to pairs labelled by hand, and `sense.json`
holds the weights.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from ..model import Reading, Span
from ..words import lemma, rarity
from .sayings import GAP, NEGATIONS, Saying, certainly_same, compatible, plain_forms
from .tiling import longest

TELLING = 0.2
"""A word at least this rare counts as shared sense; less than what counts as telling alone."""
LEAD, OPENING = 700, 500
"""Characters from the beginning: what both accounts tell there is mostly the news itself."""
STEM = 7
SUFFIXES = (
    "izations ization ational fulness ousness iveness ations ation ments ment ness ings ing ions ion ively "
    "ive ally ily ly ies ers er ors or ed es ity al ic s e y"
).split()
LEAST_STEM = 4

Floats = npt.NDArray[np.float32]


class Rarity:
    """How much a word tells in one story: rare in English, and rare among what is said in the story."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        seen = Counter(word for saying in sayings for word in {lemma(w.plain) for w in saying.words})
        top = math.log(1 + len(sayings))
        self._weights = {w: rarity(w) * math.log(1 + len(sayings) / n) / top for w, n in seen.items()}

    def of(self, word: str) -> float:
        """The weight of a lemma, 0 to 1."""
        return self._weights.get(word, rarity(word))


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """What a saying is compared by: stems with their weights, numbers, negation, source, what is around.

    `marked` holds the stems that stand inside quotation marks.
    """

    stems: Mapping[str, float]
    weight: float
    words: tuple[str, ...]
    quoted: tuple[str, ...]
    numbers: frozenset[str]
    negated: bool
    source: frozenset[str]
    around: frozenset[str]
    vector: Floats | None
    marked: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: a weight for each feature by name, and a bias."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, features: Mapping[str, float]) -> float:
        """How likely a pair with these features is one utterance, 0 to 1."""
        total = self.bias + sum(w * features[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def models() -> tuple[Model, Model]:
    """The model for sayings with sentence vectors, and the one without."""
    raw = json.loads(files(__package__).joinpath("sense.json").read_text(encoding="utf-8"))
    with_vectors, without = (Model(raw[k]["bias"], raw[k]["weights"]) for k in ("vectors", "words"))
    return with_vectors, without


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A lemma without what derives it, so that verbs meet their nouns and adjectives.

    >>> stem("divide") == stem("dividing"), stem("protection") == stem("protective")
    (True, True)
    """
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST_STEM:
            return word[: len(word) - len(suffix)][:STEM]
    return word[:STEM]


def sense_of(saying: Saying, weigh: Rarity, vectors: Vectors | None) -> Sense:
    """A saying laid out for comparison."""
    stems: dict[str, float] = {}
    words = tuple(w.plain for w in saying.words if w.plain != GAP)
    for word in words:
        if rarity(word) >= TELLING:
            bare = lemma(word)
            stems[stem(bare)] = max(weigh.of(bare), stems.get(stem(bare), 0.0))
    marked = {stem(lemma(word.plain)) for word in saying.quoted}
    source = (saying.source or "").lower().split()
    return Sense(
        stems=stems,
        weight=sum(stems.values()),
        words=words,
        quoted=tuple(w.plain for w in saying.quoted if w.plain != GAP),
        numbers=frozenset(w for w in words if w[0].isdigit()),
        negated=not NEGATIONS.isdisjoint(words),
        source=frozenset(lemma(w) for w in source if w.isalpha() and rarity(w) >= TELLING),
        around=frozenset(stem(lemma(w)) for w in saying.around),
        vector=vectors.of(saying.quote.content) if vectors is not None else None,
        marked={s: w for s, w in stems.items() if s in marked},
    )


class Vectors:
    """The reader's sentence vectors of one article, found by offset."""

    def __init__(self, starts: Sequence[int], rows: Floats) -> None:
        self._starts, self._rows = starts, rows

    def of(self, spans: Sequence[Span]) -> Floats:
        """The direction of the sentences that the spans touch."""
        at = {
            row
            for span in spans
            for row in range(self._row(span.start), self._row(max(span.start, span.end - 1)) + 1)
        }
        total = self._rows[sorted(at)].sum(axis=0)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)

    def _row(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def vectors_of(reading: Reading) -> Vectors | None:
    """The sentence vectors of a reading; None where another reader was taken."""
    kept = reading.doc.user_data
    rows = kept.get("secondsource.sentence_vectors")
    if rows is None or not len(rows):
        return None
    words = kept["secondsource.rows"]
    starts = [reading.doc[int(words[word])].idx for word in kept["secondsource.starts"].tolist()]
    return Vectors(starts, rows)


def chance(one: tuple[Saying, Sense], other: tuple[Saying, Sense]) -> float:
    """How likely two sayings are one utterance by their sense, 0 to 1."""
    with_vectors, without = models()
    found = features(one, other)
    return (with_vectors if "cosine" in found else without).chance(found)


def features(one: tuple[Saying, Sense], other: tuple[Saying, Sense]) -> dict[str, float]:
    """What a pair of sayings is judged by, by name; no `cosine` where a vector is missing."""
    (left, a), (right, b) = one, other
    found = {**_shared(a, b), **_parting(a, b), **_framing(left, a, right, b)}
    if a.vector is not None and b.vector is not None:
        found["cosine"] = float(a.vector @ b.vector)
    return found


def _shared(a: Sense, b: Sense) -> dict[str, float]:
    common = sorted(a.stems.keys() & b.stems.keys())
    weight = sum((a.stems[s] + b.stems[s]) / 2 for s in common)
    least, most = sorted((max(a.weight, 1e-3), max(b.weight, 1e-3)))
    cross = len(a.stems.keys() & b.around) + len(b.stems.keys() & a.around)
    return {
        "contained": min(1.0, weight / least),
        "alike": min(1.0, weight / math.sqrt(least * most)),
        "weight": min(weight, 3.0),
        "words": float(min(len(common), 6)),
        "around": cross / max(1, len(a.stems) + len(b.stems)),
        "numbers": float(min(2, len(a.numbers & b.numbers))),
        "fragment": max(_fragment(a, b), _fragment(b, a)),
        "run": float(min(8, longest(a.words, b.words))),
        "quoted_run": float(min(10, longest(a.quoted, b.quoted))),
    }


def _fragment(a: Sense, b: Sense) -> float:
    """How much the quoted words of one tell that are all in the other, where it quotes a part only."""
    if not a.marked or not a.marked.keys() <= b.stems.keys():
        return 0.0
    return min(2.0, sum(a.marked.values()))


def _parting(a: Sense, b: Sense) -> dict[str, float]:
    least, most = sorted((max(a.weight, 1e-3), max(b.weight, 1e-3)))
    return {
        "size": math.log(least),
        "ratio": math.log(least / most),
        "one_number": float(bool(a.numbers) != bool(b.numbers)),
    }


def _framing(left: Saying, a: Sense, right: Saying, b: Sense) -> dict[str, float]:
    one, other = left.speaker, right.speaker
    unknown = (one.name is None) + (other.name is None)
    forms = {left.quote.form, right.quote.form}
    return {
        "same_speaker": float(certainly_same(one, other)),
        "unknown_speaker": float(unknown > 0),
        "other_speaker": float(not compatible(one, other)),
        "near_speaker": float(_near(left, right) or _near(right, left)),
        "source": len(a.source & b.source) / max(1, min(len(a.source), len(b.source))),
        "cue": float(bool(left.cue and left.cue & right.cue)),
        "certainty": float(left.quote.certainty == right.quote.certainty),
        "one_direct": float(len(forms) == 2 and "direct" in forms),
        "lead": float(max(left.start, right.start) < LEAD),
        "opening": float(min(left.start, right.start) < OPENING),
        "depth": math.log(max(left.start, right.start) + OPENING),
    }


def _near(one: Saying, other: Saying) -> bool:
    """Whether a speaker's name stands in the sentence of another saying, whose own speaker has no name."""
    name = one.speaker.name
    if one.speaker.how not in ("named", "pronoun") or not name or other.speaker.how in ("named", "pronoun"):
        return False
    return plain_forms(name.split()[-1])[0] in other.around
