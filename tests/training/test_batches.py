"""Windows hold whole sentences and lose no word; targets follow the words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (the train extra)")

import torch
from training.data import Attribution, Deed, Doc

from training import batches


def document(sentences: int, length: int) -> Doc:
    """A document of equal sentences whose words are two pieces each."""
    n = sentences * length
    starts = np.arange(n) % length == 0
    doc = Doc("polnear", "d", [f"w{i}" for i in range(n)], starts, np.zeros(n, bool))
    doc.pieces = [[200 + i % 50, 300] for i in range(n)]
    doc.case = np.ones(n, np.int64)
    return doc


def test_rows_cover_every_word_once_and_start_at_sentences() -> None:
    doc = document(40, 11)
    rows = batches.windows(doc, np.random.default_rng(1))
    parts = [row.parts[0][1:] for row in rows]
    assert parts[0][0] == 0
    assert parts[-1][1] == 440
    assert all(b == c for (_, b), (c, _) in pairwise(parts))
    assert all(a % 11 == 0 for a, _ in parts)
    assert all(row.size <= batches.LIMIT + 2 for row in rows)


def test_a_sentence_longer_than_a_row_is_cut() -> None:
    rows = batches.windows(document(1, 400), None)
    assert len(rows) > 1
    assert all(row.size <= batches.LIMIT + 2 for row in rows)


def test_heads_point_to_words_of_the_row() -> None:
    doc = document(40, 10)
    doc.head = np.array([-1 if i % 10 == 0 else i - 1 for i in range(400)])
    second = batches.windows(doc, None)[1]
    batch = batches.collate([second])
    head = batch["head"][0].tolist()
    assert head[:12] == [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, -1, 10]


def test_an_attribution_belongs_to_the_row_of_its_cue() -> None:
    doc = document(40, 10)
    doc.quotes = [Attribution([131], [130], [132, 133])]
    rows = batches.windows(doc, None)
    found = [batches.collate([row])["quotes"] for row in rows]
    base = rows[1].parts[0][1]
    assert [len(x) for x in found][:2] == [0, 1]
    assert found[1] == [(0, [131 - base], [130 - base], [132 - base, 133 - base])]


def test_roles_begin_again_after_a_gap() -> None:
    assert batches.role_targets(7, [0], [2, 3, 5]).tolist() == [1, 0, 3, 4, 0, 3, 0]


def test_a_deed_keeps_its_sentence_and_sides_when_rows_are_packed() -> None:
    first, second = document(1, 6), document(1, 8)
    second.deeds = [Deed([1, 2], [5], 3)]
    row = batches.Row([(first, 0, 6), (second, 0, 8)], 30)
    (found,) = batches.collate([row])["deeds"]
    assert found == (0, 6, 14, [7, 8], [11], 3)
    tensors = batches.deed_tensors([found], 14)
    assert tensors["open"][0].tolist() == [False] * 6 + [True] * 8
    assert tensors["sides"][0, 0].nonzero().flatten().tolist() == [7, 8]


def test_words_are_hidden_whole_and_only_in_training() -> None:
    rows = batches.windows(document(40, 11), None)
    assert not any((batches.collate([row])["ids"] == batches.MASK).any() for row in rows)
    hidden = 0
    for row in rows:
        batch = batches.collate([row], np.random.default_rng(2))
        at = batch["ids"][0] == batches.MASK
        firsts, lasts = at[batch["first"][0]], at[batch["last"][0]]
        assert torch.equal(firsts, lasts)
        hidden += int(firsts.sum())
    assert 5 <= hidden <= 50
