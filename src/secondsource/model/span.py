"""Spans: half-open ranges of code points in an article's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open `[start, end)` offsets, in Unicode code points, into `article.text`.

    Raises:
        SpanError: when `start` is negative or `end` is before `start`.

    >>> Span(0, 5).of("Hello there")
    'Hello'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise SpanError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return self.end > self.start

    def of(self, text: str) -> str:
        """The characters at this span, verbatim.

        Raises:
            SpanError: when the span does not lie within the text.
        """
        if self.end > len(text):
            raise SpanError(f"[{self.start}, {self.end}) is outside a text of {len(text)} characters")
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return max(self.start, other.start) < min(self.end, other.end)

    def overlap(self, other: Span) -> int:
        """How many characters the two share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def shift(self, by: int) -> Span:
        """The same span in a text that begins `by` characters earlier."""
        return Span(self.start + by, self.end + by)

    def strip(self, text: str) -> Span:
        """The span without white space at its ends."""
        piece = self.of(text)
        start = self.start + len(piece) - len(piece.lstrip())
        return Span(start, max(start, self.start + len(piece.rstrip())))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans as sorted spans that neither touch nor overlap.

    >>> merge([Span(4, 6), Span(0, 2), Span(2, 3)])
    (Span(start=0, end=3), Span(start=4, end=6))
    """
    out: list[Span] = []
    for span in sorted(s for s in spans if s):
        if out and span.start <= out[-1].end:
            if span.end > out[-1].end:
                out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def covered(span: Span, by: Sequence[Span]) -> int:
    """How many characters of `span` lie in the spans `by` (each counted once)."""
    return sum(span.overlap(other) for other in merge(other for other in by if span.overlaps(other)))
