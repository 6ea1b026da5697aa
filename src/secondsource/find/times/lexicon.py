"""The lexicon: what each word may stand for in a time expression.

`lexicon.toml` lists words by class; here they are turned round into one table
from a lower-case word to its classes, so that the scanner looks up each word
of a text once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

Senses: TypeAlias = Mapping[str, str | int]
"""The classes a word is in, each with what it stands for there."""

NONE: Senses = {}


def _table(name: str) -> dict[str, dict[str, str | int]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str | int]] = tomllib.loads(text)
    return loaded


@lru_cache(maxsize=1)
def senses() -> Mapping[str, Senses]:
    """The classes of every word in the lexicon."""
    table: dict[str, dict[str, str | int]] = {}
    for sense, words in _table("lexicon.toml").items():
        for word, meaning in words.items():
            table.setdefault(word, {})[sense] = meaning
    for first in {name[0] for name in holidays()}:
        table.setdefault(first, {})["holiday"] = 1
    return table


_FAINT = frozenset("short doubtful number scale vague ordinal relative phase approximate each zone".split())
"""Classes whose words make no time expression without a word of another class."""
_ALONE = frozenset("period m two eighteen nineteen twenty past present".split())
_TOKENS = re.compile(r"[a-z]+|\d+")


@lru_cache(maxsize=1)
def telling() -> frozenset[str]:
    """The words of which every time expression without a year or a clock time has at least one."""
    found = {word for word, classes in senses().items() if classes.keys() - _FAINT}
    return frozenset(found | {word.partition(".")[0] for word in found} | _ALONE)


def may_tell_time(text: str) -> bool:
    """Whether a text has a digit or a word that makes a time expression: a quick look before a slow one."""
    pieces = _TOKENS.findall(text.lower())
    return not telling().isdisjoint(pieces) or any(piece[0].isdigit() for piece in pieces)


@lru_cache(maxsize=1)
def holidays() -> Mapping[tuple[str, ...], str]:
    """The names of holidays as words without apostrophes and full stops, each with its rule's name."""
    text = files(__package__).joinpath("holidays.toml").read_text(encoding="utf-8")
    names: dict[str, str] = tomllib.loads(text)
    return {tuple(plain(word) for word in name.split()): rule for name, rule in names.items()}


def plain(word: str) -> str:
    """A word as holiday names spell it: lower case, no apostrophes or full stops."""
    return word.lower().replace("'", "").replace("’", "").replace(".", "")
