"""Stamps: the dates that a page prints about itself, and those of running text, which are none."""

from __future__ import annotations

from datetime import date

import pytest

from secondsource.date.stamps import stamps
from secondsource.model import Article, Block, Span

DAY = date(2018, 3, 2)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Posted: Friday, March 2, 2018 4:00 PM EST", "posted"),
        ("Published 2 March 2018", "posted"),
        ("First published on 2018-03-02T10:00:00", "posted"),
        ("Last updated: 03/02/2018", "updated"),
        ("Update (March 2, 2018) -- The mayor has replied.", "updated"),
        ("The mayor opens the quay. (Published Friday, March 2, 2018)", "clip"),
        ("Nobody was hurt. — Karlow Police (@karlowpolice) March 2, 2018", "message"),
        ("Posted: Friday, March 2, 2018 Article comment by: Anna", "clip"),
    ],
)
def test_a_stamp_is_of_the_kind_that_its_line_says(line: str, kind: str) -> None:
    assert [(stamp.kind, stamp.day) for stamp in stamps(Article(text=f"News\n\n{line}\n\nMore news"))] == [
        (kind, DAY)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The council published a report on the quay on March 2, 2018, and the mayor read it.",
        "A video that was posted March 2, 2018 shows the quay.",
        "The quay was opened on March 2, 2018.",
        "Posted: February 31, 2018",
    ],
)
def test_a_date_in_running_text_is_no_stamp(line: str) -> None:
    assert list(stamps(Article(text=line))) == []


def test_a_date_that_stands_alone_in_furniture_is_a_stamp() -> None:
    text = "March 2, 2018 9:20 PM\nThe quay of Karlow was opened."
    blocks = (Block(Span(0, 21), "byline"), Block(Span(22, len(text)), "body"))
    assert [(s.kind, s.day) for s in stamps(Article(text=text, blocks=blocks))] == [("alone", DAY)]


def test_a_stamp_lies_where_its_date_stands() -> None:
    article = Article(text="News\n\nPosted: March 2, 2018")
    assert [stamp.span.of(article.text) for stamp in stamps(article)] == ["March 2, 2018"]


def test_a_date_above_a_readers_comment_is_the_comments_own() -> None:
    text = "News\n\nPosted: Friday, March 2, 2018\n\nArticle comment by: Anna\n\nMore news"
    assert [stamp.kind for stamp in stamps(Article(text=text))] == ["clip"]
