"""Certainty: how a holder stands to what is attributed to it, from FactBank's values.

A value is read from the cue and its surroundings and composed from the root
down: a cue's class, its own negation and modality, what kind of complement it
takes, and, inside the content, the modality, negation and tense of its root.
The certainty of the content's predicate (predicates.py) moves a plain statement to
*possible* or *denied* only when it is plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Reading, Span
from ..model.finding import Certainty
from ..words import lemma
from .cues import lexicon
from .predicates import value_of

if TYPE_CHECKING:
    from spacy.tokens import Token

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
NEGATION = re.compile(r"\b(?:not|never|no|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE)
FUTURE = re.compile(r"\b(?:will|shall|going to|[’']ll)\b", re.IGNORECASE)
EXPECTED = re.compile(r"\b(?:expected|likely|should|set to|due to|scheduled)\b", re.IGNORECASE)
POSSIBLE = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|maybe|possible|probably|would)\b", re.IGNORECASE
)
DOUBTED = re.compile(r"\s*(?:if|whether|how|what|why|when|where|who)\b", re.IGNORECASE)
SMALL = frozenset("is are was were be been being am has have had do does did will would to".split())
LIKELY_NOT, LIKELY_MAYBE = -1.5, 1.0
"""Below the first a predicate did not happen, below the second it may have."""


def find_certainty(reading: Reading, cue: tuple[Span, ...], content: tuple[Span, ...]) -> Certainty:
    """How the holder of an attribution stands to its content.

    Without a cue, what is quoted is asserted.
    """
    text = reading.article.text
    said = content[0].of(text) if content else ""
    outer = _of_cue(cue, text, said)
    return _compose(outer, _of_content(reading, content, said))


def _of_cue(cue: tuple[Span, ...], text: str, said: str) -> Certainty:
    """The class of a cue as its own negation, passive and complement turn it."""
    phrase = " ".join(span.of(text) for span in cue).lower()
    known = lexicon()
    for name, kind in known.phrases.items():
        if name in phrase:
            return kind
    words = WORD.findall(phrase)
    kind = _word_class(words)
    negated = bool(NEGATION.search(phrase)) or bool(words and words[0] in ("refused", "declined", "refuses"))
    if _asks_for(phrase):
        return "asked"
    if kind == "asserted" and DOUBTED.match(said) and _is_question(words):
        return "asked"
    if negated and DOUBTED.match(said):
        return "unknown"
    return _negate(kind) if negated and kind not in ("denied", "asserted") else kind


def _word_class(words: list[str]) -> Certainty:
    """The class of the first word of a cue that has one; verbs first, then nouns, adjectives, adverbs."""
    known = lexicon()
    bare = [lemma(word) for word in words if word not in SMALL]
    for word in words:
        if word in known.adverbs:
            return known.adverbs[word]
    for word in bare:
        if word in known.verbs:
            return known.verbs[word]
    for table in (known.nouns, known.adjectives):
        for word in [*bare, *words]:
            if word in table:
                return table[word]
    return "asserted"


def _asks_for(phrase: str) -> bool:
    return bool(re.search(r"\b(?:call|press|push|lobb)(?:s|ed|ing|y|ied|ies)?\s+(?:on|for|upon)\b", phrase))


def _is_question(words: list[str]) -> bool:
    return any(lemma(word) in ("ask", "wonder", "question", "inquire", "enquire") for word in words)


def _negate(kind: Certainty) -> Certainty:
    """What a negated cue makes of its class: not expected is possible at most, not believed is denied."""
    if kind in ("planned", "believed", "asked"):
        return "denied"
    return "unknown" if kind in ("expected", "possible") else kind


def _of_content(reading: Reading, content: tuple[Span, ...], said: str) -> Certainty:
    """How the content puts its own root: by modality, negation and tense, then by the certainty head."""
    root = _root(reading, content)
    head = said if root is None else _verb_group(root)
    if DOUBTED.match(said) and not said.lower().startswith(("when", "who")):
        return "unknown"
    if EXPECTED.search(head):
        return "expected"
    if POSSIBLE.search(head):
        return "possible"
    if NEGATION.search(head) and root is not None:
        return "denied"
    if FUTURE.search(head):
        return "planned"
    return _by_value(root)


def _by_value(root: Token | None) -> Certainty:
    """What the certainty of the root predicate, on FactBank's scale of -3 to 3, comes to."""
    if root is None:
        return "asserted"
    value = value_of(root)
    if value <= LIKELY_NOT:
        return "denied"
    return "possible" if value < LIKELY_MAYBE else "asserted"


def _root(reading: Reading, content: tuple[Span, ...]) -> Token | None:
    """The word of the content that its other words hang on, where there is a parse."""
    if not content or not reading.doc.has_annotation("DEP"):
        return None
    piece = reading.doc.char_span(content[0].start, content[0].end, alignment_mode="expand")
    return piece.root if piece is not None and len(piece) else None


def _verb_group(root: Token) -> str:
    """A predicate with its auxiliaries, negation and particles, as one string."""
    parts = [t for t in root.children if t.dep_ in ("aux", "auxpass", "aux:pass", "neg", "advmod", "cop")]
    return " ".join(t.text for t in sorted([*parts, root], key=lambda t: t.i))


def _compose(outer: Certainty, inner: Certainty) -> Certainty:
    """From the root down: what the cue says rules; a plain statement takes the value of its content."""
    if outer == "asserted":
        return inner
    weak = outer in ("planned", "expected", "possible", "believed")
    return "unknown" if weak and inner == "unknown" else outer
