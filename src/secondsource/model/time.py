"""Time: TIMEX3 types, symbolic operators, and intervals of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from ..errors import InputError

TimeType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days from `earliest` to `latest`, both included; `None` where unbounded."""

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise InputError(f"interval: {self.latest} is before {self.earliest}")


@dataclass(frozen=True, slots=True)
class Operator:
    """A time expression's meaning as a term, grounded only when an anchor is known.

    `name` is the operator ("last", "weekday", "shift"), `arguments` its
    operands: strings, whole numbers or further operators.
    """

    name: str
    arguments: tuple[str | int | Operator, ...] = ()
