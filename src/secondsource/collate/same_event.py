"""Whether two events, told in two places, are one: a learned model over what is told of them.

    mine, theirs = told(one_reading), told(other_reading)
    chances([(mine[0], theirs[0], likeness)])

`likeness` is how likely the two articles tell one happening (`gist.alike`; 1
within one article or one story that is known to be one). The model is boosted
trees learned on ECB+'s training topics (training/same_event.py), served in
numpy. A telling is compared by its predicate (word, family, kin, pairs of
words that the training topics hold to be one), by who, where and when, and by
the words around it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Argument, Event, Reading, Span
from ..words import rarity
from .forest import Floats, Forest, forest
from .kin import family, kin, nearest_kin

if TYPE_CHECKING:
    from spacy.tokens import Token

Words: TypeAlias = frozenset[str]

REPORTING = frozenset(
    "say tell report announce add state claim accord confirm note declare call ask "
    "think believe show know".split()
)
LIGHT = frozenset(
    "have be do make take get go come give hold put set see find use begin start continue include happen "
    "occur become follow leave keep".split()
)
TELLING = frozenset({"NOUN", "VERB", "PROPN", "ADJ", "NUM"})
LEAST_RARITY = 0.12
NONE: Words = frozenset()
UNKNOWN_PAIR = math.log(0.5 / 1.5)


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event, as it is compared.

    `lemma` is the predicate's main word, `words` all of its words; `agents`
    to `places` are the words that fill its slots, names by all their words;
    `people` those of them that name persons; `sentence` and `clause` the
    telling words around it; `place` the number of its sentence.
    """

    article: str
    event: Event
    lemma: str
    words: Words
    verb: bool
    agents: Words
    patients: Words
    others: Words
    places: Words
    people: Words
    times: Words
    numbers: Words
    names: Words
    sentence: Mapping[str, float]
    clause: Mapping[str, float]
    vector: npt.NDArray[np.float32]
    place: int

    @property
    def arguments(self) -> Words:
        """What fills any slot."""
        return self.agents | self.patients | self.others | self.places


def told(reading: Reading, events: Sequence[Event] | None = None) -> tuple[Told, ...]:
    """The tellings of a reading's events, or of some of them, in their order."""
    teller = _Teller(reading)
    return tuple(teller.told(event) for event in (reading.events if events is None else events))


def chances(pairs: Sequence[tuple[Told, Told, float]]) -> Floats:
    """For each pair of tellings and the likeness of their articles, how likely they are one event, 0 to 1."""
    if not pairs:
        return np.zeros(0, np.float32)
    return _trees().chances(np.array([features(*pair) for pair in pairs], np.float32))


@lru_cache(maxsize=1)
def _trees() -> Forest:
    with (files(__package__) / "same_event.npz").open("rb") as file, np.load(file) as stored:
        return forest(stored, "events")


@lru_cache(maxsize=1)
def learned_pairs() -> Mapping[str, tuple[int, int]]:
    """For two predicates ("crash hit"), how often the training topics hold them to be one, and not one."""
    raw = json.loads(files(__package__).joinpath("same_event.json").read_text(encoding="utf-8"))
    return {pair: (int(one), int(two)) for pair, (one, two) in raw["pairs"].items()}


class _Teller:
    """Makes the tellings of one reading; holds what it knows of names and sentences."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._doc = reading.doc
        self._names = {entity.id: _name_words(reading, entity.id) for entity in reading.entities}
        self._people = {entity.id for entity in reading.entities if entity.label == "PERSON"}
        self._ends = [sentence.span.end for sentence in reading.sentences]
        kept = reading.doc.user_data
        self._vectors = kept.get("secondsource.sentence_vectors")
        self._starts = kept.get("secondsource.starts")
        self._word_of = kept.get("secondsource.word_of")

    def told(self, event: Event) -> Told:
        tokens = [token for span in event.trigger for token in self._tokens(span)]
        head = _main(tokens)
        inside = {token.i for token in tokens}
        slots = {role: self._filled(event, *roles) for role, roles in _SLOTS.items()}
        times = " ".join(self._reading.times[i].span.of(self._reading.article.text) for i in event.when)
        return Told(
            article=self._reading.article.id,
            event=event,
            lemma=head.lemma_.lower(),
            words=self._predicate_words(event, tokens, head),
            verb=head.pos_ == "VERB",
            **slots,
            people=frozenset(
                word
                for argument in event.arguments
                if argument.entity in self._people
                for word in self._names[str(argument.entity)]
            ),
            times=frozenset(word for word in times.lower().split() if rarity(word) > 0.1),
            numbers=frozenset(token.lower_ for token in head.sent if token.pos_ == "NUM"),
            names=frozenset(token.lemma_.lower() for token in head.sent if token.pos_ == "PROPN"),
            sentence=_telling(tuple(head.sent), inside),
            clause=_telling(self._tokens(event.clause), inside),
            vector=self._vector(head),
            place=sum(end <= head.idx for end in self._ends),
        )

    def _tokens(self, span: Span) -> list[Token]:
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        return [token for token in found or () if not token.is_space] or [self._doc[0]]

    def _predicate_words(self, event: Event, tokens: Sequence[Token], head: Token) -> Words:
        rare = {t.lemma_.lower() for t in tokens if rarity(t.lemma_.lower()) > LEAST_RARITY}
        return frozenset({*rare, head.lemma_.lower(), event.predicate.replace(" ", "_")})

    def _filled(self, event: Event, *roles: str) -> Words:
        found: set[str] = set()
        for argument in event.arguments:
            if argument.role in roles:
                found |= self._argument_words(argument)
        return frozenset(found)

    def _argument_words(self, argument: Argument) -> set[str]:
        found = set(self._names.get(argument.entity or "", NONE))
        (head, *_) = self._tokens(argument.head)
        if head.pos_ != "PRON":
            found.add(head.lemma_.lower())
            found |= {t.lemma_.lower() for t in self._tokens(argument.span) if t.pos_ in ("PROPN", "NUM")}
        return found

    def _vector(self, token: Token) -> npt.NDArray[np.float32]:
        if self._vectors is None or self._starts is None or self._word_of is None or not len(self._vectors):
            return np.zeros(0, np.float32)
        row = int(np.searchsorted(self._starts, self._word_of[token.i], side="right")) - 1
        return np.asarray(self._vectors[max(row, 0)], np.float32)


_SLOTS = {
    "agents": ("agent",),
    "patients": ("patient", "recipient"),
    "others": ("oblique", "attribute"),
    "places": ("place",),
}


def _name_words(reading: Reading, id: str) -> Words:
    """The words of an entity's names; the last word of its description where it has none."""
    entity = reading.entity(id)
    text = reading.article.text
    written = [m.span.of(text) for m in entity.mentions if m.form == "name"]
    words = {w.strip(".,'’\"").lower() for name in written for w in name.split() if w[:1].isupper()}
    words = words or {word.lower() for word in entity.name.split()[-1:]}
    return frozenset(word.removesuffix("'s") for word in words if word and rarity(word) > 0.15)


