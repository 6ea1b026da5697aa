"""Attributions decoded from the network: its scores for each cue, the parse and the marks decide together.

The reader scores every word of a window as source or content of each cue. The
best labelling is found by Viterbi's algorithm, where a span pays for an edge
that cuts a phrase of the parse or a quoted stretch, the more the tighter what
it cuts holds together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from ...model import Span
from .passage import Attribution, Passage

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.intp]

NEVER = np.float32(-1e9)
TIGHT = frozenset(
    "case det amod compound nummod aux aux:pass cop mark flat fixed nmod:poss goeswith compound:prt "
    "det:predet cc:preconj expl poss neg prt auxpass quantmod nn".split()
)
CORE = frozenset(
    "nsubj nsubj:pass obj iobj xcomp ccomp csubj dobj attr acomp pobj pcomp nsubjpass obl:agent".split()
)
LOOSE = frozenset("punct parataxis discourse dep vocative ROOT root cc".split())
SOURCE, CONTENT = (1, 2), (3, 4)


@dataclass(frozen=True, slots=True)
class Weights:
    """What an edge of a span costs, in the network's log odds; tuned on PolNeAR's development part."""

    bias: float = -0.6
    tight: float = 1.0
    core: float = 0.4
    other: float = 0.1
    quoted: float = 4.0
    most: float = 3.0


WEIGHTS = Weights()


def tagged(doc: Doc, passage: Passage, weights: Weights = WEIGHTS) -> list[Attribution]:
    """The network's attributions in the order of their cues; none where no network has read the Doc."""
    if not doc.has_extension("cue_scores"):
        return []
    windows = list(doc._.cue_scores(weights.bias))
    if not windows:
        return []
    edges = [_edges(doc, passage, tokens, cues, weights) for tokens, cues, _, _ in windows]
    paths = iter(best_paths(*_stacked([scores for _, _, scores, _ in windows], edges)))
    found: list[Attribution] = []
    for tokens, cues, _, _ in windows:
        for cue, path in zip(cues, paths, strict=False):
            source = tuple(_span(doc, tokens, *words) for words in _spans(path, SOURCE))
            content = tuple(_span(doc, tokens, *words) for words in _spans(path, CONTENT))
            if content:
                found.append(Attribution(content, (_span(doc, tokens, *cue),), source, rule="network"))
    return found


def _stacked(scores: Sequence[Floats], edges: Sequence[Floats]) -> tuple[Floats, Floats]:
    """The scores and edges of several windows as one batch, filled up with words that are surely outside."""
    cues, words = sum(map(len, scores)), max(one.shape[1] for one in scores)
    out = np.full((cues, words, 5), NEVER, np.float32)
    out[:, :, 0] = 0
    costs = np.zeros((cues, words + 1), np.float32)
    at = 0
    for score, edge in zip(scores, edges, strict=True):
        out[at : at + len(score), : score.shape[1]] = score
        costs[at : at + len(score), : edge.shape[1]] = edge
        at += len(score)
    return out, costs


def best_paths(scores: Floats, edges: Floats) -> Ints:
    """The best labels [cues, words] for scores [cues, words, 5]; `edges` [cues, words + 1] are costs.

    Labels are O, B-source, I-source, B-content, I-content; an I follows its own B or I only.
    """
    words = scores.shape[1]
    best = scores.transpose(1, 2, 0).copy(order="C")  # becomes the best sum up to each word's label
    costs = np.ascontiguousarray(edges.T)
    best[0, 1::2] -= costs[0]
    best[0, 2::2] = NEVER
    for word in range(1, words):
        before, here, cost = best[word - 1], best[word], costs[word]
        ended = (before[1:] - cost).max(axis=0)
        here[0] += np.maximum(before[0], ended)
        here[1::2] += np.maximum(before[0] - cost, ended)
        here[2::2] += np.maximum(before[2::2], before[1::2])
    last = best[-1].copy()
    last[1:] -= costs[words]
    return _walk_back(last.argmax(axis=0), _origins(best[:-1], costs[1:words, None]))


def _origins(best: Floats, costs: Floats) -> npt.NDArray[np.int8]:
    """The best label before each label [words - 1, 5, cues], given the best sums and what an edge costs."""
    ended = best[:, 1:] - costs
    outside = best[:, :1]
    out = np.empty(best.shape, np.int8)
    out[:, 0] = np.concatenate([outside, ended], axis=1).argmax(axis=1)
    opens = (outside - costs)[:, 0] >= ended.max(axis=1)
    out[:, 1::2] = np.where(opens, 0, 1 + ended.argmax(axis=1))[:, None]
    out[:, 2::2] = np.where(best[:, 2::2] >= best[:, 1::2], [[2], [4]], [[1], [3]])
    return out


def _walk_back(last: Ints, origins: npt.NDArray[np.int8]) -> Ints:
    """The labels that led to the last ones."""
    words, cues = len(origins) + 1, len(last)
    path = np.empty((words, cues), np.intp)
    path[-1] = last
    row = np.arange(cues)
    for word in range(words - 1, 0, -1):
        path[word - 1] = origins[word - 1, path[word], row]
    return path.T


def _edges(
    doc: Doc, passage: Passage, tokens: Sequence[int], cues: Sequence[tuple[int, int]], weights: Weights
) -> Floats:
    """What an edge before each word, and after the last, costs for each cue."""
    place = {token: at for at, token in enumerate(tokens)}
    words = [doc[token] for token in tokens]
    arcs = [
        (at, head, _strength(word.dep_, weights))
        for at, word in enumerate(words)
        if (head := place.get(word.head.i, at)) != at
    ]
    steps = np.zeros(len(tokens) + 2, np.float32)
    for at, head, strength in arcs:
        steps[min(at, head) + 1] += strength
        steps[max(at, head) + 1] -= strength
    shared = np.cumsum(steps)[: len(tokens) + 1]
    out = np.repeat(shared[None], len(cues), axis=0)
    for number, (start, stop) in enumerate(cues):
        for at, head, strength in arcs:
            if start <= at < stop or start <= head < stop:
                out[number, min(at, head) + 1 : max(at, head) + 1] -= strength
    np.clip(out, 0, weights.most, out=out)
    out += weights.quoted * _inside_marks(doc, passage, tokens)
    return out


def _strength(label: str, weights: Weights) -> float:
    if label in TIGHT:
        return weights.tight
    if label in CORE:
        return weights.core
    return 0.0 if label in LOOSE else weights.other


def _inside_marks(doc: Doc, passage: Passage, tokens: Sequence[int]) -> Floats:
    """1 where an edge before a word would cut an outer quoted stretch."""
    inside = np.zeros(len(tokens) + 1, np.float32)
    if not tokens:
        return inside
    starts = np.array([doc[token].idx for token in tokens])
    for stretch in passage.outer:
        if stretch.span.end <= starts[0] or not stretch.sure:
            continue
        first, stop = np.searchsorted(starts, (stretch.span.start, stretch.span.end))
        if first >= len(tokens):
            break
        inside[first + 1 : stop] = 1
    return inside


def _spans(path: Ints, labels: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of words of one role."""
    begin, inside = labels
    start = -1
    for at, label in enumerate([*path.tolist(), 0]):
        if start >= 0 and label != inside:
            yield start, at
            start = -1
        if label == begin:
            start = at


def _span(doc: Doc, tokens: Sequence[int], start: int, stop: int) -> Span:
    first, last = doc[tokens[start]], doc[tokens[stop - 1]]
    return Span(first.idx, last.idx + len(last.text))
