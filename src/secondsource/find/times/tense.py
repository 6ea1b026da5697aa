"""Tense: whether the clause around a time expression speaks of what was or of what is to come.

The reader's part-of-speech tags are used where the reading has them; a text
that is only cut into words gets rough verb tags from endings and a short list
of irregular verbs. Verbs are gathered into groups ("would have been killed"),
each group is past, present or future, and an expression takes the tense of the
group it stands with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypeAlias

Tense: TypeAlias = Literal["past", "present", "future", "none"]


class Tagged(NamedTuple):
    """A token as tense needs it."""

    lower: str
    tag: str
    start: int
    end: int


class Group(NamedTuple):
    """A verb with its auxiliaries: tokens `first` up to `last`, both included; `verb` is the main one."""

    first: int
    last: int
    tense: Tense
    verb: str


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("verbs.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


def rough_tag(lower: str, before: str) -> str:
    """A verb tag guessed from a word and the one before it; "X" for what is no verb."""
    table = _table()
    if lower in table["modals"]:
        return "MD"
    if lower in table["past_auxiliaries"] or lower in table["past"]:
        return "VBD"
    if lower in table["present_auxiliaries"] or lower in table["present"]:
        return "VBZ"
    if lower in table["participles"]:
        return "VBN"
    if before == "to" and lower.isalpha() and lower not in table["not_verbs"]:
        return "VB"
    if lower.endswith("ed") and len(lower) > 4 and lower not in table["not_verbs"]:
        return "VBD"
    return "X"


_HAVE = frozenset("has have had having 've ’ve".split())
_BE = frozenset("is are was were be been being am 's ’s 're ’re 'm".split())
_PAST_BE = frozenset("was were been had did".split())
_FUTURE = frozenset("will 'll ’ll shall wo".split())
_VERBS = frozenset("VB VBD VBZ VBP VBN VBG MD".split())


def groups(tokens: Sequence[Tagged]) -> list[Group]:
    """The verb groups of a sentence, in order."""
    out: list[Group] = []
    i = 0
    while i < len(tokens):
        if tokens[i].tag not in _VERBS:
            i += 1
            continue
        j = i
        verbs = [i]
        k = i + 1
        while k < len(tokens) and k - j <= 2:
            tag, lower = tokens[k].tag, tokens[k].lower
            last = tokens[j].lower
            joins = last in _HAVE or last in _BE or tokens[j].tag == "MD" or last in {"did", "do", "does"}
            if tag in _VERBS and joins:
                verbs.append(k)
                j = k
            elif tag not in {"RB", "TO"} and lower not in {"not", "n't", "n’t", "never", "also", "now"}:
                break
            k += 1
        out.append(_group(tokens, verbs))
        i = j + 1
    return out


def _group(tokens: Sequence[Tagged], verbs: Sequence[int]) -> Group:
    first, last = verbs[0], verbs[-1]
    head, main = tokens[first], tokens[last]
    return Group(first, last, _tense(tokens, first, verbs, head, main), main.lower)


def _tense(tokens: Sequence[Tagged], first: int, verbs: Sequence[int], head: Tagged, main: Tagged) -> Tense:
    table = _table()
    last = verbs[-1]
    following = tokens[last + 1].lower if last + 1 < len(tokens) else ""
    before = tokens[first - 1].lower if first else ""
    perfect = any(tokens[v].lower in _HAVE for v in verbs) and len(verbs) > 1
    if main.lower in table["planned"] or (main.lower in {"going", "about"} and following == "to"):
        return "future"
    if head.tag == "MD":
        return "past" if perfect and head.lower not in _FUTURE else "future"
    if head.lower in _BE and len(verbs) == 1 and following == "to":
        return "future"
    if main.lower in table["plans"] and head.tag != "VBN":
        return "future"
    if perfect or head.tag == "VBD":
        return "past"
    if head.tag == "VB" and before == "to":
        return "future"
    if head.tag == "VBN":
        return "past"
    if head.tag in {"VBZ", "VBP"}:
        return "past" if main.lower in table["reports"] else "present"
    return "none"


_BREAKS = frozenset({";", ":", "“", "”", '"', "``", "''", "--", "—"})
_OPENING = frozenset(
    "that and but on in at by since until for from as when while , before after over during through if "
    "because also earlier later early late the".split()
)


def tense_at(tokens: Sequence[Tagged], found: Sequence[Group], start: int, end: int) -> Tense:
    """The tense of the clause that holds the characters from `start` to `end`."""
    at = next((k for k, t in enumerate(tokens) if t.end > start), len(tokens))
    stop = next((k for k, t in enumerate(tokens) if t.start >= end), len(tokens))
    left = [g for g in found if g.last < at]
    right = [g for g in found if g.first >= stop]
    opening = _opens_clause(tokens, at)
    ordered = (right[:1], left[-1:]) if opening else (left[-1:], right[:1])
    for side in ordered:
        if side and not _parted(tokens, side[0], at, stop):
            return _spoken(side[0], found)
    for side in ordered:
        if side:
            return _spoken(side[0], found)
    return "none"


def _spoken(group: Group, found: Sequence[Group]) -> Tense:
    if group.tense != "none":
        return group.tense
    earlier = [g for g in found if g.first < group.first and g.tense != "none"]
    return earlier[-1].tense if earlier else "none"


def _opens_clause(tokens: Sequence[Tagged], at: int) -> bool:
    """Whether only a preposition or conjunction stands between the expression and its clause's start."""
    k = at - 1
    while k >= 0 and tokens[k].lower in _OPENING and tokens[k].lower != ",":
        if tokens[k].lower in {"that", "and", "but", "when", "while", "because", "if"}:
            return True
        k -= 1
    return k < 0 or tokens[k].lower in _BREAKS or tokens[k].tag == "_SP"


def _parted(tokens: Sequence[Tagged], group: Group, at: int, stop: int) -> bool:
    """Whether a clause break stands between a group and the expression."""
    between = tokens[group.last + 1 : at] if group.last < at else tokens[stop : group.first]
    return any(t.lower in _BREAKS for t in between)
