"""Finding: the quotes, time mentions and events of a reading."""

from __future__ import annotations

from dataclasses import replace

from ..model import Reading

__all__ = ["find"]


def find(reading: Reading) -> Reading:
    """The same reading with its time mentions, quotes and events; each finder sees those before it."""
    from .events import find_events
    from .quotes import find_quotes
    from .times import find_times

    timed = replace(reading, times=find_times(reading))
    quoted = replace(timed, quotes=find_quotes(timed))
    return replace(quoted, events=find_events(quoted))
