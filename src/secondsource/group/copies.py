"""Copies: which articles share text word for word, and where.

Articles that share sampled word n-grams are candidates, ranked by
containment: what part of the shorter one's n-grams stand in the other. Of
each candidate pair the runs of equal words are found and joined across small
edits into passages (seed and extend), so a paragraph that was moved, dropped
or touched up is still seen. Words inside quotation marks are everybody's to
quote: they may lie within a passage but never make one, and shares are of the
text outside them. Furniture is not looked at.

Candidates come from n-grams rather than MinHash because a sketch of the whole
article misses the partial copy (Broder 1997 on containment; Brin et al. 1995
on sampled chunks).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Article, CopyLink, Passage, Span, merge
from ..progress import Progress, silent
from .quoted import quotations
from .tokens import Days, Hashes, Numbers, Tokenized, Tokens, body, days, tokenize

Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

SHINGLE: Final = 5
"""Words in an n-gram."""

SAMPLE: Final = 4
"""One n-gram in so many is a fingerprint, chosen by its hash."""

HOLDERS: Final = 40
"""An n-gram links an article to at most so many articles before it that hold it as well."""

WINDOW: Final = 10
"""Days between two articles beyond which one is not taken for a copy of the other."""

SHARED: Final = 2
"""Fingerprints a pair must share to be aligned."""

GAP: Final = 6
"""Words, on either side, that an edit may replace within a passage."""

ANCHOR: Final = 3
"""Equal words by which a passage goes on after an edit, where no n-gram is equal."""

EDITS: Final = ((0, 0), (1, 1), (0, 1), (1, 0), (2, 2), (1, 2), (2, 1), (0, 2), (2, 0))
"""How many words of one side such an edit puts in the place of how many of the other."""

SHORTEST: Final = 14
"""Equal words outside quotation marks that a passage must have."""

PUBLIC: Final = 0.25
"""An n-gram is a quotation everywhere if this part of its occurrences stand inside quotation marks."""

MUCH: Final = 40
"""From so many copied words on, what else two articles share is taken for copied too, ..."""

SHORT: Final = 10
"""... down to so many equal words."""

FIRST_PERSON: Final = frozenset({"i", "im", "ive", "id", "ill", "me", "my", "mine", "myself"})
"""Words, in their normal form, by which a text shows that someone speaks in it."""

SPOKEN: Final = 30
"""A passage with one of those in so many words is a statement set without quotation marks."""

HALF: Final = 0.5
"""Two articles that share so much are copies of one text, whoever speaks in it: a column, say."""

DENSE: Final = 0.6
"""The part of a passage's words that must be equal."""


@dataclass(frozen=True, slots=True)
class _Own:
    """The stretches of a body outside quotation marks, and how many characters of them come before each."""

    starts: Ints
    ends: Ints
    before: Ints

    @classmethod
    def of(cls, spans: Sequence[Span], quotes: Sequence[Span]) -> _Own:
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
class Print:
    """An article's body as copies see it: its words, its n-grams, and which words are quoted.

    `person` says which words outside quotation marks are those of someone who speaks of himself.
    """

    article: Article
    tokens: Tokens
    shingles: Hashes
    quoted: Flags
    person: Flags
    own: _Own


def find_copies(
    articles: Iterable[Article], progress: Progress = silent, new: Collection[str] | None = None
) -> tuple[CopyLink, ...]:
    """The pairs of articles that share passages, most of the shorter one first.

    In a link `left` is the earlier article (by date, then by id). Where `new`
    ids are given, only the pairs that one of those is in are looked at.
    """
    return link(tokenize(articles, progress), progress, new)


def link(
    articles: Tokenized, progress: Progress = silent, new: Collection[str] | None = None
) -> tuple[CopyLink, ...]:
    """The same, for articles that were cut into words already; of `new` ones with all, if those are given."""
    prints = _prints(articles)
    pairs = _candidates(prints, days(articles.articles))
    if new is not None:
        pairs = [(a, b) for a, b in pairs if {prints[a].article.id, prints[b].article.id} & set(new)]
    found: list[CopyLink] = []
    for done, (a, b) in enumerate(pairs):
        if done % 200 == 0:
            progress("comparing passages", done, len(pairs))
        copied = compare(prints[a], prints[b])
        if copied:
            found.append(copied)
    progress("comparing passages", len(pairs), len(pairs))
    return tuple(sorted(found, key=_rank))


