"""Whether an event is told as happened, planned, expected, possible or denied, and whether it is negated.

Composed from the predicate up its governors to the root (Saurí and Pustejovsky
2012): a modal or negation of the predicate itself counts first, then what the
verbs above it make of their complements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .layout import Word
from .lexicon import complement_classes

if TYPE_CHECKING:
    from ...model.finding import Modality

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without"})
POSSIBLE = frozenset({"may", "might", "could", "can", "would", "should"})
FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
COMPLEMENTS = ("xcomp", "ccomp", "csubj", "acl", "advcl")


def modality_of(predicate: Word) -> tuple[bool, Modality]:
    """Whether a predicate is negated, and its modality for whoever holds it."""
    negated = is_negated(predicate)
    modality = _own(predicate) or _inherited(predicate) or _of_governing_event(predicate)
    if modality is None:
        modality = "negated" if negated else "ongoing" if _is_progressive(predicate) else "happened"
    return negated, modality


def is_negated(predicate: Word) -> bool:
    """Whether the predicate, or what governs it without changing its meaning, is negated."""
    for child in predicate.children:
        if child.lower_ in NEGATIONS and child.dep_ in ("advmod", "det", "cc:preconj", "mark", "case", "neg"):
            return True
        if child.dep_ in ("nsubj", "nsubj:pass", "obj") and any(
            c.lower_ == "no" and c.dep_ == "det" for c in child.children
        ):
            return True
    if predicate.dep_ == "xcomp" and predicate.head is not predicate:
        return is_negated(predicate.head)
    return False


def _open_question(predicate: Word) -> bool:
    """Whether the predicate stands in a clause that asks whether it is so."""
    return any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in predicate.children)


def _own(predicate: Word) -> Modality | None:
    if _open_question(predicate) and predicate.dep_ in COMPLEMENTS:
        return _class_of(predicate.head, predicate) or "possible"
    auxiliaries = {child.lower_ for child in predicate.children if child.dep_ in ("aux", "aux:pass")}
    if auxiliaries & POSSIBLE:
        return "possible"
    if auxiliaries & FUTURE:
        return "planned"
    if any(
        child.dep_ == "mark" and child.lower_ in ("if", "whether", "unless") for child in predicate.children
    ):
        return "possible"
    if any(
        child.dep_ == "advmod" and child.lemma_.lower() in complement_classes()["possible"]
        for child in predicate.children
    ):
        return "possible"
    return None


def _inherited(predicate: Word) -> Modality | None:
    """What the governing word makes of its complement: "planned to", "denied that", "expected"."""
    token = predicate
    for child in token.children:
        if child.dep_ == "amod" and child.lemma_.lower() in complement_classes()["expected"]:
            return "expected"
    for _ in range(6):
        governor = token.head
        if governor is token:
            return None
        if token.dep_ in COMPLEMENTS or token.dep_ == "conj":
            found = _class_of(governor, token) if token.dep_ != "conj" else _own(governor)
            if found is not None:
                return found
            if token.dep_ == "advcl" and not _is_purpose(token):
                return None
            if _is_purpose(token):
                return "planned"
        elif token.dep_ not in ("obj", "obl"):
            return None
        token = governor
    return None


def _of_governing_event(predicate: Word) -> Modality | None:
    """An event noun below a verb is as sure as the verb: "will travel for talks"."""
    governor = predicate.head
    if predicate.pos_ != "NOUN" or predicate.dep_ not in ("obj", "obl", "nmod") or governor is predicate:
        return None
    if governor.pos_ == "VERB":
        return _own(governor) or _inherited(governor)
    return None


def _class_of(governor: Word, complement: Word) -> Modality | None:
    """What the governor makes of it: planned as an infinitive ("told him to go"), not as a clause."""
    lemma = governor.lemma_.lower()
    classes = complement_classes()
    if lemma in classes["unknown"] or (lemma in classes["known"] and is_negated(governor)):
        return "unclear"
    modalities: tuple[Modality, ...] = ("denied", "planned", "expected", "possible")
    for modality in modalities:
        if lemma in classes[modality] and (modality != "planned" or complement.tag_ == "VB"):
            return modality
    return None


def _is_purpose(token: Word) -> bool:
    """An infinitive of purpose: "left to find work"."""
    return (
        token.dep_ in ("advcl", "acl")
        and token.tag_ == "VB"
        and any(c.lower_ == "to" for c in token.children)
    )


def _is_progressive(predicate: Word) -> bool:
    return predicate.tag_ == "VBG" and any(
        child.dep_ == "aux" and child.lower_ in ("is", "are", "'s", "’s", "'re", "’re", "am")
        for child in predicate.children
    )
