"""Briefs: what a person reads; a collation selected, ordered and cited."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Failure
from ..model.calendar import Calendar
from ..model.collation import CastMember, Coverage, Point, TimelineEntry, Utterance
from ..model.story import Story

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

    def to_dict(self) -> dict[str, object]:
        """The brief as JSON-ready data of schema `secondsource/brief/1`."""
        from .record import to_dict

        return to_dict(self)

    def to_text(self, width: int = 100) -> str:
        """The brief for a terminal of this width, without colours."""
        from .terminal import to_text

        return to_text([self], width)

    def to_html(self) -> str:
        """The brief as one self-contained page."""
        from .html import to_html

        return to_html([self])
