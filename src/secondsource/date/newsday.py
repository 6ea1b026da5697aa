"""The news day: on which weekday what an article reports was said, and what hangs on that day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from ..model import Grounding, Interval, Operator, Reading, Span
from .expressions import Expression
from .ground import ground_reading

LEAD = 300
"""Characters of the body in which a report says what is new."""

_SAYING = re.compile(
    r"\b(?:said|says|told\s+\S+(?:\s+\S+)?|announced|warned|confirmed|reported|declared|ruled)"
    r"\s+(?:on\s+|late\s+|early\s+)*$"
)
_REFERS = re.compile(
    r"(?:his|her|their|its|the|that|this|it)\b[^.]{0,60}?\b(?:came|comes|was|is|follow\w*)\s*(?:just\s+)?$",
    re.IGNORECASE,
)


def news_weekday(reading: Reading, told: Sequence[Expression]) -> tuple[int, Span] | None:
    """The weekday (1 for Monday to 7 for Sunday) on which the lead says that something was said."""
    body = reading.body
    if not body:
        return None
    text, lead = reading.article.text, body[0].span.start
    for expression in told:
        start = expression.span.start
        if not lead <= start < lead + LEAD:
            continue
        day = _bare_weekday(expression.term.operator)
        if day and expression.way == "past" and _SAYING.search(text, max(lead, start - 40), start):
            return day, expression.span
    return None


def _bare_weekday(term: Operator) -> int | None:
    while term.name in {"at", "early", "mid", "late"}:
        inner = term.arguments[-1]
        if not isinstance(inner, Operator):
            return None
        term = inner
    day = term.arguments[0] if term.name == "weekday" else None
    return day if isinstance(day, int) else None


def event_days(reading: Reading, published: Interval) -> dict[Span, Interval]:
    """When the events happened that expressions such as "the day after ..." are anchored on.

    "His announcement came the day after X": the announcement's day is that of
    the sentence before, so X is a day earlier.
    """
    waiting = [
        (index, mention)
        for index, mention in enumerate(reading.times)
        if mention.event is not None and mention.operator.arguments[-1] == Operator("event")
    ]
    if not waiting:
        return {}
    known = ground_reading(reading, published)
    found: dict[Span, Interval] = {}
    for index, mention in waiting:
        steps, unit = mention.operator.arguments[0], mention.operator.arguments[1]
        if not isinstance(steps, int) or unit != "day" or mention.event is None:
            continue
        held = bisect_right([s.span.start for s in reading.sentences], mention.span.start) - 1
        if held < 1 or not _refers_back(reading, reading.sentences[held].span, mention.span):
            continue
        day = _last_day(reading, known[:index], reading.sentences[held - 1].span)
        if day:
            event = date.fromordinal(day.toordinal() - steps)
            found[mention.event] = Interval(event, event)
    return found


def _refers_back(reading: Reading, sentence: Span, mention: Span) -> bool:
    """Whether a sentence opens with what the one before it told: "His announcement came ..."."""
    return bool(_REFERS.fullmatch(reading.article.text[sentence.start : mention.start]))


def _last_day(reading: Reading, known: Sequence[Grounding], sentence: Span) -> date | None:
    """The last single day that a sentence tells of."""
    for grounding in reversed(known):
        day = grounding.interval.earliest
        if sentence.contains(reading.times[grounding.mention].span) and day == grounding.interval.latest:
            return day
    return None
