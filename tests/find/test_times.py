"""Time expressions: what is found, its type and value, and what is no time at all."""

from __future__ import annotations

import pytest

from secondsource.model.time import anchors_of, move, published, shift, yearly

from .timed import timed, told, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deal was signed on April 17, 2019.", ("April 17, 2019", "DATE", "2019-04-17")),
        ("It opened on 5 May 2017 in Leeds.", ("5 May 2017", "DATE", "2017-05-05")),
        ("The law dates from August 1988.", ("August 1988", "DATE", "1988-08")),
        ("Filed 2018-11-30 with the court.", ("2018-11-30", "DATE", "2018-11-30")),
        ("It has stood since the 1970s.", ("the 1970s", "DATE", "197")),
        ("He lived in the 19th century.", ("the 19th century", "DATE", "18")),
        ("The storm hit in the winter of 1994.", ("the winter of 1994", "DATE", "1994-WI")),
        ("Sales rose in the third quarter of 2018.", ("the third quarter of 2018", "DATE", "2018-Q3")),
        ("It began in nineteen ninety-six.", ("nineteen ninety-six", "DATE", "1996")),
        ("He left at the end of 2010.", ("the end of 2010", "DATE", "2010")),
    ],
)
def test_a_calendar_date_is_told_in_full(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She resigned last week.", ("last week", "DATE", "2019-W17")),
        ("Talks resume next month.", ("next month", "DATE", "2019-05")),
        ("He arrived yesterday.", ("yesterday", "DATE", "2019-04-29")),
        ("The fire broke out early this month.", ("early this month", "DATE", "2019-04")),
        ("They met two years ago.", ("two years ago", "DATE", "2017")),
        ("They met ten days ago.", ("ten days ago", "DATE", "2019-04-20")),
        ("She left the day before Easter 2018.", ("the day before Easter 2018", "DATE", "2018-03-31")),
        ("It was built last May.", ("last May", "DATE", "2018-05")),
        ("The trial opened last fall.", ("last fall", "DATE", "2018-FA")),
        ("She called on Tuesday of last week.", ("Tuesday of last week", "DATE", "2019-04-23")),
        ("He was seen last night.", ("last night", "TIME", "2019-04-29TNI")),
        ("They will decide the day after tomorrow.", ("the day after tomorrow", "DATE", "2019-05-02")),
    ],
)
def test_a_relative_date_is_seen_from_the_publication(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


def test_weekday_in_past_tense_is_the_last_one() -> None:
    assert values("The minister resigned on Friday.") == ["2019-04-26"]


def test_weekday_in_future_tense_is_the_next_one() -> None:
    assert values("The minister will resign on Friday.") == ["2019-05-03"]


def test_weekday_after_due_is_to_come() -> None:
    assert values("The report is due Friday.") == ["2019-05-03"]


def test_weekday_of_the_publication_is_that_day() -> None:
    assert values("The minister said Tuesday he would stay.") == ["2019-04-30"]


def test_month_takes_the_year_that_its_clause_means() -> None:
    assert values("The army took the town in December.") == ["2018-12"]
    assert values("The army will leave in December.") == ["2019-12"]


def test_day_of_a_month_without_a_year_takes_the_nearest() -> None:
    assert values("The dividend is payable Jan. 2.", "2018-11-02") == ["2019-01-02"]


def test_weekday_on_which_nobody_could_be_reached_is_past() -> None:
    assert values("The minister could not be reached Friday.") == ["2019-04-26"]
    assert values("The minister could resign Friday.") == ["2019-05-03"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It ended in the first week of March 2018.", "2018-W09"),
        ("It ended in the last week of 2012.", "2012-W52"),
        ("It ended on the first Monday of March 2018.", "2018-03-05"),
        ("It ended on the last Friday in May 2012.", "2012-05-25"),
        ("It ended on the final day of March.", "2019-03-31"),
        ("It ended on the 25th.", "2019-04-25"),
    ],
)
def test_a_place_within_a_month_or_year_is_a_date(text: str, value: str) -> None:
    assert values(text) == [value]


def test_first_hour_of_a_range_is_of_the_day_of_the_second() -> None:
    assert values("It lasted from 8 p.m. to 11 p.m. Saturday.") == ["2019-04-27T20:00", "2019-04-27T23:00"]


def test_months_own_year_is_read() -> None:
    assert values("They met in June last year.") == ["2018-06"]
    assert values("They met in June 2009.") == ["2009-06"]


def test_further_days_of_a_month_are_dates_of_their_own() -> None:
    assert values("The summit was held on April 24 and 25.") == ["2019-04-24", "2019-04-25"]


def test_earlier_day_of_a_month_is_a_date_of_its_own() -> None:
    assert values("The summit of 14-15 March failed.") == ["2019-03-14", "2019-03-15"]


def test_year_earlier_than_a_quarter_is_a_quarter() -> None:
    text = "Profit fell in the first quarter. Sales were flat from a year earlier."
    assert values(text) == ["2019-Q1", "2018-Q1"]
    assert timed(text).times[1].operator.name == move(-1, "year", published()).name


