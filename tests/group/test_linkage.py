"""Average linkage: what is most alike is joined first, and no chain makes one group of many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from secondsource.group.linkage import average_linkage, connected


def test_a_chain_of_likenesses_is_not_one_group() -> None:
    # Each is like the next, but the first is not like the last.
    chain = [(0, 1, 5.5), (1, 2, 4.5), (2, 3, 5.5)]
    assert average_linkage(4, chain, bar=3.5, rise=0.3) == [[0, 1], [2, 3]]


def test_copies_of_one_text_have_one_vote() -> None:
    # 3 is like the text of 0, 1, 2 and unlike 4, with which they are one group.
    pairs = [(0, 4, 6.5), (1, 4, 6.5), (2, 4, 6.5), (0, 3, 6.5), (1, 3, 6.5), (2, 3, 6.5)]
    together = average_linkage(5, pairs, bar=3.35, rise=0.3, same=[[0, 1, 2]])
    assert [0, 1, 2, 3] in together
    assert [4] in together


def test_what_is_one_group_already_starts_as_one() -> None:
    # 0 and 1 are unlike by now, but were joined before; 2 is like both.
    pairs = [(0, 2, 3.0), (1, 2, 3.0)]
    assert average_linkage(3, pairs, bar=2.0, start=[[0, 1]]) == [[0, 1, 2]]
    assert average_linkage(3, pairs, bar=2.0) == [[0, 2], [1]]


def test_the_bar_rises_with_the_size_of_the_group() -> None:
    pairs = [(a, b, 1.0) for a in range(4) for b in range(a + 1, 4)]
    assert average_linkage(4, pairs, bar=1.0) == [[0, 1, 2, 3]]
    assert average_linkage(4, pairs, bar=1.0, rise=0.1) == [[0, 1], [2, 3]]


def test_a_group_of_hundreds_is_found() -> None:
    pairs = [(a, b, 2.0) for a in range(300) for b in range(a + 1, 300)]
    assert average_linkage(300, pairs, bar=1.0) == [list(range(300))]


edges = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(0.01, 8)), max_size=40)


@given(edges)
def test_every_place_is_in_exactly_one_group(edges: list[tuple[int, int, float]]) -> None:
    known = {(min(a, b), max(a, b)): weight for a, b, weight in edges if a != b}
    found = average_linkage(12, [(a, b, weight) for (a, b), weight in sorted(known.items())], bar=3.5)
    assert sorted(place for places in found for place in places) == list(range(12))


@given(edges)
def test_a_group_lies_inside_what_pairs_above_the_bar_connect(edges: list[tuple[int, int, float]]) -> None:
    known = {(min(a, b), max(a, b)): weight for a, b, weight in edges if a != b}
    pairs = [(a, b, weight) for (a, b), weight in sorted(known.items())]
    parts = connected(12, [(a, b) for a, b, weight in pairs if weight >= 3.5])
    for group in average_linkage(12, pairs, bar=3.5):
        assert any(set(group) <= set(part) for part in parts)
