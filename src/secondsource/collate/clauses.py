"""Clauses: the stretches of the accounts that points are made of, cut from sentences by the parse.

A sentence often tells several facts; what two accounts share is seldom a whole
sentence of either. A clause is a verb, a copular predicate or a noun that
tells an event, with the words that hang on it but not on another such verb.
What a governor makes of it goes with it when it is cited ("police said", "it
was not clear whether"): attribution and doubt are never cut off. A subordinate
clause is cited with its main clause, so that what is printed can be read
alone. Where there is no parse, a sentence is one clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ..model import Calendar, Event, Reading, Sentence, Span, Story
from .align import Line, line_of, numbers_in, words_in
from .happenings import class_of, filler_words, step_of
from .slots import Slot, slots_of
from .speech import quoted_spans

if TYPE_CHECKING:
    from spacy.tokens import Token

T = TypeVar("T")

OPENERS = frozenset({"ccomp", "csubj", "advcl", "acl", "acl:relcl", "parataxis"})
"""Relations by which a verb opens a clause of its own; `xcomp` stays with its governor."""
SUBORDINATE = frozenset({"advcl", "acl", "acl:relcl"})
"""Relations of clauses that do not stand alone."""
GAP = 5
"""Characters between a clause and its governor's words up to which both are cited as one stretch."""
EDGE = " \t\r\n,;:–—-"
"""What is trimmed from the ends of a clause."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one account: its own words, what is cited for it, and what it tells.

    `line` holds the words, names and numbers of its own tokens alone; `at` is
    the place of its sentence in the story's lines. `keys` are the classes of
    its predicates, `heads` those of its main predicate. `agents` and `others`
    are the words that fill its slots; `quoted` are those of its words that stand
    between quotation marks, `loose` its numbers outside of slots, `words` all its
    words in their order, in lower case.
    """

    article: str
    origin: str
    at: int
    own: Span
    cited: tuple[Span, ...]
    line: Line
    keys: frozenset[str]
    heads: frozenset[str]
    agents: frozenset[str]
    others: frozenset[str]
    steps: frozenset[str]
    slots: tuple[Slot, ...]
    quoted: frozenset[str]
    loose: frozenset[str]
    words: tuple[str, ...]
    events: tuple[Event, ...]
    parsed: bool = True


def clauses_of(
    story: Story, readings: Mapping[str, Reading], lines: Sequence[Line], calendar: Calendar
) -> tuple[Clause, ...]:
    """The clauses of all accounts, in the order of the story's lines."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        places[line.article].append(index)
    found: list[Clause] = []
    for article in story.articles:
        reading = readings.get(article.id)
        if reading is not None:
            cutter = _Cutter(reading, calendar)
            for index in places[article.id]:
                found.extend(cutter.clauses(lines[index], index))
    return tuple(found)


class _Shelf(Generic[T]):
    """Things of a reading by the offset at which each begins, in text order."""

    def __init__(self, placed: Iterable[tuple[int, T]]) -> None:
        rows = list(placed)
        self._starts = [start for start, _ in rows]
        self._things = [thing for _, thing in rows]

    def within(self, runs: Sequence[Span]) -> list[T]:
        """What begins within stretches that are in text order and don't overlap."""
        return [
            thing
            for run in runs
            for thing in self._things[
                bisect_left(self._starts, run.start) : bisect_left(self._starts, run.end)
            ]
        ]


class _Cutter:
    """Cuts the sentences of one reading; holds its slots and events by where they stand."""

    def __init__(self, reading: Reading, calendar: Calendar) -> None:
        self._reading = reading
        self._parsed = reading.doc.has_annotation("DEP")
        events = {event.trigger[0].start: event for event in reading.events if event.trigger}
        self._slots = _Shelf((slot.span.start, slot) for slot in slots_of(reading, calendar))
        self._events = _Shelf(sorted(events.items(), key=lambda item: item[0]))
        self._quoted = quoted_spans(reading)
        self._entities = {e.id: e for e in reading.entities}

    def clauses(self, line: Line, at: int) -> Iterator[Clause]:
        """The clauses of one sentence, in text order; the whole of it where it is not parsed."""
        span = line.sentence.span
        tokens = self._reading.doc.char_span(span.start, span.end, alignment_mode="expand")
        pieces = _pieces(list(tokens)) if self._parsed and tokens is not None else []
        if not pieces:
            yield self._clause(line, at, [span], span, (span,), None)
            return
        for head, own, governors in pieces:
            runs = _runs(own, self._reading.article.text)
            if runs:
                cited = _cited(own, governors, head, self._reading.article.text)
                yield self._clause(line, at, runs, Span(runs[0].start, runs[-1].end), cited, head)

    def _clause(
        self,
        line: Line,
        at: int,
        runs: Sequence[Span],
        own: Span,
        cited: tuple[Span, ...],
        head: Token | None,
    ) -> Clause:
        text = self._reading.article.text
        inside = self._events.within(runs)
        main = [event for event in inside if head is not None and event.trigger[0].start == head.idx]
        sentence = Sentence(own, line.sentence.role, line.sentence.paragraph)
        agents, others = self._fillers(inside)
        slots = tuple(self._slots.within(runs))
        told = line_of(line.article, line.origin, sentence, " ".join(run.of(text) for run in runs))
        return Clause(
            article=line.article,
            origin=line.origin,
            at=at,
            own=own,
            cited=cited,
            line=told,
            keys=frozenset(key for event in inside if (key := class_of(event.predicate))),
            heads=frozenset(key for event in main if (key := class_of(event.predicate))),
            agents=agents,
            others=others,
            steps=frozenset(step_of(event) for event in main or inside),
            quoted=self._speech(runs),
            slots=slots,
            loose=_loose(text, runs, slots) if slots else told.numbers,
            words=tuple(word.lower() for run in runs for word in run.of(text).split()),
            events=tuple(inside),
            parsed=self._parsed,
        )

    def _speech(self, runs: Sequence[Span]) -> frozenset[str]:
        """The telling words of a clause that stand between quotation marks."""
        text = self._reading.article.text
        spoken = [
            text[max(run.start, span.start) : min(run.end, span.end)]
            for run in runs
            for span in self._quoted
            if run.overlaps(span)
        ]
        return words_in(" ".join(spoken))

    def _fillers(self, events: Sequence[Event]) -> tuple[frozenset[str], frozenset[str]]:
        agents: set[str] = set()
        others: set[str] = set()
        for event in events:
            for argument in event.arguments:
                words = filler_words(argument, self._entities, self._reading.article.text)
                (agents if argument.role == "agent" else others).update(words)
        return frozenset(agents), frozenset(others)


