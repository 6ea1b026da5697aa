"""Repair: spans of an attribution pulled to the quotation marks and away from loose punctuation."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import Span, merge
from ...model.finding import QuoteForm
from .passage import Attribution, Passage

MOSTLY = 0.5
"""A span that covers this much of a quoted stretch takes all of it, else none."""


def repair(passage: Passage, found: Attribution) -> Attribution | None:
    """The attribution with whole quoted stretches and clean edges; None if nothing of its content is left."""
    content = merge(piece for span in found.content for piece in _to_marks(passage, span))
    content = tuple(s for span in content if (s := _clean(passage.text, span)))
    if not content:
        return None
    return Attribution(content, found.cue, found.source, found.rule, found.sure)


def form_of(passage: Passage, content: Iterable[Span]) -> QuoteForm:
    """Direct where all of the content is quoted, mixed where some of it is, else indirect."""
    quoted = total = 0
    for span in content:
        total += _solid(passage.text, span)
        for stretch in passage.outer:
            if stretch.span.end <= span.start:
                continue
            if stretch.span.start >= span.end:
                break
            common = Span(max(span.start, stretch.span.start), min(span.end, stretch.span.end))
            quoted += _solid(passage.text, common)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= total - 3 else "mixed"


def _solid(text: str, span: Span) -> int:
    """How many characters of a span are no white space."""
    return sum(not c.isspace() for c in span.of(text))


def _to_marks(passage: Passage, span: Span) -> Iterable[Span]:
    """A span with its edges moved out to, or away from, the quoted stretches that they cut."""
    start, end = span.start, span.end
    for stretch in passage.outer:
        if stretch.span.end <= start or stretch.span.start >= end:
            continue
        if stretch.span.start <= start and end <= stretch.span.end:
            inner = stretch.inner
            if start <= inner.start + 1 and end >= inner.end - 1:
                start, end = stretch.span.start, stretch.span.end
            continue
        whole = stretch.span.overlap(Span(start, end)) >= MOSTLY * len(stretch.span)
        if stretch.span.start < start:
            start = stretch.span.start if whole else stretch.span.end
        elif stretch.span.end > end:
            end = stretch.span.end if whole else stretch.span.start
    return (Span(start, end),) if start < end else ()


def _clean(text: str, span: Span) -> Span:
    span = span.strip(text)
    start, end = span.start, span.end
    while start < end and text[start] in ",;:":
        start += 1
    while end > start and text[end - 1] in ",;:":
        end -= 1
    return Span(start, end).strip(text)
