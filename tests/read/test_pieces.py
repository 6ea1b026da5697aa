"""Letter case and normal forms of words, as the network was trained on them."""

from __future__ import annotations

import pytest

from secondsource.read.pieces import letter_case, normal


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("...", 0),
        ("rain", 1),
        ("Rain", 2),
        ("U.S.", 3),
        ("I", 4),
        ("iPhone", 5),
        ("McCoy", 5),
        ("2013", 6),
        ("5th", 1),
        ("", 0),
        ("😀", 0),
    ],
)
def test_letter_case(word: str, case: int) -> None:
    assert letter_case(word) == case


def test_treebank_quotes_and_brackets_become_plain() -> None:
    assert [normal(w) for w in ("``", "''", "-LRB-", "it’s", "rain")] == ["“", "”", "(", "it's", "rain"]
