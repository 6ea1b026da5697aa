"""Tags: the best sequence of labels in which I-X follows only B-X or I-X."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from secondsource.read.tags import TagScheme

LABELS = ("O", "B-A", "I-A", "B-B", "I-B")
SCHEME = TagScheme(LABELS)


def is_legal(path: list[int]) -> bool:
    names = [LABELS[label] for label in path]
    return all(
        not name.startswith("I") or (place > 0 and names[place - 1][1:] == name[1:])
        for place, name in enumerate(names)
    )


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda n: arrays.arrays(np.float32, (n, 5), elements=st.integers(-9, 9).map(float))
    )
)
def test_no_legal_path_is_better(scores: np.ndarray) -> None:
    path = SCHEME.path(scores)
    assert is_legal(path)

    def worth(labels: list[int]) -> float:
        return float(sum(scores[place, label] for place, label in enumerate(labels)))

    paths = (list(labels) for labels in product(range(5), repeat=len(scores)))
    assert worth(path) == max(worth(labels) for labels in paths if is_legal(labels))


def test_spans_are_read_off_a_path() -> None:
    assert SCHEME.spans([1, 2, 0, 3, 3, 4]) == [(0, 2, "A"), (3, 4, "B"), (4, 6, "B")]


def test_no_words_have_no_labels() -> None:
    assert SCHEME.path(np.zeros((0, 5), np.float32)) == []
