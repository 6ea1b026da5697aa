"""Collations: what the accounts of a story share, where they part, and who said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .calendar import Anchor
from .finding import Certainty, QuoteForm, SpeakerHow
from .reading import EntityLabel
from .span import Span
from .story import Story
from .time import Interval

PointKind: TypeAlias = Literal["shared", "differing", "only_here"]
Aspect: TypeAlias = Literal["polarity", "certainty", "value", "time", "place", "holder", "outcome", "wording"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something stands: an article's id, spans of its text, and the text there, verbatim."""

    article: str
    spans: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """One fact of a story as one or more accounts tell it.

    `summary` is a source sentence or a clause of one; `origins` counts the
    independent origins behind it; `score` (0 to 1) is how sure the collation
    is and `reason` why, in words.
    """

    kind: PointKind
    summary: str
    origins: int
    accounts: tuple[Citation, ...]
    aspect: Aspect | None = None
    score: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """One account's wording of an utterance.

    `certainty` is what the account says the speaker did with it: "denied"
    turns the words around, so whoever prints them prints it, too. `own` are the
    words that no other account's wording has, spelling apart; empty where there
    is no other account.
    """

    citation: Citation
    form: QuoteForm
    source: str | None = None
    certainty: Certainty = "asserted"
    own: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said once, as one or more accounts quote it."""

    speaker: str | None
    how: SpeakerHow
    text: str
    origins: int
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who says so: the outlets of some accounts in their own voice, or the speaker whom they hold to it.

    `name` is what to call a speaker, if it is known; an outlet's own voice has none.
    """

    kind: Literal["outlet", "speaker"]
    name: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """What puts an entry on the calendar: the words of one account, what they come to, and seen from what.

    `value` is TIMEX3's; `anchor` is `published` for words such as "next week", `mention` for "that week",
    `event` for "the day after X" and `none` for a date told in full.
    """

    citation: Citation
    value: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something on the calendar: when, what, whether planned or told as fact, by whom, and by what words."""

    interval: Interval
    granularity: Literal["time", "day", "week", "month", "quarter", "season", "year", "interval"]
    status: Literal["fact", "planned", "undated"]
    text: str
    citations: tuple[Citation, ...]
    holders: tuple[Holder, ...] = ()
    times: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody or something named in the accounts: every name for it, and who names it."""

    id: str
    name: str
    label: EntityLabel
    names: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an account's body the points and utterances cite: characters."""

    article: str
    cited: int
    body: int


@dataclass(frozen=True, slots=True)
class Collation:
    """The points, utterances, timeline and cast of a story."""

    story: Story
    points: tuple[Point, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    cast: tuple[CastMember, ...] = ()
    coverage: tuple[Coverage, ...] = ()
