"""Corpora become the right annotation, and what is held back never moves."""

from __future__ import annotations

import numpy as np
import pytest

from training import data, labels


def names(mask: int) -> set[str]:
    """The labels a bit mask leaves open."""
    return {name for i, name in enumerate(labels.NER) if mask >> i & 1}


@pytest.mark.parametrize(
    ("word", "number"),
    [("—", 0), ("said", 1), ("Brandvold", 2), ("NATO", 3), ("A", 4), ("McCain", 5), ("2013", 6)],
)
def test_letter_case_has_seven_classes(word: str, number: int) -> None:
    assert data.case_id(word) == number


def test_the_held_back_share_is_a_tenth_and_depends_on_the_key_alone() -> None:
    back = [data.held_back("silver", f"article-{i}") for i in range(2000)]
    assert 150 < sum(back) < 250
    assert back == [data.held_back("silver", f"article-{i}") for i in range(2000)]


def test_tags_without_begin_marks_give_one_span_per_run() -> None:
    tags = ["I-PER", "I-PER", "O", "I-LOC", "I-ORG"]
    assert data.tag_spans(tags) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "ORG")]


def test_a_begin_mark_splits_two_names_side_by_side() -> None:
    assert data.tag_spans(["B-PER", "B-PER", "I-PER"]) == [(0, 1, "PER"), (1, 3, "PER")]


def test_a_country_is_a_gpe_and_an_open_place_stays_open() -> None:
    ner = np.zeros(3, np.int64)
    data.paint(ner, 0, 1, labels.narrow(["France"], labels.PLACE))
    data.paint(ner, 1, 3, labels.narrow(["Lower", "Wexmoor"], labels.PLACE))
    assert names(int(ner[0])) == {"B-GPE"}
    assert names(int(ner[1])) == {"B-GPE", "B-LOC", "B-FAC"}
    assert names(int(ner[2])) == {"I-GPE", "I-LOC", "I-FAC"}


def test_nested_mentions_of_the_entity_column_are_all_found() -> None:
    cells = ["Entity=(4-abstract-new-sssss-cf2-3-coref(5-object-new-s-cf3-1-sgl)", "_", "Entity=4)"]
    rows = [["0"] * 9 + [cell] for cell in cells]
    assert sorted(data.gum_mentions(rows)) == [(0, 0, "5", "object"), (0, 2, "4", "abstract")]


def test_running_text_keeps_offsets_and_marks_paragraphs() -> None:
    text = "A storm hit.\n\nIt passed."
    words, begin, end, par = data.running_text(text)
    assert [text[a:b] for a, b in zip(begin, end, strict=True)] == words
    assert [w for w, p in zip(words, par, strict=True) if p] == ["A", "It"]


def test_treebank_words_are_tokenised_as_written_text() -> None:
    assert [data.normal(w) for w in ("-LRB-", "``", "don’t")] == ["(", "“", "don't"]
