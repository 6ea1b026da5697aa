"""Spans validate themselves and always give back the characters they name."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import SpanError
from secondsource.model import Span, covered, merge

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(min(pair), max(pair)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_offsets_that_are_no_span_are_refused(start: int, end: int) -> None:
    with pytest.raises(SpanError):
        Span(start, end)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(SpanError, match="outside a text of 3"):
        Span(1, 4).of("abc")


@given(st.text(), st.data())
def test_a_span_gives_the_characters_at_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert Span(start, end).of(text) == text[start:end]


@given(st.text(max_size=30))
def test_strip_leaves_what_str_strip_leaves(text: str) -> None:
    assert Span(0, len(text)).strip(text).of(text) == text.strip()


@given(st.lists(spans))
def test_merge_covers_the_same_characters_without_overlap(given_spans: list[Span]) -> None:
    merged = merge(given_spans)
    assert {i for s in merged for i in range(s.start, s.end)} == {
        i for s in given_spans for i in range(s.start, s.end)
    }
    assert all(left.end < right.start for left, right in pairwise(merged))


@given(spans, st.lists(spans))
def test_covered_counts_each_character_once(span: Span, others: list[Span]) -> None:
    inside = {i for o in others for i in range(o.start, o.end)} & set(range(span.start, span.end))
    assert covered(span, others) == len(inside)


@given(spans, spans)
def test_overlap_is_symmetric_and_agrees_with_overlaps(left: Span, right: Span) -> None:
    assert left.overlap(right) == right.overlap(left)
    assert left.overlaps(right) == (left.overlap(right) > 0)
