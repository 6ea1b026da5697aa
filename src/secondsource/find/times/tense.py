"""Tense: whether the clause around a time expression speaks of what was or of what is to come.

The reader's part-of-speech tags are used where the reading has them; a text
that is only cut into words gets rough verb tags from endings and a short list
of irregular verbs. Verbs are gathered into groups ("would have been killed"),
each group is past, present or future, and an expression takes the tense of the
group it stands with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypeAlias

Tense: TypeAlias = Literal["past", "present", "arranged", "future", "infinitive", "none"]
"""`arranged` is a present that tells what is to come ("meets"); `infinitive` leans on its governor."""


class Tagged(NamedTuple):
    """A token as tense needs it; `head` is its head's place in the sentence, -1 where there is no parse."""

    lower: str
    tag: str
    start: int
    end: int
    dep: str = ""
    head: int = -1
    entity: str = ""


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


_PRONOUNS = frozenset("it he she that there what who here this where how everything let".split())


def rough_tag(lower: str, before: str) -> str:
    """A verb tag guessed from a word and the one before it; "X" for what is no verb."""
    table = _table()
    if lower in table["modals"]:
        return "X" if lower == "may" and before in table["prepositions"] else "MD"
    if lower in {"be", "been", "being"}:
        return {"be": "VB", "been": "VBN", "being": "VBG"}[lower]
    if lower in table["past_auxiliaries"] or lower in table["past"]:
        return "VBD"
    if lower in {"'s", "’s"} and before not in _PRONOUNS:
        return "POS"
    if lower in table["present_auxiliaries"] or lower in table["present"]:
        return "VBZ"
    if lower in table["participles"]:
        return "VBN"
    if lower.endswith("ing") and before in _BE:
        return "VBG"
    if before == "to" and lower.isalpha() and lower not in table["not_verbs"]:
        return "VB"
    if lower.endswith("ed") and len(lower) > 4 and lower not in table["not_verbs"]:
        return "VBD"
    return "X"


_HAVE = frozenset("has have had having 've ’ve".split())
_BE = frozenset("is are was were be been being am 's ’s 're ’re 'm".split())
_PAST_BE = frozenset("was were been had did".split())
_FUTURE = frozenset("will 'll ’ll shall wo".split())
_PRESENT_BE = frozenset("is are am 's ’s 're ’re 'm".split())
_NEGATIONS = frozenset("not n't n’t never neither nor no nobody".split())
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
    bare = len(verbs) == 1
    perfect = any(tokens[v].lower in _HAVE for v in verbs) and len(verbs) > 1
    if main.lower in table["planned"] and (not bare or following in {"to", "for", "by"}):
        return "future"
    if main.lower == "going" and following == "to":
        return "future"
    if head.lower == "could" and any(tokens[k].lower in _NEGATIONS for k in range(max(0, first - 2), last)):
        return "past"
    if head.tag == "MD":
        return "past" if perfect and head.lower not in _FUTURE else "future"
    if head.lower in _BE and len(verbs) == 1 and following == "to":
        return "future"
    if main.lower in table["plans"] and head.tag in {"VBZ", "VBP"}:
        return "future"
    if perfect or head.tag == "VBD":
        return "past"
    if head.tag == "VB" and before == "to":
        return "infinitive"
    if head.tag == "VBN":
        return "past"
    if head.tag in {"VBZ", "VBP"}:
        going = main.tag == "VBG" and head.lower in _BE
        return "arranged" if going or main.lower in table["events"] else "present"
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
    if at < stop and tokens[at].dep:
        return governed(tokens, at, stop)
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
    """A group's tense; an infinitive or a participle has that of the verb it hangs on.

    What somebody plans, or was due, to do is to come; what somebody agreed or
    decided to do may be either.
    """
    if group.tense not in {"none", "infinitive"}:
        return group.tense
    table = _table()
    for governor in reversed([g for g in found if g.first < group.first]):
        if governor.tense == "infinitive" or governor.tense == "none":
            continue
        if group.tense == "infinitive" and governor.verb in table["plans"] | table["planned"]:
            return "future"
        return "none" if governor.tense == "past" and group.tense == "infinitive" else governor.tense
    return "future" if group.tense == "infinitive" else "none"


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


