"""The timeline: what is told, in the order of the calendar, plans apart from facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from secondsource.collate.timeline import granularity, timeline
from secondsource.model import (
    ArticleDate,
    Calendar,
    Event,
    Grounding,
    Holder,
    Interval,
    Operator,
    Published,
    Quote,
    Reading,
    Span,
    Speaker,
    TimelineEntry,
    TimeMention,
)

from ..parsed import accounts, plain


def timed(reading: Reading, *phrases: str) -> Reading:
    """The reading with a DATE mention at each phrase."""
    text = reading.article.text
    spans = [Span(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in phrases]
    return replace(reading, times=tuple(TimeMention(s, "DATE", Operator("published"), "test") for s in spans))


def told(
    readings: list[Reading], grounded: list[tuple[str, int, str, date | None, date | None]], day: date
) -> tuple[TimelineEntry, ...]:
    story, by_id = accounts(*readings)
    for id, given in zip(sorted(by_id), readings, strict=True):
        by_id[id] = replace(by_id[id], events=given.events or by_id[id].events)
    dates = tuple(ArticleDate(a.id, Published.on(day)) for a in story.articles)
    groundings = tuple(
        Grounding(article, mention, value, Interval(first, last), "published")
        for article, mention, value, first, last in grounded
    )
    return timeline(story, by_id, Calendar(dates, groundings))


FERRY = "The ferry sank on Tuesday off the harbour wall."
RAISING = "Divers will raise the wreck next week with two cranes."
TUESDAY, NEXT_WEEK = date(2024, 10, 15), (date(2024, 10, 21), date(2024, 10, 27))


def test_entries_come_in_calendar_order_and_what_lies_ahead_is_planned() -> None:
    reading = timed(plain("a", RAISING, FERRY), "next week", "Tuesday")
    entries = told(
        [reading],
        [("a1", 0, "2024-W43", *NEXT_WEEK), ("a1", 1, "2024-10-15", TUESDAY, TUESDAY)],
        date(2024, 10, 16),
    )
    assert [(e.text, e.status, e.granularity) for e in entries] == [
        (FERRY, "fact", "day"),
        (RAISING, "planned", "week"),
    ]


def test_alike_sentences_of_one_day_are_one_entry_with_both_accounts() -> None:
    readings = [timed(plain("a", FERRY, RAISING), "Tuesday"), timed(plain("b", FERRY), "Tuesday")]
    day = ("2024-10-15", TUESDAY, TUESDAY)
    (entry,) = told(readings, [("a1", 0, *day), ("a2", 0, *day)], date(2024, 10, 16))
    assert [citation.article for citation in entry.citations] == ["a1", "a2"]


def test_what_is_unbounded_or_longer_than_a_year_is_no_entry() -> None:
    reading = timed(plain("a", FERRY), "Tuesday")
    century = ("19", date(1900, 1, 1), date(1999, 12, 31))
    assert told([reading], [("a1", 0, "PAST_REF", None, TUESDAY)], TUESDAY) == ()
    assert told([reading], [("a1", 0, *century)], TUESDAY) == ()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("2024-10-15T09:00", "time"),
        ("2024-10-15", "day"),
        ("2024-W43", "week"),
        ("2024-10", "month"),
        ("2024-Q3", "quarter"),
        ("2024-SU", "season"),
        ("2024", "year"),
        ("202", "interval"),
    ],
)
def test_a_value_tells_its_granularity(value: str, name: str) -> None:
    assert granularity(value) == name


def test_the_day_after_an_event_puts_the_event_on_the_day_before() -> None:
    text = "His decision came the day after the council voted to close the quay."
    reading = timed(plain("a", text), "the day")
    voted = Span(text.index("voted"), text.index("voted") + 5)
    leaning = replace(
        reading.times[0], operator=Operator("shift", (1, "day", Operator("event"))), event=voted
    )
    entries = told([replace(reading, times=(leaning,))], [("a1", 0, "2024-10-15", TUESDAY, TUESDAY)], TUESDAY)
    assert [e.interval.earliest for e in entries] == [date(2024, 10, 14), TUESDAY]


def test_a_plan_without_a_time_is_listed_last_and_undated() -> None:
    raising = "Divers plan to raise the wreck with two cranes."
    reading = timed(plain("a", raising, FERRY), "Tuesday")
    raise_, sank = reading.article.text.index("raise"), reading.article.text.index("sank")
    planned = Event("raise", (Span(raise_, raise_ + 5),), reading.body[0].span, (), "planned")
    happened = Event("sink", (Span(sank, sank + 4),), reading.body[1].span, (), "happened", when=(0,))
    story, by_id = accounts(reading)
    by_id["a1"] = replace(by_id["a1"], events=(planned, happened))
    tuesday = Grounding("a1", 0, "2024-10-15", Interval(TUESDAY, TUESDAY), "published")
    entries = timeline(story, by_id, Calendar((ArticleDate("a1", Published.on(TUESDAY)),), (tuesday,)))
    assert [(e.text, e.status) for e in entries] == [(FERRY, "fact"), (raising, "undated")]
    assert entries[1].interval == Interval(None, None)


def test_a_copy_whose_account_is_dated_roughly_takes_the_day_of_the_other() -> None:
    readings = [timed(plain("a", FERRY), "Tuesday"), timed(plain("b", FERRY), "Tuesday")]
    rough = ("2024-10-XX", date(2024, 10, 8), date(2024, 10, 22))
    (entry,) = told(readings, [("a1", 0, "2024-10-15", TUESDAY, TUESDAY), ("a2", 0, *rough)], TUESDAY)
    assert entry.interval == Interval(TUESDAY, TUESDAY)
    assert [citation.article for citation in entry.citations] == ["a1", "a2"]


def said_by(reading: Reading, told: str, speaker: Speaker) -> Reading:
    """The reading with one event, dated by its first time, that lies in a quote of somebody's."""
    start = reading.article.text.index(told)
    clause = Span(start, start + len(told))
    quote = Quote("indirect", (clause,), (), (), speaker)
    event = Event("raise", (clause,), clause, (), "planned", when=(0,), holder="0")
    return replace(reading, quotes=(quote,), events=(event,))


