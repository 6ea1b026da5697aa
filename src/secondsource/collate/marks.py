"""Evidence of the same words: two quotes that share what stands inside quotation marks, in whatever order.

Truncation, ellipsis, brackets and moved clauses don't matter. How long a run
of words it takes hangs on how surely the speakers are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..words import rarity
from .sayings import GAP, Saying, Word, certainly_same, compatible, excluded
from .tiling import MIN_TILE, Tile, longest, tiles

LONG_TILE = 6
"""A run of so many quoted words is of one utterance, where the speakers may be one."""
SURE_TILE = 5
"""The same where the speakers surely are."""
TOLD, TOLD_WHOLE, DOUBT = 0.9, 0.6, 1.5
"""How much shared words must tell (rarity, summed): a run, all of a quote; more if speakers may differ."""
WHOLE = 0.8
"""The share of the shorter quote that is the other's, where no run is long."""
ALL_OF_IT = 5
"""A quote of so many words that stands in the other word for word, whatever its words tell."""
PLENTY = 8
"""A run of so many quoted words outweighs a pronoun resolved to somebody else."""
AROUND = 0.8
"""How much the words around a short fragment must agree, in summed rarity."""
MOST_PIECES = 6
"""A quote in more pieces than this is compared as a whole only."""
AGAIN = 1.5
"""Evidence that one account quotes the same words twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Words of a saying in their order, with the runs of `MIN_TILE` that stand in them."""

    words: tuple[Word, ...]
    plain: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A saying laid out for comparison by its words: all, those quoted, and these by pieces."""

    saying: Saying
    words: Stretch
    quoted: Stretch
    pieces: tuple[Stretch, ...]


def marked(saying: Saying) -> Marked:
    """A saying laid out; its quoted words whole and, where an attribution interrupts them, by pieces."""
    spans, quoted = saying.quote.content, saying.quoted
    several = spans if 1 < len(spans) <= MOST_PIECES else ()
    pieces = (tuple(w for w in quoted if span.contains(w.span)) for span in several)
    whole = _stretch(quoted)
    return Marked(saying, _stretch(saying.words), whole, (whole, *map(_stretch, pieces)))


def _stretch(words: tuple[Word, ...]) -> Stretch:
    plain = tuple(_plains(words))
    runs = (plain[i : i + MIN_TILE] for i in range(len(plain) - MIN_TILE + 1))
    return Stretch(words, plain, frozenset(run for run in runs if GAP not in run))


def likeness(one: Marked, other: Marked) -> float:
    """How surely the words of two quotes are those of one utterance: 0 where they are not held to be."""
    left, right = one.saying, other.saying
    if excluded(left, right):
        return 0.0
    same = certainly_same(left.speaker, right.speaker)
    score = max(_in_common(a, b, same) for a in one.pieces for b in other.pieces)
    if not compatible(left.speaker, right.speaker):
        # A pronoun was taken for somebody else: only plenty of the same words outweigh it.
        return score if score >= AGAIN and longest(one.quoted.plain, other.quoted.plain) >= PLENTY else 0.0
    if left.article == right.article:
        return score if score >= AGAIN else 0.0
    score = score or _fragment(one, other, same)
    if score or not same or left.quote.form == right.quote.form == "direct":
        return score
    return 0.8 * max(_in_common(one.quoted, other.words, same), _in_common(one.words, other.quoted, same))


def _in_common(a: Stretch, b: Stretch, same: bool) -> float:
    """The evidence of two stretches; without a run in common there is none."""
    return 0.0 if a.runs.isdisjoint(b.runs) else _by_marks(a.words, b.words, same)


def _plains(words: Sequence[Word]) -> list[str]:
    return [word.plain for word in words]


def _by_marks(a: Sequence[Word], b: Sequence[Word], same: bool) -> float:
    """The evidence of words that stand in both word for word, one side of them at least quoted."""
    if not a or not b:
        return 0.0
    shared = tiles(_plains(a), _plains(b))
    if not shared:
        return 0.0
    share = sum(t.length for t in shared) / min(len(a), len(b))
    weight, most = max((_told(a, t), t.length) for t in shared)
    doubt = 1.0 if same else DOUBT
    if most >= (SURE_TILE if same else LONG_TILE) and weight >= doubt * TOLD:
        return 1.0 + share
    if most == min(len(a), len(b)) >= ALL_OF_IT + (not same) and all(w.quoted for w in (*a, *b)):
        return 0.9
    whole = sum(_told(a, t) for t in shared)
    if share >= WHOLE and min(len(a), len(b)) >= MIN_TILE and whole >= doubt * TOLD_WHOLE:
        return 0.9 * share
    return 0.0


def _told(words: Sequence[Word], tile: Tile) -> float:
    """How much a run of words tells: their rarity in English, summed."""
    return sum(rarity(w.plain) for w in words[tile.left : tile.left + tile.length])


def _fragment(one: Marked, other: Marked, same: bool) -> float:
    """The evidence of a few quoted words that are all in the other's, where what is around agrees too."""
    a, b = sorted((one.quoted, other.quoted), key=lambda stretch: len(stretch.words))
    if not 0 < len(a.words) <= SURE_TILE or not set(a.plain) <= set(b.plain):
        return 0.0
    shared = tiles(a.plain, b.plain)
    if sum(t.length for t in shared) < len(a.words) or not any(word.telling for word in a.words):
        return 0.0
    left, right = _telling(one.saying), _telling(other.saying)
    here, there = one.saying.around, other.saying.around
    near = (here & there) | (left & there) | (here & right)
    common = (left & right) - set(a.plain)
    agreed = sum(rarity(word) for word in sorted(near | common))
    return 0.6 if agreed >= (AROUND if same else 2 * AROUND) else 0.0


def _telling(saying: Saying) -> frozenset[str]:
    return frozenset(word.plain for word in saying.words if word.telling)
