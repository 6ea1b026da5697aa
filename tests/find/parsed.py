"""Readings from parses written out by hand, for tests of what stands on a parse."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from secondsource.model import Article, Reading, Sentence, Span

VOCAB = spacy.blank("en").vocab


def reading(*sentences: str) -> Reading:
    """A reading of sentences given as lines `word lemma pos tag head relation`, head 0 for the root."""
    words: list[str] = []
    columns: dict[str, list[str]] = {"lemmas": [], "pos": [], "tags": [], "deps": []}
    heads: list[int] = []
    for sentence in sentences:
        offset = len(words)
        for place, line in enumerate(sentence.strip().splitlines()):
            word, lemma, pos, tag, head, relation = line.split()
            words.append(word)
            columns["lemmas"].append(lemma)
            columns["pos"].append(pos)
            columns["tags"].append(tag)
            columns["deps"].append("ROOT" if head == "0" else relation)
            heads.append(offset + (place if head == "0" else int(head) - 1))
    doc = Doc(VOCAB, words=words, heads=heads, **columns)
    sents = tuple(Sentence(Span(s.start_char, s.end_char), "body", 0) for s in doc.sents)
    return Reading(article=Article(text=doc.text), doc=doc, sentences=sents)
