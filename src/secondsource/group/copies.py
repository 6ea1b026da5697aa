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

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..model import Article, CopyLink, Passage, Span
from ..progress import Progress, silent
from .recall import Recall, recall
from .sheets import SHINGLE, Hashes, Ints, Sheet, side_by_side
from .tokens import Days, Numbers, canonical, days

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

MUCH: Final = 40
"""From so many copied words on, what else two articles share is taken for copied too, ..."""

SHORT: Final = 10
"""... down to so many equal words."""

SPOKEN: Final = 30
"""A passage with one of those in so many words is a statement set without quotation marks."""

HALF: Final = 0.5
"""Two articles that share so much are copies of one text, whoever speaks in it: a column, say."""

DENSE: Final = 0.6
"""The part of a passage's words that must be equal."""


def find_copies(
    articles: Iterable[Article],
    progress: Progress = silent,
    new: Collection[str] | None = None,
    recalled: Recall | None = None,
) -> tuple[CopyLink, ...]:
    """The pairs of articles that share passages, most of the shorter one first.

    In a link `left` is the earlier article (by date, then by id). Where `new`
    ids are given, only the pairs that one of those is in are looked at.
    `recalled` holds what is known of articles already, and learns more.
    """
    ordered = canonical(articles)
    sheet = (recalled or recall(math.inf)).sheet
    sheets: list[Sheet] = []
    for done, article in enumerate(ordered):
        if done % 200 == 0:
            progress("counting words", done, len(ordered))
        sheets.append(sheet(article))
    progress("counting words", len(ordered), len(ordered))
    sheets = side_by_side(sheets)
    wanted = range(len(ordered)) if new is None else [n for n, one in enumerate(ordered) if one.id in new]
    pairs = _candidates(sheets, days(ordered), frozenset(wanted))
    found: list[CopyLink] = []
    for done, (a, b) in enumerate(pairs):
        if done % 200 == 0:
            progress("comparing passages", done, len(pairs))
        copied = compare(sheets[a], sheets[b])
        if copied:
            found.append(copied)
    progress("comparing passages", len(pairs), len(pairs))
    return tuple(sorted(found, key=_rank))


def _rank(link: CopyLink) -> tuple[float, str, str]:
    return (-max(link.left_share, link.right_share), link.left, link.right)


def _candidates(sheets: Sequence[Sheet], when: Days, wanted: frozenset[int]) -> list[tuple[int, int]]:
    """Pairs with a wanted place that share enough fingerprints and are near in time, by containment."""
    sizes = np.array([sheet.fingerprints.size for sheet in sheets], dtype=np.int64)
    if not int(sizes.sum()):
        return []
    hashes = np.concatenate([sheet.fingerprints for sheet in sheets])
    holder = np.repeat(np.arange(len(sheets)), sizes)
    left, right, counts = (_all_shared if len(sheets) <= HOLDERS + 1 else _shared)(
        hashes, holder, len(sheets)
    )
    kept = (counts >= SHARED) & (when.gap(left, right) <= WINDOW)
    if len(wanted) < len(sheets):
        mine = np.zeros(len(sheets), dtype=np.bool_)
        mine[list(wanted)] = True
        kept &= mine[left] | mine[right]
    left, right, counts = left[kept], right[kept], counts[kept]
    ranked = np.lexsort((right, left, -counts / np.minimum(sizes[left], sizes[right])))
    return [(int(left[k]), int(right[k])) for k in ranked]


def _all_shared(hashes: Hashes, holder: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """How many fingerprints any two of a few articles share."""
    known, place = np.unique(hashes, return_inverse=True)
    has = np.zeros((size, known.size), dtype=np.float32)
    has[holder, place] = 1.0
    counts = has @ has.T
    left, right = np.nonzero(np.triu(counts, 1))
    return left, right, counts[left, right].astype(np.int64)


def _shared(hashes: Hashes, holder: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """The same for many: an n-gram counts with the HOLDERS articles before one that have it as well."""
    order = np.lexsort((holder, hashes))
    hashes, holder = hashes[order], holder[order]
    keys = np.zeros(0, dtype=np.int64)
    counts = np.zeros(0, dtype=np.int64)
    for lag in range(1, HOLDERS + 1):
        equal = hashes[lag:] == hashes[:-lag]
        if not equal.any():
            break
        keys, counts = _tally(keys, counts, holder[:-lag][equal] * size + holder[lag:][equal])
    return keys // size, keys % size, counts


def _tally(keys: Ints, counts: Ints, more: Ints) -> tuple[Ints, Ints]:
    """Add occurrences of keys to counts of keys."""
    new, often = np.unique(more, return_counts=True)
    both, where = np.unique(np.concatenate((keys, new)), return_inverse=True)
    total = np.bincount(where, weights=np.concatenate((counts, often)), minlength=both.size)
    return both, total.astype(np.int64)


def compare(left: Sheet, right: Sheet) -> CopyLink | None:
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


def _link(left: Sheet, right: Sheet, passages: Sequence[Passage]) -> CopyLink | None:
    if not passages:
        return None
    return CopyLink(
        left=left.id,
        right=right.id,
        passages=tuple(passages),
        left_share=left.own.share(passage.left for passage in passages),
        right_share=right.own.share(passage.right for passage in passages),
    )


@dataclass(frozen=True, slots=True, order=True)
class _Run:
    """Equal words, `length` of them, from word `left` of one article and word `right` of the other."""

    left: int
    right: int
    length: int


def _free(left: Sheet, right: Sheet, run: _Run) -> int:
    """How many words of a run are outside quotation marks on both sides."""
    ours = left.quoted[run.left : run.left + run.length]
    theirs = right.quoted[run.right : run.right + run.length]
    return int(np.sum(~ours & ~theirs))


def _passages(left: Sheet, right: Sheet) -> Iterator[tuple[Passage, int, bool]]:
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


def _extend(left: Sheet, right: Sheet, run: _Run, way: int) -> Iterator[_Run]:
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


def _span(found: Sheet, first: int, end: int) -> Span:
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
