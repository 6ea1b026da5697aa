"""The codec: whatever goes out as JSON comes back the same, and bad JSON is refused."""

import json
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.errors import CodecError, Failure
from secondsource.model import Article, Calendar, Collation, Reading, Sentence, Span, Story
from secondsource.model.codec import decode, encode

from .strategies import of


@pytest.mark.parametrize("kind", [Article, Story, Calendar, Collation, Failure])
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_every_type_comes_back_as_it_went(kind: type, data: st.DataObject) -> None:
    value: Any = data.draw(of(kind))
    line = json.dumps(encode(value))
    assert decode(json.loads(line)) == value
    assert json.dumps(encode(decode(json.loads(line)))) == line


def test_a_reading_comes_back_with_its_tokens_and_sentences() -> None:
    article = Article(text="It rained.  Mr. Lee left 😀 early.\n\nHe said so.")
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp(article.text)
    reading = Reading(article=article, doc=doc, sentences=(Sentence(Span(0, 10), "body", 0),))
    back = decode(json.loads(json.dumps(encode(reading))))
    assert back == reading
    assert [(t.text, t.idx, t.is_sent_start) for t in back.doc] == [
        (t.text, t.idx, t.is_sent_start) for t in doc
    ]


def test_the_schema_names_the_type_and_its_version() -> None:
    assert encode(Article(text="a"))["schema"] == "secondsource/article/1"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "unknown schema None"),
        ({"schema": "other/article/1"}, "unknown schema"),
        ({"schema": "secondsource/article/2", "text": "a"}, "not of version 1"),
        ({"schema": "secondsource/article/1", "text": 5}, "expected str"),
        ({"schema": "secondsource/article/1", "text": "a", "colour": "red"}, "not a Article"),
    ],
)
def test_json_that_does_not_fit_is_refused_with_the_reason(data: dict[str, Any], message: str) -> None:
    with pytest.raises(CodecError, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"span": [0, 9], "role": "body"}, "outside a text of 1"),
        ({"span": [0, 1], "role": "x"}, "'x' is none of"),
        ({"span": [True, 1], "role": "body"}, "not a whole number"),
    ],
)
def test_a_block_that_does_not_fit_is_refused(block: dict[str, Any], message: str) -> None:
    with pytest.raises(CodecError, match=message):
        decode({"schema": "secondsource/article/1", "text": "a", "blocks": [block]})


def test_what_has_no_schema_is_refused() -> None:
    with pytest.raises(CodecError, match="no schema for Span"):
        encode(Span(0, 1))  # type: ignore[arg-type]
