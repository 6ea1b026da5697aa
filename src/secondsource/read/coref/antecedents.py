"""Antecedent scores: how well the trained scorer likes an earlier mention as a later one's antecedent.

A pair's score is above 0 where the scorer would rather link than leave the
later mention alone. Only likely pairs are scored in full: a cheap product
picks, for each mention, the best of those before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..distances import buckets
from .mentions import Candidate

Floats: TypeAlias = npt.NDArray[np.float32]

_REACH: Final = 250
"""How many mentions back an antecedent may be, names aside."""

_KEPT: Final = 12
_NEAR: Final = 6
_MOST_SENTENCES: Final = 5
_BLOCK: Final = 256


def score_pairs(
    states: Floats, words: Sequence[int], mentions: Sequence[Candidate], w: Mapping[str, Floats]
) -> list[dict[int, float]]:
    """Per mention, the scores of its likely antecedents, by their number in `mentions`.

    `states` has one row a mention, `words` its head's place among the words read.
    """
    later, earlier = _likely_pairs(states, mentions, w)
    scores: list[dict[int, float]] = [{} for _ in mentions]
    place = np.array(words, np.intp)
    sentence = np.array([mention.sentence for mention in mentions], np.intp)
    first, second = states @ w["coref_W1"], states @ w["coref_W2"]
    bent = states @ w["coref_A"]
    for start in range(0, len(later), 4096):
        i, j = later[start : start + 4096], earlier[start : start + 4096]
        same = np.array([mentions[a].word == mentions[b].word for a, b in zip(i, j, strict=True)], np.intp)
        hidden = first[i] + second[j] + (states[i] * states[j]) @ w["coref_W3"]
        hidden += w["coref_dist"][buckets(place[i] - place[j])]
        hidden += w["coref_sent"][np.minimum(sentence[i] - sentence[j], _MOST_SENTENCES)]
        hidden += w["coref_same"][same]
        values = (bent[i] * states[j]).sum(axis=1) + np.maximum(hidden, 0) @ w["coref_o"] + w["coref_ob"]
        for a, b, value in zip(i.tolist(), j.tolist(), values.tolist(), strict=True):
            scores[a][b] = value
    return scores


def _likely_pairs(
    states: Floats, mentions: Sequence[Candidate], w: Mapping[str, Floats]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Pairs (later, earlier) worth scoring: the nearest, the likest, and those with the same head word."""
    bent = states @ w["coref_A"]
    before: dict[str, list[int]] = {}
    later: list[int] = []
    earlier: list[int] = []
    for start in range(0, len(mentions), _BLOCK):
        stop = min(start + _BLOCK, len(mentions))
        low = max(0, start - _REACH)
        likeness = bent[start:stop] @ states[low:stop].T
        for number in range(start, stop):
            row = likeness[number - start, : number - low]
            some: set[int] = set(before.get(mentions[number].word, ())[-_NEAR:])
            some.update(range(max(0, number - _NEAR), number))
            if len(row) > _KEPT:
                some.update((np.argpartition(-row, _KEPT)[:_KEPT] + low).tolist())
            else:
                some.update(range(low, number))
            later += [number] * len(some)
            earlier += sorted(some)
            before.setdefault(mentions[number].word, []).append(number)
    return np.array(later, np.intp), np.array(earlier, np.intp)
