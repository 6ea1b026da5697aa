"""Events as records for other programs: JSON of a finding, PLOVER's record, a flat row.

The dates come from the story's calendar: the article's as it is known, an
event's as its time mentions come to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from ...model import Argument, Calendar, Event, Quantity, Reading, Span
from .actors import parts

Json: TypeAlias = Any
Days: TypeAlias = tuple[date | None, date | None]

HARMS: Final = {
    "dead": frozenset(
        "die kill dead death killing slay murder execute assassinate massacre shoot_dead killed".split()
    ),
    "injured": frozenset("injure injured wound wounded hurt injury maim".split()),
    "arrested": frozenset("arrest arrested detain detained apprehend round_up arrestee detainee".split()),
}
"""Predicates and counted states by what becomes of those that are counted."""
AUXILIARY: Final = {
    "planned": "future",
    "expected": "future",
    "possible": "hypothetical",
    "unclear": "hypothetical",
    "negated": "negation",
    "denied": "negation",
}
AHEAD_ALREADY: Final = frozenset({"AGREE", "CONCEDE"})
"""Types that what is still to come is coded as."""
LONG_AGO: Final = timedelta(days=365)
"""What ended so long before its telling is historical."""
COLUMNS: Final = (
    "id", "article", "outlet", "date", "latest", "predicate", "type", "mode", "contexts", "actor",
    "recipient", "actor_codes", "recipient_codes", "place", "modality", "negated",
    "holder", "dead", "injured", "arrested",
    "trigger_spans", "clause_spans", "text",
)  # fmt: skip
"""The columns of a flat row, in their order."""


def event_id(reading: Reading, event: Event) -> str:
    """A name for an event that stays the same: the article's and where the trigger begins."""
    return f"{reading.article.id}:{event.trigger[0].start}"


def finding(reading: Reading, event: Event, calendar: Calendar) -> dict[str, Json]:
    """An event as the JSON of a finding."""
    text = reading.article.text
    first, last = days_of(reading, event, calendar)
    return {
        "kind": "event",
        "id": event_id(reading, event),
        "article": reading.article.id,
        "predicate": event.predicate,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "trigger": [_pair(span) for span in event.trigger],
        "clause": _pair(event.clause),
        "actors": [_argument(argument, text) for argument in event.actors],
        "recipients": [_argument(argument, text) for argument in event.recipients],
        "others": [_argument(argument, text) for argument in event.fillers("oblique", "attribute")],
        "where": [_argument(argument, text) for argument in event.where],
        "when": {"earliest": _iso(first), "latest": _iso(last), "mentions": list(event.when)},
        "quantities": [_quantity(quantity, text) for quantity in event.quantities],
        "modality": event.modality,
        "negated": event.negated,
        "holder": event.holder,
        "text": event.clause.of(text),
    }


def plover_record(reading: Reading, event: Event, calendar: Calendar) -> dict[str, Json]:
    """A coded event as PLOVER's record: who, to whom, type, modes, contexts, where, when and how many."""
    article = reading.article
    first, last = days_of(reading, event, calendar)
    recipients = event.recipients or event.fillers("oblique")
    return {
        "id": event_id(reading, event),
        "date": _iso(first),
        "latest": _iso(last),
        "actor": [_actor(argument, article.text) for argument in event.actors],
        "recipient": [_actor(argument, article.text) for argument in recipients],
        "type": event.type,
        "mode": modes_of(reading, event, calendar),
        "context": list(event.contexts),
        "event_loc": [_actor(argument, article.text) for argument in event.where],
        "event_text": [
            {"text": span.of(article.text), "start": span.start, "end": span.end} for span in event.trigger
        ],
        "magnitude": magnitude_of(reading, event),
        "text": event.clause.of(article.text),
        "source": {"article": article.id, "outlet": article.outlet, "url": article.url},
    }


