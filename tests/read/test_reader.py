"""Reading articles: sentences within blocks, offsets into the text, odd input."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.errors import ModelError
from secondsource.model import Article, Block, Reading, Span
from secondsource.read import read, unread
from secondsource.settings import Settings


def one(article: Article) -> Reading:
    (reading,) = read([article])
    return reading


def test_a_token_knows_its_place_in_the_article() -> None:
    reading = one(Article(text="  It rained.\n\nDoe left  early."))
    assert reading.doc.text == reading.article.text
    assert all(
        reading.article.text[token.idx : token.idx + len(token.text)] == token.text for token in reading.doc
    )


def test_no_sentence_crosses_the_edge_of_a_block() -> None:
    text = "Rain stops play It rained on Monday. It rained on Tuesday."
    blocks = (Block(Span(0, 15), "headline"), Block(Span(16, len(text)), "body"))
    reading = one(Article(text=text, blocks=blocks))
    assert [(s.role, s.span.of(text)) for s in reading.sentences] == [
        ("headline", "Rain stops play"),
        ("body", "It rained on Monday."),
        ("body", "It rained on Tuesday."),
    ]


def test_furniture_is_tokenised_and_holds_no_sentences() -> None:
    text = "Share this. Print.\nIt rained."
    blocks = (Block(Span(0, 18), "navigation"), Block(Span(19, 29), "body"))
    reading = one(Article(text=text, blocks=blocks))
    assert [s.span.of(text) for s in reading.sentences] == ["It rained."]
    assert [t.text for t in reading.doc if not t.is_space][:2] == ["Share", "this"]


def test_paragraphs_are_numbered_in_order() -> None:
    reading = one(Article(text="One rained. Two rained.\n\nThree rained."))
    assert [s.paragraph for s in reading.sentences] == [0, 0, 1]


def test_readings_come_in_the_order_of_the_articles() -> None:
    articles = [Article(text="It rained. " * n) for n in (5, 1, 3)]
    assert [r.article for r in read(articles)] == articles


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "Rain",
        "😀😀 👩‍👩‍👧 🏳️‍🌈",
        "1 2 3.5 1,000 -7",
        "x" * 5000,
        '"(' * 600,
        "Здравствуй, мир. 東京で雨が降った。 It rained. Hace frío.",
        "a\x00b \x07 c\x1b[0m d\u200b\u202e e\ufeff.",
        "a \ud800 lone surrogate.",
        "line\r\nline\r\n\r\nline\u2028line\u2029line",
    ],
)
def test_odd_input_is_read_with_exact_offsets(text: str) -> None:
    reading = one(Article(text=text))
    assert len(reading.doc.text) == len(text)
    for token in reading.doc:
        assert token.text in (text[token.idx : token.idx + len(token.text)], "\ufffd")
    for sentence in reading.sentences:
        assert sentence.span.of(text).strip() == sentence.span.of(text) != ""


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    reading = one(Article(text=text))
    assert len(reading.doc.text) == len(text)
    joined = "".join("".join(s.span.of(text) for s in reading.sentences).split())
    assert joined == "".join(text.split())


def test_a_long_text_is_read_to_its_limit_and_the_rest_reported() -> None:
    article = Article(text="It rained. " * 200, title="Rain")
    limit = Settings(max_read_characters=1000)
    (reading,) = read([article], limit)
    assert len(reading.doc.text) == 1000
    assert all(s.span.end <= 1000 for s in reading.sentences)
    failure = unread(article, limit)
    assert failure is not None
    assert str(failure) == "Rain: only the first 1,000 of 2,200 characters are read"
    assert unread(article) is None


def test_any_spacy_pipeline_can_be_the_reader(tmp_path: Path) -> None:
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    other.to_disk(tmp_path / "other")
    text = "Rain\nIt rained. Doe left."
    (reading,) = read([Article(text=text)], Settings(reader=str(tmp_path / "other")))
    assert [s.span.of(text) for s in reading.sentences] == ["Rain", "It rained.", "Doe left."]


def test_weights_that_are_not_there_are_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no reader\.onnx"):
        list(read([Article(text="It rained.")], Settings(weights=tmp_path)))


def test_sentences_are_found_by_rules_alone_where_that_is_asked_for() -> None:
    (reading,) = read([Article(text="It rained. Doe left.")], Settings(reader="rules"))
    assert [s.span.of(reading.article.text) for s in reading.sentences] == ["It rained.", "Doe left."]
    assert not reading.doc.has_annotation("DEP")


def test_reading_is_the_same_whatever_the_order_of_articles() -> None:
    articles = [Article(text="Jane Roe met John Doe. " * n) for n in (3, 60, 1)]
    forwards = {r.article.id: r.entities for r in read(articles)}
    backwards = {r.article.id: r.entities for r in read(articles[::-1])}
    assert forwards == backwards


def test_a_pipeline_that_is_not_installed_is_named_in_the_error() -> None:
    with pytest.raises(ModelError, match="en_no_such_pipeline"):
        list(read([Article(text="It rained.")], Settings(reader="en_no_such_pipeline")))
