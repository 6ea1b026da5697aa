"""Names spelt otherwise: one name in two accounts that differ in a letter or two of one word.

Two names are one spelt otherwise when all their words agree but one, and that
one differs by at most two letters put in, left out, exchanged or swapped
(Damerau 1964). Neither account may know the other's spelling: an account that
has both has two people. Forms of one word ("Smith", "Smiths") are no spellings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import Span
from ..words import lemma, rarity
from .clauses import Clause

MOST_EDITS = 2
SHORTEST = 5
"""Shorter words differ by a letter or two from many others."""
RARE = 0.5
"""A spelling is of a name, not of a common word that stands in one."""
NAME = re.compile(r"[A-Z][\w’'.-]*(?:[ ]+(?:[“\"][A-Z]\w+[”\"] )?[A-Z][\w’'.-]*)+")
_PUT = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]*|\d+(?:st|nd|rd|th))(?: [A-Z][\w’'-]*)+),? in (?:the )?"
    r"(?P<town>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
)
_WITHIN = re.compile(r"(?:Subdivision|Neighborhood|Neighbourhood|Apartments|Complex|District|County|Area)$")
"""The end of the name of what lies in a town, or holds one: no other town."""
ENDINGS = ("s", "es", "'s", "’s", "n", "an", "ian", "ed", "er")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as two accounts spell it: where each does, and the words that differ."""

    left: tuple[str, Span]
    right: tuple[str, Span]
    words: tuple[str, str]


def misspelt(texts: Mapping[str, str], homes: Mapping[str, Sequence[Clause]]) -> Iterator[Spelling]:
    """The names that two accounts spell otherwise, each pair of spellings once for two accounts."""
    known = {id: frozenset(re.findall(r"\w[\w’'-]*", text.lower())) for id, text in texts.items()}
    names = {id: _names(texts[id], homes.get(id, ())) for id in texts}
    by_word: dict[str, list[tuple[str, tuple[str, ...], Span]]] = defaultdict(list)
    for id in texts:
        for words, span in names[id].items():
            for word in words:
                by_word[word].append((id, words, span))
    seen: set[tuple[str, str, str, str]] = set()
    for word in sorted(by_word):
        for place, (left, one, here) in enumerate(by_word[word]):
            for right, two, there in by_word[word][place + 1 :]:
                odd = _odd(one, two) if left != right else None
                if odd is None or odd[1] in known[left] or odd[0] in known[right]:
                    continue
                if (left, right, *odd) not in seen and (right, left, odd[1], odd[0]) not in seen:
                    seen.add((left, right, *odd))
                    yield Spelling((left, here), (right, there), odd)


def put_elsewhere(
    texts: Mapping[str, str], clauses: Sequence[Clause]
) -> Iterator[tuple[Clause, Clause, tuple[str, str]]]:
    """Named places ("Alder Road in Selby") that two accounts put in towns of which each knows one only."""
    put: dict[tuple[str, ...], list[tuple[Clause, str]]] = defaultdict(list)
    for clause in clauses:
        text = texts[clause.article]
        for match in _PUT.finditer(text, clause.own.start, clause.own.end):
            name = tuple(word.lower() for word in match["name"].split())
            put[name].append((clause, match["town"]))
    for name in sorted(put):
        for place, (one, here) in enumerate(put[name]):
            for two, there in put[name][place + 1 :]:
                if one.article != two.article and not (
                    _WITHIN.search(here)
                    or _WITHIN.search(there)
                    or here in texts[two.article]
                    or there in texts[one.article]
                    or set(here.split()) & set(there.split())
                ):
                    yield one, two, (f"{' '.join(name)} in {here}", f"in {there}")


def _names(text: str, clauses: Sequence[Clause]) -> dict[tuple[str, ...], Span]:
    """The names of several words in the clauses of an account, with where each first stands."""
    found: dict[tuple[str, ...], Span] = {}
    for clause in clauses:
        for match in NAME.finditer(text, clause.own.start, clause.own.end):
            words = tuple(
                w.lower().strip(".’'").removesuffix("’s").removesuffix("'s") for w in match.group().split()
            )
            kept = tuple(word.strip('“”"') for word in words if len(word) > 1)
            if len(kept) > 1:
                found.setdefault(kept, Span(match.start(), match.end()))
    return found


def _odd(one: Sequence[str], two: Sequence[str]) -> tuple[str, str] | None:
    """The one word in which two names differ, if it is one word spelt otherwise."""
    mine, theirs = [w for w in one if w not in two], [w for w in two if w not in one]
    if (
        len(mine) != 1
        or len(theirs) != 1
        or len(one) != len(two)
        or one.index(mine[0]) != two.index(theirs[0])
    ):
        return None
    a, b = mine[0], theirs[0]
    if min(len(a), len(b)) < SHORTEST or a[0] != b[0] or min(rarity(a), rarity(b)) < RARE:
        return None
    if lemma(a) == lemma(b) or any(a + end == b or b + end == a for end in ENDINGS):
        return None
    most = 1 if min(len(a), len(b)) < SHORTEST + 2 else MOST_EDITS
    return (a, b) if edits(a, b) <= most and any(ch.isalpha() for ch in a) else None


def edits(one: str, two: str) -> int:
    """How many letters are put in, left out, exchanged, or swapped with their neighbour.

    >>> edits("jeronimo", "jeromino"), edits("corley", "corely")
    (2, 1)
    """
    rows = [list(range(len(two) + 1))]
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(two, start=1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and b == one[i - 2]:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
