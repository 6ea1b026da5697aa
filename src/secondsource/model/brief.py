"""Briefs: what a person reads; a collation selected, ordered and cited."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Failure
from .calendar import Calendar
from .collation import CastMember, Coverage, Point, TimelineEntry, Utterance
from .story import Story

BRIEF_SCHEMA = "secondsource/brief/1"


@dataclass(frozen=True, slots=True)
class Brief:
    """A story told with citations: the selected points, utterances, timeline and cast.

    `calendar` dates the accounts; `omitted` counts the points, utterances,
    timeline entries and names left out for length; `failures` are those of
    this story's articles.
    """

    story: Story
    calendar: Calendar
    points: tuple[Point, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    cast: tuple[CastMember, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    omitted: int = 0
    failures: tuple[Failure, ...] = ()
