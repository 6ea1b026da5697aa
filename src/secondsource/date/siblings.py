"""Siblings: an undated account is most likely of the days of the dated account that is most like it.

Reports of one story come close together: of those whose days nothing else tells, more than half are
within three days of the dated account in the likest words. How likely that is was measured
(docs/dating.md), by a few things that both tell or leave untold. Where it is not likely enough, the
days of the dated accounts still bound the undated one, widely.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import Reading
from ..words import lemma, rarity
from .days import Run
from .expressions import COMMON, WORD, Expression
from .links import likeness

NEAR = 3
"""Days that an account may be away from its likest dated one, where that is likely."""
HEAD = 2000
"""Characters of headline and body whose words are compared."""
SURE = 0.77
"""Likelihood from which an account is put within `NEAR` days of its likest one."""
AGREED = 0.45
"""The same where the tally of weekdays tells the same week; then the week is right for nine in ten."""
BEFORE, AFTER = 365, 500
"""Days before the first and after the last dated account between which 98 % of the others lie."""
FRESH = 7
"""Days for which an account still tells the date of what is news."""
WEIGHTS: Mapping[str, float] = {
    "silent": 0.5,
    "silent_first": 0.8,
    "first": 0.7,
    "like": 1.7,
    "spread": -0.15,
    "dates": -0.5,
    "dates_fresh": -0.8,
    "same_weekday": 1.8,
    "plans": -0.4,
    "other_weekdays": -0.75,
    "other_dates": -1.3,
    "other_fresh": 1.55,
    "other_plans": -0.7,
}
BASE = 0.1
"""A logistic regression, fitted on the development incidents: the likelier the more alike the words and
the weekdays and the nearer the other account is to what it tells of, the less so where plans or dates tell of
later days."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """The likest dated account of an undated one, and how likely the two are of the same days."""

    account: str
    day: int
    likely: float

    @property
    def days(self) -> Run:
        """The days around it."""
        return self.day - NEAR, self.day + NEAR


def sibling(
    article: str,
    readings: Mapping[str, Reading],
    told: Mapping[str, Sequence[Expression]],
    dated: Mapping[str, int],
) -> Sibling | None:
    """The dated account that an undated one is likest to; nothing where none is dated."""
    words = telling_words(readings[article])
    likest = max(
        (
            (likeness(words, telling_words(readings[other]))[0], other)
            for other in sorted(dated)
            if other in readings
        ),
        default=None,
    )
    if likest is None:
        return None
    like, other = likest
    z = BASE
    for name, value in features(told[article], told[other], like, dated[other], dated).items():
        z += WEIGHTS[name] * value
    return Sibling(other, dated[other], 1.0 / (1.0 + math.exp(-z)))


def around(dated: Mapping[str, int]) -> Run:
    """The days around all dated accounts between which almost every undated one lies."""
    return min(dated.values()) - BEFORE, max(dated.values()) + AFTER


def features(
    here: Sequence[Expression], there: Sequence[Expression], like: float, day: int, dated: Mapping[str, int]
) -> dict[str, float]:
    """What tells whether an account is of the days of a dated one: its own expressions, and the other's."""
    weekdays, dates = _weekdays(here), _dates(here)
    others, other_dates = _weekdays(there), _dates(there)
    first = day == min(dated.values())
    silent = not weekdays and not dates
    return {
        "silent": silent,
        "silent_first": silent and first,
        "first": first,
        "like": like,
        "spread": math.log1p(max(dated.values()) - min(dated.values())),
        "dates": bool(dates),
        "dates_fresh": any(_near(e, day - FRESH - 2, day + NEAR) for e in dates),
        "same_weekday": bool(weekdays & others),
        "plans": any(e.way == "future" and e.name for e in here),
        "other_weekdays": bool(others),
        "other_dates": bool(other_dates),
        "other_fresh": any(_near(e, day - FRESH + 1, day) for e in other_dates),
        "other_plans": any(e.way == "future" and e.name for e in there),
    }


def _weekdays(told: Sequence[Expression]) -> set[int]:
    """The weekdays that an account names of what has happened."""
    return {
        e.name.weekday
        for e in told
        if e.way == "past" and not e.absolute and e.name and e.name.weekday and not e.name.month
    }


def _dates(told: Sequence[Expression]) -> list[Expression]:
    """The days of months that an account names, of what has happened."""
    return [e for e in told if e.way != "future" and e.name and e.name.month and e.name.day]


def _near(expression: Expression, first: int, last: int) -> bool:
    """Whether a day of a month is one of some days, whatever its year."""
    return any(expression.name is not None and expression.name.fits(day) for day in range(first, last + 1))


def telling_words(reading: Reading) -> dict[str, float]:
    """The bare words of an account's headline and opening, each with how rare it is."""
    text, left = reading.article.text, HEAD
    weights: dict[str, float] = {}
    for sentence in reading.sentences:
        if sentence.role not in {"headline", "body"}:
            continue
        if left <= 0:
            break
        left -= len(sentence.span)
        for found in WORD.finditer(text, sentence.span.start, sentence.span.end):
            bare = lemma(found[0].removesuffix("'s").removesuffix("’s"))
            told = rarity(bare)
            if told >= COMMON:
                weights[bare] = told
    return weights