def test_an_entry_names_the_speaker_to_whom_it_is_ascribed() -> None:
    text = f"Ana Fell said {RAISING[0].lower()}{RAISING[1:]}"
    reading = said_by(timed(plain("a", text), "next week"), text[14:], Speaker("Ana Fell", "named"))
    (entry,) = told([reading], [("a1", 0, "2024-W43", *NEXT_WEEK)], TUESDAY)
    assert entry.holders == (Holder("speaker", "Ana Fell", ("a1",)),)


def test_an_entry_outside_quotation_is_held_by_the_outlet() -> None:
    (entry,) = told(
        [timed(plain("a", FERRY), "Tuesday")], [("a1", 0, "2024-10-15", TUESDAY, TUESDAY)], TUESDAY
    )
    assert entry.holders == (Holder("outlet", None, ("a1",)),)


def test_accounts_of_one_entry_may_have_it_from_different_holders() -> None:
    day = ("2024-W43", *NEXT_WEEK)
    quoted = said_by(timed(plain("a", RAISING), "next week"), RAISING, Speaker("Ana Fell", "named"))
    entries = told(
        [quoted, timed(plain("b", RAISING), "next week")], [("a1", 0, *day), ("a2", 0, *day)], TUESDAY
    )
    assert [entry.holders for entry in entries] == [
        (Holder("speaker", "Ana Fell", ("a1",)), Holder("outlet", None, ("a2",)))
    ]


def test_an_entry_tells_by_which_words_it_is_dated() -> None:
    reading = timed(plain("a", RAISING), "next week")
    (entry,) = told([reading], [("a1", 0, "2024-W43", *NEXT_WEEK)], TUESDAY)
    (timing,) = entry.times
    assert (timing.citation.text, timing.value, timing.anchor) == ("next week", "2024-W43", "published")
