"""Stories: what belongs together is joined, and nothing about the order shows."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.group import as_story, group
from secondsource.model import Article
from secondsource.settings import Settings

from .prose import BUDGET, OWN, WIRE, article, landslide


def members(articles: tuple[Article, ...]) -> list[set[str]]:
    return [{one.id for one in story.articles} for story in group(articles).value]


def test_accounts_of_one_happening_are_one_story_and_other_news_is_another() -> None:
    assert members(landslide()) == [{"wire", "gazette", "courier", "herald"}, {"council"}]


def test_accounts_without_dates_or_titles_are_joined_by_their_words() -> None:
    found = members((article(WIRE, "a"), article(OWN, "b"), article(BUDGET, "c")))
    assert found[0] == {"a", "b"}


def test_the_same_report_a_month_later_is_another_story() -> None:
    early = article(OWN, "early", published="2024-03-05")
    late = article(OWN, "late", published="2024-04-08")
    assert len(group([early, late]).value) == 2


def test_no_articles_make_no_stories() -> None:
    assert group([]).value == ()


@pytest.mark.parametrize("text", ["", "   \n ", "Rain.", "— — —", "42"])
def test_an_article_with_hardly_a_word_is_a_story_of_its_own(text: str) -> None:
    (story,) = group([article(text, "only")]).value
    assert [one.id for one in story.articles] == ["only"]
    assert story.title


def test_an_article_given_twice_counts_once() -> None:
    (story,) = group([article(WIRE, "a"), article(WIRE, "a")]).value
    assert len(story.articles) == 1


def test_the_title_of_a_story_is_the_headline_of_one_of_its_articles() -> None:
    story = group(landslide()).value[0]
    assert story.title in {one.title for one in story.articles}


def test_a_story_without_headlines_is_called_by_its_opening_words() -> None:
    (story,) = group([article(BUDGET, "a")]).value
    assert story.title.startswith("The city council of Port Aldern")
    assert len(story.title) < 90


def test_the_id_of_a_story_hangs_on_which_articles_it_has() -> None:
    articles = landslide()[:3]
    assert as_story(articles).id == as_story(articles[::-1]).id
    assert as_story(articles).id != as_story(articles[:2]).id


def test_articles_that_are_told_to_be_one_story_are_one() -> None:
    story = as_story([article(WIRE, "a"), article(BUDGET, "b")])
    assert len(story.articles) == 2
    assert len(story.origins) == 2


def test_a_higher_bar_keeps_articles_apart() -> None:
    articles = (article(WIRE, "a"), article(OWN, "b"))
    assert len(group(articles, Settings(story_similarity=0.9999)).value) == 2


def test_progress_is_told_to_the_end() -> None:
    seen: list[tuple[str, int, int]] = []
    group(landslide(), progress=lambda what, done, total: seen.append((what, done, total)))
    assert {what for what, done, total in seen if done == total} == {what for what, _, _ in seen}


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_articles_does_not_show(shuffler: random.Random) -> None:
    articles = list(landslide())
    expected = group(articles)
    shuffler.shuffle(articles)
    assert group(articles) == expected
