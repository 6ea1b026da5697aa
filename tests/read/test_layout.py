"""Which parts of an article are read, and where paragraphs end."""

from __future__ import annotations

from secondsource.model import Article, Block, Span
from secondsource.read.layout import is_wrapped, paragraphs

WRAPPED = """The council met on Monday evening to vote on the new bridge over
the river, which has been closed to heavy traffic for more than
three years since an inspection found cracks in two of the
pillars, officials said in a report.

The vote was postponed after members asked for
more time."""


def test_each_line_is_a_paragraph() -> None:
    found = paragraphs(Article(text="One.\nTwo.\n\nThree."))
    assert [(p.number, p.span) for p in found] == [(0, Span(0, 4)), (1, Span(5, 9)), (2, Span(11, 17))]


def test_wrapped_lines_are_joined_up_to_the_blank_line() -> None:
    assert is_wrapped(WRAPPED)
    assert len(paragraphs(Article(text=WRAPPED))) == 2


def test_blocks_that_are_not_read_take_no_number() -> None:
    text = "Menu\nIt rained.\nRead more\nIt stopped."
    blocks = (
        Block(Span(0, 4), "navigation"),
        Block(Span(5, 15), "body"),
        Block(Span(16, 25), "related"),
        Block(Span(26, 37), "body"),
    )
    read = [p for p in paragraphs(Article(text=text, blocks=blocks)) if p.read]
    assert [p.span.of(text) for p in read] == ["It rained.", "It stopped."]
    assert [p.number for p in read] == [0, 1]


def test_an_empty_text_has_no_paragraphs() -> None:
    assert paragraphs(Article(text=" \n ")) == ()


def test_blocks_beyond_the_part_that_is_read_are_left_out() -> None:
    text = "It rained.\n\nIt stopped.\n\nIt rained again."
    blocks = tuple(Block(Span(start, end), "body") for start, end in ((0, 10), (12, 23), (25, 41)))
    article = Article(text=text, blocks=blocks)
    assert [paragraph.span for paragraph in paragraphs(article, 20)] == [Span(0, 10), Span(12, 20)]
