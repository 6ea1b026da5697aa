"""Attributions: per cue of saying or thinking, its source and its content, from the words' states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from .decode import CUE_BIAS
from .distances import buckets
from .keys import PREFIX
from .network import stored_scorers
from .tags import TagScheme

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats: TypeAlias = npt.NDArray[np.float32]

_CUES: Final = TagScheme(("O", "B-cue", "I-cue"))
_ROLES: Final = TagScheme(("O", "B-source", "I-source", "B-content", "I-content"))
_SAME_PLACE: Final = 9
_CUES_AT_ONCE: Final = 32


class Attribution(NamedTuple):
    """A cue with its sources and contents, as half-open token ranges, and how sure the cue is."""

    cue: tuple[int, int]
    sources: tuple[tuple[int, int], ...]
    contents: tuple[tuple[int, int], ...]
    score: float


class CueScores(NamedTuple):
    """The cues of one window and each one's role scores.

    `tokens` are the window's token numbers; `cues` are half-open ranges of
    places in `tokens`; `scores` [cues, tokens, 5] are over O, B-source,
    I-source, B-content, I-content; `margins` say how sure each cue is.
    """

    tokens: Sequence[int]
    cues: Sequence[tuple[int, int]]
    scores: Floats
    margins: Sequence[float]


def find_attributions(doc: Doc, bias: float = 0.0) -> tuple[Attribution, ...]:
    """The attributions of a Doc, in the order of their cues; a positive `bias` finds more cues."""
    found: list[Attribution] = []
    for tokens, cues, scores, margins in score_cues(doc, bias):
        for (a, b), of_cue, margin in zip(cues, scores, margins, strict=True):
            spans: dict[str, list[tuple[int, int]]] = {"source": [], "content": []}
            for first, stop, role in _ROLES.spans(_ROLES.path(of_cue)):
                spans[role].append((tokens[first], tokens[stop - 1] + 1))
            if spans["content"]:
                at = (tokens[a], tokens[b - 1] + 1)
                found.append(Attribution(at, tuple(spans["source"]), tuple(spans["content"]), margin))
    return tuple(found)


def score_cues(doc: Doc, bias: float = 0.0) -> Iterator[CueScores]:
    """The cues of each window with their role scores, for those who decode them with more knowledge.

    A `bias` above `CUE_BIAS` counts as that much.
    """
    kept = doc.user_data
    weights = kept.get(PREFIX + "weights")
    if weights is None or PREFIX + "quote" not in kept:
        return
    scorers = stored_scorers(Path(weights))
    for start, stop in kept[PREFIX + "windows"].tolist():
        quote: Floats = kept[PREFIX + "quote"][start:stop]
        cues = _cues(quote, min(bias, CUE_BIAS))
        margins = [float((quote[a:b, 1:3].max(axis=1) - quote[a:b, 0]).mean()) for a, b in cues]
        tokens: Sequence[int] = kept[PREFIX + "rows"][start:stop].tolist()
        if not cues:
            continue
        states = np.stack([_cue_state(kept, start + a, start + b) for a, b in cues])
        quote_word = kept[PREFIX + "quote_word"][start:stop].astype(np.float32)
        for first in range(0, len(cues), _CUES_AT_ONCE):
            some = slice(first, first + _CUES_AT_ONCE)
            scores = role_scores(states[some], quote_word, cues[some], scorers)
            yield CueScores(tokens, cues[some], scores, margins[some])


def _cues(quote: Floats, bias: float) -> list[tuple[int, int]]:
    scores = quote[:, :3].copy()
    scores[:, 1] += bias
    return [(a, b) for a, b, _ in _CUES.spans(_CUES.path(scores))]


def _cue_state(kept: Mapping[Any, Any], start: int, stop: int) -> Floats:
    """The mean state of a cue's words (of those whose states were kept)."""
    first, last = np.searchsorted(kept[PREFIX + "cues"], [start, stop])
    states: Floats = kept[PREFIX + "cue_states"][first:last].astype(np.float32).mean(axis=0)
    return states


def role_scores(
    states: Floats, quote_word: Floats, cues: Sequence[tuple[int, int]], w: Mapping[str, Floats]
) -> Floats:
    """Scores [cues, words, roles] of each word of a window for each cue, given the cues' states."""
    n, half = quote_word.shape[0], quote_word.shape[1] // 2
    near = np.stack([w["quote_D"][_signed_buckets(n, a, b)] for a, b in cues])
    hidden = near + (states @ w["quote_V"])[:, None]
    hidden += quote_word[:, half:] * (states @ w["quote_Q"])[:, None]
    hidden += quote_word[:, :half]
    np.maximum(hidden, 0, out=hidden)
    reach = len(w["quote_K"]) // 2
    padded = np.pad(hidden, ((0, 0), (reach, reach), (0, 0)))
    bent = np.broadcast_to(w["quote_kb"], hidden.shape).copy()
    for place, kernel in enumerate(w["quote_K"]):
        bent += padded[:, place : place + n] @ kernel
    np.maximum(bent, 0, out=bent)
    return np.asarray((hidden + bent) @ w["quote_O"] + w["quote_ob"], np.float32)


def _signed_buckets(n: int, start: int, stop: int) -> npt.NDArray[np.intp]:
    """Distance buckets of n words to a cue: below the middle before it, above after it."""
    at = np.arange(n)
    before = buckets(np.maximum(start - at, 0))
    after = buckets(np.maximum(at - (stop - 1), 0))
    return _SAME_PLACE - before + after
