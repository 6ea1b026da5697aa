"""Deeds: which words of a sentence PLOVER's types and modes are told by (`deeds.toml`).

A pattern is a predicate and the words that must hang on it; where several
patterns of one predicate are met, the longest counts. What a match comes to is
for `plover.py` to weigh.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 8
"""How many words after a predicate its companions may stand, where the parse does not hang them on it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of telling a deed: the predicate's particle, and for each companion its possible lemmas."""

    type: str
    mode: str
    particle: str
    companions: tuple[frozenset[str], ...]

    @property
    def size(self) -> int:
        """How much must be met."""
        return 1 + bool(self.particle) + len(self.companions)


@dataclass(frozen=True, slots=True)
class Deed:
    """A pattern met in a text: the number of its predicate's token, type and mode ("" for none), size."""

    at: int
    type: str
    mode: str
    size: int


@cache
def governing() -> frozenset[str]:
    """The types that stay what they are, whatever deed their predicate governs."""
    return frozenset(_raw()["governing"])


@cache
def _raw() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("deeds.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> dict[str, tuple[Pattern, ...]]:
    """The patterns of each predicate."""
    found: dict[str, list[Pattern]] = defaultdict(list)
    for type, modes in _raw().items():
        if type == "governing":
            continue
        for mode, written in modes.items():
            for text in written:
                first, *rest = text.split("+")
                companions = tuple(frozenset(part.split("/")) for part in rest)
                for word in first.split("/"):
                    head, _, particle = word.partition(" ")
                    name = "" if mode == "any" else mode
                    found[head].append(Pattern(type, name, particle, companions))
    return {head: tuple(patterns) for head, patterns in found.items()}


def deeds_of(tokens: Sequence[Token]) -> Iterator[Deed]:
    """The deeds that a sentence's tokens tell, each predicate's longest patterns, in text order."""
    names = [frozenset((token.lemma_.lower(), token.lower_)) for token in tokens]
    by_word = _patterns()
    for place, token in enumerate(tokens):
        patterns = {p for name in names[place] for p in by_word.get(name, ())}
        if not patterns:
            continue
        near = _near(tokens, names, place) if any(p.size > 1 for p in patterns) else frozenset()
        met = [p for p in patterns if _is_met(p, near)]
        longest = max((p.size for p in met), default=0)
        for found in sorted({(p.type, p.mode) for p in met if p.size == longest}):
            yield Deed(token.i, *found, longest)


def _near(tokens: Sequence[Token], names: Sequence[frozenset[str]], place: int) -> frozenset[str]:
    """The words a predicate's companions may be among: below it in the parse, or soon after it."""
    token = tokens[place]
    below = {child.i for child in token.subtree}
    return frozenset(
        name
        for other, words in enumerate(names)
        if other != place and (tokens[other].i in below or 0 < other - place <= REACH)
        for name in words
    )


def _is_met(pattern: Pattern, near: frozenset[str]) -> bool:
    particles = pattern.particle.split()
    return near.issuperset(particles) and all(near & companion for companion in pattern.companions)
