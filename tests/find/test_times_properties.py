"""Time expressions under any text: spans are valid, values move with the date, nothing depends on today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import spacy
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.date.ground import ground_reading
from secondsource.find.times import find_times
from secondsource.model import Article, Interval, Reading, Sentence, Span

from .timed import timed, told, values

RELATIVE = [
    "It fell {}today.",
    "It fell {}yesterday.",
    "It opens {}tomorrow.",
    "It was {}three days ago.",
    "It was {}the day before yesterday.",
]
PIECES = [
    "last", "next", "the", "week", "Friday", "in", "May", "3", "1998", "of", "early", "ago", "two", "years",
    "a", "24/25/26", "Feb.", "31", "0000", "9999", "5 p.m.", ",", ".", "-", "quarter", "third", "said",
    "will", "every", "Easter", "00:61", "99999999999999999999", "half", "day", "before", "’s",
    "\n\n", "𝒳", "\u0000",
]  # fmt: skip
words = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(days, st.integers(-2000, 2000), st.sampled_from(RELATIVE))
@settings(max_examples=40, deadline=None)
def test_day_values_shift_with_the_publication(day: date, by: int, text: str) -> None:
    (before,), (after,) = values(text.format(""), day), values(text.format(""), day + timedelta(days=by))
    assert date.fromisoformat(after) - date.fromisoformat(before) == timedelta(days=by)


@given(words, days)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans_and_no_error(text: str, day: date) -> None:
    reading = timed(text, day)
    ends = 0
    for mention in reading.times:
        assert ends <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text).strip() == mention.span.of(text)
        ends = mention.span.end
    for found in ground_reading(reading, day):
        first, last = found.interval.earliest, found.interval.latest
        assert first is None or last is None or first <= last


@given(words, days, st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_an_uncertain_publication_covers_what_each_day_gives(text: str, day: date, width: int) -> None:
    reading = timed(text)
    wide = ground_reading(reading, Interval(day, day + timedelta(days=width)))
    for known in (day, day + timedelta(days=width)):
        for one, many in zip(ground_reading(reading, known), wide, strict=True):
            first, last = many.interval.earliest, many.interval.latest
            if one.interval.earliest and one.interval.latest:
                assert first is None or first <= one.interval.earliest
                assert last is None or last >= one.interval.latest


@pytest.mark.parametrize("year", [1990, 2050])
def test_no_value_depends_on_the_clock(year: int) -> None:
    text = "He left in May, last week, on Friday, 4/5/06, on Christmas Day, in the third quarter."
    with time_machine.travel(datetime(year, 1, 1)):
        told_then = values(text, "2019-04-30")
    assert told_then == [
        "2018-05", "2019-W17", "2019-04-26", "2006-04-05", "2018-12-25", "2018-Q3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "It was on 31 February.",
        "It was on February 31, 2001.",
        "It was in 0000.",
        "Code 24/25/26.",
        "It is 9999.",
    ],
)
def test_a_date_that_does_not_exist_is_no_date(text: str) -> None:
    assert all(len(value) <= len("2001-02") for value in values(text))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_no_error(day: date) -> None:
    text = "He left last week, two centuries ago, and returns next year, next Friday, on Easter or tomorrow."
    assert len(told(text, day)) >= 5


def test_ten_thousand_expressions_are_all_read() -> None:
    line = "It rained on Friday and in May 2009. "
    article = Article(text=line * 5_000)
    sentences = tuple(Sentence(Span(k * len(line), (k + 1) * len(line) - 1), "body", 0) for k in range(5_000))
    reading = Reading(article, spacy.blank("en")(article.text), sentences)
    reading = replace(reading, times=find_times(reading))
    assert len(reading.times) == 10_000
    assert ground_reading(reading, date(2019, 4, 30))[-1].value == "2009-05"


def test_the_same_text_gives_the_same_mentions() -> None:
    text = "She said Friday that in May, a year earlier, they met; the next day he left."
    assert timed(text).times == timed(text).times
