"""The numpy reference: trees are trees, label sequences are legal, spans come back whole."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from training import decode

scores = st.integers(1, 12).flatmap(
    lambda n: arrays(np.float64, (n, n + 1), elements=st.floats(-20, 20, width=32))
)


def is_tree(heads: list[int]) -> bool:
    """Whether every word reaches the root, and one alone hangs on it."""
    for word in range(1, len(heads) + 1):
        seen, node = set(), word
        while node and node not in seen:
            seen.add(node)
            node = heads[node - 1]
        if node:
            return False
    return heads.count(0) == 1


@given(scores)
def test_any_scores_give_a_single_rooted_acyclic_tree(matrix: np.ndarray) -> None:
    assert is_tree(decode.tree(matrix))


@pytest.mark.parametrize("seed", range(12))
def test_the_tree_is_the_best_of_all_trees(seed: int) -> None:
    matrix = np.random.default_rng(seed).normal(size=(4, 5))
    every = [h for h in product(range(5), repeat=4) if is_tree(list(h))]
    best = max(every, key=lambda h: sum(matrix[i, up] for i, up in enumerate(h)))
    assert decode.tree(matrix) == list(best)


@given(st.integers(0, 30).flatmap(lambda n: arrays(np.float64, (n, 5), elements=st.floats(-9, 9))))
def test_a_span_never_continues_what_did_not_begin(matrix: np.ndarray) -> None:
    path = decode.viterbi(matrix, decode.ROLE_PARTS)
    before = "O"
    for label in path:
        name = decode.ROLE_PARTS[label]
        assert not name.startswith("I") or before[1:] == name[1:]
        before = name
    assert len(path) == len(matrix)


def test_two_spans_side_by_side_stay_two() -> None:
    parts = decode.CUE_PARTS
    assert decode.spans([1, 2, 1, 0], parts) == [(0, 2, "cue"), (2, 3, "cue")]


def test_words_inside_the_cue_are_at_distance_bucket_nine() -> None:
    assert decode.cue_distance(6, 2, 3).tolist() == [7, 8, 9, 9, 10, 11]


def test_a_candidate_has_antecedents_only_before_it() -> None:
    rng = np.random.default_rng(3)
    width = 8
    weights = {k: rng.normal(size=(width, width)) for k in ("coref_A", "coref_W1", "coref_W2", "coref_W3")}
    weights |= {"coref_dist": rng.normal(size=(10, width)), "coref_sent": rng.normal(size=(6, width))}
    weights |= {"coref_same": rng.normal(size=(2, width)), "coref_o": rng.normal(size=width)}
    weights["coref_ob"] = np.zeros(())
    p = rng.normal(size=(4, width))
    got = decode.antecedent_scores(p, np.arange(4), np.zeros(4, int), ["a", "b", "A", "c"], weights)
    assert (got[np.triu_indices(4)] <= decode.NEVER).all()
    assert (got[np.tril_indices(4, -1)] > decode.NEVER).all()