def test_year_earlier_without_a_quarter_is_a_year() -> None:
    assert values("Crime fell from a year earlier.") == ["2018"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He waited for nine months.", ("nine months", "DURATION", "P9M")),
        ("It was a 10-year plan.", ("10-year", "DURATION", "P10Y")),
        ("They talked for two and a half hours.", ("two and a half hours", "DURATION", "PT2H30M")),
        ("Over the past two months it doubled.", ("the past two months", "DURATION", "P2M")),
        ("It took more than a week.", ("more than a week", "DURATION", "P1W")),
        ("The war lasted for several years.", ("several years", "DURATION", "PXY")),
        ("They fought for two decades.", ("two decades", "DURATION", "P20Y")),
    ],
)
def test_a_length_is_no_date(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They meet daily.", ("daily", "SET", "P1D")),
        ("They march each July.", ("each July", "SET", "XXXX-07")),
        ("It flies every Thursday.", ("every Thursday", "SET", "XXXX-WXX-4")),
        ("It flies every two weeks.", ("every two weeks", "SET", "P2W")),
        ("The bar opens on Tuesday nights.", ("Tuesday nights", "SET", "XXXX-WXX-2TNI")),
        ("They row twice a week.", ("twice a week", "SET", "P1W")),
        ("They row three times a year.", ("three times a year", "SET", "P1Y")),
    ],
)
def test_a_repetition_is_a_set(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It crashed at 5 p.m. EST on Friday.", ("5 p.m. EST on Friday", "TIME", "2019-04-26T17:00")),
        ("Shelling began at 0900 GMT.", ("0900 GMT", "TIME", "2019-04-30T09:00")),
        ("The vote was held at noon Saturday.", ("noon Saturday", "TIME", "2019-04-27T12:00")),
        ("Polls closed at 8 p.m. ET.", ("8 p.m. ET", "TIME", "2019-04-30T20:00")),
        ("He died on Friday morning.", ("Friday morning", "TIME", "2019-04-26TMO")),
        ("The show began 10:30 p.m. Saturday.", ("10:30 p.m. Saturday", "TIME", "2019-04-27T22:30")),
        ("It began on the evening of March 2.", ("the evening of March 2", "TIME", "2019-03-02TEV")),
        ("He fell in the early hours of Friday.", ("the early hours of Friday", "TIME", "2019-04-26TMO")),
    ],
)
def test_a_time_of_day_joins_its_day(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


def test_time_zone_is_kept_in_the_term() -> None:
    assert "Z" in timed("Shelling began at 0900 GMT.").times[0].operator.arguments


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They ate turkey on Thanksgiving Day 1999.", "1999-11-25"),
        ("The shop was shut on Easter Monday 2019.", "2019-04-22"),
        ("He phoned on Christmas Eve 2010.", "2010-12-24"),
        ("The parade was on Memorial Day 2019.", "2019-05-27"),
    ],
)
def test_a_holiday_falls_by_its_rule(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the second floor.",
        "The sun sat low; she wed a man of means.",
        "They won 24/7 support, 3-2 on points.",
        "About 2000 people came, at $1995 a head.",
        "The 39-year-old woman is 5 years old at heart.",
        "A second man fell.",
        "Sun Microsystems and Jan Kavan agreed.",
        "He came as soon as he could.",
        "Three-quarters of them fled.",
        "It is open 24 hours a day.",
        "They live in the 1900 block of Elm Street.",
        "It was the busiest of the shopping days of the sale.",
        "Voters turn to Super Tuesday.",
        'He writes for "This Week" and USA Today.',
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_now_and_recently_have_no_place_on_the_calendar() -> None:
    assert told("He is now rich. He recently won. He will soon lose.") == [
        ("now", "DATE", "PRESENT_REF"),
        ("recently", "DATE", "PAST_REF"),
        ("soon", "DATE", "FUTURE_REF"),
    ]


def test_day_after_an_event_keeps_the_link_to_it() -> None:
    text = "The talks came the day after the president called for calm."
    (mention,) = timed(text).times
    assert mention.span.of(text) == "the day"
    assert mention.event is not None
    assert mention.event.of(text) == "called"
    assert anchors_of(mention.operator) == {"event"}


def test_that_week_is_the_week_spoken_of() -> None:
    assert values("The king died on March 6, 2010. Riots broke out that week.") == ["2010-03-06", "2010-W09"]


def test_following_month_is_seen_from_the_month_spoken_of() -> None:
    assert values("It opened in March 2009. The following month it shut.") == ["2009-03", "2009-04"]


def test_earlier_in_a_month_ends_at_the_publication() -> None:
    (mention,) = timed("They met earlier this month.").times
    assert mention.mod == "START"
    assert mention.operator.name == "so-far"


def test_term_is_kept_when_no_date_is_known() -> None:
    (mention,) = timed("She resigned last week.").times
    assert mention.operator == shift(-1, "week", published())
    assert values("She resigned last week.", None) == ["XXXX-WXX"]


def test_rule_and_direction_are_told() -> None:
    (mention,) = timed("The army will leave in December.").times
    assert mention.rule == "month"
    assert mention.operator == yearly("XXXX-12", "future", published())


def test_event_without_a_verb_is_its_noun() -> None:
    text = "She left two days after the funeral of her son, police said."
    (mention,) = timed(text).times
    assert mention.span.of(text) == "two days"
    assert mention.event is not None
    assert mention.event.of(text) == "funeral"
