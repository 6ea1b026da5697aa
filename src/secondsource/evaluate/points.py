"""Points on stories labelled by hand: what accounts share and where they differ.

The labels are offsets in `evals/points.jsonl`; `evals/points.md` says what was
labelled, how, and how a found point is held against a label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..group import as_story
from ..ingest import furnish
from ..model import Article, Collation, Point, Span
from ..pipeline import story_pipeline
from ..progress import Progress, silent
from . import corpora
from .report import Figure, Report

LABELS = Path(__file__).resolve().parents[3] / "evals" / "points.jsonl"
KINDS = ("shared", "differing")


@dataclass(frozen=True, slots=True)
class Mark:
    """A point as labelled or as found: kind, aspect, and where each account (by article id) tells it."""

    kind: str
    aspect: str | None
    accounts: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A story's labels; `read` is the part of each article (by id) that was labelled."""

    key: str
    read: Mapping[str, tuple[Span, ...]]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Found points and labels of one story, or of several, that are held against each other.

    `right` are the found points that a label answers, `hit` the labels that a
    found point answers, `outside` the found points beyond what was labelled.
    """

    found: tuple[Mark, ...] = ()
    right: tuple[Mark, ...] = ()
    outside: tuple[Mark, ...] = ()
    labels: tuple[Mark, ...] = ()
    hit: tuple[Mark, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found,
            self.right + other.right,
            self.outside + other.outside,
            self.labels + other.labels,
            self.hit + other.hit,
        )

    def figures(self, prefix: str, kind: str, aspect: str | None = None) -> Iterator[Figure]:
        """Precision over those found and recall over the labels, of a kind or of an aspect of it."""

        def count(marks: Iterable[Mark]) -> int:
            return sum(mark.kind == kind and aspect in (None, mark.aspect) for mark in marks)

        name = f"{prefix}{kind}_{aspect}" if aspect else f"{prefix}{kind}"
        found, labels = count(self.found), count(self.labels)
        yield Figure(f"{name}_precision", count(self.right) / found if found else 0.0, found)
        yield Figure(f"{name}_recall", count(self.hit) / labels if labels else 0.0, labels)
        if aspect is None:
            outside = count(self.outside)
            yield Figure(f"{name}_outside", float(outside), outside)


def evaluate(data: Path, progress: Progress = silent) -> Report:
    """Tell each labelled story, and hold the points found against the labels.

    Raises:
        InputError: when the labels or a corpus is not there.
    """
    stories = read_labels(LABELS)
    sources = {"roundups_": corpora.roundups(data), "incidents_": corpora.incidents(data)}
    tallies = dict.fromkeys(sources, Tally())
    for number, story in enumerate(stories):
        progress("telling stories", number, len(stories))
        prefix, articles = _articles(story, sources)
        tallies[prefix] += compare(_found(articles), story)
    progress("telling stories", len(stories), len(stories))
    whole = sum(tallies.values(), Tally())
    aspects = sorted({mark.aspect for mark in (*whole.labels, *whole.found) if mark.aspect})
    figures = [
        *(figure for kind in KINDS for figure in whole.figures("", kind)),
        *(figure for aspect in aspects for figure in whole.figures("", "differing", aspect)),
        *(figure for prefix in tallies for kind in KINDS for figure in tallies[prefix].figures(prefix, kind)),
    ]
    return Report("points", f"{len(stories)} hand-labelled stories of roundups and incidents", tuple(figures))


def read_labels(place: Path) -> tuple[Labelled, ...]:
    """The labelled stories of a file, in its order.

    Raises:
        InputError: when there is no such file.
    """
    if not place.is_file():
        raise InputError(f"{place}: no hand labels there; they come with the repository, not the package")
    read: dict[str, Mapping[str, tuple[Span, ...]]] = {}
    marks: dict[str, list[Mark]] = {}
    for line in place.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "read":
            read[row["story"]] = _spans(row)
        else:
            mark = Mark(row["kind"], _aspect(row["aspect"]), _spans(row))
            marks.setdefault(row["story"], []).append(mark)
    return tuple(Labelled(key, articles, tuple(marks.get(key, ()))) for key, articles in read.items())


def compare(found: Iterable[Mark], story: Labelled) -> Tally:
    """Hold the points found in a story against its labels."""
    inside: list[Mark] = []
    outside: list[Mark] = []
    for mark in found:
        covered = sum(_overlap(spans, story.read.get(id, ())) for id, spans in mark.accounts.items())
        (inside if covered >= 2 else outside).append(mark)
    return Tally(
        found=tuple(inside),
        right=tuple(mark for mark in inside if any(answers(mark, label) for label in story.marks)),
        outside=tuple(outside),
        labels=story.marks,
        hit=tuple(label for label in story.marks if any(answers(mark, label) for mark in inside)),
    )


def answers(one: Mark, other: Mark) -> bool:
    """Whether two points are one: the same kind and aspect, overlapping spans in two accounts or more.

    >>> label = Mark("differing", "value", {"a": (Span(0, 9),), "b": (Span(5, 8),)})
    >>> answers(Mark("differing", "value", {"a": (Span(4, 6),), "b": (Span(0, 20),)}), label)
    True
    >>> answers(Mark("differing", "time", {"a": (Span(4, 6),), "b": (Span(0, 20),)}), label)
    False
    """
    if (one.kind, one.aspect) != (other.kind, other.aspect):
        return False
    shared = one.accounts.keys() & other.accounts.keys()
    return sum(_overlap(one.accounts[id], other.accounts[id]) for id in shared) >= 2


def mark_of(point: Point) -> Mark:
    """A point of a collation, ready to be compared; only differing points keep their aspect."""
    accounts: dict[str, tuple[Span, ...]] = {}
    for citation in point.accounts:
        accounts[citation.article] = accounts.get(citation.article, ()) + citation.spans
    return Mark(point.kind, _aspect(point.aspect) if point.kind == "differing" else None, accounts)


def _found(articles: Sequence[Article]) -> Iterator[Mark]:
    outcome = story_pipeline().run(story=as_story(furnish(articles)))
    collation: Collation = outcome.value["collation"]
    return (mark_of(point) for point in collation.points if point.kind in KINDS)


def _articles(story: Labelled, sources: Mapping[str, corpora.Corpus]) -> tuple[str, tuple[Article, ...]]:
    """The articles of a labelled story, and the prefix of the corpus that holds them."""
    for prefix, corpus in sources.items():
        articles = tuple(article for article in corpus.articles if article.id in story.read)
        if len(articles) == len(story.read):
            return prefix, articles
    raise InputError(f"story {story.key}: not all of its labelled articles are in the corpora")


def _aspect(aspect: str | None) -> str | None:
    # The program tells an update as a differing value.
    return "value" if aspect == "update" else aspect


def _spans(row: Mapping[str, Any]) -> dict[str, tuple[Span, ...]]:
    return {
        account["article"]: tuple(Span(start, end) for start, end in account["spans"])
        for account in row["accounts"]
    }


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in some for other in others)
