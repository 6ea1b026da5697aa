"""Trees: single-rooted, acyclic and the best there are, whatever the scores."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from secondsource.read.trees import best_tree


def is_tree(heads: list[int]) -> bool:
    if heads.count(-1) != 1:
        return False
    for word in range(len(heads)):
        steps, node = 0, word
        while node >= 0 and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if node >= 0:
            return False
    return True


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 25).flatmap(
        lambda n: arrays.arrays(np.float32, (n, n + 1), elements=st.floats(-1e6, 1e6, width=32))
    )
)
def test_any_scores_give_a_tree_with_one_root(scores: np.ndarray) -> None:
    assert is_tree(best_tree(scores))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_scores_that_are_no_numbers_still_give_a_tree(bad: float) -> None:
    assert is_tree(best_tree(np.full((6, 7), bad, np.float32)))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda n: arrays.arrays(np.float32, (n, n + 1), elements=st.integers(-50, 50).map(float))
    )
)
def test_no_tree_is_better(scores: np.ndarray) -> None:
    n = len(scores)

    def worth(heads: list[int]) -> float:
        return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))

    trees = (list(heads) for heads in product(range(-1, n), repeat=n))
    assert worth(best_tree(scores)) == max(worth(heads) for heads in trees if is_tree(heads))


def test_no_words_make_no_tree() -> None:
    assert best_tree(np.zeros((0, 1), np.float32)) == []
