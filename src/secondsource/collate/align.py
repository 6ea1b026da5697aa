"""Alignment: sentences of different accounts that tell the same thing.

Two sentences are compared by the words they share, weighted by how rare a
word is in English and within the story: a word that stands in every sentence
of a story ("ferry" in a story on a ferry) is no evidence. Likeness alone is no
evidence either: a pair is vetoed when its numbers, negation, modality or
weekdays conflict.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Reading, Sentence, Span, Story
from ..words import lemma, rarity
from .bags import Bags, Floats, Ints, ratio, spread, total

WORD = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "without", "cannot", "nobody", "none"})
HEDGES = frozenset(
    {"may", "might", "could", "would", "expect", "expected", "possible", "possibly", "likely", "unlikely",
     "unclear", "whether", "if", "alleged", "allegedly", "reportedly", "plan", "planned", "should"}
)  # fmt: skip
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
SMALL = {
    word: str(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
}
STOP_RARITY = 0.12
"""Words below this rarity carry no content (the commonest two hundred or so)."""

MAX_SENTENCES_A_WORD = 60
"""A word in more sentences of a story than this brings up no candidates."""


NEAREST = 24
"""How many lines of other origins a line is compared with: those it shares the most telling words with."""
CHUNK = 512
"""So many lines are compared with all others at a time."""

Vector: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of one account, as what it is compared by.

    `words` maps each telling lemma to its part in the sentence: the words of a
    name of several words count together as one. `names` are those lemmas that
    stand in names.
    """

    article: str
    origin: str
    sentence: Sentence
    words: Mapping[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    weekdays: frozenset[str]
    negated: bool
    hedged: bool
    vector: Vector | None = field(default=None, compare=False)


def lines_of(story: Story, readings: Mapping[str, Reading]) -> tuple[Line, ...]:
    """The body sentences of all accounts, in the order of the story's articles."""
    lines = []
    for article in story.articles:
        if article.id not in readings:
            continue
        origin = story.origin_of(article.id).id
        vectors = _vectors(readings[article.id])
        for sentence in readings[article.id].body:
            line = line_of(article.id, origin, sentence, sentence.span.of(article.text))
            lines.append(replace(line, vector=vectors.get(sentence.span)))
    return tuple(lines)


def _vectors(reading: Reading) -> dict[Span, Vector]:
    """The reader's vector of each sentence; none where another reader was taken.

    The Doc keeps a vector for each stretch that the network took for a
    sentence, and the word that begins it.
    """
    kept = reading.doc.user_data
    if "secondsource.sentence_vectors" not in kept:
        return {}
    rows, starts = kept["secondsource.rows"], kept["secondsource.starts"]
    offsets = [sentence.span.start for sentence in reading.sentences]
    found: dict[Span, Vector] = {}
    vectors = np.asarray(kept["secondsource.sentence_vectors"], np.float32)
    for start, vector in zip(starts.tolist(), vectors, strict=True):
        place = bisect_right(offsets, reading.doc[int(rows[start])].idx) - 1
        if place >= 0:
            found.setdefault(reading.sentences[place].span, vector)
    return found


def line_of(article: str, origin: str, sentence: Sentence, text: str) -> Line:
    """A sentence, or a clause of one, as what it is compared by; `text` are its words."""
    tokens = WORD.findall(text)
    plain = [token.lower().replace("’", "'") for token in tokens]
    words, names = _weighed(tokens, plain)
    seen = frozenset(plain)
    return Line(
        article=article,
        origin=origin,
        sentence=sentence,
        words=words,
        names=names,
        numbers=_numbers(seen),
        weekdays=WEEKDAYS & seen,
        negated=not NEGATIONS.isdisjoint(seen) or any(token.endswith("n't") for token in seen),
        hedged=not HEDGES.isdisjoint(seen),
    )


def words_in(text: str) -> frozenset[str]:
    """The telling lemmas of a text."""
    return frozenset(
        bare for token in WORD.findall(text) if (bare := _telling(token.lower().replace("’", "'")))
    )


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text, in figures; "one" is mostly none."""
    return _numbers(token.lower() for token in WORD.findall(text))


def _numbers(plain: Iterable[str]) -> frozenset[str]:
    numbers = (SMALL.get(token) or token.replace(",", "") for token in plain if _is_number(token))
    return frozenset(number for number in numbers if number != "1")


def _is_number(token: str) -> bool:
    return token[0].isdigit() or token in SMALL


@lru_cache(maxsize=100_000)
def _telling(plain: str) -> str:
    """The lemma of a word; nothing where it is too common to tell anything."""
    word = plain.removesuffix("'s")
    return lemma(word) if rarity(word) >= STOP_RARITY else ""


def _weighed(tokens: Sequence[str], plain: Sequence[str]) -> tuple[dict[str, float], frozenset[str]]:
    """The telling lemmas with their part in the sentence, and those that stand in names."""
    words: dict[str, float] = {}
    names: set[str] = set()
    for first, stop in _runs(tokens):
        telling = [bare for word in plain[first:stop] if (bare := _telling(word))]
        for bare in telling:
            words[bare] = max(words.get(bare, 0.0), 1 / len(telling))
        # A capital makes a name, unless the word merely begins the sentence.
        if tokens[first][0].isupper() and stop > 1:
            names.update(telling)
    return words, frozenset(names)


def _runs(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of tokens as half-open ranges, consecutive capitalised ones together."""
    first = 0
    for place in range(1, len(tokens) + 1):
        together = place < len(tokens) and tokens[place][0].isupper() and tokens[place - 1][0].isupper()
        if not together:
            yield first, place
            first = place


@dataclass(frozen=True, slots=True)
class Compared:
    """What pairs of lines have in common, an array each: `weight` is that of the words that they
    share, `plain` the same without those of names.

    `score` is the cosine-like likeness (Ochiai coefficient over word weights), `near` how much of
    the shorter line stands in the other (overlap coefficient); both 0 to 1.
    """

    weight: Floats
    plain: Floats
    score: Floats
    near: Floats


class Likeness:
    """How alike the lines of one story are, from the words they share."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._bags = bags = Bags([line.words.keys() for line in lines])
        self._count = np.bincount(bags.word, minlength=len(bags.words))
        top = math.log(1 + len(lines))
        self._weight = np.array(
            [
                rarity(word) * math.log(1 + len(lines) / count) / top
                for word, count in zip(bags.words, self._count.tolist(), strict=True)
            ]
        )
        self._part = bags.values([line.words for line in lines])
        self._named = bags.within([line.names for line in lines])
        self._total = total(bags.bag, self._weight[bags.word] * self._part, len(lines))
        self._vectors = _stacked([line.vector for line in lines])
        self._article, self._origin = (
            np.unique(names, return_inverse=True)[1]
            for names in ([line.article for line in lines], [line.origin for line in lines])
        )
        self._by_word = np.argsort(bags.word, kind="stable")

    @property
    def has_vectors(self) -> bool:
        """Whether the reader gave sentence vectors."""
        return bool(self._vectors.shape[1])

    def weight(self, words: Collection[str]) -> float:
        """How much words tell in this story, together."""
        places = [bisect_left(self._bags.words, word) for word in sorted(words)]
        return float(self._weight[places].sum())

    def compare(self, left: Ints, right: Ints) -> Compared:
        """What each pair of lines has in common."""
        met = self._bags.meet(left, right)
        part = np.minimum(self._part[met.left], self._part[met.right])
        told = self._weight[self._bags.word[met.left]] * part
        named = self._named[met.left] | self._named[met.right]
        weight = total(met.pair, told, len(left))
        plain = total(met.pair, np.where(named, 0.0, told), len(left))
        one, two = self._total[left], self._total[right]
        return Compared(weight, plain, ratio(weight, np.sqrt(one * two)), ratio(weight, np.minimum(one, two)))

    def score(self, left: int, right: int) -> float:
        """The likeness of two lines, 0 to 1."""
        return float(self.compare(np.array([left]), np.array([right])).score[0])

    def cosines(self, left: Ints, right: Ints) -> Floats:
        """How near the reader's sentence vectors are, -1 to 1; 0 where there are none."""
        found = np.zeros(len(left))
        for some in _chunks(len(left)):
            found[some] = np.einsum("ij,ij->i", self._vectors[left[some]], self._vectors[right[some]])
        return found

    def nearest_vectors(self) -> Floats:
        """For each line the highest cosine with any line of another origin, at least 0; 0 without vectors."""
        found = np.zeros(len(self.lines))
        for some in _chunks(len(self.lines)) if self.has_vectors else ():
            cosines = self._vectors[some] @ self._vectors.T
            cosines[self._origin[some][:, None] == self._origin] = 0.0
            found[some] = cosines.max(axis=1, initial=0.0)
        return found

    def nearest(self, most: int = NEAREST) -> tuple[Ints, Ints]:
        """Pairs of lines of different articles, each line with those it shares most with; sorted, each once.

        A line brings up at most so many of other origins, and a quarter as many of its own, so that
        the number of pairs grows with the number of lines and no faster.
        """
        size = max(1, len(self.lines))
        keys = [self._foremost(np.arange(size)[some], most) for some in _chunks(len(self.lines))]
        return np.divmod(np.unique(np.concatenate([*keys, np.zeros(0, np.int64)])), size)

    def _foremost(self, rows: Ints, most: int) -> Ints:
        """What some lines share most with, as pairs of lines in one number."""
        size = len(self.lines)
        here, other, told = self._sharing(rows)
        keys, place = np.unique(here * size + other, return_inverse=True)
        sums = total(place, told, len(keys))
        here, other = np.divmod(keys, size)
        apart = self._article[here] != self._article[other]
        here, other, sums = here[apart], other[apart], sums[apart]
        kin = self._origin[here] == self._origin[other]
        order = np.lexsort((other, -sums, kin, here))
        here, other, kin = here[order], other[order], kin[order]
        _, first, count = np.unique(here * 2 + kin, return_index=True, return_counts=True)
        rank = np.arange(len(here)) - np.repeat(first, count)
        kept = rank < np.where(kin, most // 4, most)
        found: Ints = np.minimum(here, other)[kept] * size + np.maximum(here, other)[kept]
        return found

    def _sharing(self, rows: Ints) -> tuple[Ints, Ints, Floats]:
        """Each line with each that has a word of it, by word, and what the word tells of the first."""
        bags = self._bags
        _, entry = spread(bags.starts[rows], bags.sizes[rows])
        count = self._count[bags.word[entry]]
        entry = entry[(count >= 2) & (count <= MAX_SENTENCES_A_WORD)]
        word = bags.word[entry]
        which, place = spread((np.cumsum(self._count) - self._count)[word], self._count[word])
        told = self._weight[word] * self._part[entry]
        return bags.bag[entry][which], bags.bag[self._by_word[place]], told[which]

    def candidates(self) -> tuple[Ints, Ints]:
        """Pairs of lines of different origins that share a word worth looking at, each once."""
        left, right = self.nearest()
        apart = self._origin[left] != self._origin[right]
        return left[apart], right[apart]


def _stacked(vectors: Sequence[Vector | None]) -> npt.NDArray[np.float32]:
    """Vectors as rows; zeros where there is none."""
    width = max((len(vector) for vector in vectors if vector is not None), default=0)
    found = np.zeros((len(vectors), width), np.float32)
    for row, vector in zip(found, vectors, strict=True):
        if vector is not None:
            row[:] = vector
    return found


def _chunks(size: int) -> Iterator[slice]:
    """So many places in runs small enough for memory."""
    return (slice(first, first + CHUNK) for first in range(0, size, CHUNK))


def conflict(left: Line, right: Line) -> str | None:
    """Why two lines can't be the same fact told twice, or None where nothing speaks against it."""
    if left.numbers - right.numbers and right.numbers - left.numbers:
        return "numbers"
    if left.negated != right.negated:
        return "negation"
    if left.hedged != right.hedged:
        return "modality"
    if left.weekdays and right.weekdays and left.weekdays.isdisjoint(right.weekdays):
        return "weekday"
    return None
