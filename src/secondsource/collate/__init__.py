"""Collating a story: what its accounts share, what only one has, who said what, who is named."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Outcome
from ..model import Calendar, Collation, Reading, Story

__all__ = ["collate"]


def collate(story: Story, readings: Mapping[str, Reading], calendar: Calendar) -> Outcome[Collation]:
    """The collation of a story; `readings` are by article id, with findings.

    An account without a reading (it could not be read) takes no part.
    """
    from .align import Likeness, lines_of
    from .coverage import coverage
    from .entities import find_cast
    from .points import find_points
    from .timeline import timeline
    from .utterances import align_utterances, misquotes

    read = {article.id: readings[article.id] for article in story.articles if article.id in readings}
    utterances = align_utterances(story, read)
    likeness = Likeness(lines_of(story, read))
    found = find_points(story, read, calendar, utterances, likeness)
    points = (*found, *misquotes(story, utterances))
    return Outcome(
        Collation(
            story=story,
            points=points,
            utterances=utterances,
            timeline=timeline(story, read, calendar, likeness),
            cast=find_cast(story, read),
            coverage=coverage(read, points, utterances),
        )
    )