def _main(tokens: Sequence[Token]) -> Token:
    """The word that says most of a predicate's: its head, or what a light head carries."""
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if token.head.i not in inside or token.head is token] or list(tokens)
    head = next((token for token in heads if token.pos_ in ("VERB", "NOUN", "PROPN")), heads[0])
    if head.lemma_.lower() in LIGHT:
        rest = [token for token in tokens if token.pos_ in ("NOUN", "VERB") and token is not head]
        return rest[0] if rest else head
    return head


def _telling(tokens: Sequence[Token], without: set[int]) -> dict[str, float]:
    """The words around a predicate that tell something, with how rare they are."""
    found = {}
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.i not in without and token.pos_ in TELLING and rarity(lemma) > LEAST_RARITY:
            found[lemma] = rarity(lemma)
    return found


def features(left: Told, right: Told, likeness: float) -> list[float]:
    """What speaks for and against two tellings being one, in the order that the trees were grown with."""
    return [
        *_of_predicates(left, right),
        *_of_slots(left, right),
        *_of_surroundings(left, right),
        likeness,
        left.article == right.article,
    ]


def _of_predicates(left: Told, right: Told) -> list[float]:
    one, two = left.lemma, right.lemma
    chance, support = _learned(one, two)
    return [
        one == two,
        family(one) == family(two),
        _common_start(one, two),
        not left.words.isdisjoint(right.words),
        kin(one, two),
        nearest_kin(left.words, right.words),
        chance,
        support,
        left.verb and right.verb,
        not left.verb and not right.verb,
        one in REPORTING or two in REPORTING,
        (one in REPORTING) == (two in REPORTING),
        one in LIGHT or two in LIGHT,
        min(rarity(one), rarity(two)),
        left.event.negated != right.event.negated,
        left.event.modality != right.event.modality,
    ]


def _learned(one: str, two: str) -> tuple[float, float]:
    """The log odds that two predicates tell one event, and on how many pairs that rests (0 to 1)."""
    yes, no = learned_pairs().get(" ".join(sorted((one, two))), (0, 0))
    return (math.log((yes + 0.5) / (no + 1.5)) if yes else UNKNOWN_PAIR), min(yes, 20) / 20


def _common_start(one: str, two: str) -> float:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    return same / max(len(one), len(two), 1)


def _of_slots(left: Told, right: Told) -> list[float]:
    mine, theirs = left.arguments, right.arguments
    return [
        _covered(left.agents, right.agents),
        _covered(left.patients, right.patients),
        max(_covered(left.agents, right.patients), _covered(left.patients, right.agents)),
        _covered(left.others, right.others),
        _covered(left.places, right.places),
        _covered(mine, theirs),
        _differ(left.agents, right.agents),
        _differ(left.patients, right.patients),
        _differ(left.people, right.people),
        _differ(left.places, right.places),
        _differ(mine, theirs),
        _covered(left.times, right.times),
        _differ(left.times, right.times),
        max(_covered(mine, frozenset(right.sentence)), _covered(theirs, frozenset(left.sentence))),
        (not mine) + (not theirs),
        min(len(mine), len(theirs)),
    ]


def _of_surroundings(left: Told, right: Told) -> list[float]:
    comparable = left.vector.size and left.vector.size == right.vector.size
    return [
        _differ(left.numbers, right.numbers),
        len(left.numbers & right.numbers),
        _cosine(left.sentence, right.sentence),
        _cosine(left.clause, right.clause),
        _covered(left.names, right.names),
        float(left.vector @ right.vector) if comparable else 0.0,
        abs(left.place - right.place),
        min(left.place, right.place),
    ]


def _covered(some: Words, others: Words) -> float:
    """How much of the smaller set stands in the other, by rarity; 0 where one is empty."""
    size = min(math.fsum(map(rarity, some)), math.fsum(map(rarity, others)))
    return math.fsum(map(rarity, some & others)) / size if size else 0.0


def _differ(some: Words, others: Words) -> float:
    """1 where both are filled and have nothing in common."""
    return float(bool(some) and bool(others) and some.isdisjoint(others))


def _cosine(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    size = math.sqrt(math.fsum(v * v for v in one.values()) * math.fsum(v * v for v in two.values()))
    return math.fsum(one[word] * two[word] for word in one.keys() & two.keys()) / size if size else 0.0
