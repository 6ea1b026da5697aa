"""The words that attribute, read once from `cues.toml`: cues by class, and what kinds of source there are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast, get_args

from ..model.finding import Certainty

CLASSES = get_args(Certainty)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cue words by part of speech, each with its class; and words that sort sources."""

    verbs: dict[str, Certainty]
    nouns: dict[str, Certainty]
    adjectives: dict[str, Certainty]
    adverbs: dict[str, Certainty]
    phrases: dict[str, Certainty]
    documents: frozenset[str]
    collectives: frozenset[str]
    anonymous: frozenset[str]
    anonymous_phrases: tuple[str, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of this version."""
    raw = tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))
    return Lexicon(
        verbs=_by_word(raw["verbs"]),
        nouns=_by_word(raw["nouns"]),
        adjectives=_by_word(raw["adjectives"]),
        adverbs=_by_word(raw["adverbs"]),
        phrases={phrase: _known(name) for name, phrases in raw["phrases"].items() for phrase in phrases},
        documents=frozenset(raw["documents"]["words"].split()),
        collectives=frozenset(raw["collectives"]["words"].split()),
        anonymous=frozenset(raw["anonymous"]["words"].split()),
        anonymous_phrases=tuple(raw["anonymous"]["phrases"]),
    )


def _by_word(table: dict[str, str]) -> dict[str, Certainty]:
    return {word: _known(name) for name, words in table.items() for word in words.split()}


def _known(name: str) -> Certainty:
    if name not in CLASSES:
        raise ValueError(f"cues.toml: no such class of cue: {name}")
    return cast(Certainty, name)
