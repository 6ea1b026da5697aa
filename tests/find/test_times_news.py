"""Time expressions as news writes them: sentences made up to be tricky, read by fixed rules.

Each is seen from Tuesday, 30 April 2019.
"""

from __future__ import annotations

import pytest

from .timed import timed, told, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge reopened at 8 a.m. Monday.", ("8 a.m. Monday", "TIME", "2019-04-29T08:00")),
        ("The bridge will reopen at 8 a.m. Monday.", ("8 a.m. Monday", "TIME", "2019-05-06T08:00")),
        ("The quake struck at 0342 GMT on Saturday.", ("0342 GMT on Saturday", "TIME", "2019-04-27T03:42")),
        ("The vote begins at 8 p.m. ET on Thursday.", ("8 p.m. ET on Thursday", "TIME", "2019-05-02T20:00")),
        ("The ferry sank at 11:15pm on Friday.", ("11:15pm on Friday", "TIME", "2019-04-26T23:15")),
        ("It blew up at 9.30am on Tuesday.", ("9.30am on Tuesday", "TIME", "2019-04-30T09:30")),
        ("The deadline is midnight on Tuesday.", ("midnight on Tuesday", "TIME", "2019-04-30T24:00")),
        ("She phoned half an hour ago.", ("half an hour ago", "DATE", "2019-04-30")),
    ],
)
def test_a_time_of_day_is_read_whole(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


def test_an_hour_by_two_clocks_is_of_the_day_that_follows() -> None:
    text = "The quake struck at 0342 GMT (0442 BST) Saturday."
    assert values(text) == ["2019-04-27T03:42", "2019-04-27T04:42", "2019-04-27"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He came the Tuesday before last.", ("the Tuesday before last", "DATE", "2019-04-16")),
        ("He came the week before last.", ("the week before last", "DATE", "2019-W16")),
        ("She leaves the week after next.", ("the week after next", "DATE", "2019-W20")),
        ("The year before last was dry.", ("The year before last", "DATE", "2017")),
        ("He spoke three weeks ago Friday.", ("three weeks ago Friday", "DATE", "2019-04-12")),
        ("He will speak a week from Tuesday.", ("a week from Tuesday", "DATE", "2019-05-07")),
        ("The week of April 15 was wet.", ("The week of April 15", "DATE", "2019-W16")),
        ("By year-end 2018 it was gone.", ("year-end 2018", "DATE", "2018")),
        ("The first half of the year was poor.", ("The first half of the year", "DATE", "2019-H1")),
        ("Sales fell in Q3 2018.", ("Q3 2018", "DATE", "2018-Q3")),
        ("The budget for FY2018 was small.", ("FY2018", "DATE", "2018")),
        ("It was built in the mid-1990s.", ("the mid-1990s", "DATE", "199")),
        ("The factory closed in mid-2014.", ("mid-2014", "DATE", "2014")),
        ("He was a star in the late '80s.", ("the late '80s", "DATE", "198")),
        ("The pair married in '97.", ("'97", "DATE", "1997")),
        ("She won in spring 2018.", ("spring 2018", "DATE", "2018-SP")),
        ("Some day he will return.", ("Some day", "DATE", "FUTURE_REF")),
        ("March 12th, 2018: the ship sank.", ("March 12th, 2018", "DATE", "2018-03-12")),
    ],
)
def test_a_date_is_read_whole(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("She was promoted in March 2017. A month earlier he had quit.", ["2017-03", "2017-02"]),
        ("On Monday he was in Rome; the next day he flew home.", ["2019-04-29", "2019-04-30"]),
        ("They met from Monday to Wednesday.", ["2019-04-22", "2019-04-24"]),
        ("They will meet from Monday to Wednesday.", ["2019-05-06", "2019-05-08"]),
        ("The minister, who resigned Friday, will speak Monday.", ["2019-04-26", "2019-05-06"]),
        ("Profit fell in the quarter ended Sept. 30, 2018.", ["2018-Q3", "2018-09-30"]),
        ("Profit fell in the quarter ended July 31, 2018.", ["2018-Q2", "2018-07-31"]),
        ("It grew in the week to 26 April.", ["2019-W17", "2019-04-26"]),
        ("Profit rose from the year-earlier quarter.", ["2018-Q1"]),
        ("The fiscal year that ended June 30 was poor.", ["P1Y", "2018-06-30"]),
        ("The film opens Dec. 25.", ["2019-12-25"]),
        ("Snow is forecast for Thursday.", ["2019-05-02"]),
        ("By Christmas it will be over.", ["2019-12-25"]),
        ("He has not been seen since Christmas.", ["2018-12-25"]),
        ("The army fought between January and March.", ["2019-01", "2019-03"]),
    ],
)
def test_a_date_is_seen_from_what_it_leans_on(text: str, value: list[str]) -> None:
    assert values(text) == value


def test_weekday_after_an_event_keeps_the_link_to_it() -> None:
    text = "They met the Monday after the crash."
    (mention,) = timed(text).times
    assert mention.event is not None
    assert mention.event.of(text) == "crash"


@pytest.mark.parametrize(
    "text",
    [
        "Flight 1979 was full, and Room 2010 was empty.",
        "Call 555-2011.",
        "The furnace reached 1999 degrees.",
        "They sat in the sun on Sun Street.",
        "It is a quarter past three.",
        "It was May who spoke first.",
        "He told it to 60 Minutes.",
        "She reads Nature Today.",
        "He was in his twenties.",
        "A second later it blew up.",
    ],
)
def test_a_number_or_a_name_is_no_time(text: str) -> None:
    assert told(text) == []


def test_a_quotation_may_begin_with_today() -> None:
    assert values("He said: “Today we sign.”") == ["2019-04-30"]
