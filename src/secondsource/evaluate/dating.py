"""How well articles are dated from their story: on incidents whose reports are dated, some dates hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from ..date import date_story
from ..find.times import find_times
from ..group.copies import find_copies
from ..ingest import furnish
from ..model import Article, Published, Reading, Story, content_id
from ..progress import Progress, silent
from ..read import read
from ..settings import Settings
from .corpora import incidents
from .report import Figure, Report

WEEK = 7


@dataclass(frozen=True, slots=True)
class Trial:
    """One hidden date: the truth, and what was inferred."""

    article: str
    truth: Published
    given: Published

    @property
    def holds(self) -> bool:
        """Whether the interval given holds the day; an open end holds all days on its side."""
        day = self.truth.earliest
        if day is None or self.given.how == "unknown":
            return False
        first, last = self.given.earliest, self.given.latest
        return (first is None or first <= day) and (last is None or day <= last)

    @property
    def width(self) -> float:
        """The days of the interval given; infinite where it is open."""
        first, last = self.given.earliest, self.given.latest
        return (last - first).days + 1 if first and last else float("inf")


def evaluate(data: Path, progress: Progress = silent, settings: Settings | None = None) -> Report:
    """Date the reports of `incidents` with every second date hidden, and with all hidden.

    Hidden is every second report of an incident in the order of the hashes of
    their ids. Addresses are withheld, for many hold the date.
    """
    stories = incident_readings(data, progress, settings)
    half: list[Trial] = []
    none: list[Trial] = []
    for done, story in enumerate(stories):
        progress("date", done, len(stories))
        half += hide(story, every_second(story))
        none += hide(story, list(story))
    progress("date", len(stories), len(stories))
    return Report("dating", "incidents", (*figures("half", half), *figures("all", none)))


def incident_readings(
    data: Path, progress: Progress = silent, settings: Settings | None = None
) -> list[dict[str, Reading]]:
    """The readings, with times, of each incident of two reports or more, by article id."""
    corpus = incidents(data)
    articles = furnish(tuple(_without_address(a) for a in corpus.articles))
    told: dict[str, dict[str, Reading]] = defaultdict(dict)
    for reading in read(articles, settings, progress):
        found = replace(reading, times=find_times(reading))
        told[corpus.labels[reading.article.id]][reading.article.id] = found
    return [told[label] for label in sorted(told) if len(told[label]) > 1]


def _without_address(article: Article) -> Article:
    return replace(article, url=None)


def every_second(ids: Iterable[str]) -> list[str]:
    """Every second id in the order of their hashes."""
    return sorted(ids, key=content_id)[1::2]


def hide(readings: Mapping[str, Reading], hidden: Sequence[str]) -> list[Trial]:
    """Date a story without the dates of some of its articles."""
    shown = {
        id: replace(r, article=replace(r.article, published=None)) if id in hidden else r
        for id, r in readings.items()
    }
    articles = tuple(r.article for r in shown.values())
    story = Story(id="incident", title="", articles=articles, origins=(), links=find_copies(articles))
    calendar = date_story(story, shown).value
    out = []
    for id in hidden:
        truth = readings[id].article.published
        if truth is not None:
            out.append(Trial(id, truth, calendar.date(id)))
    return out


def figures(name: str, trials: Sequence[Trial]) -> tuple[Figure, ...]:
    """Shares of all hidden dates and of those given.

    `given`: an interval, be it open, was given; `inside`: it holds the truth,
    or nothing was given, so nothing wrong was said; `holds`: of those given,
    the truth lies inside; `bounded`: both ends are known; `week_right`: at most
    seven days were given and hold the truth; `week_holds`: of those of at most
    seven days, the share that is right.
    """
    given = [t for t in trials if t.given.how != "unknown"]
    bounded = [t for t in given if t.width != float("inf")]
    week = [t for t in trials if t.width <= WEEK]
    n = max(1, len(trials))
    return (
        Figure(f"{name}.given", len(given) / n, len(trials)),
        Figure(f"{name}.inside", sum(t.holds or t.given.how == "unknown" for t in trials) / n, len(trials)),
        Figure(f"{name}.holds", sum(t.holds for t in given) / max(1, len(given)), len(given)),
        Figure(f"{name}.bounded", len(bounded) / n, len(trials)),
        Figure(f"{name}.bounded_holds", sum(t.holds for t in bounded) / max(1, len(bounded)), len(bounded)),
        Figure(f"{name}.median_width", median([t.width for t in bounded] or [0.0]), len(bounded)),
        Figure(f"{name}.week_right", sum(t.holds for t in week) / n, len(trials)),
        Figure(f"{name}.week_holds", sum(t.holds for t in week) / max(1, len(week)), len(week)),
    )
