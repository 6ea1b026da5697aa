"""What the grammar finds: where an expression ends and what it means, as far as the words tell.

Two things are left open by the words alone and settled later, in `context`:
the direction `AUTO` (which Friday, which May) and the anchor `focus(...)`
(the time that the text is speaking of: "that week", "a year earlier").
"""

from __future__ import annotations

from typing import NamedTuple

from ...model import Operator, TimeType

AUTO = "auto"
"""The direction that tense and cue words decide."""


def focus(kind: str) -> Operator:
    """The time the text speaks of, of a kind: "day", "week", "month", "quarter", "year", "any", "period"."""
    return Operator("focus", (kind,))


class Found(NamedTuple):
    """An expression that ends before word `end`; `start` is set where it begins later than it was sought."""

    end: int
    type: TimeType
    operator: Operator
    rule: str
    mod: str | None = None
    start: int | None = None
    weak: bool = False
    """Whether a neighbour must support it (a bare year, a bare "may")."""


def longest(*found: Found | None) -> Found | None:
    """The one that ends last; the first of those that end together."""
    kept = [f for f in found if f is not None]
    return max(kept, key=lambda f: f.end) if kept else None
