"""Windows: every word in exactly one, none too long, cut at paragraphs where that is possible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secondsource.read.windows import WINDOW, cut

WORDS = st.lists(st.tuples(st.integers(1, 8), st.booleans(), st.booleans()), max_size=400)


@given(WORDS)
def test_windows_partition_the_words(words: list[tuple[int, bool, bool]]) -> None:
    sizes = [size for size, _, _ in words]
    ranges = cut(sizes, [p for _, p, _ in words], [s for _, _, s in words])
    assert [word for start, stop in ranges for word in range(start, stop)] == list(range(len(words)))
    assert all(0 < sum(sizes[start:stop]) <= WINDOW for start, stop in ranges)


def test_a_short_text_is_one_window() -> None:
    assert cut([1] * 100, [False] * 100, [False] * 100) == [(0, 100)]


def test_a_text_is_cut_at_a_paragraph_near_the_middle() -> None:
    paragraphs = [place in (0, 140) for place in range(300)]
    assert cut([1] * 300, paragraphs, [place % 10 == 0 for place in range(300)]) == [(0, 140), (140, 300)]


def test_a_long_paragraph_is_cut_at_a_sentence() -> None:
    sentences = [place % 20 == 0 for place in range(300)]
    (_, stop), _ = cut([1] * 300, [False] * 300, sentences)
    assert stop % 20 == 0
