"""Grounding: what terms come to, with a known day, with several, and with none."""

from __future__ import annotations

from datetime import date

import pytest

from secondsource.date.ground import Anchors, Ground, ground
from secondsource.date.holidays import easter, holiday_in
from secondsource.model import Interval, Operator
from secondsource.model.time import (
    about,
    after,
    at,
    before,
    bounds,
    duration,
    during,
    early,
    event,
    holiday,
    late,
    mention,
    monthly,
    move,
    nth,
    on,
    part,
    published,
    ref,
    remaining,
    shift,
    so_far,
    this,
    weekday,
    yearly,
)

MONDAY = date(1989, 10, 30)
HERE = published()


def value(term: Operator, day: date = MONDAY) -> str | None:
    found = ground(term, Anchors(day))
    return found.value if found else None


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (HERE, "1989-10-30"),
        (shift(-1, "month", HERE), "1989-09"),
        (shift(-2, "week", HERE), "1989-W42"),
        (shift(1, "day", HERE), "1989-10-31"),
        (this("weekend", HERE), "1989-W44-WE"),
        (weekday(5, "past", HERE), "1989-10-27"),
        (weekday(1, "past", HERE), "1989-10-30"),
        (weekday(1, "before", HERE), "1989-10-23"),
        (weekday(1, "after", HERE), "1989-11-06"),
        (weekday(2, "same", shift(-1, "week", HERE)), "1989-10-24"),
        (yearly("XXXX-Q3", "past", HERE), "1989-Q3"),
        (yearly("XXXX-02", "nearest", HERE), "1990-02"),
        (yearly("XXXX-12-15", "recent", HERE), "1989-12-15"),
        (yearly("XXXX-02-15", "recent", HERE), "1989-02-15"),
        (yearly("XXXX-02-29", "future", HERE), "1992-02-29"),
        (move(-1, "year", yearly("XXXX-Q3", "past", HERE)), "1988-Q3"),
        (holiday("thanksgiving", "after", HERE), "1989-11-23"),
        (monthly(25, "past", HERE), "1989-10-25"),
        (part(-1, "month", on("1990-Q1")), "1990-03"),
        (nth(1, 1, on("1989-09")), "1989-09-04"),
        (nth(-1, 1, on("2019-05")), "2019-05-27"),
        (at("T17:00", weekday(5, "past", HERE), "-05"), "1989-10-27T17:00"),
        (early(on("1990")), "1990"),
        (during("P2M", "past", HERE), "P2M"),
        (duration("P9M"), "P9M"),
        (ref("PAST_REF", HERE), "PAST_REF"),
    ],
)
def test_a_term_comes_to_one_value(term: Operator, expected: str) -> None:
    assert value(term) == expected


@pytest.mark.parametrize(
    ("term", "earliest", "latest"),
    [
        (early(on("2019-09")), date(2019, 9, 1), date(2019, 9, 10)),
        (late(on("2019-09")), date(2019, 9, 21), date(2019, 9, 30)),
        (during("P2M", "past", HERE), date(1989, 8, 30), MONDAY),
        (during("P1W", "future", HERE), MONDAY, date(1989, 11, 6)),
        (so_far(this("month", HERE), HERE), date(1989, 10, 1), MONDAY),
        (remaining(this("year", HERE), HERE), MONDAY, date(1989, 12, 31)),
        (about(on("1990")), date(1989, 1, 1), date(1991, 12, 31)),
        (after(on("1990")), date(1990, 1, 1), None),
        (before(on("1990")), None, date(1990, 12, 31)),
        (ref("FUTURE_REF", HERE), MONDAY, None),
        (duration("P9M"), None, None),
    ],
)
def test_a_term_covers_days(term: Operator, earliest: date | None, latest: date | None) -> None:
    found = ground(term, Anchors(MONDAY))
    assert found is not None
    assert found.interval == Interval(earliest, latest)


def test_mention_is_what_the_earlier_one_came_to() -> None:
    earlier = Ground("1989-Q3", bounds("1989-Q3"), "published")
    found = ground(move(-1, "year", mention(0)), Anchors(MONDAY, {0: earlier}))
    assert found == Ground("1988-Q3", bounds("1988-Q3"), "mention")


def test_event_is_known_only_when_told() -> None:
    term = shift(1, "day", event())
    assert ground(term, Anchors(MONDAY)) is None
    found = ground(term, Anchors(MONDAY, event=Interval(date(1989, 10, 2), date(1989, 10, 2))))
    assert found == Ground("1989-10-03", bounds("1989-10-03"), "event")


def test_publication_within_one_week_is_enough_for_next_week() -> None:
    anchors = Anchors(Interval(date(2019, 4, 29), date(2019, 5, 5)))
    assert ground(shift(1, "week", HERE), anchors) == Ground("2019-W19", bounds("2019-W19"), "published")


def test_publication_known_to_days_gives_what_they_share() -> None:
    found = ground(weekday(5, "past", HERE), Anchors(Interval(date(2019, 4, 1), date(2019, 4, 30))))
    assert found is not None
    assert found.value == "2019-XX-XX"
    assert found.interval == Interval(date(2019, 3, 29), date(2019, 4, 26))


def test_without_a_publication_only_full_dates_are_known() -> None:
    assert ground(on("1988-08"), Anchors()) == Ground("1988-08", bounds("1988-08"))
    assert ground(shift(-1, "day", HERE), Anchors()) is None


@pytest.mark.parametrize(
    "term", [on("1998-02-31"), shift(-5000, "year", HERE), on("0000"), monthly(32, "past", HERE)]
)
def test_what_no_calendar_has_is_nothing(term: Operator) -> None:
    assert ground(term, Anchors(MONDAY)) is None


@pytest.mark.parametrize(
    ("year", "day"), [(1990, date(1990, 4, 15)), (2000, date(2000, 4, 23)), (2038, date(2038, 4, 25))]
)
def test_easter_falls_on_its_day(year: int, day: date) -> None:
    assert easter(year) == day


def test_election_day_is_the_tuesday_after_the_first_monday() -> None:
    assert holiday_in("election day", 1998) == date(1998, 11, 3)
    assert holiday_in("election day", 2022) == date(2022, 11, 8)


def test_a_finer_unit_than_its_anchor_tells_no_more_than_the_anchor() -> None:
    year = Anchors(MONDAY, {0: Ground("1985", bounds("1985"))})
    found = ground(shift(-13, "hour", mention(0)), year)
    assert found is not None
    assert found.value == "1985"
