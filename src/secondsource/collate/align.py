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
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..model import Reading, Sentence, Span, Story
from ..words import lemma, rarity

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
    vector: tuple[float, ...] = ()


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
            lines.append(replace(line, vector=vectors.get(sentence.span, ())))
    return tuple(lines)


def _vectors(reading: Reading) -> dict[Span, tuple[float, ...]]:
    """The reader's vector of each sentence; none where another reader was taken.

    The Doc keeps a vector for each stretch that the network took for a
    sentence, and the word that begins it.
    """
    kept = reading.doc.user_data
    if "secondsource.sentence_vectors" not in kept:
        return {}
    rows, starts = kept["secondsource.rows"], kept["secondsource.starts"]
    offsets = [sentence.span.start for sentence in reading.sentences]
    found: dict[Span, tuple[float, ...]] = {}
    for start, vector in zip(starts.tolist(), kept["secondsource.sentence_vectors"], strict=True):
        place = bisect_right(offsets, reading.doc[int(rows[start])].idx) - 1
        if place >= 0:
            found.setdefault(reading.sentences[place].span, tuple(vector.tolist()))
    return found


def line_of(article: str, origin: str, sentence: Sentence, text: str) -> Line:
    """A sentence, or a clause of one, as what it is compared by; `text` are its words."""
    tokens = [match.group() for match in WORD.finditer(text)]
    plain = [token.lower().replace("’", "'") for token in tokens]
    words: dict[str, float] = {}
    names: set[str] = set()
    for run in _runs(tokens):
        telling = [word for i in run if rarity(word := plain[i].removesuffix("'s")) >= STOP_RARITY]
        for word in telling:
            words[lemma(word)] = max(words.get(lemma(word), 0.0), 1 / len(telling))
        if _is_name(tokens, run):
            names.update(map(lemma, telling))
    return Line(
        article=article,
        origin=origin,
        sentence=sentence,
        words=words,
        names=frozenset(names),
        numbers=numbers_in(text),
        weekdays=WEEKDAYS.intersection(plain),
        negated=any(token in NEGATIONS or token.endswith("n't") for token in plain),
        hedged=not HEDGES.isdisjoint(plain),
    )


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text, in figures; "one" is mostly none."""
    plain = [match.group().lower() for match in WORD.finditer(text)]
    numbers = {SMALL.get(token, token.replace(",", "").rstrip(".")) for token in plain}
    return frozenset(n for n in numbers if n[0].isdigit() and n != "1")


def _runs(tokens: Sequence[str]) -> Iterator[list[int]]:
    """Places of tokens, consecutive capitalised ones together."""
    run: list[int] = []
    for i, token in enumerate(tokens):
        if run and not (token[0].isupper() and tokens[run[-1]][0].isupper()):
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _is_name(tokens: Sequence[str], run: Sequence[int]) -> bool:
    """Whether a run is a name: capitalised, and not merely the sentence's first word."""
    return tokens[run[0]][0].isupper() and (run[0] > 0 or len(run) > 1)


class Likeness:
    """How alike the lines of one story are, from the words they share."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        seen = Counter(word for line in lines for word in line.words)
        top = math.log(1 + len(lines))
        self._weight = {
            word: rarity(word) * math.log(1 + len(lines) / count) / top for word, count in seen.items()
        }
        blank = (0.0,) * max((len(line.vector) for line in lines), default=0)
        self._matrix = np.array([line.vector or blank for line in lines], np.float32).reshape(
            len(lines), len(blank)
        )
        self._origins = np.array([line.origin for line in lines])
        self._total = [math.fsum(self._weight[w] * part for w, part in line.words.items()) for line in lines]

    @property
    def has_vectors(self) -> bool:
        """Whether the reader gave sentence vectors."""
        return bool(self._matrix.shape[1])

    def weight(self, word: str) -> float:
        """How much a word tells in this story."""
        return self._weight.get(word, 0.0)

    def shared(self, left: int, right: int, names: bool = True) -> float:
        """The weight of the words that two lines share; without those of names, if told so."""
        one, two = self._lines[left], self._lines[right]
        common = one.words.keys() & two.words.keys()
        if not names:
            common -= one.names | two.names
        return math.fsum(self._weight[word] * min(one.words[word], two.words[word]) for word in common)

    def score(self, left: int, right: int) -> float:
        """Cosine-like likeness of two lines, 0 to 1 (Ochiai coefficient over word weights)."""
        size = math.sqrt(self._total[left] * self._total[right])
        return self.shared(left, right) / size if size else 0.0

    def near(self, left: int, right: int) -> float:
        """How much of the shorter line stands in the other, 0 to 1 (overlap coefficient)."""
        size = min(self._total[left], self._total[right])
        return self.shared(left, right) / size if size else 0.0

    def cosine(self, left: int, right: int) -> float:
        """How near the reader's sentence vectors are, -1 to 1; 0 where there are none."""
        return float(self._matrix[left] @ self._matrix[right])

    def nearest_vector(self, index: int, origin: str) -> float:
        """The highest cosine of a line with any line of another origin; 0 without vectors."""
        if not self.has_vectors:
            return 0.0
        cosines = self._matrix @ self._matrix[index]
        cosines[self._origins == origin] = 0.0
        return float(cosines.max(initial=0.0))

    def nearest(self, most: int = NEAREST) -> list[tuple[int, int]]:
        """Pairs of lines of different articles, each line with those it shares most with; sorted, each once.

        A line brings up at most so many of other origins, and a quarter as many of its own, so that
        the number of pairs grows with the number of lines and no faster.
        """
        holders: dict[str, list[int]] = defaultdict(list)
        for index, line in enumerate(self._lines):
            for word in line.words:
                holders[word].append(index)
        pairs: set[tuple[int, int]] = set()
        for index, line in enumerate(self._lines):
            sums: dict[int, float] = defaultdict(float)
            for word, part in line.words.items():
                if 2 <= len(holders[word]) <= MAX_SENTENCES_A_WORD:
                    for other in holders[word]:
                        sums[other] += self._weight[word] * part
            pairs.update(self._foremost(index, sums, most))
        return sorted(pairs)

    def _foremost(self, index: int, sums: Mapping[int, float], most: int) -> Iterator[tuple[int, int]]:
        here = self._lines[index]
        room = {True: most // 4, False: most}
        for other in sorted(sums, key=lambda i: (-sums[i], i)):
            there = self._lines[other]
            kin = there.origin == here.origin
            if there.article != here.article and room[kin] > 0:
                room[kin] -= 1
                yield min(index, other), max(index, other)

    def candidates(self) -> list[tuple[int, int]]:
        """Pairs of lines of different origins that share a word worth looking at, each once."""
        return [(i, j) for i, j in self.nearest() if self._lines[i].origin != self._lines[j].origin]


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
