"""PLOVER: which of a reading's events it covers, with their type, mode, contexts and actors' codes.

An event is coded where its own words tell a deed (`deeds.py`), somebody does it
to somebody or something, one of the two is an actor that can be coded, and the model (`coder.py`)
agrees with the words and is sure enough. What a deed governs ("refused to
release") is not coded by itself.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ...model import Argument, Event, Reading, Span
from .actors import ActorCoder
from .coder import FUTURE_TYPES, YIELD, Coding, code
from .deeds import Deed, deeds_of, governing
from .scene import scene_of

if TYPE_CHECKING:
    from spacy.tokens import Token

FLOOR = 0.5
"""How sure the model must be of a type."""
MOST_CONTEXTS = 3
COMPLEMENTS = frozenset({"xcomp", "ccomp", "obj", "advcl", "acl", "obl", "conj"})
AHEAD = frozenset({"planned", "expected"})
HALVES = {"CONCEDE": YIELD, "RETREAT": YIELD}
TARGETS = ("patient", "recipient")
NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})


def coded(reading: Reading, events: Sequence[Event]) -> tuple[Event, ...]:
    """The same events; those that PLOVER covers with type, mode, contexts and their actors' codes."""
    coder = _Coder(reading)
    return tuple(coder.coded(event) or event for event in events)


class _Coder:
    """Codes the events of one reading, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self._doc = reading.doc
        self._actors = ActorCoder(reading)
        self._named = {entity.id for entity in reading.entities if entity.label in NAMED}
        self._sentence: tuple[int, list[Token], list[Deed]] = (-1, [], [])

    def coded(self, event: Event) -> Event | None:
        """The event with its coding; None where PLOVER does not cover it."""
        trigger = self._tokens(event.trigger)
        tokens, deeds = self._told_beside(trigger[0])
        if not any(deed.at == token.i for deed in deeds for token in trigger):
            return None
        if self._is_governed(trigger[0], deeds):
            return None
        sources, targets = _ends(event)
        if not sources or not (targets or len(sources) > 1):
            return None
        coding = self._coding(event, tokens, deeds, sources, targets)
        codes = {argument: self._actors.code(argument) for argument in (*sources, *targets)}
        if coding is None or not any(codes[argument] for argument in sources):
            return None
        if not any(codes[argument] or self._is_named(argument) for argument in targets or sources[1:]):
            return None
        return replace(
            event,
            type=coding.type,
            mode=coding.mode or None,
            contexts=contexts_of(tokens),
            arguments=tuple(replace(a, code=codes.get(a)) for a in event.arguments),
        )

    def _coding(
        self,
        event: Event,
        tokens: Sequence[Token],
        deeds: Sequence[Deed],
        sources: Sequence[Argument],
        targets: Sequence[Argument],
    ) -> Coding | None:
        """What the model says, where the event's own words say so as well."""
        if not targets:
            sources, targets = sources[:1], sources[1:]
        scene = scene_of(tokens, self._inside(sources), self._inside(targets), deeds)
        coding = code(scene, ahead=event.modality in AHEAD and not event.negated)
        trigger = {token.i for token in self._tokens(event.trigger)}
        own = {deed.type for deed in deeds if deed.at in trigger}
        return coding if coding.confidence >= FLOOR and _is_told(coding, own) else None

    def _told_beside(self, token: Token) -> tuple[list[Token], list[Deed]]:
        """The tokens of a token's sentence and the deeds in it; those of the last sentence are kept."""
        start = token.sent.start
        if self._sentence[0] != start:
            tokens = [t for t in token.sent if not t.is_space]
            self._sentence = (start, tokens, list(deeds_of(tokens)))
        return self._sentence[1], self._sentence[2]

    def _is_governed(self, token: Token, deeds: Sequence[Deed]) -> bool:
        """Whether the event is what another deed's predicate is about: "agreed to release"."""
        above = {deed.at for deed in deeds if deed.type in governing()}
        while token.dep_ in COMPLEMENTS and token.head is not token:
            if token.dep_ != "conj" and token.head.i in above and token.head.pos_ == "VERB":
                return True
            token = token.head
        return False

    def _is_named(self, argument: Argument) -> bool:
        """Whether a name stands in the argument, or a pronoun in it stands for one."""
        if argument.entity in self._named:
            return True
        return any(token.ent_type_ in NAMED for token in self._tokens([argument.span]))

    def _inside(self, arguments: Sequence[Argument]) -> frozenset[int]:
        return frozenset(token.i for token in self._tokens([argument.span for argument in arguments]))

    def _tokens(self, spans: Sequence[Span]) -> list[Token]:
        return [
            token
            for span in spans
            for token in self._doc.char_span(span.start, span.end, alignment_mode="expand") or ()
            if not token.is_space
        ]


def _ends(event: Event) -> tuple[list[Argument], list[Argument]]:
    """Who does it, and to whom; what is not done to anybody is done to what stands in the other slots."""
    sources = [argument for argument in event.arguments if argument.role == "agent"]
    targets = [argument for argument in event.arguments if argument.role in TARGETS]
    others = [argument for argument in event.arguments if argument.role in ("oblique", "place")]
    return sources, targets or others


def _is_told(coding: Coding, own: Collection[str]) -> bool:
    """Whether the event's own words tell the type, or one that is coded as it where it is still to come."""
    types = {HALVES.get(type, type) for type in (*own, *(FUTURE_TYPES.get(type, type) for type in own))}
    return HALVES.get(coding.type, coding.type) in types


@cache
def _contexts() -> Mapping[str, tuple[str, ...]]:
    raw = tomllib.loads(files(__package__).joinpath("contexts.toml").read_text(encoding="utf-8"))
    words: dict[str, tuple[str, ...]] = {}
    for context, listed in raw.items():
        for word in listed:
            words[word] = (*words.get(word, ()), context)
    return words


def contexts_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The contexts that a sentence's words tell, the one of most words first, three at most."""
    seen = Counter(context for token in tokens for context in _contexts().get(token.lemma_.lower(), ()))
    ranked: Iterator[str] = (
        context for context, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    )
    return tuple(ranked)[:MOST_CONTEXTS]
