"""Stories of a stream: they are born, grow, merge and close, and the order within a day does not show."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.group.linkage import average_linkage
from secondsource.group.online import Change, Grouper
from secondsource.model import Article

from .prose import BUDGET, OWN, TOUCHED_UP, WIRE, article


def stream(*articles: Article) -> tuple[Grouper, list[Change]]:
    grouper = Grouper()
    changes = [*grouper.add(articles), *grouper.settle()]
    return grouper, changes


def kinds(changes: list[Change]) -> list[str]:
    return [change.what for change in changes]


def test_accounts_of_one_day_are_born_as_one_story() -> None:
    grouper, changes = stream(
        article(WIRE, "wire", published="2024-03-05"),
        article(OWN, "own", published="2024-03-05"),
        article(BUDGET, "budget", published="2024-03-05"),
    )
    assert sorted(kinds(changes)) == ["born", "born"]
    assert grouper.story_of("wire") == grouper.story_of("own") != grouper.story_of("budget")


def test_a_story_grows_and_keeps_its_id() -> None:
    grouper, changes = stream(
        article(WIRE, "wire", published="2024-03-05"), article(TOUCHED_UP, "later", published="2024-03-07")
    )
    assert kinds(changes) == ["born", "grew"]
    assert changes[1] == Change("grew", changes[0].story, ("later",))
    assert grouper.story_of("later") == changes[0].story


def test_a_story_closes_when_its_articles_leave_the_window() -> None:
    grouper, changes = stream(
        article(WIRE, "wire", published="2024-03-05"), article(BUDGET, "late", published="2024-04-05")
    )
    assert kinds(changes) == ["born", "closed", "born"]
    assert grouper.story_of("wire") is None


def test_an_article_that_comes_twice_counts_once() -> None:
    grouper, changes = stream(article(WIRE, "a", published="2024-03-05"))
    grouper.add([article(WIRE, "a", published="2024-03-05")])
    assert grouper.settle() == ()
    assert kinds(changes) == ["born"]


def test_an_article_without_a_date_is_news_of_the_day_it_comes() -> None:
    grouper, _ = stream(article(WIRE, "wire", published="2024-03-05"), article(OWN, "undated"))
    assert grouper.story_of("undated") == grouper.story_of("wire")


def test_a_late_article_joins_its_story() -> None:
    grouper, _ = stream(
        article(WIRE, "wire", published="2024-03-05"), article(BUDGET, "next", published="2024-03-07")
    )
    grouper.add([article(OWN, "late", published="2024-03-06")])
    (change,) = grouper.settle()
    assert (change.what, change.articles) == ("grew", ("late",))


def test_nothing_changes_when_nothing_comes() -> None:
    assert Grouper().settle() == ()


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_within_a_day_does_not_show(shuffler: random.Random) -> None:
    articles = [
        article(text, f"{n}{day}", published=f"2024-03-{day}")
        for day in ("05", "06")
        for n, text in enumerate((WIRE, OWN, TOUCHED_UP, BUDGET))
    ]
    _, expected = stream(*articles)
    shuffler.shuffle(articles)
    grouper, changes = Grouper(), []
    for day in ("05", "06"):
        for one in articles:
            if one.id.endswith(day):
                changes += grouper.add([one])
    assert [*changes, *grouper.settle()] == expected


def test_what_is_one_story_already_starts_as_one() -> None:
    # 0 and 1 are unlike by now, but were joined before; 2 is like both.
    pairs = [(0, 2, 3.0), (1, 2, 3.0)]
    assert average_linkage(3, pairs, bar=2.0, start=[[0, 1]]) == [[0, 1, 2]]
    assert average_linkage(3, pairs, bar=2.0) == [[0, 2], [1]]