def _loose(text: str, runs: Sequence[Span], slots: Sequence[Slot]) -> frozenset[str]:
    """The numbers of a clause that no slot holds."""
    found: set[str] = set()
    for run in runs:
        at = run.start
        for slot in sorted(slots, key=lambda slot: slot.span):
            if run.contains(slot.span) and slot.span.start >= at:
                found.update(numbers_in(text[at : slot.span.start]))
                at = slot.span.end
        found.update(numbers_in(text[at : run.end]))
    return frozenset(found)


def _pieces(tokens: Sequence[Token]) -> list[tuple[Token, list[Token], list[Token]]]:
    """The clauses of a sentence: head, own tokens, tokens of the governors that go with it."""
    heads = {token.i: token for token in tokens if _opens(token)}
    own: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        own[_home(token, heads)].append(token)
    for index in sorted(heads):
        # A clause of one word ("Asked, he said ...") is part of what governs it.
        if len([t for t in own[index] if t.is_alpha]) < 2 and heads[index].head.i != index:
            home = _home(heads[index].head, {i: h for i, h in heads.items() if i != index})
            if home in own and home != index:
                own[home] = sorted(own[home] + own.pop(index), key=lambda t: t.i)
                del heads[index]
    return [
        (heads[index], own[index], _governors(heads[index], heads, own))
        for index in sorted(heads)
        if own[index] and not _only_tells(heads[index], heads)
    ]


def _only_tells(head: Token, heads: Mapping[int, Token]) -> bool:
    """Whether a clause says no more than that somebody said what other clauses tell: "police said"."""
    if class_of(head.lemma_.lower()) is not None:
        return False
    told = any(
        head.i == _home(h.head, heads) and h.dep_ in ("ccomp", "parataxis")
        for h in heads.values()
        if h.i != head.i
    )
    return told and not _has(head, "obj", "iobj", "obl:tmod")


def _opens(token: Token) -> bool:
    """Whether a token heads a clause of its own."""
    if token.head.i == token.i:
        return True
    if token.dep_ in OPENERS:
        return token.pos_ in ("VERB", "AUX") or _has(token, "cop", "nsubj", "nsubj:pass")
    if token.dep_ == "conj":
        return token.pos_ == "VERB" and (token.head.pos_ == "VERB" or _has(token, "nsubj", "nsubj:pass"))
    return False


def _has(token: Token, *relations: str) -> bool:
    return any(child.dep_ in relations for child in token.children)


def _home(token: Token, heads: Mapping[int, Token]) -> int:
    """The place of the clause head that a token hangs on."""
    while token.i not in heads and token.head.i != token.i:
        token = token.head
    return token.i


def _governors(head: Token, heads: Mapping[int, Token], own: Mapping[int, list[Token]]) -> list[Token]:
    """The words of the clauses above that must be read with a clause: who says it, how sure it is.

    A conjunct shares what governs the first of its row; a subordinate clause is read with its main one.
    """
    found: list[Token] = []
    token = head
    for _ in range(8):
        if token.head.i == token.i:
            break
        above = _home(token.head, heads)
        if above not in heads:
            break
        if token.dep_ in ("ccomp", "csubj") or token.dep_ in SUBORDINATE:
            found.extend(own.get(above, ()))
        token = heads[above]
    return found


def _runs(tokens: Sequence[Token], text: str) -> list[Span]:
    """Neighbouring tokens as stretches of text, without conjunctions and marks at their ends."""
    kept = list(tokens)
    while kept and (kept[0].is_punct or kept[0].is_space or kept[0].dep_ == "cc"):
        kept.pop(0)
    while kept and (kept[-1].is_punct or kept[-1].is_space) and kept[-1].text not in "\"”'’)":
        kept.pop()
    runs: list[Span] = []
    last = -2
    for token in kept:
        if token.i == last + 1:
            runs[-1] = Span(runs[-1].start, token.idx + len(token))
        else:
            runs.append(Span(token.idx, token.idx + len(token)))
        last = token.i
    return [trimmed for run in runs if (trimmed := _trim(run, text))]


def _trim(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in EDGE:
        start += 1
    while start < end and text[end - 1] in EDGE:
        end -= 1
    return Span(start, end)


def _cited(own: Sequence[Token], governors: Sequence[Token], head: Token, text: str) -> tuple[Span, ...]:
    """What is cited for a clause: from its first to its last word, with its governors' words."""
    whole = [*own, *governors] if head.dep_ in SUBORDINATE else list(own)
    runs = _runs(sorted(whole, key=lambda t: t.i), text)
    span = Span(runs[0].start, runs[-1].end)
    above = _runs(sorted(governors, key=lambda t: t.i), text)
    return bridge([span, *(run for run in above if not span.contains(run))])


def bridge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that only a conjunction or mark parts as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start - joined[-1].end <= GAP:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
