"""Time expressions: where a text tells a time, and what it means before any date is known.

A sentence is cut into words (`words`), a small grammar reads expressions from
them (`numbers`, `dates`, `clock`, `lengths`, `relative`, `phrase`), and the
text around settles what the words leave open (`tense`, `context`). The result
is a term for each expression; `secondsource.date.ground` puts it on the
calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ...model import Reading, Sentence, TimeMention
from .context import Discourse, note, place, settle
from .found import Found
from .phrase import expression, more_days
from .tense import Tagged, rough_tag
from .words import Line, scan

__all__ = ["find_times"]

_Token: TypeAlias = tuple[int, int, str, str, str, int, int]
"""Start, end, lower-case text, tag and relation (empty where the reader gave none), place, head's place."""


def find_times(reading: Reading) -> tuple[TimeMention, ...]:
    """The time expressions of a reading's sentences, in text order, with their terms."""
    so_far = Discourse()
    tokens = _tokens(reading)
    cursor = 0
    for number, sentence in enumerate(reading.sentences):
        line = Line(scan(reading.article.text, sentence.span.start, sentence.span.end))
        found = list(_expressions(line))
        if not found:
            continue
        cursor, inside = _inside(tokens, cursor, sentence)
        where = place(number, line, inside)
        for start, expressed in found:
            made = settle(expressed, start, where, so_far)
            if made is not None:
                note(made, where, so_far)
    return tuple(so_far.mentions)


def _expressions(line: Line) -> Iterator[tuple[int, Found]]:
    """The expressions of a line from left to right; none overlaps another."""
    i = 0
    while i < len(line):
        found = expression(line, i)
        if found is None:
            i += 1
            continue
        yield i, found
        i = found.end
        for start, day in more_days(line, found):
            yield start, day
            i = day.end


def _tokens(reading: Reading) -> list[_Token]:
    return [
        (t.idx, t.idx + len(t), t.lower_, t.tag_, t.dep_, t.i, t.head.i)
        for t in reading.doc
        if not t.is_space
    ]


def _inside(tokens: Sequence[_Token], cursor: int, sentence: Sentence) -> tuple[int, list[Tagged]]:
    """The tokens of a sentence, tagged, and where the next search begins."""
    while cursor < len(tokens) and tokens[cursor][0] < sentence.span.start:
        cursor += 1
    stop = cursor
    while stop < len(tokens) and tokens[stop][0] < sentence.span.end:
        stop += 1
    held = tokens[cursor:stop]
    place_of = {token[5]: k for k, token in enumerate(held)}
    out: list[Tagged] = []
    before = ""
    for start, end, lower, tag, dep, _, head in held:
        out.append(Tagged(lower, tag or rough_tag(lower, before), start, end, dep, place_of.get(head, -1)))
        before = lower
    return stop, out
