"""Decoding: from the network's numbers for a window to sentences, tags, trees and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from .network import Network
from .trees import best_tree

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.intp]

CUE_BIAS: Final = 4.0
"""How far below "no cue" a word's score may be for its state to be kept: the most bias there can be."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the network says of one window's words; word numbers count within the window.

    `starts` are the first words of its sentences; `heads` has -1 at roots;
    `upos`, `xpos`, `deprel` are numbers of labels; `names` are (start, end,
    kind); `vectors` has one row a sentence; `cues` are the words that may be
    cues of quotes; the rest keeps the network's numbers for those who decide
    later.
    """

    starts: list[int]
    heads: Ints
    upos: Ints
    xpos: Ints
    deprel: Ints
    names: list[tuple[int, int, str]]
    vectors: Floats
    cues: Ints
    kept: dict[str, npt.NDArray[np.generic]]


def decode(network: Network, out: Mapping[str, Floats], opens: Sequence[bool | None]) -> Decoded:
    """Decode one window; `opens` says which words start sentences, where that is known."""
    starts = _starts(out["sent"], opens)
    bounds = list(zip(starts, [*starts[1:], len(opens)], strict=True))
    heads = np.full(len(opens), -1, np.intp)
    for start, stop in bounds:
        tree = best_tree(_arc_scores(network, out, start, stop))
        heads[start:stop] = [head + start if head >= 0 else -1 for head in tree]
    quote = out["quote"]
    likely_cues = np.flatnonzero(quote[:, 1:3].max(axis=1) - quote[:, 0] > -CUE_BIAS)
    return Decoded(
        starts=starts,
        heads=heads,
        upos=out["upos"].argmax(axis=1),
        xpos=out["xpos"].argmax(axis=1),
        deprel=_arc_labels(network, out, heads),
        names=_names(network, out["ner"], bounds),
        vectors=_vectors(network, out["word"], starts),
        cues=likely_cues,
        kept={
            "cue_states": out["word"][likely_cues].astype(np.float16),
            "quote_word": out["quote_word"].astype(np.float16),
            "quote": quote.copy(),  # a copy, since a view would keep the session's memory
            "event": out["event"].copy(),
            "certainty": np.clip(out["certainty"][:, 0], -3, 3),
            "mention": out["mention"].copy(),
            "etype": out["etype"].argmax(axis=1).astype(np.int8),
            "coref": out["coref"].astype(np.float16),
        },
    )


def _starts(logits: Floats, opens: Sequence[bool | None]) -> list[int]:
    starts = [
        word
        for word, (logit, known) in enumerate(zip(logits.tolist(), opens, strict=True))
        if (logit > 0 if known is None else known)
    ]
    return starts if starts[:1] == [0] else [0, *starts]


def _arc_scores(network: Network, out: Mapping[str, Floats], start: int, stop: int) -> Floats:
    """Scores [n, n + 1] of each word's heads within a sentence; column 0 is the root."""
    dependents = out["arc_dep"][start:stop]
    root = dependents @ network.scorers["root_arc"]
    return np.concatenate([root[:, None], dependents @ out["arc_head"][start:stop].T], axis=1)


def _arc_labels(network: Network, out: Mapping[str, Floats], heads: Ints) -> Ints:
    """The best label of each word's arc. Words under one head share that head's part of the sum."""
    w = network.scorers
    root = network.labels.deprel.index("root")
    used, place = np.unique(heads, return_inverse=True)
    head_states = np.where((used >= 0)[:, None], out["lab_head"][used], w["root_lab"])
    size, count, _ = w["lab_U"].shape
    bent = (head_states @ w["lab_U"].reshape(size * count, -1).T).reshape(len(used), size, count)
    logits = (out["lab_dep"][:, None] @ bent[place])[:, 0]
    logits += (head_states @ w["lab_Wh"] + w["lab_b"])[place]
    logits += out["lab_dep"] @ w["lab_Wd"]
    logits[:, root] = -np.inf
    best: Ints = logits.argmax(axis=1)
    best[heads < 0] = root
    return best


def _names(network: Network, scores: Floats, bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    found = []
    for start, stop in bounds:
        path = network.names.path(scores[start:stop])
        found += [(start + a, start + b, kind) for a, b, kind in network.names.spans(path)]
    return found


def _vectors(network: Network, word: Floats, starts: Sequence[int]) -> Floats:
    """A unit vector per sentence: the mean of its words' states, carried into the vectors' space."""
    sums = np.add.reduceat(word, starts, axis=0)
    sizes = np.diff([*starts, len(word)])[:, None].astype(np.float32)
    vectors = (sums / sizes) @ network.scorers["vec_W"] + network.scorers["vec_b"]
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)
