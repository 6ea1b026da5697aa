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
Modality: TypeAlias = Literal["happened", "planned", "expected", "possible", "denied", "negated", "ongoing"]


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
    """One filler of an event's slot."""

    spans: tuple[Span, ...]
    entity: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A proposition: who did what to whom, when and where, and who says so.

    `type` and `mode` are PLOVER's where it covers the event; `holder` is
    `outlet` or the index of the quote (as a string) that the event lies in;
    `when` holds indices of the reading's time mentions.
    """

    predicate: str
    trigger: tuple[Span, ...]
    actors: tuple[Argument, ...]
    recipients: tuple[Argument, ...]
    when: tuple[int, ...]
    where: tuple[Argument, ...]
    modality: Modality
    holder: str
    type: str | None = None
    mode: str | None = None
