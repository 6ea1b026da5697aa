"""Events: the propositions of a reading, from its dependency parse."""

from .propositions import event_at, find_events

__all__ = ["event_at", "find_events"]