def governed(tokens: Sequence[Tagged], at: int, stop: int) -> Tense:
    """The tense of the verb that the tokens from `at` up to `stop` hang on in the parse."""
    k = at
    for _ in range(len(tokens)):
        if not at <= k < stop:
            break
        if tokens[k].head in {-1, k}:
            break
        k = tokens[k].head
    children = _children(tokens)
    copulas = {tokens[c].lower for c in children.get(k, ()) if tokens[c].dep == "cop"}
    if at <= k < stop and copulas & _PRESENT_BE:
        return "arranged"  # "the vote is Tuesday"
    for _ in range(len(tokens)):
        if _is_predicate(tokens, children, k):
            return _of_predicate(tokens, children, k)
        above = tokens[k].head
        if above in {-1, k}:
            break
        k = above
    return "none"


def _children(tokens: Sequence[Tagged]) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for k, token in enumerate(tokens):
        if token.head not in {-1, k}:
            children.setdefault(token.head, []).append(k)
    return children


def _is_predicate(tokens: Sequence[Tagged], children: Mapping[int, Sequence[int]], k: int) -> bool:
    """Whether a token is a verb, or has a copula; a participle before its noun is neither."""
    if any(tokens[c].dep == "cop" for c in children.get(k, ())):
        return True
    return tokens[k].tag in _VERBS and tokens[k].dep not in {"amod", "case", "compound"}


def _of_predicate(tokens: Sequence[Tagged], children: Mapping[int, Sequence[int]], k: int) -> Tense:
    table = _table()
    verb = tokens[k]
    helpers = [tokens[c] for c in children.get(k, ()) if tokens[c].dep in {"aux", "aux:pass", "cop"}]
    lowers = {h.lower for h in helpers}
    is_to = any(tokens[c].lower == "to" and tokens[c].dep in {"mark", "aux"} for c in children.get(k, ()))
    planned = verb.lower in table["planned"] and (verb.lower not in {"set"} or bool(lowers & _BE))
    if lowers & _FUTURE or (planned and "had" not in lowers):
        return "future"
    perfect = bool(lowers & _HAVE)
    if any(h.tag == "MD" for h in helpers):
        been = verb.tag == "VBN" or "been" in lowers
        return "past" if (perfect and been) or _was_unable(tokens, children, k) else "future"
    if is_to and lowers & _PRESENT_BE:
        return "future"  # "is to resume"
    if is_to and not perfect:
        return _of_infinitive(tokens, children, k)
    if perfect or lowers & _PAST_BE or verb.tag == "VBD" or (verb.tag == "VBN" and not helpers):
        return "past"
    if helpers or verb.tag in {"VBZ", "VBP"}:
        going = verb.tag == "VBG" and bool(lowers & _BE)
        main = verb.lower
        return "arranged" if main in table["events"] or going or main in table["plans"] else "present"
    return _of_governor(tokens, children, k)


def _was_unable(tokens: Sequence[Tagged], children: Mapping[int, Sequence[int]], k: int) -> bool:
    """Whether "could" tells what nobody managed: "could not be reached", "neither of them could say"."""
    held = children.get(k, ())
    if not any(tokens[c].lower == "could" for c in held):
        return False
    below = [*held, *(g for c in held if tokens[c].dep.startswith("nsubj") for g in children.get(c, ()))]
    return any(tokens[c].lower in _NEGATIONS for c in below)


def _of_infinitive(tokens: Sequence[Tagged], children: Mapping[int, Sequence[int]], k: int) -> Tense:
    """What is planned, or was due, is to come; what somebody agreed or decided to do may be either."""
    table = _table()
    above = tokens[k].head
    if above in {-1, k}:
        return "future"
    governor = tokens[above]
    if governor.lower in table["plans"] | table["planned"] | table["plan_nouns"]:
        return "future"
    above_tense = _of_governor(tokens, children, k)
    return "none" if above_tense == "past" else above_tense


def _of_governor(tokens: Sequence[Tagged], children: Mapping[int, Sequence[int]], k: int) -> Tense:
    for _ in range(len(tokens)):
        above = tokens[k].head
        if above in {-1, k}:
            return "none"
        if _is_predicate(tokens, children, above):
            return _of_predicate(tokens, children, above)
        k = above
    return "none"
