"""Kin: predicates that can tell one happening in other words, by derivation or by the table `kin.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

ENDINGS = (
    "ations ation itions ition ments ment ings ing ates ated ate ers er ors or ions ion als al "
    "ance ence ures ure ies es ed s e y d"
).split()
SHORTEST = 3
"""No ending is taken off that would leave less."""


@cache
def _table() -> dict[str, frozenset[int]]:
    raw = tomllib.loads(files(__package__).joinpath("kin.toml").read_text(encoding="utf-8"))
    found: dict[str, set[int]] = defaultdict(set)
    for number, words in enumerate(raw["kin"]):
        for word in words.split():
            found[word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def kin(left: str, right: str) -> int:
    """In how many rows of the table two predicates stand together; 1 where they are the same.

    >>> kin("collide", "crash"), kin("crash", "crash"), kin("crash", "applaud")
    (1, 1, 0)
    """
    if left == right:
        return 1
    table = _table()
    return len(table.get(left, frozenset()) & table.get(right, frozenset()))


def nearest_kin(some: Iterable[str], others: Iterable[str]) -> int:
    """The most that any two of two lots of predicates are kin."""
    table = list(others)
    return max((kin(one, other) for one in some for other in table), default=0)


@lru_cache(maxsize=50_000)
def family(word: str) -> str:
    """A word without its ending: a verb and the noun made of it have the same.

    >>> family("demonstration") == family("demonstrate"), family("arrested") == family("arrest")
    (True, True)
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > SHORTEST + 1 and word[-1] == word[-2] else word
