"""Coreference: the chains of mentions that stand for one and the same, within one Doc."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..keys import PREFIX
from ..network import stored_labels, stored_scorers
from .antecedents import score_pairs
from .entities import entities
from .mentions import Candidate, candidates, find_heads
from .resolve import TUNED, Resolver, Thresholds
from .syntax import Syntax, syntax_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

Floats: TypeAlias = npt.NDArray[np.float32]

__all__ = ["Candidate", "Chain", "entities", "keep_chains", "resolve"]

Chain: TypeAlias = tuple[Candidate, ...]

_MENTION: Final = 0.0


def resolve(doc: Doc, thresholds: Thresholds = TUNED) -> tuple[Chain, ...]:
    """All mentions of a Doc in chains, by first mention; those alone are chains of one.

    Uses the trained scorer where our reader has read the Doc, else rules alone.
    """
    if not len(doc):
        return ()
    kept: Mapping[Any, Any] = doc.user_data
    syntax = syntax_of(doc)
    if PREFIX + "mention" in kept and PREFIX + "weights" in kept:
        mentions, scores = _trained(syntax, kept)
    else:
        nominal = (chunk.root.i for chunk in _noun_chunks(doc))
        mentions, scores = candidates(syntax, find_heads(syntax, nominal, {})), None
    clusters = Resolver(syntax, mentions, scores, thresholds).run()
    return tuple(tuple(mentions[number] for number in cluster) for cluster in clusters)


def keep_chains(doc: Doc, chains: Iterable[Chain]) -> None:
    """Keep in the Doc the chains of two mentions and more, and of what has a name."""
    doc.user_data[PREFIX + "chains"] = [
        [[mention.start, mention.end, mention.head] for mention in chain]
        for chain in chains
        if len(chain) > 1 or chain[0].label
    ]


def _trained(syntax: Syntax, kept: Mapping[Any, Any]) -> tuple[list[Candidate], list[dict[int, float]]]:
    folder = Path(kept[PREFIX + "weights"])
    names = stored_labels(folder).etype
    rows, word_of = kept[PREFIX + "rows"], kept[PREFIX + "word_of"]
    proposed = rows[np.flatnonzero(kept[PREFIX + "mention"] > _MENTION)].tolist()
    kinds = {int(row): names[kind] for row, kind in zip(rows, kept[PREFIX + "etype"], strict=True)}
    mentions = [m for m in candidates(syntax, find_heads(syntax, proposed, kinds)) if word_of[m.head] >= 0]
    places = [int(word_of[mention.head]) for mention in mentions]
    states = kept[PREFIX + "coref"][places].astype(np.float32)
    return mentions, score_pairs(states, places, mentions, stored_scorers(folder))


def _noun_chunks(doc: Doc) -> Any:
    return doc.noun_chunks if doc.has_annotation("DEP") and doc.vocab.get_noun_chunks else ()
