"""The network of constraints: what contradicts is set aside, and rings are solved exactly."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.date.constraints import Constraint, Meet, Near, OnWeekdays, Within
from secondsource.date.days import ALL, Days, days, each
from secondsource.date.network import Network
from secondsource.date.terms import term_of
from secondsource.model import Operator
from secondsource.model.time import on, published, shift, so_far, this, weekday

YEAR: Days = ((date(2019, 1, 1).toordinal(), date(2019, 12, 31).toordinal()),)
MONTH: Days = ((date(2019, 6, 23).toordinal(), date(2019, 7, 6).toordinal()),)


def meet(left: str, left_term: Operator, right: str, right_term: Operator, weight: float = 1.0) -> Meet:
    return Meet(left, term_of(left_term), right, term_of(right_term), weight, ())


def within(article: str, allowed: Days, weight: float = 9.0) -> Within:
    return Within(article, allowed, weight, ())


def solved(*constraints: Constraint, articles: str = "ab") -> Network:
    network = Network(dict.fromkeys(articles, ALL))
    network.lay(constraints)
    network.solve()
    return network


def intervals(some: Days) -> list[str]:
    return [f"{date.fromordinal(a)}/{date.fromordinal(b)}" for a, b in some]


def test_next_week_in_both_and_a_month_between_put_both_in_a_week_that_holds_a_months_end() -> None:
    next_week = shift(1, "week", published())
    network = solved(
        within("a", YEAR),
        meet("a", next_week, "b", next_week),
        meet("a", shift(-1, "month", published()), "b", so_far(this("month", published()), published())),
    )
    weeks = [date.fromordinal(first).isocalendar().week for first, _ in network.domains["b"]]
    assert weeks == [date.fromordinal(first).isocalendar().week for first, _ in network.domains["a"]]
    assert all(date.fromordinal(last + 1).day == 1 for _, last in network.domains["b"])
    assert intervals(network.domains["a"])[:3] == [
        "2019-01-01/2019-01-06",
        "2019-02-01/2019-02-03",
        "2019-03-01/2019-03-03",
    ]


def test_a_year_told_in_both_ways_fixes_the_year() -> None:
    network = solved(meet("a", shift(-1, "year", published()), "b", on("2018")))
    assert intervals(network.domains["a"]) == ["2019-01-01/2019-12-31"]
    assert network.domains["b"] == ALL


def test_the_less_sure_of_two_contradicting_constraints_is_set_aside() -> None:
    surer, weaker = within("a", YEAR, 9.0), within("a", ((1_000_000, 1_000_001),), 8.0)
    network = solved(weaker, surer)
    assert network.domains["a"] == YEAR
    assert network.set_aside == [weaker]


def test_weekdays_say_nothing_until_the_days_can_be_counted() -> None:
    sundays = OnWeekdays("a", frozenset({7}), 1.0, ())
    assert solved(sundays).domains["a"] == ALL
    assert len(solved(within("a", YEAR), sundays).domains["a"]) == 52


def test_constraints_that_nibble_for_ever_are_set_aside() -> None:
    forth = Near("a", "b", 1, 3, 2.0, ())
    back = Near("b", "a", 1, 3, 1.0, ())
    network = solved(within("a", ((700_000, 2_000_000),)), forth, back)
    assert network.set_aside == [back]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([("a", "b"), ("b", "c"), ("a", "c")]),
            st.sampled_from(
                [shift(1, "week", published()), this("month", published()), weekday(2, "past", published())]
            ),
            st.sampled_from(
                [shift(-1, "week", published()), this("week", published()), shift(-1, "day", published())]
            ),
        ),
        min_size=2,
        max_size=4,
    )
)
def test_what_is_left_is_exactly_what_can_be_dated(
    told: list[tuple[tuple[str, str], Operator, Operator]],
) -> None:
    bounds = [within(article, MONTH) for article in "abc"]
    links = [meet(left, one, right, other) for (left, right), one, other in told]
    network = solved(*bounds, *links, articles="abc")
    laid = [c for c in network.laid if isinstance(c, Meet)]
    good = (
        [
            trio
            for trio in product(each(MONTH), repeat=3)
            if all(_holds(c, dict(zip("abc", trio, strict=True))) for c in laid)
        ]
        if len(laid)
        else []
    )
    for place, article in enumerate("abc"):
        left = days((trio[place], trio[place]) for trio in good) if laid else MONTH
        assert network.domains[article] == left


def _holds(constraint: Meet, at: dict[str, int]) -> bool:
    one = constraint.left_term.on(at[constraint.left])
    other = constraint.right_term.on(at[constraint.right])
    return bool(one and other and max(one[0], other[0]) <= min(one[1], other[1]))
