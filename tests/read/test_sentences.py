"""The fixed rules that part sentences, on the forms that news is full of."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Span
from secondsource.read.sentences import split


def parts(text: str) -> list[str]:
    return [span.of(text) for span in split(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentence",
    [
        "U.S. Secretary of State Ada Stone met Sen. Brown and Gov. Lee.",
        "The talks began on Jan. 5 at No. 10.",
        "John F. Doe and T. S. Roe spoke.",
        "It starts at 9 a.m. Tuesday and ends at 5 p.m. EST.",
        "Acme Inc. said it would appeal.",
        "Roe Jr. of Acme Co. said no.",
        '"Who was it?" Roe asked.',
        '"Stop!" one of them shouted.',
        "The E.U. foreign minister and the U.N. Security Council agreed.",
        "It rose 3.5 percent, to $4.2 billion.",
        "They waited ... and waited.",
        "He lives in Springfield, Ill. with his wife.",
    ],
)
def test_a_period_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert parts(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ['"It rained."', "She left."],
        ["“It rained.”", "She left."],
        ["He waited…", "Nothing came."],
        ["It is in the U.S.", "The other is not."],
        ["They met at 5 p.m.", "Doe was late."],
        ["She works for Acme Inc.", "He does not."],
        ["(It rained.)", "She left."],
        ["1. Vote early.", "2. Vote once."],
        ["Was it so?", "Nobody knows."],
        ["It cost $5.", "“Too much,” he said."],
    ],
)
def test_the_end_of_a_sentence_is_found(sentences: list[str]) -> None:
    assert parts(" ".join(sentences)) == sentences


def test_a_missing_space_after_the_period_still_parts_sentences() -> None:
    assert parts("The rain ended.The match went on.") == ["The rain ended.", "The match went on."]


def test_an_address_is_not_parted() -> None:
    assert parts("See example.com. Or ask.") == ["See example.com.", "Or ask."]


@given(st.text(alphabet="Ab .!?…\"”'(\n1U", max_size=60))
def test_sentences_are_ordered_and_lose_only_white_space(text: str) -> None:
    spans = list(split(text, Span(0, len(text))))
    assert all(left.end <= right.start for left, right in pairwise(spans))
    kept = "".join(span.of(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
