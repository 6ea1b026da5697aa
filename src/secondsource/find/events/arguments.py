"""Arguments: who and what fills a predicate's slots.

They come from the predicate's own relations; from the subject of a conjunct;
from the governor of a control or purpose clause; or are the noun that a
relative or participial clause describes. A light verb has the arguments of the
noun that it carries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .layout import Word
from .predicates import is_appositive, is_counted_state, light_noun_of

if TYPE_CHECKING:
    from ...model.finding import ArgumentRole

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")
SUBJECT_RELATIONS = frozenset({*SUBJECTS, *PASSIVE_SUBJECTS})
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "off", "around", "across", "along"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
TIMES = frozenset({"obl:tmod", "obl:npmod", "obl:unmarked"})
PARTNERS = frozenset({"with", "between", "against", "to", "on"})
OUTSIDE_PHRASE = frozenset({"acl:relcl", "acl", "conj", "cc", "punct", "case", "parataxis", "appos", "advcl"})


def arguments_of(token: Word) -> list[tuple[ArgumentRole, Word]]:
    """The heads of a predicate's arguments with their roles, in text order."""
    found = [*_own_arguments(token), *_described(token)]
    roles = {role for role, _ in found}
    if not roles & {"agent", "patient"} or (token.pos_ == "VERB" and "agent" not in roles):
        found.extend((role, head) for role, head in _borrowed(token) if role not in roles)
    unique = {head.i: (role, head) for role, head in reversed(found)}
    return [unique[i] for i in sorted(unique)]


def _own_arguments(token: Word) -> Iterator[tuple[ArgumentRole, Word]]:
    """Arguments by the predicate's own relations; conjoined fillers each count."""
    noun = light_noun_of(token)
    if is_counted_state(token):
        yield "patient", token.nbor(-1)
    for child in token.children:
        role = _role(token, child)
        is_relative = token.dep_ == "acl:relcl" and child.tag_ in ("WDT", "WP")
        if role is None or is_relative or (noun is not None and child.i == noun.i):
            continue
        for head in (child, *(c for c in child.children if c.dep_ == "conj" and not _has_subject(c))):
            yield role, head
    if is_appositive(token):
        yield "patient", token.head
    elif token.pos_ == "NOUN":
        yield from _noun_arguments(token)
    if noun is not None:
        yield from ((role, head) for role, head in _noun_arguments(noun) if role != "agent")


def _role(token: Word, child: Word) -> ArgumentRole | None:
    """The role of a dependent, or None where it is no argument."""
    if child.dep_ in SUBJECTS:
        return "agent" if token.pos_ == "VERB" else "patient"
    if child.dep_ in PASSIVE_SUBJECTS or child.dep_ == "obj":
        return "patient"
    if child.dep_ == "iobj":
        return "recipient"
    if child.dep_ == "obl:agent":
        return "agent"
    if child.dep_.split(":")[0] == "obl" and child.dep_ not in TIMES:
        return _oblique_role(token, child)
    return None


def _oblique_role(token: Word, child: Word) -> ArgumentRole:
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
    if case in PLACE_PREPOSITIONS and child.ent_type_ in PLACE_LABELS:
        return "place"
    if case == "by" and any(c.dep_ in ("aux:pass", *PASSIVE_SUBJECTS) for c in token.children):
        return "agent"
    if (
        case in ("to", "for")
        and child.pos_ in ("PROPN", "PRON", "NOUN")
        and child.ent_type_ not in PLACE_LABELS
    ):
        return "recipient"
    return "oblique"


def _noun_arguments(noun: Word) -> Iterator[tuple[ArgumentRole, Word]]:
    """ "the town's closure of roads by police": possessor agent, "of" patient, "by" agent."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            yield "agent", child
        elif child.dep_ == "nmod":
            case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
            if case == "by":
                yield "agent", child
            elif case == "of":
                yield "patient", child
            elif case in PARTNERS:
                yield "recipient", child
            elif case in PLACE_PREPOSITIONS and child.ent_type_ in PLACE_LABELS:
                yield "place", child


def _has_subject(token: Word) -> bool:
    return any(child.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS) for child in token.children)


def _borrowed(token: Word) -> Iterator[tuple[ArgumentRole, Word]]:
    """The subject that a predicate shares with its surroundings."""
    governor = token.head
    passive = _is_passive(token) or (
        token.dep_ == "conj" and token.tag_ == "VBN" and not _has_auxiliary(token) and _is_passive(governor)
    )
    role: ArgumentRole = "patient" if passive else "agent"
    if governor is token:
        return
    if token.dep_ == "conj" and not _has_subject(token):
        for shared_role, head in arguments_of(governor):
            if head.i < token.i and shared_role in ("agent", "patient") and head.dep_ in SUBJECT_RELATIONS:
                yield role, head
    elif token.dep_ == "xcomp":
        controller = [h for r, h in arguments_of(governor) if r == "patient" and h.dep_ == "obj"]
        controller = controller or [h for r, h in arguments_of(governor) if r in ("agent", "patient")]
        yield from ((role, head) for head in controller[:1])
    elif token.dep_ == "advcl" and not _has_subject(token):
        subjects = [h for _, h in arguments_of(governor) if h.i != token.i and h.dep_ in SUBJECT_RELATIONS]
        yield from ((role, head) for head in subjects)
    elif token.dep_ == "acl" and token.tag_ in ("VBN", "VBG", "VB"):
        yield ("patient" if token.tag_ == "VBN" else "agent"), governor


def _is_passive(token: Word) -> bool:
    return any(child.dep_ == "aux:pass" for child in token.children)


def _has_auxiliary(token: Word) -> bool:
    return any(child.dep_.startswith("aux") for child in token.children)


def _described(token: Word) -> Iterator[tuple[ArgumentRole, Word]]:
    """The noun that a relative clause describes, in the slot the clause leaves open."""
    if token.dep_ != "acl:relcl":
        return
    taken = {c.dep_ for c in token.children if c.tag_ not in ("WDT", "WP")}
    if taken & set(SUBJECTS):
        yield "patient", token.head
    else:
        yield ("patient" if any(c.dep_ == "aux:pass" for c in token.children) else "agent"), token.head


def phrase_of(head: Word) -> list[Word]:
    """The tokens of an argument: its subtree without clauses, conjuncts and case marks."""
    found = [head]
    for child in head.children:
        if child.dep_ not in OUTSIDE_PHRASE:
            found.extend(phrase_of(child) if child.dep_ != "nmod" else list(child.subtree))
    return found
