"""Stories on the editors' round-ups, alone and in a stream of other news; incidents beside them.

Figures count the labelled articles only. `ecbplus` is the development topics of
ECB+, two happenings of one kind a topic, told without dates or titles; `noise` is the round-ups mixed with
six thousand articles of the same months and outlets that no one labelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..group import group
from ..model import Article
from ..progress import Progress, silent
from . import corpora
from .ecbplus import DEVELOPMENT, documents
from .report import Figure, Report
from .scores import b_cubed, pairs


def evaluate(data: Path, progress: Progress = silent) -> Report:
    """Group each corpus and compare with its labels.

    Raises:
        InputError: when a corpus is not in `data`.
    """
    roundups, background = corpora.roundups(data), corpora.background(data)
    incidents = corpora.incidents(data)
    told = [document for document in documents(data) if document.topic in DEVELOPMENT]
    happenings = {document.article.id: document.happening for document in told}
    figures = (
        *_figures("ecbplus", [document.article for document in told], happenings, progress),
        *_figures("roundups", roundups.articles, roundups.labels, progress),
        *_figures("noise", (*roundups.articles, *background.articles), roundups.labels, progress),
        *_figures("incidents", incidents.articles, incidents.labels, progress),
    )
    return Report("stories", "round-ups, background, incidents and ECB+", figures)


def _figures(
    name: str, articles: Sequence[Article], labels: Mapping[str, str], progress: Progress
) -> Iterator[Figure]:
    proposed = {
        article.id: story.id
        for story in group(articles, progress=progress).value
        for article in story.articles
        if article.id in labels
    }
    for measure, score in (("bcubed", b_cubed(proposed, labels)), ("pairs", pairs(proposed, labels))):
        yield Figure(f"{name}_{measure}_precision", score.precision, len(labels))
        yield Figure(f"{name}_{measure}_recall", score.recall, len(labels))
        yield Figure(f"{name}_{measure}_f1", score.f1, len(labels))
