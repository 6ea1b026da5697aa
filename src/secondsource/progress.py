"""Progress of long work, as the stages report it; only the command line draws it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with what is being done, how many are done, and how many there are (0: not known)."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Take note of progress."""


def silent(what: str, done: int, total: int) -> None:
    """The progress that nobody watches."""
