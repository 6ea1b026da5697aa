"""When a feed is asked again: after a success at the next round, after a failure ever later."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from ..errors import InputError
from ..store import FeedState

FIRST_DELAY: Final = 600.0
"""Seconds until a feed is asked again that failed for the first time; they double with each failure."""

LONGEST_DELAY: Final = 86_400.0
"""Seconds that a feed is left alone at most, whatever it asks for."""

SHORTEST_EVERY: Final = 10.0
_UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def seconds_of(stated: str) -> float:
    """The seconds of an interval: a number and s, m, h or d.

    >>> seconds_of("10m")
    600.0

    Raises:
        InputError: when it is none, or shorter than ten seconds.
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", stated.lower())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds < SHORTEST_EVERY:
        raise InputError(f"not an interval of ten seconds or more: {stated!r}; write 90s, 10m, 2h or 1d")
    return seconds


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether a feed may be asked at this time."""
    return state.due is None or state.due <= now


def after_success(state: FeedState, now: datetime) -> FeedState:
    """The state of a feed that could be read: due whenever somebody looks."""
    return replace(state, checked=now, due=now, delay=0.0, failed=0, reason=None)


def after_failure(state: FeedState, now: datetime, reason: str, asked: float | None) -> FeedState:
    """The state of a feed that could not be read; `asked` is how many seconds it asks to be left alone."""
    delay = min(max(2 * state.delay, FIRST_DELAY), LONGEST_DELAY)
    wait = timedelta(seconds=min(max(delay, asked or 0.0), LONGEST_DELAY))
    return replace(state, checked=now, due=now + wait, delay=delay, failed=state.failed + 1, reason=reason)
