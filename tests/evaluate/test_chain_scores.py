"""The coreference measures, against the worked example of the reference scorer's paper.

Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions: A
Reference Implementation", figure 5 and section 4: the key has the chains
{a, b, c} and {d, e, f, g}, the response {a, b}, {c, d} and {f, g, h, i}.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.evaluate.scores import assign, b_cubed_chains, ceaf_e, conll, muc

KEY = [set("abc"), set("defg")]
RESPONSE = [set("ab"), set("cd"), set("fghi")]


def test_muc_on_the_worked_example() -> None:
    score = muc(RESPONSE, KEY)
    assert score.recall == pytest.approx(2 / 5)
    assert score.precision == pytest.approx(2 / 5)
    assert score.f1 == pytest.approx(0.40)


def test_b_cubed_on_the_worked_example() -> None:
    score = b_cubed_chains(RESPONSE, KEY)
    assert score.recall == pytest.approx((4 / 3 + 1 / 3 + 1 / 4 + 4 / 4) / 7)
    assert score.precision == pytest.approx((4 / 2 + 1 / 2 + 1 / 2 + 4 / 4) / 8)
    assert score.f1 == pytest.approx(0.4545, abs=1e-4)


def test_ceaf_on_the_worked_example() -> None:
    score = ceaf_e(RESPONSE, KEY)
    assert score.recall == pytest.approx(0.65)
    assert score.precision == pytest.approx(1.3 / 3)
    assert score.f1 == pytest.approx(0.52)


def test_a_response_like_the_key_scores_one() -> None:
    assert conll(KEY, KEY) == pytest.approx(1.0)


def test_a_response_without_a_right_mention_scores_nothing() -> None:
    assert conll([{"x", "y"}], KEY) == 0.0
    assert conll([], KEY) == 0.0


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_assignment_is_the_best_one(gains: list[list[int]]) -> None:
    found = assign(gains)
    rows, columns = len(gains), 3
    size = min(rows, columns)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found) == size
    if rows <= columns:
        best = max(sum(gains[r][c] for r, c in enumerate(p)) for p in permutations(range(columns), rows))
    else:
        best = max(sum(gains[r][c] for c, r in enumerate(p)) for p in permutations(range(rows), columns))
    assert sum(gains[row][column] for row, column in found) == best
