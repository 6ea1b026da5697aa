"""Values of one event: what each account tells once is compared, whichever clauses tell it."""

from __future__ import annotations

from secondsource.collate.points import find_points
from secondsource.model import Calendar, Point, Reading

from ..parsed import accounts, plain


def differing(*readings: Reading) -> list[tuple[str | None, str]]:
    story, by_id = accounts(*readings)
    points: tuple[Point, ...] = find_points(story, by_id, Calendar(dates=()), ())
    return [(point.aspect, point.reason) for point in points if point.kind == "differing"]


def test_the_only_hour_of_each_lead_differs_in_time_in_whatever_words() -> None:
    found = differing(
        plain("a", "The barge went down at 9:40 p.m. near Selby."),
        plain("b", "Rescuers in Selby were alerted to trouble on board at 8:15 p.m."),
    )
    assert found == [("time", "“9:40 p.m.” against “8:15 p.m.”")]


def test_hours_a_few_minutes_apart_and_hedged_are_one() -> None:
    assert not differing(
        plain("a", "The barge went down about 9:40 p.m. near Selby."),
        plain("b", "Rescuers in Selby were alerted to trouble on board at 9:45 p.m."),
    )


def test_an_hour_of_something_later_is_no_conflict() -> None:
    assert not differing(
        plain("a", "The barge went down at 9:40 p.m. near Selby."),
        plain("b", "Hours later, at 11:30 p.m., divers went home."),
    )


def test_one_street_with_two_house_numbers_differs_in_place() -> None:
    found = differing(
        plain("a", "Flames were seen at 14 Alder Road on Sunday."),
        plain("b", "Neighbours pointed to 41 Alder Road, where nobody was home."),
    )
    assert found == [("place", "“14 Alder Road” against “41 Alder Road”")]


def test_a_number_that_the_other_account_tells_too_is_no_conflict() -> None:
    assert not differing(
        plain("a", "Flames were seen at 14 Alder Road and 41 Alder Road on Sunday."),
        plain("b", "Neighbours pointed to 41 Alder Road, where nobody was home."),
    )


def test_two_ways_a_body_was_hit_differ_in_place() -> None:
    found = differing(
        plain("a", "The skipper was struck in the mouth by a rope."),
        plain("b", "A rope hit the man in the back, his crew said."),
    )
    assert found == [("place", "“mouth” against “back”")]
