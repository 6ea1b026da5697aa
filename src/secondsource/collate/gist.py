"""The gist of an article, and how likely two articles tell one happening: what bears on all their events.

Bags of telling words, of names, of the lead, numbers and predicates are
compared, and the reader's sentence vectors; boosted trees learned on ECB+'s
training topics (training/same_event.py) weigh them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Reading
from ..words import rarity
from .forest import Floats, Forest, forest

if TYPE_CHECKING:
    from spacy.tokens import Token

Bag: TypeAlias = Mapping[str, float]

TELLING = frozenset({"NOUN", "VERB", "PROPN", "ADJ", "NUM"})
LEAST_RARITY = 0.15
LEAD = 3
"""How many sentences the lead has, the headline included."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What one article is compared by: a bag a kind of word, each of unit length, and its text's vector."""

    bags: tuple[Bag, ...]
    vector: npt.NDArray[np.float32]


def gist(reading: Reading) -> Gist:
    """The gist of a reading."""
    spans = [sentence.span for sentence in reading.sentences]
    lead = spans[:LEAD][-1].end if spans else 0
    kinds: tuple[Counter[str], ...] = tuple(Counter() for _ in range(6))
    for token in reading.doc:
        if token.pos_ not in TELLING or token.is_punct or token.is_space:
            continue
        lemma = token.lemma_.lower()
        if rarity(lemma) >= LEAST_RARITY:
            for kind in _kinds(token, lead):
                kinds[kind][lemma] += 2 if kind == 0 and token.pos_ in ("PROPN", "NUM") else 1
    return Gist(tuple(_unit(bag) for bag in kinds), _vector(reading))


def _kinds(token: Token, lead: int) -> list[int]:
    """Which bags a word goes into: all, people, lead, numbers, predicates, names."""
    event = token.has_extension("event") and bool(token._.event)
    flags = (
        True,
        token.ent_type_ == "PERSON",
        token.idx < lead,
        token.pos_ == "NUM",
        event,
        token.pos_ == "PROPN",
    )
    return [number for number, holds in enumerate(flags) if holds]


def _unit(bag: Counter[str]) -> Bag:
    weighed = {word: (1 + math.log(count)) * rarity(word) ** 2 for word, count in bag.items()}
    length = math.sqrt(math.fsum(value * value for value in weighed.values()))
    return {word: value / length for word, value in weighed.items()} if length else {}


def _vector(reading: Reading) -> npt.NDArray[np.float32]:
    doc = reading.doc
    if not doc.has_extension("text_vector"):
        return np.zeros(0, np.float32)
    return np.asarray(doc._.text_vector, np.float32)


def features(left: Gist, right: Gist) -> list[float]:
    """What two gists have in common, in the order that the trees were grown with."""
    cosines = [_dot(one, other) for one, other in zip(left.bags, right.bags, strict=True)]
    sizes = left.vector.size and left.vector.size == right.vector.size
    no_people = not left.bags[1] or not right.bags[1]
    other_people = not no_people and cosines[1] < 0.02
    vectors = float(left.vector @ right.vector) if sizes else 0.0
    return [*cosines, vectors, float(no_people), float(other_people)]


def _dot(one: Bag, other: Bag) -> float:
    if len(other) < len(one):
        one, other = other, one
    return math.fsum(value * other[word] for word, value in one.items() if word in other)


def alike(pairs: Sequence[tuple[Gist, Gist]]) -> Floats:
    """For each pair of articles, how likely they tell one happening, 0 to 1."""
    if not pairs:
        return np.zeros(0, np.float32)
    return _trees().chances(np.array([features(one, other) for one, other in pairs], np.float32))


@lru_cache(maxsize=1)
def _trees() -> Forest:
    with (files(__package__) / "same_event.npz").open("rb") as file, np.load(file) as stored:
        return forest(stored, "articles")
