"""Findings: what is located in a reading: quotes, time mentions, events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .span import Span
from .time import Operator, TimeType

QuoteForm: TypeAlias = Literal["direct", "indirect", "mixed"]
SpeakerHow: TypeAlias = Literal[
    "named", "role", "pronoun", "document", "collective", "anonymous", "utterance", "unknown"
]
Certainty: TypeAlias = Literal[
    "asserted", "denied", "alleged", "planned", "expected", "possible", "believed", "asked", "unknown"
]
ArgumentRole: TypeAlias = Literal["agent", "patient", "recipient", "place", "attribute", "oblique"]
Modality: TypeAlias = Literal[
    "happened", "planned", "expected", "possible", "unclear", "denied", "negated", "ongoing"
]
"""How an event is told; `unclear` is what its holder says is not known."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is held to have said something, and how that is known.

    `entity` is the id of an entity of the same reading, if the source was
    resolved to one; `name` is what to call the speaker; `how` is `named`,
    `role` ("a police spokesman"), `pronoun` (resolved through one), `document`,
    `collective`, `anonymous`, `utterance` (resolved through another account)
    or `unknown`.
    """

    name: str | None
    how: SpeakerHow
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """An attributed passage: what was said, the cue that says so, and its source."""

    form: QuoteForm
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: Speaker
    certainty: Certainty = "asserted"


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression (TIMEX3) with its symbolic operator; ungrounded.

    What the operator comes to is in the story's `Calendar`; `rule` names the
    rule that read the expression; `event` is the trigger an expression such as
    "the day after ..." is anchored on.
    """

    span: Span
    type: TimeType
    operator: Operator
    rule: str
    mod: str | None = None
    event: Span | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """One filler of an event's slot: its words, its head word, and the entity it is a mention of.

    `code` is a PLOVER actor code (country and sector) where one is known.
    """

    role: ArgumentRole
    span: Span
    head: Span
    entity: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number told of something: "at least five people" is 5 or more of "people".

    `low` and `high` are inclusive bounds, `None` where unbounded; `unit` is the
    lemma of what is counted or measured; `role` the slot it stands in.
    """

    span: Span
    low: float | None
    high: float | None
    unit: str
    role: ArgumentRole | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A proposition: who did what to whom, when and where, and who says so.

    `predicate` is the key that tellings of one event share: the lemma, with its
    particle, or the noun of a light verb ("took a decision" is "decision").
    `clause` is the stretch that tells it. `type`, `mode` and `contexts` are PLOVER's where
    it covers the event; `holder` is `outlet`, or the index in the reading's
    quotes (as a string) of the quote that the event lies in; `when` holds
    indices of the reading's time mentions.
    """

    predicate: str
    trigger: tuple[Span, ...]
    clause: Span
    arguments: tuple[Argument, ...]
    modality: Modality
    negated: bool = False
    quantities: tuple[Quantity, ...] = ()
    when: tuple[int, ...] = ()
    holder: str = "outlet"
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()

    def fillers(self, *roles: ArgumentRole) -> tuple[Argument, ...]:
        """The arguments in one of these slots."""
        return tuple(argument for argument in self.arguments if argument.role in roles)

    @property
    def actors(self) -> tuple[Argument, ...]:
        """Who did it."""
        return self.fillers("agent")

    @property
    def recipients(self) -> tuple[Argument, ...]:
        """To whom or what it was done."""
        return self.fillers("patient", "recipient")

    @property
    def where(self) -> tuple[Argument, ...]:
        """Where it happened."""
        return self.fillers("place")
