"""Time expressions: where a text tells a time, and what it means before any date is known.

A sentence is cut into words (`words`), a small grammar reads expressions from
them (`numbers`, `dates`, `clock`, `lengths`, `relative`, `phrase`), and the
text around settles what the words leave open (`tense`, `context`). The result
is a term for each expression; `secondsource.date.ground` puts it on the
calendar.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial

from ...model import Reading, Sentence, TimeMention
from .context import Discourse, Place, note, settle
from .found import Found
from .lexicon import may_tell_time
from .phrase import expression, may_begin, more_days
from .tense import Tagged, rough_tag
from .words import Line, scan

__all__ = ["find_times"]


def find_times(reading: Reading) -> tuple[TimeMention, ...]:
    """The time expressions of a reading's sentences, in text order, with their terms."""
    text = reading.article.text
    so_far = Discourse()
    places = _places(reading)
    for number, sentence in enumerate(reading.sentences):
        start, end = sentence.span.start, sentence.span.end
        if not may_tell_time(text[start:end]):
            continue
        line = Line(scan(text, start, end))
        found = list(_expressions(line))
        if not found:
            continue
        where = Place(number, line, partial(_tokens, reading, places, sentence))
        for begin, expressed in found:
            made = settle(expressed, begin, where, so_far)
            if made is not None:
                note(made, where, so_far)
    return tuple(so_far.mentions)


def _expressions(line: Line) -> Iterator[tuple[int, Found]]:
    """The expressions of a line from left to right; none overlaps another."""
    i = 0
    near = line.starts()
    while i < line.size:
        found = expression(line, i) if near[i] and may_begin(line[i]) else None
        if found is None:
            i += 1
            continue
        yield i, found
        i = found.end
        for start, day in more_days(line, found):
            yield start, day
            i = day.end


def _places(reading: Reading) -> Sequence[int]:
    """Where each token of a reading begins."""
    from spacy.attrs import IDX  # slow to load, and loaded by then

    places: list[int] = reading.doc.to_array(IDX).tolist()
    return places


def _tokens(reading: Reading, places: Sequence[int], sentence: Sentence) -> list[Tagged]:
    """The tokens of a sentence, tagged; the tags are guessed where the reader gave none."""
    first = bisect_left(places, sentence.span.start)
    last = bisect_left(places, sentence.span.end, first)
    held = [token for token in reading.doc[first:last] if not token.is_space]
    order = {token.i: k for k, token in enumerate(held)}
    out: list[Tagged] = []
    before = ""
    for token in held:
        lower = token.lower_
        month = bool(out) and token.text in {"May", "March"}
        tag = token.tag_ or ("X" if month else rough_tag(lower, before))
        head = order.get(token.head.i, -1)
        end = token.idx + len(token)
        out.append(Tagged(lower, tag, token.idx, end, token.dep_, head, token.ent_type_))
        before = lower
    return out