def _rank(link: CopyLink) -> tuple[float, str, str]:
    return (-max(link.left_share, link.right_share), link.left, link.right)


def _prints(articles: Tokenized) -> list[Print]:
    """The articles as copies see them.

    What several articles put in quotation marks was said in public (a tweet, a
    statement), so it is a quotation where another prints it without marks too.
    """
    hashes = articles.lexicon.hashes()
    first_person = np.array([form in FIRST_PERSON for form in articles.lexicon.forms], dtype=np.bool_)
    shingles = [_shingles(hashes[tokens.words]) for tokens in articles.tokens]
    quotes = [quotations(article.text, body(article)) for article in articles.articles]
    quoted = [_inside(tokens.starts, found) for tokens, found in zip(articles.tokens, quotes, strict=True)]
    public = _public(shingles, quoted)
    prints = []
    for article, tokens, own, marked, found in zip(
        articles.articles, articles.tokens, shingles, quoted, quotes, strict=True
    ):
        said: Flags = _spread(_among(own, public), marked.size) & ~marked
        spans = merge((*found, *_stretches(said, tokens)))
        person = first_person[tokens.words] & ~marked
        prints.append(Print(article, tokens, own, marked | said, person, _Own.of(body(article), spans)))
    return prints


def _public(shingles: Sequence[Hashes], quoted: Sequence[Flags]) -> Hashes:
    """The n-grams that stand inside quotation marks in several articles, and not just by a stray mark."""
    every = np.concatenate([np.zeros(0, dtype=np.uint64), *shingles])
    inside = np.concatenate([np.zeros(0, dtype=np.bool_), *(_all_of(flags) for flags in quoted)])
    said, often = np.unique(every[inside], return_counts=True)
    said, often = said[often >= 2], often[often >= 2]
    if not said.size:
        return said
    place = np.minimum(np.searchsorted(said, every), said.size - 1)
    total = np.bincount(place[said[place] == every], minlength=said.size)
    return said[often >= PUBLIC * total]


def _among(shingles: Hashes, public: Hashes) -> Flags:
    """Which n-grams are in a sorted list of n-grams."""
    if not public.size:
        return np.zeros(shingles.size, dtype=np.bool_)
    place = np.minimum(np.searchsorted(public, shingles), public.size - 1)
    return np.asarray(public[place] == shingles, dtype=np.bool_)


def _all_of(flags: Flags) -> Flags:
    """For each n-gram, whether all its words are flagged."""
    if flags.size < SHINGLE:
        return np.zeros(0, dtype=np.bool_)
    full: Flags = np.asarray(np.lib.stride_tricks.sliding_window_view(flags, SHINGLE).all(axis=1))
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


def _inside(places: Numbers, spans: Sequence[Span]) -> Flags:
    """Which places lie inside one of the (sorted, disjoint) spans."""
    starts = np.array([span.start for span in spans], dtype=np.int64)
    ends = np.array([span.end for span in spans], dtype=np.int64)
    if not spans:
        return np.zeros(places.size, dtype=np.bool_)
    which = np.searchsorted(starts, places, side="right") - 1
    inside: Flags = (which >= 0) & (places < ends[which])
    return inside


