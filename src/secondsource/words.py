"""Words of general English: how rare each is, its bare form, and which carry no content.

The document counts come from `words.tsv.gz`, which `training/words.py` makes.
Rarity is the inverse document frequency of Spärck Jones (1972), smoothed, and
scaled so that a word never seen has rarity 1.
"""

from __future__ import annotations

import gzip
import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType


@lru_cache(maxsize=1)
def _counts() -> tuple[int, dict[str, int]]:
    raw = files("secondsource").joinpath("words.tsv.gz").read_bytes()
    total, *rows = gzip.decompress(raw).decode("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows)
    return int(total), {word: int(count) for word, count in pairs}


def document_counts() -> tuple[int, Mapping[str, int]]:
    """How many documents were counted, and in how many of them each lower-case word stands."""
    total, counts = _counts()
    return total, MappingProxyType(counts)


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """How much a word tells, from 0 (in every document) to 1 (never seen).

    >>> rarity("the") < 0.1 < rarity("harbour") <= rarity("xylograph") == 1.0
    True
    """
    total, counts = _counts()
    seen = counts.get(word.lower().replace("’", "'"), 0)
    return math.log((total + 1) / (seen + 1)) / math.log(total + 1)


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """The bare lower-case form of a word, without regard to its context.

    >>> lemma("visited"), lemma("Ferries")
    ('visit', 'ferry')
    """
    import simplemma

    found: str = simplemma.lemmatize(word.lower().replace("’", "'"), lang="en")
    return found.lower()


@lru_cache(maxsize=1)
def titles() -> Mapping[str, frozenset[str]]:
    """What stands before a person's name, in small letters: of men ("male"), women ("female") or "any".

    >>> "senator" in titles()["any"]
    True
    """
    table = tomllib.loads(files("secondsource").joinpath("titles.toml").read_text(encoding="utf-8"))
    return MappingProxyType({whose: frozenset(words.split()) for whose, words in table.items()})


@lru_cache(maxsize=1)
def all_titles() -> frozenset[str]:
    """The titles of anybody, without their periods."""
    return frozenset(word.rstrip(".") for words in titles().values() for word in words)
