"""The days of a story's articles under all constraints: laid on by sureness, then solved exactly.

Each constraint is propagated until nothing changes (arc consistency, Mackworth
1977). One that leaves an article no day contradicts surer ones and is set
aside, never silently. Where undated articles hang together in a ring of
constraints, each stretch of days is tried in turn and dropped when the others
can't be dated with it, so that what remains can really be dated.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..model import Evidence
from .constraints import Constraint, Domains, Within
from .days import ALL, Days, Run, count, days, without
from .terms import FINE

REVISIONS = 2000
"""Narrowings after which a constraint counts as contradicting the others: each only nibbles at the rest."""

TRIALS = 4000
"""Trials that solving one ring may take; past them what is left stays possible."""


@dataclass(frozen=True, slots=True)
class Change:
    """The days that a constraint, or a ring of them together, took from an article, and why."""

    article: str
    gone: Days
    evidence: tuple[Evidence, ...]
    weight: float


@dataclass(slots=True)
class Network:
    """The possible days of each article, and the constraints that made them so.

    `domains` are replaced, never changed; `laid` and `set_aside` keep the
    constraints in the order of their sureness.
    """

    domains: dict[str, Days]
    laid: list[Constraint] = field(default_factory=list)
    set_aside: list[Constraint] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    _of: dict[str, list[Constraint]] = field(default_factory=lambda: defaultdict(list))

    def lay(self, constraints: Iterable[Constraint]) -> None:
        """Lay constraints on, the surest first; those that contradict surer ones are set aside."""
        for constraint in sorted(constraints, key=_sureness):
            self.lay_one(constraint)

    def lay_one(self, constraint: Constraint) -> bool:
        """Lay one constraint on; whether it agrees with those that are there."""
        # What one day set allowed once, it allows of fewer days, too: it needs no second look.
        again = () if isinstance(constraint, Within) else constraint.articles
        for article in again:
            self._of[article].append(constraint)
        narrowed = self._propagate(self.domains, (constraint,))
        if narrowed is None:
            for article in again:
                self._of[article].pop()
            self.set_aside.append(constraint)
            return False
        self._note(narrowed, constraint.evidence, constraint.weight)
        self.domains = narrowed
        self.laid.append(constraint)
        return True

    def _note(self, narrowed: Domains, evidence: tuple[Evidence, ...], weight: float) -> None:
        for article, before in self.domains.items():
            gone = without(before, narrowed[article])
            if gone:
                self.changes.append(Change(article, gone, evidence, weight))

    def solve(self) -> None:
        """Drop every day that no dating of the other articles goes with."""
        for ring in self._rings():
            while not self._solve_ring(ring):
                self._set_aside_least(ring)

    def _propagate(self, domains: Domains, first: Iterable[Constraint]) -> dict[str, Days] | None:
        """The domains when nothing changes any more; nothing when one is empty or it takes too long."""
        now = dict(domains)
        queue = deque(first)
        waiting = {id(c) for c in queue}
        for _ in range(REVISIONS):
            if not queue:
                return now
            constraint = queue.popleft()
            waiting.discard(id(constraint))
            for article, left in constraint.narrow(now).items():
                if left == now[article]:
                    continue
                if not left:
                    return None
                now[article] = left
                again = [c for c in self._of[article] if c is not constraint and id(c) not in waiting]
                queue.extend(again)
                waiting.update(id(c) for c in again)
        return None

    def _rings(self) -> list[tuple[str, ...]]:
        """The groups of undated articles joined by as many constraints as articles or more."""
        near: dict[str, set[str]] = defaultdict(set)
        joins = [c for c in self.laid if self._joins(c)]
        for constraint in joins:
            one, other = constraint.articles
            near[one].add(other)
            near[other].add(one)
        rings, seen = [], set[str]()
        for start in sorted(near):
            if start in seen:
                continue
            group, queue = {start}, [start]
            while queue:
                fresh = near[queue.pop()] - group
                group |= fresh
                queue.extend(fresh)
            seen |= group
            edges = sum(c.articles[0] in group for c in joins)
            if edges >= len(group):
                rings.append(tuple(sorted(group)))
        return rings

    def _joins(self, constraint: Constraint) -> bool:
        return len(constraint.articles) == 2 and all(count(self.domains[a]) > 1 for a in constraint.articles)

    def _solve_ring(self, ring: tuple[str, ...]) -> bool:
        """Keep, of each article's days, those that the others can be dated with; false when none can."""
        budget = [TRIALS]
        for article in ring:
            if count(self.domains[article]) > FINE:
                continue
            kept = self._possible(article, ring, budget)
            narrowed = self._propagate({**self.domains, article: kept}, self._of[article]) if kept else None
            if narrowed is None:
                return False
            inside = [c for c in self.laid if self._joins(c) and set(c.articles) <= set(ring)]
            reasons = tuple(dict.fromkeys(e for c in inside for e in c.evidence))
            self._note(narrowed, reasons, min((c.weight for c in inside), default=0.0))
            self.domains = narrowed
        return True

    def _possible(self, article: str, ring: Sequence[str], budget: list[int]) -> Days:
        """The days of one article that a dating of the whole ring goes with, by halving stretches."""
        kept: list[Run] = []
        stack = list(reversed(self.domains[article]))
        while stack:
            first, last = stack.pop()
            budget[0] -= 1
            tried = self._propagate({**self.domains, article: ((first, last),)}, self._of[article])
            if budget[0] < 0:
                kept.append((first, last))
            elif tried is None:
                continue
            elif first == last:
                if self._datable(tried, ring, budget):
                    kept.append((first, last))
            else:
                middle = (first + last) // 2
                stack += [(middle + 1, last), (first, middle)]
        return days(kept)

    def _datable(self, domains: Domains, ring: Sequence[str], budget: list[int]) -> bool:
        """Whether every article of the ring can be given a day; depth first, the most constrained first."""
        open_ones = [a for a in ring if 1 < count(domains[a]) <= FINE]
        if len(open_ones) < 2 or budget[0] < 0:
            return True
        article = min(open_ones, key=lambda a: (count(domains[a]), a))
        for first, last in domains[article]:
            for day in range(first, last + 1):
                budget[0] -= 1
                tried = self._propagate({**domains, article: ((day, day),)}, self._of[article])
                if tried is not None and self._datable(tried, ring, budget):
                    return True
        return False

    def _set_aside_least(self, ring: Sequence[str]) -> None:
        """Set the least sure constraint among a ring's articles aside and lay the others on afresh."""
        inside = [c for c in self.laid if set(c.articles) & set(ring) and len(c.articles) == 2]
        least = max(inside, key=_sureness)
        self.set_aside.append(least)
        again = [c for c in self.laid if c is not least]
        fresh = Network(dict.fromkeys(self.domains, ALL))
        fresh.lay(again)
        self.domains, self.laid, self._of = fresh.domains, fresh.laid, fresh._of
        self.changes = fresh.changes
        self.set_aside += fresh.set_aside


def _sureness(constraint: Constraint) -> tuple[float, tuple[str, ...], str]:
    """The surest first; ties by what the constraint says, so that no order of input matters."""
    reasons = " ".join(
        f"{e.article} {e.span.start if e.span else -1} {e.reason}" for e in constraint.evidence
    )
    return (-constraint.weight, constraint.articles, reasons)
