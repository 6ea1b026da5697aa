"""Articles: identity, publication dates, blocks."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime

import pytest

from secondsource.errors import InputError, SpanError
from secondsource.model import Article, Block, Published, Span


def test_an_id_left_out_is_a_hash_of_the_content() -> None:
    one = Article(text="The ferry sailed at dawn.", outlet="The Harbour Post")
    same = Article(text="The ferry sailed at dawn.", outlet="The Harbour Post")
    other = Article(text="The ferry sailed at dawn.", outlet="The Coast Times")
    assert one.id == same.id != other.id
    assert len(one.id) == 16


def test_an_article_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Article(text="a").text = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("stated", "earliest", "latest"),
    [
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 5, 1), date(2024, 5, 1), date(2024, 5, 1)),
        (datetime(2024, 5, 1, 23, 30, tzinfo=UTC), date(2024, 5, 1), date(2024, 5, 1)),
        ("2024-05-01T08:00:00+02:00", date(2024, 5, 1), date(2024, 5, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_stated_date_becomes_an_interval_of_days(stated: str, earliest: date, latest: date) -> None:
    published = Article(text="a", published=stated).published
    assert published is not None
    assert (published.earliest, published.latest, published.how) == (earliest, latest, "metadata")


@pytest.mark.parametrize("stated", ["yesterday", "2024-13", "2024-02-30", "0000", ""])
def test_what_is_no_date_is_refused(stated: str) -> None:
    with pytest.raises(InputError):
        Published.parse(stated)


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InputError):
        Published(earliest=date(2024, 5, 2), latest=date(2024, 5, 1))


def test_body_is_all_the_text_until_there_are_blocks() -> None:
    text = "Menu\nThe ferry sailed."
    bare = Article(text=text)
    divided = bare.with_blocks((Block(Span(5, 22), "body"), Block(Span(0, 4), "navigation")))
    assert bare.body == (Span(0, 22),)
    assert [span.of(text) for span in divided.body] == ["The ferry sailed."]
    assert divided.text is text
    assert divided.id == bare.id


def test_a_block_outside_the_text_is_refused() -> None:
    with pytest.raises(SpanError):
        Article(text="short", blocks=(Block(Span(0, 6), "body"),))


def test_the_headline_is_the_title_or_else_the_headline_block() -> None:
    text = "Ferry sails again\nThe ferry sailed."
    blocks = (Block(Span(0, 17), "headline"), Block(Span(18, 35), "body"))
    assert Article(text=text, blocks=blocks).headline == "Ferry sails again"
    assert Article(text=text, blocks=blocks, title="At sea").headline == "At sea"
    assert Article(text=text).headline is None
