"""Sets of days, and terms followed between the day of publication and the days they come to."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.date.days import ALL, both, count, days, each, on_weekdays, to_interval, without
from secondsource.date.terms import backwards, forwards, term_of
from secondsource.model import Interval, Operator
from secondsource.model.time import published, shift, this, weekday, yearly

SETS = st.lists(st.tuples(st.integers(730_000, 730_060), st.integers(0, 9)), max_size=6).map(
    lambda runs: days((first, first + length) for first, length in runs)
)
TERMS = st.sampled_from(
    [
        published(),
        shift(-1, "day", published()),
        shift(1, "week", published()),
        shift(-1, "month", published()),
        this("year", published()),
        weekday(2, "past", published()),
        weekday(6, "future", published()),
        yearly("XXXX-08-08", "past", published()),
    ]
)


def number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def fitting(operator: Operator, first: str, last: str) -> list[str]:
    """The days of publication, as ISO intervals, on which a term comes to days from first to last."""
    found = backwards(term_of(operator), ((number(first), number(last)),), ALL)
    return [f"{date.fromordinal(a)}/{date.fromordinal(b)}" for a, b in found]


@settings(max_examples=30, deadline=None)
@given(SETS, SETS)
def test_sets_of_days_behave_as_sets(
    one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]
) -> None:
    left, right = set(each(one)), set(each(other))
    assert set(each(both(one, other))) == left & right
    assert set(each(without(one, other))) == left - right
    assert set(each(days([*one, *other]))) == left | right
    assert count(one) == len(left)


@settings(max_examples=30, deadline=None)
@given(SETS)
def test_weekdays_are_picked_out_of_a_set(some: tuple[tuple[int, int], ...]) -> None:
    picked = set(each(on_weekdays(some, frozenset({6, 7}))))
    assert picked == {day for day in each(some) if date.fromordinal(day).isoweekday() >= 6}


@settings(max_examples=30, deadline=None)
@given(TERMS, SETS, SETS)
def test_backwards_finds_the_days_on_which_forwards_meets_the_target(
    operator: Operator, published_on: tuple[tuple[int, int], ...], target: tuple[tuple[int, int], ...]
) -> None:
    term = term_of(operator)
    meets = {day for day in each(published_on) if both(forwards(term, ((day, day),)), target)}
    assert set(each(backwards(term, target, published_on))) == meets


@settings(max_examples=30, deadline=None)
@given(TERMS, SETS)
def test_forwards_over_a_set_is_what_its_days_come_to(
    operator: Operator, some: tuple[tuple[int, int], ...]
) -> None:
    term = term_of(operator)
    one_by_one = days(run for day in each(some) for run in forwards(term, ((day, day),)))
    assert forwards(term, some) == one_by_one


def test_a_week_told_as_next_week_was_written_in_the_week_before() -> None:
    assert fitting(shift(1, "week", published()), "2019-06-03", "2019-06-09") == ["2019-05-27/2019-06-02"]


def test_a_bare_weekday_is_written_within_the_week_from_it() -> None:
    assert fitting(weekday(6, "past", published()), "2018-10-06", "2018-10-06") == ["2018-10-06/2018-10-12"]


def test_an_open_end_of_a_set_is_an_open_end_of_the_interval() -> None:
    assert to_interval(ALL[0]) == Interval(None, None)
    assert to_interval((number("2019-04-11"), ALL[0][1])) == Interval(date(2019, 4, 11), None)
