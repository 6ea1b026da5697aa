"""Propositions from Universal Dependencies parses: who did what to whom, where, and how sure.

In the manner of PredPatt (White et al. 2016): predicates are verbs, copular
complements and event nouns; arguments come from the predicate's own relations,
from the subject of a conjunct, the governor of a control or purpose clause, or
the noun that a relative or participial clause describes. A reading without a
parse has no events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...model import Argument, Event, Operator, Quote, Reading, Span
from .lexicon import LIGHT_VERBS, event_nouns
from .modality import modality_of
from .plover import coded
from .quantities import quantities_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ...model.finding import ArgumentRole

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")
SUBJECT_RELATIONS = frozenset({*SUBJECTS, *PASSIVE_SUBJECTS})
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "off", "around", "across", "along"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OUTSIDE_CLAUSE = frozenset({"conj", "cc", "parataxis", "punct", "acl:relcl", "advcl", "acl"})
"""Relations that leave a predicate's own clause."""


def find_events(reading: Reading) -> tuple[Event, ...]:
    """Every proposition of the reading's body, in text order; none without a parse.

    `reading.quotes` and `reading.times`, when they are there, give each event
    its holder and its time mentions.
    """
    if not reading.doc.has_annotation("DEP"):
        return ()
    finder = _Finder(reading)
    found = [event for sentence in reading.body for event in finder.events(sentence.span)]
    return coded(reading, found)


def event_at(reading: Reading, trigger: tuple[Span, ...]) -> Event:
    """The event told at some words of a reading with a parse, whether or not it would be found there."""
    doc = reading.doc
    tokens = [t for s in trigger for t in doc.char_span(s.start, s.end, alignment_mode="expand") or ()]
    words = [token for token in tokens if not token.is_space] or [doc[0]]
    inside = {token.i for token in words}
    heads = [token for token in words if token.head.i not in inside or token.head is token] or words
    head = next((token for token in heads if token.pos_ in ("VERB", "NOUN", "PROPN")), heads[0])
    return replace(_Finder(reading).event(head), trigger=trigger)


class _Finder:
    """Finds the events of one reading; holds its entity index."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._entities = {
            mention.span.end: entity.id for entity in reading.entities for mention in entity.mentions
        }

    def events(self, sentence: Span) -> Iterator[Event]:
        """The events whose predicate stands in this sentence."""
        for token in self._reading.doc.char_span(sentence.start, sentence.end, alignment_mode="expand") or ():
            if is_predicate(token):
                yield self.event(token)

    def event(self, token: Token) -> Event:
        """The event whose predicate a token is."""
        clause = clause_of(token)
        arguments = tuple(self._argument(role, head) for role, head in arguments_of(token))
        negated, modality = modality_of(token)
        when = tuple(i for i, time in enumerate(self._reading.times) if clause.contains(time.span))
        if modality == "happened" and self._lies_ahead(token, when):
            modality = "planned"
        return Event(
            predicate=predicate_key(token),
            trigger=tuple(span_of([t]) for t in trigger_of(token)),
            clause=clause,
            arguments=arguments,
            modality=modality,
            negated=negated,
            quantities=quantities_of(token, arguments),
            when=when,
            holder=holder_of(clause, self._reading.quotes),
        )

    def _lies_ahead(self, token: Token, when: Sequence[int]) -> bool:
        """Whether a present tense is a scheduled future ("travels next week"), or an event of such a verb."""
        verb = token.head if token.pos_ == "NOUN" and token.dep_ in ("obl", "obj", "nmod") else token
        if verb.tag_ not in ("VBZ", "VBP"):
            return False
        sentence = verb.sent
        inside = [t for t in self._reading.times if sentence.start_char <= t.span.start < sentence.end_char]
        times = [self._reading.times[i] for i in when] if verb is token else inside
        return any(_is_future(time.operator) for time in times)

    def _argument(self, role: ArgumentRole, head: Token) -> Argument:
        tokens = phrase_of(head)
        span, head_span = span_of(tokens), span_of([head])
        entity = self._entities.get(head_span.end) or self._entities.get(span.end)
        return Argument(role=role, span=span, head=head_span, entity=entity)


def _is_future(operator: Operator) -> bool:
    """Whether a term lies after the day of publication by its own words: "next week", "tomorrow"."""
    if operator.name == "shift":
        amount = operator.arguments[0]
        return isinstance(amount, int) and amount > 0 and Operator("published") in operator.arguments
    return operator.name in ("weekday", "yearly") and "after" in operator.arguments


def is_predicate(token: Token) -> bool:
    """Whether a token heads a proposition: a verb, a copular complement or an event noun."""
    if token.dep_ in ("aux", "aux:pass", "cop", "amod", "case", "mark", "compound", "fixed", "discourse"):
        return False
    if any(child.dep_ == "cop" for child in token.children):
        return True
    if token.pos_ == "VERB":
        return True
    return is_event_noun(token) and not _is_light_object(token)


def is_event_noun(token: Token) -> bool:
    """Whether a noun tells an event: by the reader's event head where it has one, or by the list."""
    if token.pos_ != "NOUN":
        return False
    return token.lemma_.lower() in event_nouns() or (token.has_extension("event") and bool(token._.event))


