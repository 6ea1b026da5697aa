"""When feeds are asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from secondsource.errors import InputError
from secondsource.store import FeedState
from secondsource.watch.schedule import after_failure, after_success, is_due, seconds_of

NOW = datetime(2031, 3, 5, 8, 0, tzinfo=UTC)
STATE = FeedState("https://a.example/rss")


@pytest.mark.parametrize(
    ("stated", "seconds"), [("90s", 90), ("10m", 600), (" 1.5 H ", 5_400), ("1d", 86_400), ("10s", 10)]
)
def test_an_interval_is_a_number_and_a_unit(stated: str, seconds: float) -> None:
    assert seconds_of(stated) == seconds


@pytest.mark.parametrize("stated", ["", "10", "m", "9s", "-5m", "ten minutes", "1e9s"])
def test_what_is_no_interval_is_an_error(stated: str) -> None:
    with pytest.raises(InputError, match="not an interval"):
        seconds_of(stated)


def test_a_new_feed_is_due() -> None:
    assert is_due(STATE, NOW)


def test_a_feed_that_fails_is_left_alone_ever_longer_up_to_a_day() -> None:
    state, waits = STATE, []
    for _ in range(12):
        state = after_failure(state, NOW, "HTTP 500", None)
        waits.append((state.due or NOW) - NOW)
    assert waits[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert waits[-1] == timedelta(days=1)
    assert (state.failed, state.reason) == (12, "HTTP 500")
    assert not is_due(state, NOW + timedelta(hours=23))


def test_a_feed_is_left_alone_as_long_as_it_asks_but_no_longer_than_a_day() -> None:
    assert after_failure(STATE, NOW, "HTTP 429", 3_600).due == NOW + timedelta(hours=1)
    assert after_failure(STATE, NOW, "HTTP 429", 5).due == NOW + timedelta(minutes=10)
    assert after_failure(STATE, NOW, "HTTP 429", 1e9).due == NOW + timedelta(days=1)


def test_a_success_forgets_the_failures_before_it() -> None:
    state = after_success(after_failure(STATE, NOW, "HTTP 500", None), NOW)
    assert (state.failed, state.delay, state.reason) == (0, 0.0, None)
    assert is_due(state, NOW)
