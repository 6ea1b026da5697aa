"""The spaCy component: anybody's pipeline, running text or given words, always well-formed trees."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

TEXT = (
    "Mayor Jane Roe of Springfield met Acme Corp. chief John Doe on Tuesday. "
    "She said the talks had failed.\n\nThey will not meet again, Roe told reporters."
)


def assert_well_formed(doc: Doc) -> None:
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        assert len(roots) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
        for token in sentence:
            assert roots[0] in [token, *token.ancestors]


def test_it_is_found_by_its_entry_point(trained: Language) -> None:
    assert trained.pipe_names == ["secondsource_reader"]


def test_running_text_gets_all_annotation(trained: Language) -> None:
    doc = trained(TEXT)
    assert [token.lemma_ for token in doc[5:7]] == ["meet", "Acme"]
    assert {"Jane Roe", "Springfield", "John Doe"} <= {name.text for name in doc.ents}
    assert all(token.pos_ and token.tag_ and token.dep_ for token in doc)
    assert len(list(doc.sents)) == 3
    assert doc._.sentence_vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(doc._.sentence_vectors, axis=1), 1, atol=1e-3)
    assert_well_formed(doc)


def test_references_are_chains(trained: Language) -> None:
    doc = trained(TEXT)
    chains = [[doc[start:end].text for start, end, _ in chain] for chain in doc._.chains]
    (roe,) = [chain for chain in chains if "Roe" in chain]
    assert "She" in roe


def test_certainty_is_of_predicates(trained: Language) -> None:
    doc = trained(TEXT)
    met = next(token for token in doc if token.text == "met")
    assert met._.event
    assert met._.certainty > 1
    assert doc[0]._.certainty is None


def test_given_words_and_sentence_starts_are_kept(trained: Language) -> None:
    words = ["It", "rained", "in", "Springfield", "Roe", "left", "."]
    starts: list[bool | int | None] = [True, False, False, False, True, False, False]
    doc = trained(Doc(trained.vocab, words=words, sent_starts=starts))
    assert [token.text for token in doc] == words
    assert [sentence.start for sentence in doc.sents] == [0, 4]
    assert_well_formed(doc)


def test_words_without_bounds_are_parted_by_the_network(trained: Language) -> None:
    words = "It rained all day . She left . They stayed .".split()
    doc = trained(Doc(trained.vocab, words=words))
    assert [sentence.start for sentence in doc.sents] == [0, 5, 8]


def test_neighbours_change_nothing(trained: Language) -> None:
    alone = trained(TEXT)
    among = list(trained.pipe(["It rained. " * 30, TEXT, "Snow."]))[1]
    assert [(t.tag_, t.dep_, t.head.i, t.ent_type_) for t in alone] == [
        (t.tag_, t.dep_, t.head.i, t.ent_type_) for t in among
    ]
    assert np.array_equal(alone._.sentence_vectors, among._.sentence_vectors)


def test_a_doc_survives_being_stored(trained: Language) -> None:
    doc = trained(TEXT)
    again = Doc(trained.vocab).from_bytes(doc.to_bytes())
    assert again._.chains == doc._.chains
    assert [token._.certainty for token in again] == [token._.certainty for token in doc]


def test_a_foreign_pipeline_is_not_disturbed(trained: Language) -> None:
    doc = spacy.blank("en")("It rained.")
    assert doc._.chains == ()
    assert doc[1]._.certainty is None
    assert doc._.attributions() == ()


@pytest.mark.parametrize(
    "text", ["", "\n", "Rain", "😀 😀", "1 2 3", "x" * 5000, '"(' * 400, "a\x00b\x07", "雨が降った。"]
)
def test_odd_text_is_read(trained: Language, text: str) -> None:
    doc = trained(text)
    assert doc.text == text
    assert_well_formed(doc)


def test_a_sentence_longer_than_a_window_is_read(trained: Language) -> None:
    doc = trained(Doc(trained.vocab, words=["rain"] * 900, sent_starts=[True] + [False] * 899))
    assert len(doc) == 900
    assert_well_formed(doc)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="Ab .,!?\"'\n\t1😀é", max_size=60))
def test_any_text_gets_well_formed_trees(trained: Language, text: str) -> None:
    doc = trained(text)
    assert doc.text == text
    assert_well_formed(doc)
