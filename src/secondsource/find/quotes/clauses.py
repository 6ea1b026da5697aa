"""Indirect speech by the parse: complement clauses, infinitives, parataxis, passives, nominal cues.

Reads Universal Dependencies and the ClearNLP labels of spaCy's own pipelines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...model import Span, merge
from ..cues import lexicon
from .grammar import ADVERBS, AUXILIARIES, NEGATIONS
from .passage import Attribution, Passage, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer"))
CLAUSES = frozenset(("ccomp", "csubj"))
OBJECTS = frozenset(("obj", "dobj"))
OBLIQUES = frozenset(("obl", "obl:agent", "prep", "agent"))
LENDERS = frozenset(("conj", "xcomp", "advcl", "ccomp"))
CALLING = {
    "call": ("for", "on", "upon"),
    "appeal": ("for", "to"),
    "warn": ("of", "about", "against"),
    "push": ("for",),
}


def clausal(passage: Passage) -> list[Attribution]:
    """Attributions that the parse shows, in text order; none without a parse."""
    if not passage.parsed:
        return []
    out: list[Attribution] = []
    for word in passage.words:
        if word.pos_ in ("VERB", "AUX") and lemma(word) in lexicon().verbs:
            out.extend(_of_verb(passage, word))
        elif word.pos_ == "NOUN" and lemma(word) in lexicon().nouns:
            out.extend(_of_noun(passage, word))
    return out


def _of_verb(passage: Passage, verb: Token) -> Iterator[Attribution]:
    content, preposition = _complement(passage, verb)
    if not content:
        return
    source = source_of(verb)
    cue = _cue(passage, verb, preposition)
    yield Attribution(
        content=content,
        cue=(cue,),
        source=(subtree(passage, source),) if source is not None else (),
        rule="clause",
    )


def _complement(passage: Passage, verb: Token) -> tuple[tuple[Span, ...], Token | None]:
    """The content of a cue verb, and the preposition that belongs to the cue."""
    kind = lexicon().verbs[lemma(verb)]
    children = list(verb.children)
    clause = next((c for c in children if c.dep_ in CLAUSES and c.i > verb.i), None)
    if clause is None and verb.dep_ == "parataxis" and any(c.dep_ in SUBJECTS for c in children):
        return _around(passage, verb.head, verb), None
    if clause is None:
        clause = next((c for c in children if c.dep_ in CLAUSES), None)
    if clause is not None:
        return (subtree(passage, clause),), None
    infinitive = next((c for c in children if c.dep_ == "xcomp" and c.i > verb.i), None)
    if infinitive is not None and kind in ("asked", "planned", "expected", "denied", "believed", "alleged"):
        start = next((c for c in children if c.dep_ in OBJECTS and verb.i < c.i < infinitive.i), infinitive)
        return (Span(subtree(passage, start).start, subtree(passage, infinitive).end),), None
    wanted = CALLING.get(lemma(verb), ())
    for child in children:
        marker = next((c for c in child.children if c.dep_ == "case" and c.lower_ in wanted), None)
        if child.dep_ in OBLIQUES and marker is not None:
            return (Span(_after(marker), subtree(passage, child).end),), marker
        if child.dep_ == "prep" and child.lower_ in wanted:
            return (Span(_after(child), subtree(passage, child).end),), child
    return (), None


def _after(marker: Token) -> int:
    return int(marker.idx + len(marker.text) + len(marker.whitespace_))


def _around(passage: Passage, head: Token, verb: Token) -> tuple[Span, ...]:
    """The subtree of a clause without the parenthetical that attributes it."""
    whole, cut = subtree(passage, head), subtree(passage, verb)
    pieces = [Span(whole.start, max(whole.start, cut.start)), Span(min(cut.end, whole.end), whole.end)]
    return merge(_trim(passage.text, piece) for piece in pieces)


def source_of(verb: Token) -> Token | None:
    """Who says it: the subject, the agent of a passive, or the subject of the verb it hangs on."""
    agent = _agent(verb)
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            passive = child.dep_ in ("nsubj:pass", "nsubjpass")
            return (agent if passive else None) or (None if passive else child)
    if agent is not None:
        return agent
    if verb.dep_ in LENDERS and verb.head.i != verb.i:
        return source_of(verb.head)
    return None


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "obl:agent":
            return child
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ == "obl" and verb.tag_ == "VBN" and any(c.lower_ == "by" for c in child.children):
            return child
    return None


def _cue(passage: Passage, verb: Token, preposition: Token | None) -> Span:
    start, end = verb.idx, verb.idx + len(verb.text)
    at = passage.word_at(verb.idx) - 1
    while at >= 0 and passage.words[at].lower_ in AUXILIARIES | NEGATIONS | ADVERBS:
        start = passage.words[at].idx
        at -= 1
    for child in verb.children:
        if child.dep_ in ("compound:prt", "prt") and child.i == verb.i + 1:
            end = child.idx + len(child.text)
    if preposition is not None and preposition.i == verb.i + 1:
        end = preposition.idx + len(preposition.text)
    return Span(start, end)


def _of_noun(passage: Passage, noun: Token) -> Iterator[Attribution]:
    """`his claim that ...`, `a promise to ...`: the source is the possessor, if there is one."""
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp") and c.i > noun.i + 1), None)
    if clause is None:
        return
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "aux")}
    if not marks & {"that", "to"}:
        return
    owner = next((c for c in noun.children if c.dep_ in ("nmod:poss", "poss")), None)
    start = noun.idx
    source: tuple[Span, ...] = ()
    if owner is not None:
        span = subtree(passage, owner)
        text = span.of(passage.text)
        cut = 2 if text.endswith(("'s", "’s")) else 0
        source = (Span(span.start, span.end - cut),)
    content = subtree(passage, clause)
    yield Attribution((content,), (Span(start, noun.idx + len(noun.text)),), source, "noun")


def subtree(passage: Passage, head: Token) -> Span:
    """The characters of a subtree, without white space and stops at its ends."""
    last = head.right_edge
    return _trim(passage.text, Span(head.left_edge.idx, last.idx + len(last.text)))


def _trim(text: str, span: Span) -> Span:
    span = span.strip(text)
    start, end = span.start, span.end
    while end > start and text[end - 1] in ".,;: \n" and not text[start:end].endswith(("...", "U.S.")):
        end -= 1
    while start < end and text[start] in ",;: \n":
        start += 1
    return Span(start, end)
