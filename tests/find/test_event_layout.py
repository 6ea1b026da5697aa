"""The words of a Doc laid out: what they say of the tree is what spaCy says."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from secondsource.find.events.layout import Layout

WORDS = "The mayor , who left , opened the new bridge . It closed again .".split()
HEADS = [1, 6, 4, 4, 1, 1, 6, 9, 9, 6, 6, 12, 12, 12, 12]
DEPS = "det nsubj punct nsubj acl:relcl punct ROOT det amod obj punct nsubj ROOT advmod punct".split()


def parsed() -> Doc:
    """Two sentences with a relative clause between subject and verb."""
    return Doc(spacy.blank("en").vocab, words=WORDS, heads=HEADS, deps=DEPS, pos=["NOUN"] * len(WORDS))


def test_heads_children_and_subtrees_are_those_of_the_doc() -> None:
    doc = parsed()
    for token, word in zip(doc, Layout(doc).words, strict=True):
        assert word.head.i == token.head.i
        assert [child.i for child in word.children] == [child.i for child in token.children]
        assert [below.i for below in word.subtree] == [below.i for below in token.subtree]


def test_words_and_their_sentences_are_those_of_the_doc() -> None:
    doc = parsed()
    for token, word in zip(doc, Layout(doc).words, strict=True):
        assert (word.i, word.idx, len(word), word.text, word.dep_) == (
            token.i, token.idx, len(token), token.text, token.dep_,
        )  # fmt: skip
        sent = token.sent
        assert word.sent == (sent.start, sent.end, sent.start_char, sent.end_char)


def test_a_root_is_its_own_head_and_neighbours_are_counted_in_words() -> None:
    opened = Layout(parsed()).words[6]
    assert opened.head is opened
    assert (opened.nbor(-1).text, opened.nbor(1).text) == (",", "the")


def test_a_word_is_known_by_any_character_in_it() -> None:
    doc = parsed()
    layout = Layout(doc)
    assert [layout.at(c).text for c in (doc[1].idx, doc[1].idx + 4)] == ["mayor", "mayor"]
