"""Sheets: an article's text as copies see it, its n-grams, and which of its words are quoted.

A sheet follows from one article alone. What several articles quote is known
only when they are laid side by side: `prints` does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Article, Span, merge
from .quoted import quotations
from .tokens import Places, Tokens, body, number

Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Hashes: TypeAlias = npt.NDArray[np.uint64]

SHINGLE: Final = 5
"""Words in an n-gram."""

SAMPLE: Final = 4
"""One n-gram in so many is a fingerprint, chosen by its hash."""

PUBLIC: Final = 0.25
"""An n-gram is a quotation everywhere if this part of its occurrences stand inside quotation marks."""

FIRST_PERSON: Final = np.array(
    sorted(number(word) for word in ("i", "im", "ive", "id", "ill", "me", "my", "mine", "myself")),
    dtype=np.uint32,
)
"""Words, by their numbers, by which a text shows that someone speaks in it."""


@dataclass(frozen=True, slots=True)
class Own:
    """The stretches of a body outside quotation marks, and how many characters of them come before each."""

    starts: Ints
    ends: Ints
    before: Ints

    @classmethod
    def of(cls, spans: Sequence[Span], quotes: Sequence[Span]) -> Own:
        """What is left of the spans without the quotes; both sorted and disjoint."""
        pieces: list[tuple[int, int]] = []
        rest = list(reversed(quotes))
        for span in spans:
            place = span.start
            while rest and rest[-1].start < span.end:
                quote = rest[-1]
                pieces.append((place, quote.start))
                place = max(place, quote.end)
                if quote.end > span.end:
                    break
                rest.pop()
            pieces.append((place, span.end))
        starts = np.array([start for start, end in pieces if start < end], dtype=np.int64)
        ends = np.array([end for start, end in pieces if start < end], dtype=np.int64)
        return cls(starts, ends, np.cumsum(ends - starts) - (ends - starts))

    def share(self, passages: Iterable[Span]) -> float:
        """The part of these stretches that passages cover."""
        if not self.starts.size:
            return 0.0
        found = merge(passages)
        inside = self._upto([span.end for span in found]) - self._upto([span.start for span in found])
        return float(inside.sum()) / float((self.ends - self.starts).sum())

    def _upto(self, places: Sequence[int]) -> Ints:
        """How many characters of the stretches come before each place."""
        at = np.array(places, dtype=np.int64)
        which = np.maximum(np.searchsorted(self.starts, at, side="right") - 1, 0)
        reached = np.clip(at, self.starts[which], self.ends[which]) - self.starts[which]
        upto: Ints = self.before[which] + reached
        return upto


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article's body as copies see it: its words, its n-grams, and which words are quoted.

    `person` says which words outside quotation marks are those of someone who
    speaks of himself. `fingerprints` are the sampled n-grams that have a word
    outside quotation marks, `said` those that stand inside them as a whole.
    """

    id: str
    tokens: Tokens
    spans: tuple[Span, ...]
    quotes: tuple[Span, ...]
    shingles: Hashes
    quoted: Flags
    person: Flags
    fingerprints: Hashes
    said: Hashes
    own: Own


def sheet_of(article: Article, tokens: Tokens) -> Sheet:
    """The sheet of an article whose words these are."""
    spans = body(article)
    quotes = quotations(article.text, spans)
    quoted = _inside(tokens.starts, quotes)
    return _sheet(article.id, tokens, spans, quotes, shingled(tokens.words), quoted, quoted)


def _sheet(
    id: str,
    tokens: Tokens,
    spans: tuple[Span, ...],
    quotes: tuple[Span, ...],
    shingles: Hashes,
    marked: Flags,
    quoted: Flags,
) -> Sheet:
    """A sheet; `marked` words stand inside quotation marks, `quoted` ones are quotations with or without."""
    full = _all_of(quoted)
    sampled = shingles[~full & (shingles % np.uint64(SAMPLE) == 0)]
    return Sheet(
        id=id,
        tokens=tokens,
        spans=spans,
        quotes=quotes,
        shingles=shingles,
        quoted=quoted,
        person=np.isin(tokens.words, FIRST_PERSON) & ~marked,
        fingerprints=np.unique(sampled),
        said=shingles[full],
        own=Own.of(spans, quotes),
    )


def side_by_side(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets of articles that are compared.

    What several articles put in quotation marks was said in public (a tweet, a
    statement), so it is a quotation where another prints it without marks too.
    """
    public = _public(sheets)
    return [_with_public(sheet, public) for sheet in sheets] if public.size else list(sheets)


def _public(sheets: Sequence[Sheet]) -> Hashes:
    """The n-grams that stand inside quotation marks in several articles, and not just by a stray mark."""
    none = np.zeros(0, dtype=np.uint64)
    said, often = np.unique(np.concatenate([none, *(sheet.said for sheet in sheets)]), return_counts=True)
    said, often = said[often >= 2], often[often >= 2]
    if not said.size:
        return none
    every = np.concatenate([sheet.shingles for sheet in sheets])
    place = np.minimum(np.searchsorted(said, every), said.size - 1)
    total = np.bincount(place[said[place] == every], minlength=said.size)
    return said[often >= PUBLIC * total]


def _with_public(sheet: Sheet, public: Hashes) -> Sheet:
    """A sheet whose public n-grams are quotations, if it has any outside quotation marks."""
    place = np.minimum(np.searchsorted(public, sheet.shingles), public.size - 1)
    added = _spread(public[place] == sheet.shingles, sheet.quoted.size) & ~sheet.quoted
    if not added.any():
        return sheet
    quotes = merge((*sheet.quotes, *_stretches(added, sheet.tokens)))
    return _sheet(
        sheet.id, sheet.tokens, sheet.spans, quotes, sheet.shingles, sheet.quoted, sheet.quoted | added
    )


def shingled(words: npt.NDArray[np.uint32]) -> Hashes:
    """A hash of each run of SHINGLE words, by the place of its first word."""
    count = words.size - SHINGLE + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    wide = words.astype(np.uint64)
    value = np.zeros(count, dtype=np.uint64)
    for k in range(SHINGLE):
        value = value * np.uint64(0x9E3779B97F4A7C15) + wide[k : k + count]
    # The low bits of a polynomial hash hang on the last words only; mix the high ones in.
    value = (value ^ (value >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(29))


def _all_of(flags: Flags) -> Flags:
    """For each n-gram, whether all its words are flagged."""
    if flags.size < SHINGLE:
        return np.zeros(0, dtype=np.bool_)
    full = flags[: flags.size - SHINGLE + 1].copy()
    for k in range(1, SHINGLE):
        full &= flags[k : k + full.size]
    return full


def _spread(flags: Flags, size: int) -> Flags:
    """For each of `size` words, whether an n-gram that holds it is flagged."""
    words = np.zeros(size, dtype=np.bool_)
    for k in range(SHINGLE if flags.size else 0):
        words[k : k + flags.size] |= flags
    return words


def _stretches(flags: Flags, tokens: Tokens) -> Iterator[Span]:
    """The text of each run of flagged words."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield Span(int(tokens.starts[first]), int(tokens.ends[end - 1]))


def _inside(places: Places, spans: Sequence[Span]) -> Flags:
    """Which places lie inside one of the (sorted, disjoint) spans."""
    if not spans:
        return np.zeros(places.size, dtype=np.bool_)
    starts = np.array([span.start for span in spans], dtype=np.int64)
    ends = np.array([span.end for span in spans], dtype=np.int64)
    which = np.searchsorted(starts, places, side="right") - 1
    inside: Flags = (which >= 0) & (places < ends[which])
    return inside
