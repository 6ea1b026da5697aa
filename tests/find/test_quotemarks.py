"""Quotation marks become stretches, whatever their make and however unbalanced."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from secondsource.find.quotemarks import Stretch, find_stretches, nature
from secondsource.model import Span


def stretches(text: str) -> tuple[Stretch, ...]:
    return find_stretches(text, [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)])


def said(text: str, depth: int = 0) -> list[str]:
    return [s.inner.of(text) for s in stretches(text) if s.depth == depth]


def test_every_kind_of_mark_opens_and_closes() -> None:
    for text in (
        '"It rained," she said.',
        "“It rained,” she said.",
        "''It rained,'' she said.",
        "``It rained,'' she said.",
        "«It rained,» she said.",
        "„It rained,“ she said.",
        "‘It rained,’ she said.",
        "'It rained,' she said.",
    ):
        assert said(text) == ["It rained,"], text


def test_apostrophes_elisions_inches_and_plural_possessives_are_no_marks() -> None:
    assert said("It's the workers' right, in the '90s and 'til now, said the 6'2\" man's friends’ dog.") == []


def test_a_plural_possessive_does_not_close_a_single_quote() -> None:
    assert said("‘The workers’ rights come first,’ she said.") == ["The workers’ rights come first,"]


def test_a_quote_within_a_quote_is_one_deeper() -> None:
    text = "“He told me ‘go home’ and left,” she said."
    assert said(text) == ["He told me ‘go home’ and left,"]
    assert said(text, depth=1) == ["go home"]


def test_nesting_to_depth_four_is_kept_apart() -> None:
    text = "“one ‘two “three ‘four’ three” two’ one”"
    assert [s.depth for s in stretches(text)] == [0, 1, 2, 3]


def test_a_quote_opened_again_in_each_paragraph_runs_on() -> None:
    text = '"We came.\n\n"We saw.\n\n"We left," he said.'
    assert [(s.runs_on, s.continues, s.sure) for s in stretches(text)] == [
        (True, False, True),
        (True, True, True),
        (False, True, True),
    ]


def test_a_quote_left_open_is_closed_by_the_next_paragraph() -> None:
    first, second = stretches("“We came.\n\nWe left,” he said.")
    assert first.runs_on
    assert second.continues


def test_a_mark_without_its_partner_gives_an_unsure_stretch_to_the_end_of_the_paragraph() -> None:
    text = 'She said: "It rained all night.\n\nNothing else happened.'
    (only,) = stretches(text)
    assert not only.sure
    assert only.inner.of(text) == "It rained all night."


def test_a_quote_that_was_never_closed_ends_before_the_next_one() -> None:
    text = "“It rained, he said. “It poured,” she said."
    assert [(s.inner.of(text), s.sure) for s in stretches(text)] == [
        ("It rained, he said.", False),
        ("It poured,", True),
    ]


def test_titles_nicknames_and_fragments_are_told_from_speech() -> None:
    text = 'Earvin "Magic" Lee read "The Long Way Home" in a "safe" place. "I never looked back," he said.'
    assert [nature(text, s) for s in stretches(text)] == ["nickname", "title", "fragment", "speech"]


@given(st.text(alphabet="\"'“”‘’«»`ab .\n,", max_size=200))
def test_stretches_lie_in_the_text_and_their_marks_around_them(text: str) -> None:
    for stretch in stretches(text):
        assert stretch.span.contains(stretch.inner)
        assert stretch.inner.of(text)
        assert "\n" not in stretch.span.of(text)


@given(st.text(alphabet="\"'“”‘’ab .\n", max_size=200))
def test_outer_stretches_never_overlap(text: str) -> None:
    outer = [s.span for s in stretches(text) if s.depth == 0]
    assert all(a.end <= b.start for a, b in pairwise(outer))