def light_noun(verb: Token) -> Token | None:
    """The event noun that a light verb carries: "decision" of "took a decision"."""
    for child in verb.children:
        if child.dep_ in ("obj", "nsubj:pass") and is_event_noun(child):
            return child
    return None


def _is_light_object(noun: Token) -> bool:
    """Whether a noun is told by its light verb already."""
    return noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_.lower() in LIGHT_VERBS


def predicate_key(token: Token) -> str:
    """The key that tellings of one event share."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        noun = light_noun(token) if lemma in LIGHT_VERBS else None
        if noun is not None:
            return noun.lemma_.lower()
        particles = [child.lower_ for child in token.children if child.dep_ == "compound:prt"]
        return " ".join([lemma, *particles])
    if is_event_noun(token):
        return lemma
    return f"be {lemma}"


def trigger_of(token: Token) -> list[Token]:
    """The tokens that name the event: the predicate, its particle, a light verb's noun."""
    found = [token, *(child for child in token.children if child.dep_ == "compound:prt")]
    noun = light_noun(token) if token.lemma_.lower() in LIGHT_VERBS else None
    if noun is not None:
        found.append(noun)
    return sorted(found, key=lambda t: t.i)


def arguments_of(token: Token) -> list[tuple[ArgumentRole, Token]]:
    """The heads of a predicate's arguments with their roles, in text order."""
    found = [*_own_arguments(token), *_described(token)]
    roles = {role for role, _ in found}
    if not roles & {"agent", "patient"} or (token.pos_ == "VERB" and "agent" not in roles):
        found.extend((role, head) for role, head in _borrowed(token) if role not in roles)
    unique = {head.i: (role, head) for role, head in reversed(found)}
    return [unique[i] for i in sorted(unique)]


def _own_arguments(token: Token) -> Iterator[tuple[ArgumentRole, Token]]:
    """Arguments by the predicate's own relations; conjoined fillers each count."""
    for child in token.children:
        role = _role(token, child)
        if role is None or (token.dep_ == "acl:relcl" and child.tag_ in ("WDT", "WP")):
            continue
        for head in (child, *(c for c in child.children if c.dep_ == "conj" and not _has_subject(c))):
            yield role, head
    if token.pos_ == "NOUN":
        yield from _noun_arguments(token)


def _role(token: Token, child: Token) -> ArgumentRole | None:
    """The role of a dependent, or None where it is no argument."""
    if child.dep_ in SUBJECTS:
        return "agent" if token.pos_ == "VERB" else "patient"
    if child.dep_ in PASSIVE_SUBJECTS or child.dep_ == "obj":
        return "patient"
    if child.dep_ == "iobj":
        return "recipient"
    if child.dep_ == "obl:agent":
        return "agent"
    if child.dep_.split(":")[0] == "obl" and child.dep_ not in ("obl:tmod", "obl:npmod", "obl:unmarked"):
        return _oblique_role(token, child)
    return None


def _oblique_role(token: Token, child: Token) -> ArgumentRole:
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


def _noun_arguments(noun: Token) -> Iterator[tuple[ArgumentRole, Token]]:
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
            elif case in ("with", "between", "against", "to", "on"):
                yield "recipient", child
            elif case in PLACE_PREPOSITIONS and child.ent_type_ in PLACE_LABELS:
                yield "place", child


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS) for child in token.children)


def _borrowed(token: Token) -> Iterator[tuple[ArgumentRole, Token]]:
    """The subject that a predicate shares with its surroundings."""
    governor = token.head
    passive = any(child.dep_ == "aux:pass" for child in token.children)
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


def _described(token: Token) -> Iterator[tuple[ArgumentRole, Token]]:
    """The noun that a relative clause describes, in the slot the clause leaves open."""
    if token.dep_ != "acl:relcl":
        return
    taken = {c.dep_ for c in token.children if c.tag_ not in ("WDT", "WP")}
    if taken & set(SUBJECTS):
        yield "patient", token.head
    else:
        yield ("patient" if any(c.dep_ == "aux:pass" for c in token.children) else "agent"), token.head


def phrase_of(head: Token) -> list[Token]:
    """The tokens of an argument: its subtree without clauses, conjuncts and case marks."""
    skip = {"acl:relcl", "acl", "conj", "cc", "punct", "case", "parataxis", "appos", "advcl"}
    found = [head]
    for child in head.children:
        if child.dep_ not in skip:
            found.extend(phrase_of(child) if child.dep_ != "nmod" else list(child.subtree))
    return found


def clause_of(token: Token) -> Span:
    """From the first to the last token of a predicate's own clause."""
    found = [token]
    for child in token.children:
        if child.dep_ not in OUTSIDE_CLAUSE:
            found.extend(child.subtree)
    return span_of(found)


def span_of(tokens: Iterable[Token]) -> Span:
    """The stretch from the first to the last of some tokens."""
    places = list(tokens)
    return Span(min(t.idx for t in places), max(t.idx + len(t) for t in places))


def holder_of(clause: Span, quotes: tuple[Quote, ...]) -> str:
    """The innermost quote that holds a clause, by its index; else the outlet."""
    holding = [
        (sum(map(len, quote.content)), str(index))
        for index, quote in enumerate(quotes)
        if any(
            span.contains(Span(clause.start, clause.start)) and span.overlaps(clause)
            for span in quote.content
        )
    ]
    return min(holding)[1] if holding else "outlet"
