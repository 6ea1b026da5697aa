"""The tally: what the dated accounts say happened on which day, and which undated ones speak of it.

Where some accounts are dated, the days they tell of are known. An undated
account that says "Saturday" is then most likely of the week after the Saturday
that the others tell of most; how likely was measured (docs/dating.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .expressions import Expression
from .links import likeness

SUPPORT, LIKE, DATED, MANY, BASE = 1.5, 2.3, -1.7, -1.2, 1.4
"""Weights of a logistic regression, fitted on the development incidents: how much of the telling a day
has, how alike the words are, whether the account gives dates without weekdays (as later accounts do),
and the logarithm of how many dated accounts there are."""
LEAST = 0.85
"""Sureness from which an account is dated by the tally."""
LEAST_AGREED = 0.6
"""The same where the dated account in the likest words is of the week that the tally tells, too."""
MOST = 40
"""Expressions kept for a day, so that cost stays linear in the accounts."""
LEAD = 600
"""Characters of the body in which an account says what it is about; what stands there counts twice."""


@dataclass(slots=True)
class Told:
    """A day that dated accounts tell of: how much of their telling, and with which expressions."""

    votes: float = 0.0
    by: list[Expression] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """An undated account's expression, and the likest one of a dated account for the day it means."""

    expression: Expression
    partner: Expression
    day: int
    sure: float


def tally(accounts: Mapping[str, Sequence[Expression]], dated: Mapping[str, int]) -> dict[int, Told]:
    """By day number, what the dated accounts tell of; `dated` gives each one's own day."""
    days: dict[int, Told] = {}
    for article in sorted(dated):
        counted: set[int] = set()
        for expression in accounts.get(article, ()):
            run = expression.term.on(dated[article])
            if expression.way != "past" or expression.grain > 1 or run is None or run[0] > dated[article]:
                continue
            if expression.name and not expression.name.fits(run[0]):
                continue
            told = days.setdefault(run[0], Told())
            if len(told.by) < MOST:
                told.by.append(expression)
            if run[0] not in counted:
                counted.add(run[0])
                told.votes += (2.0 if expression.depth < LEAD else 1.0) * (1.0 if expression.name else 0.7)
    return days


def match(
    told: Sequence[Expression], days: Mapping[int, Told], accounts: int, least: float = LEAST
) -> Match | None:
    """The surest day of the tally that one undated account names, if it is at least so sure.

    `accounts` is how many dated accounts the tally is of.
    """
    most = max((day.votes for day in days.values()), default=0.0)
    dated = any(e.name is not None and e.name.day and not e.name.weekday for e in told)
    ground = BASE + MANY * math.log(max(1, accounts)) + DATED * dated
    best: Match | None = None
    for expression in told:
        name = expression.name
        if expression.absolute or expression.way != "past" or not (name and name.weekday and not name.month):
            continue
        for day in sorted(days):
            if (day - 1) % 7 + 1 != name.weekday:
                continue
            like, partner = max(_liked(expression, days[day].by), key=lambda found: found[0])
            sure = _logistic(ground + SUPPORT * days[day].votes / most + LIKE * like)
            if sure >= least and (best is None or sure > best.sure):
                best = Match(expression, partner, day, sure)
    return best


def _liked(expression: Expression, others: Iterable[Expression]) -> list[tuple[float, Expression]]:
    return [(likeness(expression.words, other.words)[0], other) for other in others]


def _logistic(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z))
