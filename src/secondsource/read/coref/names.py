"""Names: when two proper names can name one and the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from .mentions import Candidate
from .words import words

_SMALL: Final = frozenset("of the and for in on at to de la le du von van der 's ’s - & , . a an".split())
_ENDINGS: Final = frozenset(
    "jr jr. sr sr. ii iii iv inc inc. corp corp. co co. ltd ltd. llc plc group".split()
)
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_LETTERS: Final = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=20_000)
def bare(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words in lower case, without titles, articles, possessives and "Inc."."""
    lower = [word.lower().strip(".,'’\"“”()") for word in name]
    kept = [
        word
        for word in lower
        if word and word not in ("the", "s", "’s", "'s") and word not in _ENDINGS and _LETTERS.search(word)
    ]
    titles = words().all_titles
    while len(kept) > 1 and kept[0] in titles:
        kept.pop(0)
    return tuple(kept) or tuple(lower)


def same_type(left: Candidate, right: Candidate) -> bool:
    """Whether the labels of two names allow that they are one: places are one family, unknown fits all."""
    if not left.label or not right.label or left.label == right.label:
        return True
    if left.label in _PLACES and right.label in _PLACES:
        return True
    return {left.label, right.label} <= {"ORG", "GPE", "FAC", "MISC", "EVENT"}


def match(name: Candidate, other: Candidate) -> bool:
    """Whether a later name can stand for an earlier one."""
    mine, theirs = bare(name.name), bare(other.name)
    if not mine or not theirs:
        return False
    if mine == theirs:
        return same_type(name, other)
    if "PERSON" in (name.label, other.label):
        return same_type(name, other) and _same_person(mine, theirs)
    if not same_type(name, other):
        return False
    if is_acronym(mine, other.name) or is_acronym(theirs, name.name):
        return True
    return _same_body(mine, theirs, name, other)


def _same_person(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Last names agree and no first name speaks against it, or the one is the other's first name."""
    short, long = sorted((mine, theirs), key=len)
    if short[-1] == long[-1]:
        firsts, others = short[:-1], long[:-1]
        if not firsts:
            return True
        return _agree(firsts[0], others[0]) if others else False
    return len(short) == 1 and short[0] == long[0] and len(long) == 2


def _agree(first: str, other: str) -> bool:
    return first == other or (first[0] == other[0] and min(len(first), len(other)) == 1)


def _same_body(mine: tuple[str, ...], theirs: tuple[str, ...], name: Candidate, other: Candidate) -> bool:
    """An organisation's or a place's shorter name is the longer one without some of its words."""
    short, long = sorted((mine, theirs), key=len)
    strong = [word for word in short if word not in _SMALL]
    if not strong or name.label in _PLACES or other.label in _PLACES:
        return False
    if len(short) == 1:
        return short[0] == long[0] and len(long) > 1 and long[1] not in _SMALL and name.label == other.label
    words_left = iter(long)
    return all(word in words_left for word in strong)


def is_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `short` is one word made of the initials of `long`: 'NATO', 'the U.N.'.

    >>> is_acronym(["un"], ["United", "Nations"])
    True
    """
    long = long[1:] if long and long[0].lower() == "the" else long
    if len(short) != 1 or len(long) < 2:
        return False
    letters = short[0].replace(".", "").lower()
    initials = "".join(word[0] for word in long if word[:1].isalpha())
    capitals = "".join(word[0] for word in long if word[:1].isupper())
    return len(letters) >= 2 and letters in (initials.lower(), capitals.lower())
