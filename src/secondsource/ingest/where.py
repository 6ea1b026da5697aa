"""Where an article comes from: a file, a line or an item in it; and the failures that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from ..errors import Failure
from ..model import Article

Loaded: TypeAlias = Iterator[Article | Failure]
"""What every format gives: articles, and failures for what could not be loaded."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the input: the name of the file and, in a file of many, the line or the item."""

    name: str
    line: int | None = None
    item: int | None = None

    def at_line(self, line: int) -> Where:
        """A line of this file; the first is 1."""
        return replace(self, line=line)

    def at_item(self, item: int) -> Where:
        """An item of this file; the first is 1."""
        return replace(self, item=item)

    @property
    def place(self) -> str:
        """What messages call the article found here."""
        if self.line is not None:
            return f"{self.name}:{self.line}"
        return self.name if self.item is None else f"{self.name}#{self.item}"

    def failure(self, reason: str) -> Failure:
        """What could not be done here, and why."""
        named = self.name if self.line is not None else self.place
        return Failure(stage="ingest", where=named, reason=reason, line=self.line)