def row(reading: Reading, event: Event, calendar: Calendar) -> dict[str, Json]:
    """An event as one row of a table; what is several is joined by "; "."""
    text = reading.article.text
    first, last = days_of(reading, event, calendar)
    magnitude = magnitude_of(reading, event)
    values = (
        event_id(reading, event), reading.article.id, reading.article.outlet, _iso(first), _iso(last),
        event.predicate, event.type, event.mode, "; ".join(event.contexts),
        _words(event.actors, text), _words(event.recipients, text),
        _codes(event.actors), _codes(event.recipients), _words(event.where, text),
        event.modality, event.negated, event.holder,
        *(_range(magnitude.get(harm)) for harm in HARMS),
        _spans(event.trigger), _spans([event.clause]), " ".join(event.clause.of(text).split()),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def days_of(reading: Reading, event: Event, calendar: Calendar) -> Days:
    """The first and last day on which an event can have been: by its own times, else by its article's."""
    mine = set(event.when)
    own = [
        grounding.interval
        for grounding in calendar.groundings
        if grounding.article == reading.article.id and grounding.mention in mine
    ]
    if own:
        return own[0].earliest, own[0].latest
    published = calendar.date(reading.article.id)
    return published.earliest, published.latest


def modes_of(reading: Reading, event: Event, calendar: Calendar) -> list[str]:
    """The mode, and the auxiliary modes: historical, future, hypothetical, negation."""
    auxiliary = AUXILIARY.get(event.modality)
    if auxiliary == "future" and event.type in AHEAD_ALREADY:
        auxiliary = None
    told = calendar.date(reading.article.id)
    _, last = days_of(reading, event, calendar)
    found = [event.mode] if event.mode else []
    if last is not None and told.earliest is not None and last < told.earliest - LONG_AGO:
        found.append("historical")
    if auxiliary is not None:
        found.append(auxiliary)
    if event.negated and auxiliary != "negation":
        found.append("negation")
    return found


def magnitude_of(reading: Reading, event: Event) -> dict[str, list[float | None]]:
    """How many dead, injured and arrested the event's sentence tells of, as lowest and highest number.

    They are those of the event and of the events that are told beside it with
    no other PLOVER type.
    """
    sentence = next((s.span for s in reading.sentences if s.span.contains(event.trigger[0])), event.clause)
    beside = (e for e in reading.events if sentence.contains(e.trigger[0]) and e.type in (None, event.type))
    found: dict[str, list[float | None]] = {}
    for other in (event, *beside):
        for harm, quantity in _harms(other):
            found.setdefault(harm, [quantity.low, quantity.high])
    return found


def _harms(event: Event) -> Iterator[tuple[str, Quantity]]:
    key = event.predicate.removeprefix("be ").replace(" ", "_")
    for quantity in event.quantities:
        for harm, words in HARMS.items():
            if quantity.unit in words or (key in words and _is_counted(event, quantity)):
                yield harm, quantity


def _is_counted(event: Event, quantity: Quantity) -> bool:
    """Whether a number counts those whom the event befell: the dying are the agents of "die"."""
    role = "agent" if event.predicate == "die" else "patient"
    return quantity.role == role and not quantity.unit.endswith(" old")


def _argument(argument: Argument, text: str) -> dict[str, Json]:
    return {
        "role": argument.role,
        "span": _pair(argument.span),
        "text": argument.span.of(text),
        "entity": argument.entity,
        "code": argument.code,
    }


def _actor(argument: Argument, text: str) -> dict[str, Json]:
    country, sector = parts(argument.code or "")
    return {
        "text": argument.span.of(text),
        "start": argument.span.start,
        "end": argument.span.end,
        "country": country or None,
        "sector": sector or None,
    }


def _quantity(quantity: Quantity, text: str) -> dict[str, Json]:
    return {
        "span": _pair(quantity.span),
        "text": quantity.span.of(text),
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "role": quantity.role,
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _words(arguments: Sequence[Argument], text: str) -> str:
    return "; ".join(" ".join(argument.span.of(text).split()) for argument in arguments)


def _codes(arguments: Sequence[Argument]) -> str:
    return "; ".join(argument.code for argument in arguments if argument.code)


def _range(bounds: Sequence[float | None] | None) -> str:
    if bounds is None:
        return ""
    low, high = ("" if bound is None else f"{bound:g}" for bound in bounds)
    return low if low == high else f"{low}..{high}"


def _spans(spans: Sequence[Span]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)
