"""Pairs compared in bulk come to what they come to one by one."""

import random
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from secondsource.collate.align import MAX_SENTENCES_A_WORD, Likeness, Line, line_of
from secondsource.collate.bags import Bags, Ints
from secondsource.model import Sentence, Span

BAGS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=5), min_size=1, max_size=8)
WORDS = "ferry harbour pilot storm anchor captain inquiry lighthouse cargo tide wreck salvage".split()


def pairs_of(size: int) -> tuple[Ints, Ints]:
    pairs = list(combinations(range(size), 2))
    return np.array([i for i, _ in pairs], int), np.array([j for _, j in pairs], int)


def sentences(count: int, accounts: int) -> list[Line]:
    draw = random.Random(7)
    lines = []
    for place in range(count):
        text = " ".join(draw.sample(WORDS, 5))
        account = f"a{place * accounts // count}"
        lines.append(line_of(account, account, Sentence(Span(0, len(text)), "body", 0), text))
    return lines


@given(BAGS)
def test_bags_have_in_common_what_the_sets_have(bags: list[frozenset[str]]) -> None:
    left, right = pairs_of(len(bags))
    made = Bags(bags)
    sets = [(bags[i], bags[j]) for i, j in zip(left, right, strict=True)]
    assert made.common(left, right).tolist() == [len(a & b) for a, b in sets]
    assert made.apart(left, right).tolist() == [bool(a and b) and a.isdisjoint(b) for a, b in sets]
    assert made.share(left, right).tolist() == [len(a & b) / max(1, min(len(a), len(b))) for a, b in sets]


def test_two_lines_score_alike_alone_and_among_all_pairs() -> None:
    likeness = Likeness(sentences(12, 3))
    left, right = pairs_of(12)
    scores = likeness.compare(left, right).score
    assert [likeness.score(i, j) for i, j in zip(left, right, strict=True)] == scores.tolist()
    assert likeness.score(4, 4) == 1.0


def test_a_line_is_compared_with_so_many_others_only() -> None:
    lines = sentences(40, 20)
    left, right = Likeness(lines).nearest(most=4)
    assert len(left) <= 40 * 4
    assert all(i < j and lines[i].article != lines[j].article for i, j in zip(left, right, strict=True))


def test_a_word_in_most_lines_brings_up_no_pairs() -> None:
    sentence = Sentence(Span(0, 5), "body", 0)
    lines = [line_of(f"a{n}", f"a{n}", sentence, "ferry") for n in range(MAX_SENTENCES_A_WORD + 1)]
    assert Likeness(lines).nearest()[0].size == 0
    assert Likeness(lines[:-1]).nearest()[0].size > 0


def test_no_lines_make_no_pairs() -> None:
    likeness = Likeness([])
    left, right = likeness.nearest()
    assert likeness.compare(left, right).score.size == left.size == right.size == 0
