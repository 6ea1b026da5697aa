"""Where a text quotes: the stretches inside quotation marks, whatever the convention.

Typewriter, curly, doubled single, low and angled marks are known. A quotation
never runs past its paragraph: one that is not closed there ends with it, as
in speech that goes on for several paragraphs with a mark at the head of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import Span, merge

_PARAGRAPH: Final = re.compile(r"[^\n]+")

_OPENING: Final = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘‘": "’’", "``": "''"}
"""Opening marks and the marks that may close each."""

_STRAIGHT: Final = ('"', "''")
"""Marks that open and close alike."""

_MARKS: Final = re.compile(r"‘‘|’’|``|''|[“”„«»‹›\"]")

_SINGLE: Final = re.compile(r"[‘'](?<![\w’'][‘'])(?=[^\W\d])([^‘’'\n]*(?:[’'](?=\w)[^‘’'\n]*)*)[’'](?!\w)")
"""Single marks: opened before a word, closed after one or its stop; apostrophes between letters pass."""


def quotations(text: str, within: Sequence[Span]) -> tuple[Span, ...]:
    """The quoted stretches of these spans, marks included, sorted and disjoint.

    >>> text = 'He said "we will go" and left.'
    >>> [span.of(text) for span in quotations(text, (Span(0, len(text)),))]
    ['"we will go"']
    """
    found: list[Span] = []
    for span in within:
        for paragraph in _PARAGRAPH.finditer(text, span.start, span.end):
            found += _double(text, paragraph.start(), paragraph.end())
            found += _single(text, paragraph.start(), paragraph.end())
    return merge(found)


def _double(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    closing = ""
    for mark in _MARKS.finditer(text, start, end):
        sign = mark.group()
        opens, closes = _faces(text, mark, start, end)
        if sign in _OPENING or (sign in _STRAIGHT and opens and (opened is None or not closes)):
            # A mark that can only open, while another is open: the other was never closed, so it is dropped.
            opened, closing = mark.start(), _OPENING.get(sign, sign)
        elif opened is not None and sign in closing and closes:
            yield Span(opened, mark.end())
            opened = None
    if opened is not None:
        yield Span(opened, end)


def _faces(text: str, mark: re.Match[str], start: int, end: int) -> tuple[bool, bool]:
    """Whether a straight mark, by what stands beside it, may open and may close a quotation."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    left, right = before.isspace() or before in "([—–-", after.isspace() or after in ")],.;:!?—–-"
    if left == right:
        return True, True
    return left, right or not left


def _single(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _SINGLE.finditer(text, start, end):
        # One word in single marks is a nickname or a coinage, or two stray apostrophes.
        if " " in found.group(1):
            yield Span(*found.span())