def _shingles(words: Hashes) -> Hashes:
    """A hash of each run of SHINGLE words, by the place of its first word."""
    count = words.size - SHINGLE + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    value = np.zeros(count, dtype=np.uint64)
    for k in range(SHINGLE):
        value = value * np.uint64(0x9E3779B97F4A7C15) + words[k : k + count]
    # The low bits of a polynomial hash hang on the last words only; mix the high ones in.
    value = (value ^ (value >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(29))


def _fingerprints(found: Print) -> Hashes:
    """The sampled n-grams that have a word outside quotation marks, each once."""
    shingles = found.shingles
    if not shingles.size:
        return shingles
    return np.unique(shingles[~_all_of(found.quoted) & (shingles % np.uint64(SAMPLE) == 0)])


def _candidates(prints: Sequence[Print], when: Days) -> list[tuple[int, int]]:
    """Pairs that share enough fingerprints and are near in time, by containment."""
    sampled = [_fingerprints(found) for found in prints]
    sizes = np.array([found.size for found in sampled], dtype=np.int64)
    if not int(sizes.sum()):
        return []
    hashes = np.concatenate(sampled)
    holder = np.repeat(np.arange(len(prints)), sizes)
    order = np.lexsort((holder, hashes))
    hashes, holder = hashes[order], holder[order]
    keys = np.zeros(0, dtype=np.int64)
    counts = np.zeros(0, dtype=np.int64)
    for lag in range(1, HOLDERS + 1):
        equal = hashes[lag:] == hashes[:-lag]
        if not equal.any():
            break
        near = holder[:-lag][equal] * len(prints) + holder[lag:][equal]
        keys, counts = _tally(keys, counts, near)
    left, right = keys // len(prints), keys % len(prints)
    kept = (counts >= SHARED) & (when.gap(left, right) <= WINDOW)
    containment = counts / np.minimum(sizes[left], sizes[right])
    ranked = np.lexsort((right, left, -containment))
    return [(int(left[k]), int(right[k])) for k in ranked if kept[k]]


def _tally(keys: Ints, counts: Ints, more: Ints) -> tuple[Ints, Ints]:
    """Add occurrences of keys to counts of keys."""
    new, often = np.unique(more, return_counts=True)
    both, where = np.unique(np.concatenate((keys, new)), return_inverse=True)
    total = np.bincount(where, weights=np.concatenate((counts, often)), minlength=both.size)
    return both, total.astype(np.int64)


def compare(left: Print, right: Print) -> CopyLink | None:
    """The passages that two articles share, or None if they share none.

    A statement printed without quotation marks, as posts on a network often
    are, is no copy of one report in another, unless all of the text is.
    """
    found = _enough(sorted(_passages(left, right)))
    copied = _link(left, right, [passage for passage, _, _ in found])
    if copied is None or max(copied.left_share, copied.right_share) >= HALF:
        return copied
    found = _enough([one for one in found if not one[2]])
    return _link(left, right, [passage for passage, _, _ in found])


def _enough(found: list[tuple[Passage, int, bool]]) -> list[tuple[Passage, int, bool]]:
    """The passages long enough to show copying; once much is copied, shorter ones between them too."""
    long = [one for one in found if one[1] >= SHORTEST]
    much = sum(words for _, words, _ in long) >= MUCH
    return found if much else long


def _link(left: Print, right: Print, passages: Sequence[Passage]) -> CopyLink | None:
    if not passages:
        return None
    return CopyLink(
        left=left.article.id,
        right=right.article.id,
        passages=tuple(passages),
        left_share=left.own.share(passage.left for passage in passages),
        right_share=right.own.share(passage.right for passage in passages),
    )


def body_share(article: Article, passages: Iterable[Span]) -> float:
    """The part of an article's body outside quotation marks that passages cover."""
    spans = body(article)
    return _Own.of(spans, quotations(article.text, spans)).share(passages)


@dataclass(frozen=True, slots=True, order=True)
class _Run:
    """Equal words, `length` of them, from word `left` of one article and word `right` of the other."""

    left: int
    right: int
    length: int


def _free(left: Print, right: Print, run: _Run) -> int:
    """How many words of a run are outside quotation marks on both sides."""
    ours = left.quoted[run.left : run.left + run.length]
    theirs = right.quoted[run.right : run.right + run.length]
    return int(np.sum(~ours & ~theirs))


def _passages(left: Print, right: Print) -> Iterator[tuple[Passage, int, bool]]:
    """The passages two articles share; how many words are told in each, and whether it is a statement."""
    runs = _distinct(_runs(left.shingles, right.shingles))
    for chain in _chains(runs):
        chain = [*_extend(left, right, chain[0], -1), *chain, *_extend(left, right, chain[-1], 1)]
        first, last = min(chain), max(chain)
        ours, theirs = (first.left, last.left + last.length), (first.right, last.right + last.length)
        equal = sum(run.length for run in chain)
        wide = max(ours[1] - ours[0], theirs[1] - theirs[0])
        free = sum(_free(left, right, run) for run in chain)
        if free >= SHORT and equal >= DENSE * wide:
            spoken = min(int(left.person[slice(*ours)].sum()), int(right.person[slice(*theirs)].sum()))
            yield Passage(_span(left, *ours), _span(right, *theirs)), free, spoken * SPOKEN >= free


def _extend(left: Print, right: Print, run: _Run, way: int) -> Iterator[_Run]:
    """Shorter runs beyond a run's end (`way` 1) or before its start (-1), across an edit of a word or two."""
    ours, theirs = left.tokens.words, right.tokens.words
    a, b = (run.left + run.length, run.right + run.length) if way > 0 else (run.left - 1, run.right - 1)
    while True:
        for skip, jump in EDITS:
            x, y = a + way * skip, b + way * jump
            length = _equal(ours, theirs, x, y, way)
            if length >= ANCHOR:
                break
        else:
            return
        start = (x, y) if way > 0 else (x - length + 1, y - length + 1)
        yield _Run(*start, length)
        a, b = x + way * length, y + way * length


def _equal(ours: Numbers, theirs: Numbers, a: int, b: int, way: int) -> int:
    """How many words are equal from two places on, at most SHINGLE of them."""
    length = 0
    while length < SHINGLE and 0 <= a < ours.size and 0 <= b < theirs.size and ours[a] == theirs[b]:
        length, a, b = length + 1, a + way, b + way
    return length


def _span(found: Print, first: int, end: int) -> Span:
    return Span(int(found.tokens.starts[first]), int(found.tokens.ends[end - 1]))


def _runs(ours: Hashes, theirs: Hashes) -> list[_Run]:
    """Every maximal run of equal words, at least SHINGLE long, from the n-grams of two articles."""
    order = np.argsort(theirs, kind="stable")
    ranked = theirs[order]
    start = np.searchsorted(ranked, ours, side="left")
    # A phrase that stands ten times in both would make a hundred seeds; two of each are enough.
    length = np.minimum(np.searchsorted(ranked, ours, side="right") - start, 2)
    at = np.repeat(np.arange(ours.size), length)
    offset = np.arange(at.size) - np.repeat(np.cumsum(length) - length, length)
    to = order[start[at] + offset]
    by_diagonal = np.lexsort((at, to - at))
    at, to = at[by_diagonal], to[by_diagonal]
    if not at.size:
        return []
    breaks = np.flatnonzero((np.diff(to - at) != 0) | (np.diff(at) != 1)) + 1
    first = np.concatenate(([0], breaks))
    sizes = np.diff(np.concatenate((first, [at.size])))
    return [
        _Run(int(at[k]), int(to[k]), int(size) + SHINGLE - 1)
        for k, size in zip(first.tolist(), sizes.tolist(), strict=True)
    ]


def _distinct(runs: list[_Run]) -> list[_Run]:
    """Runs of which no two use the same word of either side; the longest first come, first served."""
    left: list[Span] = []
    right: list[Span] = []
    kept: list[_Run] = []
    for run in sorted(runs, key=lambda run: (-run.length, run.left, run.right)):
        trimmed = _trim(run, left, right)
        if trimmed:
            kept.append(trimmed)
            left.append(Span(trimmed.left, trimmed.left + trimmed.length))
            right.append(Span(trimmed.right, trimmed.right + trimmed.length))
    return sorted(kept, key=lambda run: (run.left, run.right))


def _trim(run: _Run, left: Sequence[Span], right: Sequence[Span]) -> _Run | None:
    """What is left of a run when words that longer runs took are cut from its ends."""
    begin, end = 0, run.length
    for start, taken in ((run.left, left), (run.right, right)):
        for span in taken:
            low, high = span.start - start, span.end - start
            if high <= begin or low >= end:
                continue
            if low <= begin:
                begin = high
            elif high >= end:
                end = low
            else:
                return None
    if end - begin < 2:
        return None
    return _Run(run.left + begin, run.right + begin, end - begin)


def _chains(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Runs that follow each other in both articles with no more than GAP words between."""
    chain: list[_Run] = []
    for run in runs:
        if chain:
            last = chain[-1]
            ahead = run.left - last.left - last.length
            across = run.right - last.right - last.length
            if ahead <= GAP and 0 <= across <= GAP:
                chain.append(run)
                continue
            yield chain
        chain = [run]
    if chain:
        yield chain
