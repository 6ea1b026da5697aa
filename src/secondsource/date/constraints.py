"""Constraints on unknown publication days: what each demands, how sure it is, and where it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ..model import Evidence
from ..model.time import anchors_of
from .days import FIRST, LAST, Days, both, count, days, on_weekdays
from .terms import FINE, Term, backwards, forwards

Domains: TypeAlias = Mapping[str, Days]
"""By article id, the days on which it may have been published."""


class Constraint(Protocol):
    """What narrows the days of one or two articles; surer ones are laid on first."""

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles it speaks of."""

    @property
    def weight(self) -> float:
        """How sure it is; where two contradict each other, the surer one stands."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The reason, in words, once for each article."""

    def narrow(self, domains: Domains) -> dict[str, Days]:
        """The days that remain for each article it speaks of."""


@dataclass(frozen=True, slots=True)
class Within:
    """An article was published on one of some days."""

    article: str
    allowed: Days
    weight: float
    evidence: tuple[Evidence, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """The one article."""
        return (self.article,)

    def narrow(self, domains: Domains) -> dict[str, Days]:
        """The days that are allowed, too."""
        return {self.article: both(domains[self.article], self.allowed)}


@dataclass(frozen=True, slots=True)
class OnWeekdays:
    """An article was published on one of some weekdays (1 for Monday to 7 for Sunday).

    It says nothing while the days are too many to be gone through.
    """

    article: str
    weekdays: frozenset[int]
    weight: float
    evidence: tuple[Evidence, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """The one article."""
        return (self.article,)

    def narrow(self, domains: Domains) -> dict[str, Days]:
        """The days that fall on the weekdays."""
        still = domains[self.article]
        return {self.article: on_weekdays(still, self.weekdays) if count(still) <= FINE else still}


@dataclass(frozen=True, slots=True)
class Meet:
    """Two terms, in one article or in two, come to days that have one in common.

    `slack` is how many days may lie between them, `lag` how many days after it
    was written a text may have been printed.
    """

    left: str
    left_term: Term
    right: str
    right_term: Term
    weight: float
    evidence: tuple[Evidence, ...]
    slack: int = 0
    lag: int = 0

    @property
    def articles(self) -> tuple[str, ...]:
        """The one or two articles."""
        return tuple(dict.fromkeys((self.left, self.right)))

    def narrow(self, domains: Domains) -> dict[str, Days]:
        """The days of each on which its term meets what the other's may come to."""
        if (
            self.left == self.right
            and anchors_of(self.left_term.operator)
            and anchors_of(self.right_term.operator)
        ):
            return {self.left: self._alone(domains[self.left])}
        written = {a: _moved(domains[a], -self.lag, 0) for a in self.articles}
        reached = _wider(forwards(self.right_term, written[self.right]), self.slack)
        left = self._printed(backwards(self.left_term, reached, written[self.left]), domains[self.left])
        reached = _wider(forwards(self.left_term, _moved(left, -self.lag, 0)), self.slack)
        right = self._printed(backwards(self.right_term, reached, written[self.right]), domains[self.right])
        return {self.left: both(left, right) if self.left == self.right else left, self.right: right}

    def _printed(self, written: Days, still: Days) -> Days:
        return both(_moved(written, 0, self.lag), still)

    def _alone(self, still: Days) -> Days:
        """The days on which both terms, seen from the same day, meet."""
        if count(still) > FINE:
            return still
        kept = []
        for first, last in still:
            for day in range(first, last + 1):
                here: Days = ((day, day),)
                reached = _wider(forwards(self.right_term, here), self.slack)
                if backwards(self.left_term, reached, here):
                    kept.append((day, day))
        return days(kept)


@dataclass(frozen=True, slots=True)
class Near:
    """One article was published from `least` to `most` days after the other (negative: before)."""

    left: str
    right: str
    least: int
    most: int
    weight: float
    evidence: tuple[Evidence, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Both articles."""
        return (self.left, self.right)

    def narrow(self, domains: Domains) -> dict[str, Days]:
        """The days of each that are near enough to one of the other's."""
        left = both(domains[self.left], _moved(domains[self.right], -self.most, -self.least))
        right = both(domains[self.right], _moved(left, self.least, self.most))
        return {self.left: left, self.right: right}


def _wider(of: Days, by: int) -> Days:
    return of if by == 0 else _moved(of, -by, by)


def _moved(of: Days, least: int, most: int) -> Days:
    """The days from `least` to `most` days after one of the set; open ends stay open."""
    return days(
        (first if first <= FIRST else first + least, last if last >= LAST else last + most)
        for first, last in of
    )
