"""The words of a Doc laid out once as plain objects, for those who ask for heads and children often.

spaCy makes a Token anew for each child, head and word of a subtree that is
asked for; in finding events that took half of the time. A `Word` has the
names of a Token's attributes, for what events are found by.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Sentence(NamedTuple):
    """A sentence by its words, half-open, and by its characters."""

    start: int
    end: int
    start_char: int
    end_char: int


class Word:
    """A token of a Doc; `idx` counts characters, `i` tokens. A root is its own head."""

    __slots__ = (
        "children", "dep_", "ent_type_", "event", "head", "i", "idx", "lemma_", "lower_", "pos_", "sent",
        "tag_", "text", "words",
    )  # fmt: skip

    def __init__(self, token: Token, words: list[Word], sentence: Sentence) -> None:
        self.i, self.idx, self.text, self.lower_ = token.i, token.idx, token.text, token.lower_
        self.lemma_, self.pos_, self.tag_, self.dep_ = token.lemma_, token.pos_, token.tag_, token.dep_
        self.ent_type_ = token.ent_type_
        self.event = self.pos_ == "NOUN" and token.has_extension("event") and bool(token._.event)
        self.words, self.sent = words, sentence
        self.head = self
        self.children: list[Word] = []

    def __len__(self) -> int:
        return len(self.text)

    def nbor(self, steps: int) -> Word:
        """The word so many places on; negative places go back."""
        return self.words[self.i + steps]

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it, each with those before it first."""
        for child in self.children:
            if child.i < self.i:
                yield from child.subtree
        yield self
        for child in self.children:
            if child.i > self.i:
                yield from child.subtree


class Layout:
    """All words of a Doc with a parse, in its order."""

    def __init__(self, doc: Doc) -> None:
        self.words: list[Word] = []
        for span in doc.sents:
            sentence = Sentence(span.start, span.end, span.start_char, span.end_char)
            self.words.extend(Word(token, self.words, sentence) for token in span)
        for token, word in zip(doc, self.words, strict=True):
            head = token.head.i
            if head != token.i:
                word.head = self.words[head]
                word.head.children.append(word)
        self._starts = [word.idx for word in self.words]

    def at(self, character: int) -> Word:
        """The word that a character of the text stands in, or the one before it."""
        return self.words[max(bisect_right(self._starts, character) - 1, 0)]
