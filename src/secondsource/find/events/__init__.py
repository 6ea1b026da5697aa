"""Events: the propositions of a reading, from its dependency parse."""

from .propositions import find_events

__all__ = ["find_events"]
