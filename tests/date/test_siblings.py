"""Siblings: an undated account is dated by the dated account that is most like it, or widely by all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from secondsource.date import date_story
from secondsource.date.siblings import AFTER, BEFORE, NEAR
from secondsource.find.times import find_times
from secondsource.model import Article, ArticleDate, Story
from secondsource.read import read
from secondsource.settings import Settings

FIRE = (
    "A fire in a sawmill at Karlow destroyed two kilns and a timber store, the fire brigade of Karlow said. "
    "Nobody was hurt. The sawmill's owner, Berta Lind, said the kilns were insured."
)
DATED = Article(id="dated", published="2019-07-03", text=f"{FIRE} The kilns had been lit on Tuesday.")
ALIKE = Article(
    id="alike",
    text="The sawmill fire at Karlow destroyed two kilns. Berta Lind, the owner of the sawmill, said the "
    "kilns and the timber store were insured, and the fire brigade said nobody was hurt.",
)
LATER = Article(
    id="later",
    text="An inquest opened on the blaze. On March 4 and on April 9 experts named a fuse as its cause, and "
    "the district will vote on May 2 on new rules for mills.",
)


def found(*articles: Article) -> dict[str, ArticleDate]:
    readings = {
        r.article.id: replace(r, times=find_times(r)) for r in read(articles, Settings(reader="rules"))
    }
    story = Story(id="s", title="", articles=articles, origins=())
    return {d.article: d for d in date_story(story, readings).value.dates}


def test_a_like_account_that_tells_no_day_is_of_the_days_of_the_dated_one() -> None:
    published = found(DATED, ALIKE)["alike"].published
    assert published.earliest == date(2019, 7, 3) - timedelta(days=NEAR)
    assert published.latest == date(2019, 7, 3) + timedelta(days=NEAR)
    assert published.how == "inferred"


def test_the_reason_names_the_account_that_it_is_like() -> None:
    told = found(DATED, ALIKE)["alike"]
    kept = next(c for c in told.candidates if c.kept)
    assert any("2019-07-03" in e.reason for e in kept.evidence)
    assert any(not c.kept for c in told.candidates)


def test_an_account_of_other_days_is_bounded_only_widely_by_the_dated_ones() -> None:
    published = found(DATED, LATER)["later"].published
    day = date(2019, 7, 3).toordinal()
    assert published.earliest is not None
    assert published.latest is not None
    assert published.earliest.toordinal() >= day - BEFORE
    assert published.latest.toordinal() <= day + AFTER
    assert (published.latest - published.earliest).days > 100


def test_confidence_is_lower_where_only_likeness_dates_an_account() -> None:
    assert found(DATED, ALIKE)["alike"].confidence == pytest.approx(0.85)


def test_without_a_dated_account_likeness_says_nothing() -> None:
    published = found(replace(DATED, published=None), ALIKE)["alike"].published
    assert published.how == "unknown"


def test_a_weekday_and_a_like_account_that_agree_date_what_neither_would_alone() -> None:
    far = Article(
        id="far",
        published="2019-11-20",
        text="The council of Karlow passed rules for mills on Monday after the sawmill fire. On July 2 two "
        "kilns burned; on August 9 an inquest named a fuse, and the rules are in force from December 1.",
    )
    undated = Article(
        id="undated",
        text="A sawmill burned down on Tuesday night; the police of Karlow look for a lit pipe. The owner, "
        "Berta Lind, was away. On April 9 a fuse had failed. The district will vote on new rules on May 2.",
    )
    told = found(DATED, far, undated)["undated"]
    assert told.published.earliest == date(2019, 7, 2)
    assert told.published.latest == date(2019, 7, 8)
    reasons = {e.reason for c in told.candidates if c.kept for e in c.evidence}
    assert "the account that it reads most like is of that week, too" in reasons
