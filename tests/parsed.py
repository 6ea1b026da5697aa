"""Readings from parses written out by hand, for tests of what stands on a parse."""

from __future__ import annotations

from dataclasses import replace

import spacy
from spacy.tokens import Doc

from secondsource.find.events import find_events
from secondsource.model import Article, Origin, Reading, Sentence, Span, Story

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


def accounts(*readings: Reading) -> tuple[Story, dict[str, Reading]]:
    """A story of these readings with their events, each an origin of its own, ids a1, a2, ..."""
    told = {}
    for number, one in enumerate(readings, start=1):
        article = Article(text=one.article.text, id=f"a{number}")
        named = replace(one, article=article)
        told[article.id] = replace(named, events=find_events(named))
    articles = tuple(one.article for one in told.values())
    origins = tuple(Origin(id=f"o-{a.id}", articles=(a.id,), why="independent") for a in articles)
    return Story(id="s", title="A story", articles=articles, origins=origins), told


def plain(id: str, *sentences: str) -> Reading:
    """A reading without a parse: sentences only."""
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Sentence(Span(at, at + len(sentence)), "body", 0))
        at += len(sentence) + 1
    return Reading(article=Article(text=text, id=id), doc=spacy.blank("en")(text), sentences=tuple(spans))
