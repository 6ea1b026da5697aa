"""The words that tell gender, number and kind, read once from their table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ...words import all_titles, titles


@dataclass(frozen=True, slots=True)
class Words:
    """Sets of lower-case words; `seats` and `capitals` may have several."""

    pronouns: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    titles: dict[str, frozenset[str]]
    seats: frozenset[str]
    speaks: frozenset[str]
    capitals: dict[str, frozenset[str]]
    all_titles: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The table, read on first use."""
    place = files("secondsource.read") / "words" / "coref.toml"
    table = tomllib.loads(place.read_text(encoding="utf-8"))
    return Words(
        pronouns=_sets(table["pronouns"]),
        nouns=_sets(table["nouns"]),
        titles=dict(titles()),
        seats=frozenset(table["places"]["seats"].split("|")),
        speaks=frozenset(table["places"]["speaks"].split()),
        all_titles=all_titles(),
        capitals={capital: frozenset(names.split("|")) for capital, names in table["capitals"].items()},
    )


def _sets(table: dict[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(listed.split()) for name, listed in table.items()}
