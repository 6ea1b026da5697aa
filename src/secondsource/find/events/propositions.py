"""Propositions from Universal Dependencies parses: who did what to whom, where, and how sure.

In the manner of PredPatt (White et al. 2016): predicates are verbs, copular
complements and event nouns; arguments come from the predicate's own relations,
from the subject of a conjunct, the governor of a control or purpose clause, or
the noun that a relative or participial clause describes. A reading without a
parse has no events.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from ...model import Argument, Event, Operator, Quote, Reading, Span
from .arguments import arguments_of, phrase_of
from .layout import Layout, Word
from .modality import modality_of
from .plover import coded
from .predicates import is_predicate, predicate_key, trigger_of
from .quantities import quantities_of

if TYPE_CHECKING:
    from ...model.finding import ArgumentRole

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
    return replace(_Finder(reading).event(head.i), trigger=trigger)


class _Finder:
    """Finds the events of one reading; holds its entity index."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._layout = Layout(reading.doc)
        self._entities = {
            mention.span.end: entity.id for entity in reading.entities for mention in entity.mentions
        }
        self._holders = _Holders(reading.quotes)
        self._time_starts = [time.span.start for time in reading.times]

    def events(self, sentence: Span) -> Iterator[Event]:
        """The events whose predicate stands in this sentence."""
        for token in self._reading.doc.char_span(sentence.start, sentence.end, alignment_mode="expand") or ():
            if is_predicate(self._layout.words[token.i]):
                yield self.event(token.i)

    def event(self, place: int) -> Event:
        """The event whose predicate is the Doc's token of this number."""
        token = self._layout.words[place]
        clause = clause_of(token)
        arguments = tuple(
            self._argument(role, head)
            for role, head in arguments_of(token)
            if role in ("agent", "patient") or not self._is_time(head)
        )
        negated, modality = modality_of(token)
        when = tuple(i for i in self._times_in(clause) if self._reading.times[i].span.end <= clause.end)
        if modality == "happened" and self._lies_ahead(token, when):
            modality = "planned"
        return Event(
            predicate=predicate_key(token),
            trigger=tuple(span_of([t]) for t in trigger_of(token)),
            clause=clause,
            arguments=arguments,
            modality=modality,
            negated=negated,
            quantities=quantities_of(self._layout, self._reading.article.text, arguments),
            when=when,
            holder=self._holders.of(clause),
        )

    def _lies_ahead(self, token: Word, when: Sequence[int]) -> bool:
        """Whether a present tense is a scheduled future ("travels next week"), or an event of such a verb."""
        verb = token.head if token.pos_ == "NOUN" and token.dep_ in ("obl", "obj", "nmod") else token
        if verb.tag_ not in ("VBZ", "VBP"):
            return False
        sentence = Span(verb.sent.start_char, verb.sent.end_char)
        places = when if verb is token else self._times_in(sentence)
        return any(_is_future(self._reading.times[i].operator) for i in places)

    def _times_in(self, span: Span) -> range:
        """The time mentions that begin in a stretch, by their places."""
        return range(bisect_left(self._time_starts, span.start), bisect_left(self._time_starts, span.end))

    def _is_time(self, head: Word) -> bool:
        """Whether a word stands in a time mention: that is when it happened, no argument."""
        place = bisect_right(self._time_starts, head.idx) - 1
        return place >= 0 and head.idx < self._reading.times[place].span.end

    def _argument(self, role: ArgumentRole, head: Word) -> Argument:
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


def clause_of(token: Word) -> Span:
    """From the first to the last token of a predicate's own clause."""
    found = [token]
    for child in token.children:
        if child.dep_ not in OUTSIDE_CLAUSE:
            found.extend(child.subtree)
    return span_of(found)


def span_of(tokens: Iterable[Word]) -> Span:
    """The stretch from the first to the last of some tokens."""
    places = list(tokens)
    return Span(min(t.idx for t in places), max(t.idx + len(t) for t in places))


class _Holders:
    """Which of a reading's quotes holds a clause; asked in time that hardly grows with their number."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._rows = sorted(
            (span.start, span.end, sum(map(len, quote.content)), str(index))
            for index, quote in enumerate(quotes)
            for span in quote.content
        )
        self._starts = [start for start, *_ in self._rows]
        self._furthest = list(accumulate((end for _, end, *_ in self._rows), max))

    def of(self, clause: Span) -> str:
        """The innermost quote in which a clause begins, by its index; else the outlet."""
        at = bisect_right(self._starts, clause.start)
        holding = []
        while at and self._furthest[at - 1] > clause.start:
            at -= 1
            _, end, size, index = self._rows[at]
            if end > clause.start:
                holding.append((size, index))
        return min(holding)[1] if holding else "outlet"
