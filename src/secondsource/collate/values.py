"""Values of one event, held against each other account by account, whichever clauses tell them.

Short reports of one happening tell its number of dead or hurt, its hour, its
street and the ages of its people once each, in words too different for their
clauses to be paired. So a value that is the only one of its kind in each of two
accounts is compared by what it is of: people killed with people killed, the
hour in both leads, one street with itself, a daughter with a daughter. A value
that the other account tells, too, takes no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..model import Story
from .clauses import Clause
from .happenings import PEOPLE
from .kin import nearest_kin
from .pairs import comparable
from .slots import Slot, SlotKind, sex_of

VICTIMS = frozenset({"die", "injure", "shoot"})
"""Classes of predicates by which people come to harm."""
LEAD_LINES = 8
"""So many sentences from the beginning tell the happening itself."""
SURE = frozenset({"sure"})
ONSET = frozenset(
    "shoot injure happen occur start begin respond arrive call crash attack fight burn explode erupt".split()
) | {"ring out", "break out"}
"""Classes of predicates whose time is that of the happening: it begins, or help is called."""
AGAIN = frozenset({"again", "later"})
"""Words of a clause that goes on to a further happening."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two slots of two clauses that are of one thing and have no value in common."""

    one: Clause
    two: Clause
    left: Slot
    right: Slot


class Values:
    """Every slot of a story by account and kind, to ask whether an account tells a value anywhere."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._slots: dict[tuple[str, SlotKind], list[tuple[Clause, Slot]]] = defaultdict(list)
        self.first: dict[str, int] = {}
        for clause in clauses:
            self.first.setdefault(clause.article, clause.at)
            for slot in clause.slots:
                self._slots[clause.article, slot.kind].append((clause, slot))

    def of(self, article: str, kind: SlotKind) -> Sequence[tuple[Clause, Slot]]:
        """The slots of a kind that an account tells."""
        return self._slots.get((article, kind), ())

    def tells(self, article: str, slot: Slot) -> bool:
        """Whether an account tells this value of something it can be of."""
        return any(comparable(slot, other) and slot.meets(other) for _, other in self.of(article, slot.kind))

    def own(self, article: str, kind: SlotKind, other: str) -> list[tuple[Clause, Slot]]:
        """The slots of a kind whose values the other account does not tell."""
        return [(c, s) for c, s in self.of(article, kind) if not self.tells(other, s)]

    def leads(self, clause: Clause) -> bool:
        """Whether a clause stands near the beginning of its account."""
        return clause.at - self.first[clause.article] < LEAD_LINES


def clashes(story: Story, values: Values) -> Iterator[Clash]:
    """The values that two accounts of different origins can't both have right, account by account."""
    for left, right in combinations([article.id for article in story.articles], 2):
        if story.origin_of(left).id != story.origin_of(right).id:
            yield from _counts(values, left, right)
            yield from _hours(values, left, right)
            yield from _streets(values, left, right)
            yield from _kindred(values, left, right)
            yield from _clash(only(values.of(left, "body")), only(values.of(right, "body")))


def says(clause: Clause, words: frozenset[str]) -> bool:
    """Whether a clause has one of some words."""
    return any(word.strip(".,;:") in words for word in clause.words)


def at_once(one: Clause, two: Clause) -> bool:
    """Whether what two clauses tell is of one time: predicates that are kin, or that begin one happening."""
    if says(one, AGAIN) or says(two, AGAIN):
        return False
    mine, theirs = one.heads or one.keys, two.heads or two.keys
    begin = [not keys or nearest_kin(keys, ONSET) > 0 for keys in (mine, theirs)]
    return nearest_kin(mine, theirs) > 0 or all(begin)


def only(told: Sequence[tuple[Clause, Slot]]) -> tuple[Clause, Slot] | None:
    """What tells the only value there is, if there is only one."""
    return (
        told[0]
        if len({(slot.low, slot.high, slot.of if slot.kind == "body" else None) for _, slot in told}) == 1
        else None
    )


def _clash(mine: tuple[Clause, Slot] | None, theirs: tuple[Clause, Slot] | None) -> Iterator[Clash]:
    if mine is not None and theirs is not None and not mine[1].meets(theirs[1]):
        yield Clash(mine[0], theirs[0], mine[1], theirs[1])


def _counts(values: Values, left: str, right: str) -> Iterator[Clash]:
    """People killed, hurt or shot: each account counts them once, and first of all."""

    def counted(article: str, key: str) -> list[tuple[Clause, Slot]]:
        return [
            (c, s)
            for c, s in values.of(article, "count")
            if s.key == key and s.of <= PEOPLE and (s.low or 0) > 1 and c.steps <= SURE and values.leads(c)
        ]

    for key in sorted(VICTIMS):
        yield from _clash(only(counted(left, key)), only(counted(right, key)))


def _hours(values: Values, left: str, right: str) -> Iterator[Clash]:
    """The hour of what happened: the only one that each account's lead tells."""

    def told(article: str) -> list[tuple[Clause, Slot]]:
        return [(c, s) for c, s in values.of(article, "clock") if values.leads(c)]

    mine, theirs = only(told(left)), only(told(right))
    if mine and theirs and not (values.tells(right, mine[1]) or values.tells(left, theirs[1])):
        days = [[s for s in c.slots if s.kind == "day"] for c in (mine[0], theirs[0])]
        if all(a.meets(b) for a in days[0] for b in days[1]) and at_once(mine[0], theirs[0]):
            yield from _clash(mine, theirs)


def _streets(values: Values, left: str, right: str) -> Iterator[Clash]:
    """One street with two numbers, or one name with two kinds of street."""
    for one, a in values.own(left, "street", right):
        for two, b in values.own(right, "street", left):
            if comparable(a, b) and not a.meets(b):
                yield Clash(one, two, a, b)


def _kindred(values: Values, left: str, right: str) -> Iterator[Clash]:
    """The age of a relation ("his daughter"): each account has one that the other does not tell."""

    def aged(article: str, other: str, noun: str) -> list[tuple[Clause, Slot]]:
        return [(c, s) for c, s in values.own(article, "age", other) if noun in s.of]

    nouns = {noun for _, slot in values.of(left, "age") for noun in slot.of if sex_of(noun)}
    for noun in sorted(nouns - {"man", "woman", "male", "female", "boy", "girl"}):
        yield from _clash(only(aged(left, right, noun)), only(aged(right, left, noun)))
