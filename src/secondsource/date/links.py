"""Links: time expressions of different accounts that speak of the same thing.

"Next week" in two accounts is one week only if both speak of one event. Two
expressions are linked when the words around them are mostly the same rare
words; a doubtful pair is left alone, for a false link dates an article wrongly
while a missing one only leaves it less well dated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .expressions import Expression

NAMED, RELATIVE, RELATIVE_DAY = 0.3, 0.5, 0.8
"""Likeness of surroundings (a cosine) from which two expressions are linked.

Two weekdays or dates by name check each other, for they must agree; "last
month" agrees with everything near, so more is asked of the words; most of
"today" and "this morning", which may be of anything.
"""
UNLIKE = 0.9
"""Likeness from which a weekday and a day of a month, which do not check each other, are linked."""
FEWEST_NAMED, FEWEST_RELATIVE = 2, 3
"""Words they must share at the least."""
COPIED = 0.8
"""Share of all words around two expressions from which they are of one text."""
PARTNERS = 4
"""Links an expression may have, the likest first, so that cost stays linear in the accounts."""
CROWD = 60
"""A word that more expressions share than this is not used to find pairs."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two expressions of one thing: how sure that is (0 to 1), and the words they share.

    `copied` is whether they stand in the same words, so that one account or
    both may print them some days after they were written.
    """

    left: Expression
    right: Expression
    sure: float
    shared: tuple[str, ...]
    copied: bool = False


def find_links(accounts: Mapping[str, Sequence[Expression]], dated: Collection[str] = ()) -> tuple[Link, ...]:
    """The links among the expressions of a story's accounts, the surest first.

    Two accounts that are both `dated` need none; a bare weekday is matched to
    a dated account by the tally.
    """
    every = [e for article in sorted(accounts) for e in accounts[article] if not e.leaning]
    scored = {pair: _score(every[pair[0]], every[pair[1]]) for pair in _pairs(every)}
    found: dict[tuple[int, int], Link] = {}
    for pair in _mutual(every, scored):
        link = _link(every[pair[0]], every[pair[1]], dated)
        if link is not None:
            found[pair] = link
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), link in found.items():
        best[one].append((-link.sure, other))
        best[other].append((-link.sure, one))
    kept = {
        (min(one, other), max(one, other))
        for one, partners in best.items()
        for _, other in sorted(partners)[:PARTNERS]
    }
    return tuple(sorted((found[pair] for pair in kept), key=_order))


def _score(one: Expression, other: Expression) -> float:
    """How well two expressions match: alike surroundings, and the same term."""
    same = one.term is other.term or (one.name is not None and one.name == other.name)
    return likeness(one.words, other.words)[0] + 0.2 * same


def _mutual(
    every: Sequence[Expression], scored: Mapping[tuple[int, int], float]
) -> Iterator[tuple[int, int]]:
    """The pairs in which each is the other's best match in that account: "last year" is not "since 1958"."""
    best: dict[tuple[int, str], float] = defaultdict(float)
    for (one, other), score in scored.items():
        for here, there in ((one, other), (other, one)):
            key = here, every[there].article
            best[key] = max(best[key], score)
    for (one, other), score in scored.items():
        if score >= best[one, every[other].article] and score >= best[other, every[one].article]:
            yield one, other


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """How alike two surroundings are, and the words they share, the rarest first."""
    shared = sorted(one.keys() & other.keys(), key=lambda w: (-one[w], w))
    norm = (sum(w * w for w in one.values()) * sum(w * w for w in other.values())) ** 0.5
    return (sum(one[w] * other[w] for w in shared) / norm if norm else 0.0), tuple(shared)


def _link(one: Expression, other: Expression, dated: Collection[str]) -> Link | None:
    known = (one.article in dated) + (other.article in dated)
    if known == 2:
        return None
    if {one.way, other.way} == {"past", "future"}:
        return None
    like, shared = likeness(one.words, other.words)
    here, there = one.name, other.name
    if here and there and not here.agrees(there):
        return None
    if here and there and here.checks(there) and here.month and there.month:
        return Link(one, other, 1.0, shared)
    named = bool(here and there and here.checks(there))
    if named and known:
        return None
    copied = len(shared) >= COPIED * len(one.words.keys() | other.words.keys())
    if copied and max(one.grain, other.grain) <= 2:
        return None
    day = min(one.grain, other.grain) <= 2
    least = NAMED if named else RELATIVE_DAY if day else RELATIVE
    if here and there and not named and here.apart(there):
        least = UNLIKE  # "Sunday" and "March 23" agree in one year of seven: nothing checks them
    if like < least or len(shared) < (FEWEST_NAMED if named else FEWEST_RELATIVE):
        return None
    return Link(one, other, min(1.0, like + (0.5 if named else 0.0)), shared, copied)


def _pairs(every: Sequence[Expression]) -> Iterator[tuple[int, int]]:
    """Pairs of expressions of different articles that share a telling word, each once."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, expression in enumerate(every):
        for word in expression.words:
            holders[word].append(index)
    seen: set[tuple[int, int]] = set()
    for word in sorted(holders):
        if len(holders[word]) > CROWD:
            continue
        for k, one in enumerate(holders[word]):
            for other in holders[word][k + 1 :]:
                if every[one].article != every[other].article and (one, other) not in seen:
                    seen.add((one, other))
                    yield one, other


def _order(link: Link) -> tuple[float, str, int, str, int]:
    return (-link.sure, link.left.article, link.left.index, link.right.article, link.right.index)
