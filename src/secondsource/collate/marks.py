"""Evidence of the same words: two quotes that share what stands inside quotation marks, in whatever order.

Truncation, ellipsis, brackets and moved clauses don't matter. How long a run
of words it takes hangs on how surely the speakers are one.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..words import rarity
from .sayings import Saying, Word, certainly_same, compatible, excluded
from .tiling import MIN_TILE, Tile, longest, tiles

LONG_TILE = 6
"""A run of so many quoted words is of one utterance, where the speakers may be one."""
SURE_TILE = 5
"""The same where the speakers surely are."""
TOLD, TOLD_WHOLE, DOUBT = 0.9, 0.6, 1.5
"""How much shared words must tell (rarity, summed): a run, all of a quote; more if speakers may differ."""
WHOLE = 0.8
"""The share of the shorter quote that is the other's, where no run is long."""
PLENTY = 8
"""A run of so many quoted words outweighs a pronoun resolved to somebody else."""
AROUND = 0.8
"""How much the words around a short fragment must agree, in summed rarity."""
MOST_PIECES = 6
"""A quote in more pieces than this is compared as a whole only."""
AGAIN = 1.5
"""Evidence that one account quotes the same words twice."""


def likeness(one: Saying, other: Saying) -> float:
    """How surely the words of two quotes are those of one utterance: 0 where they are not held to be."""
    if excluded(one, other):
        return 0.0
    same = certainly_same(one.speaker, other.speaker)
    score = max(_by_marks(a, b, same) for a in _pieces(one) for b in _pieces(other))
    if not compatible(one.speaker, other.speaker):
        # A pronoun was taken for somebody else: only plenty of the same words outweigh it.
        return (
            score if score >= AGAIN and longest(_plains(one.quoted), _plains(other.quoted)) >= PLENTY else 0.0
        )
    if one.article == other.article:
        return score if score >= AGAIN else 0.0
    score = score or _fragment(one, other, same)
    if score or not same or one.quote.form == other.quote.form == "direct":
        return score
    return 0.8 * max(_by_marks(one.quoted, other.words, same), _by_marks(one.words, other.quoted, same))


def _pieces(saying: Saying) -> list[tuple[Word, ...]]:
    """The quoted words of a saying, whole and, where its attribution interrupts it, each piece alone."""
    spans = saying.quote.content
    pieces = [tuple(w for w in saying.quoted if span.contains(w.span)) for span in spans]
    return [saying.quoted, *pieces] if 1 < len(spans) <= MOST_PIECES else [saying.quoted]


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
    whole = sum(_told(a, t) for t in shared)
    if share >= WHOLE and min(len(a), len(b)) >= MIN_TILE and whole >= doubt * TOLD_WHOLE:
        return 0.9 * share
    return 0.0


def _told(words: Sequence[Word], tile: Tile) -> float:
    """How much a run of words tells: their rarity in English, summed."""
    return sum(rarity(w.plain) for w in words[tile.left : tile.left + tile.length])


def _fragment(one: Saying, other: Saying, same: bool) -> float:
    """The evidence of a few quoted words that are all in the other's, where what is around agrees too."""
    a, b = sorted((one.quoted, other.quoted), key=len)
    if not a or not set(_plains(a)) <= set(_plains(b)) or len(a) > SURE_TILE:
        return 0.0
    shared = tiles(_plains(a), _plains(b))
    if sum(t.length for t in shared) < len(a) or not any(word.telling for word in a):
        return 0.0
    left, right = _telling(one), _telling(other)
    near = (one.around & other.around) | (left & other.around) | (one.around & right)
    common = (left & right) - {w.plain for w in a}
    agreed = sum(rarity(word) for word in sorted(near | common))
    return 0.6 if agreed >= (AROUND if same else 2 * AROUND) else 0.0


def _telling(saying: Saying) -> frozenset[str]:
    return frozenset(word.plain for word in saying.words if word.telling)
