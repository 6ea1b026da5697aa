"""Words that events are found by: nouns that tell events, verbs that carry no meaning of their own."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LIGHT_VERBS = frozenset(
    {"make", "take", "give", "have", "hold", "do", "launch", "conduct", "carry", "stage", "mount", "pay"}
)


@cache
def event_nouns() -> frozenset[str]:
    """Lemmas of nouns that mostly tell an event (`event_nouns.txt`)."""
    text = files(__package__).joinpath("event_nouns.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def complement_classes() -> dict[str, frozenset[str]]:
    """What a governing word makes of its complement, by modality (`complements.toml`)."""
    raw = tomllib.loads(files(__package__).joinpath("complements.toml").read_text(encoding="utf-8"))
    return {modality: frozenset(words) for modality, words in raw.items()}
