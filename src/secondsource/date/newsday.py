"""The news day: on which weekday what an article reports was said, and what hangs on that day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Interval, Operator, Reading, Span
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
        if not isinstance(steps, int) or unit != "day" or mention.event is None or not index:
            continue
        sentence = next((s.span for s in reading.sentences if s.span.contains(mention.span)), None)
        before = known[index - 1].interval
        if sentence is None or before.earliest is None or before.earliest != before.latest:
            continue
        if _REFERS.fullmatch(reading.article.text[sentence.start : mention.span.start]):
            day = before.earliest.fromordinal(before.earliest.toordinal() - steps)
            found[mention.event] = Interval(day, day)
    return found
