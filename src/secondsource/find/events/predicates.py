"""Predicates: which words head a proposition, and the key that tellings of one event share."""

from __future__ import annotations

from ...words import lemma as bare
from .layout import Word
from .lexicon import LIGHT_VERBS, event_nouns

WITHIN = frozenset({"aux", "aux:pass", "cop", "amod", "case", "mark", "compound", "fixed", "discourse"})
"""Relations of words that are part of what they hang on, and tell nothing by themselves."""
COPULAR = "be "
"""What the key of a predicate begins with that ascribes something: "be mayor"."""


def is_predicate(token: Word) -> bool:
    """Whether a token heads a proposition: a verb, a copular complement or an event noun."""
    if token.dep_ in WITHIN:
        return False
    if token.pos_ == "VERB" or any(child.dep_ == "cop" for child in token.children):
        return True
    if is_event_noun(token):
        return not _is_light_object(token)
    return is_appositive(token) or is_counted_state(token)


def is_appositive(token: Word) -> bool:
    """Whether a noun ascribes something to the name it follows: "Doe, the mayor"."""
    return token.dep_ == "appos" and token.pos_ == "NOUN" and token.head.pos_ == "PROPN"


def is_counted_state(token: Word) -> bool:
    """Whether a word tells what became of those counted before it: "injured" of "at least 5 injured"."""
    if token.pos_ not in ("ADJ", "VERB") or token.tag_ not in ("JJ", "VBN") or token.dep_ == "amod":
        return False
    before = token.nbor(-1) if token.i > token.sent.start else None
    return before is not None and before.pos_ == "NUM" and before.tag_ == "CD"


def is_event_noun(token: Word) -> bool:
    """Whether a noun tells an event: by the reader's event head where it has one, or by the list."""
    if token.pos_ != "NOUN":
        return False
    return token.lemma_.lower() in event_nouns() or token.event


def light_noun_of(verb: Word) -> Word | None:
    """The event noun that a predicate carries where it is a light verb: "talks" of "held talks"."""
    return light_noun(verb) if verb.pos_ == "VERB" and verb.lemma_.lower() in LIGHT_VERBS else None


def light_noun(verb: Word) -> Word | None:
    """The event noun that a light verb carries: "decision" of "took a decision"."""
    for child in verb.children:
        if child.dep_ in ("obj", "nsubj:pass") and is_event_noun(child):
            return child
    return None


def _is_light_object(noun: Word) -> bool:
    """Whether a noun is told by its light verb already."""
    return noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_.lower() in LIGHT_VERBS


def predicate_key(token: Word) -> str:
    """The key that tellings of one event share."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        noun = light_noun_of(token)
        if noun is not None:
            return noun.lemma_.lower()
        particles = [child.lower_ for child in token.children if child.dep_ == "compound:prt"]
        return " ".join([lemma, *particles])
    if is_event_noun(token):
        return lemma
    if is_counted_state(token) and token.lower_.endswith("ed"):
        return bare(token.lower_)
    return COPULAR + lemma


def trigger_of(token: Word) -> list[Word]:
    """The tokens that name the event: the predicate, its particle, a light verb's noun."""
    found = [token, *(child for child in token.children if child.dep_ == "compound:prt")]
    noun = light_noun_of(token)
    if noun is not None:
        found.append(noun)
    return sorted(found, key=lambda t: t.i)
