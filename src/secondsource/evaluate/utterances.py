"""Utterances across accounts, on stories labelled by hand: which pairs of wordings are one thing said.

The labels are offsets in `evals/utterances.jsonl`; `evals/utterances.md` says
what was labelled and how it is scored. The articles are those of the roundup
corpus, read and quoted by the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

from ..collate.utterances import align_utterances
from ..find.quotes import find_quotes
from ..ingest import furnish
from ..model import Article, Origin, Reading, Span, Story, Utterance
from ..progress import Progress, silent
from ..read import read
from .corpora import roundups
from .report import Figure, Report

LABELS = Path(__file__).resolve().parents[3] / "evals" / "utterances.jsonl"
ENOUGH = 0.5
"""A wording is a labelled one when they share so much of the shorter of the two."""


@dataclass(frozen=True, slots=True)
class Place:
    """A wording: an article's id and spans of its text."""

    article: str
    spans: tuple[Span, ...]

    def is_one_with(self, other: Place) -> bool:
        """Whether the two share at least half of the shorter one."""
        if self.article != other.article:
            return False
        common = sum(a.overlap(b) for a in self.spans for b in other.spans)
        shorter = min(sum(map(len, self.spans)), sum(map(len, other.spans)))
        return common > 0 and common >= ENOUGH * shorter


Pair: TypeAlias = tuple[Place, Place]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What was labelled in one story."""

    story: str
    articles: tuple[str, ...]
    pairs: tuple[Pair, ...]
    unsure: tuple[Pair, ...]


def evaluate(data: Path, progress: Progress = silent) -> Report:
    """Precision and recall of the pairs of wordings that the utterances of the labelled stories make."""
    articles = {article.id: article for article in roundups(data).articles}
    right = counted = found = labelled = 0
    stories = tuple(labels())
    for done, label in enumerate(stories):
        progress("utterances", done, len(stories))
        proposed = list(_pairs(utterances_of([articles[id] for id in label.articles])))
        good, judged = _right(label, proposed)
        right, counted = right + good, counted + judged
        found += sum(any(_same(pair, other) for other in proposed) for pair in label.pairs)
        labelled += len(label.pairs)
    return Report(
        task="utterances",
        corpus="roundups, 15 stories labelled by hand",
        figures=(
            Figure("pair_p", right / counted if counted else 0.0, counted),
            Figure("pair_r", found / labelled if labelled else 0.0, labelled),
        ),
    )


def labels(place: Path = LABELS) -> Iterator[Labelled]:
    """The labelled stories."""
    for line in place.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        yield Labelled(
            story=row["story"],
            articles=tuple(row["articles"]),
            pairs=tuple(_pair(pair) for pair in row["pairs"]),
            unsure=tuple(_pair(pair) for pair in row["unsure"]),
        )


def utterances_of(articles: Sequence[Article]) -> tuple[Utterance, ...]:
    """The utterances of articles taken as one story, each its own origin."""
    readings = read_story(articles)
    furnished = tuple(reading.article for reading in readings.values())
    origins = tuple(Origin(article.id, (article.id,), "independent") for article in furnished)
    story = Story(id="evaluated", title="", articles=furnished, origins=origins)
    return align_utterances(story, readings)


def read_story(articles: Sequence[Article]) -> dict[str, Reading]:
    """The readings of a story's articles by id, with quotes found."""
    return {r.article.id: replace(r, quotes=find_quotes(r)) for r in read(furnish(articles))}


def _pair(row: Sequence[dict[str, Any]]) -> Pair:
    one, other = (Place(w["article"], tuple(Span(*span) for span in w["spans"])) for w in row)
    return one, other


def _pairs(utterances: Iterable[Utterance]) -> Iterator[Pair]:
    """Every two wordings of an utterance that are from different accounts."""
    for utterance in utterances:
        places = [Place(w.citation.article, w.citation.spans) for w in utterance.wordings]
        for one, other in combinations(places, 2):
            if one.article != other.article:
                yield one, other


def _same(one: Pair, other: Pair) -> bool:
    return (one[0].is_one_with(other[0]) and one[1].is_one_with(other[1])) or (
        one[0].is_one_with(other[1]) and one[1].is_one_with(other[0])
    )


def _right(label: Labelled, proposed: Sequence[Pair]) -> tuple[int, int]:
    """How many proposed pairs are right, and how many count."""
    judged = [good for pair in proposed if (good := judge(label, pair)) is not None]
    return sum(judged), len(judged)


def judge(label: Labelled, pair: Pair) -> bool | None:
    """Whether a pair of wordings is one labelled utterance; None where the labels are unsure."""
    for group in _groups(label.pairs):
        if all(any(side.is_one_with(place) for place in group) for side in pair):
            return True
    return None if any(_same(pair, unsure) for unsure in label.unsure) else False


def _groups(pairs: Iterable[Pair]) -> list[list[Place]]:
    """The wordings of each labelled utterance: labelled pairs joined where they share a wording."""
    groups: list[list[Place]] = []
    for pair in pairs:
        touched = [g for g in groups if any(p in g for p in pair)]
        joined = list(dict.fromkeys([p for g in touched for p in g] + list(pair)))
        groups = [g for g in groups if g not in touched] + [joined]
    return groups
