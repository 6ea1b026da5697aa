"""Speakers on PolNeAR: whether gold sources are resolved to the right name, or to none; 200 by hand.

The labels are ids and offsets in `evals/speakers.jsonl`: a document, the cue of
a gold attribution, and where in the document the speaker's name stands, or
null where the document names nobody for the source (a role, many people, a
document, "I").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..collate.sayings import same_name
from ..find.continuity import carried_on
from ..find.speakers import find_speaker, index_of
from ..model import Quote, Reading, Span, Speaker
from .report import Figure

LABELS = Path(__file__).resolve().parents[3] / "evals" / "speakers.jsonl"
BY_NAME = ("named", "pronoun")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An attribution by its document and cue, and where the name of its speaker stands, if it does."""

    document: str
    cue: Span
    name: Span | None


def labels(place: Path = LABELS) -> Iterator[Labelled]:
    """The labelled attributions."""
    for line in place.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = Span(*row["name"]) if row["name"] else None
        yield Labelled(row["document"], Span(*row["cue"]), name)


def speaker_figure(documents: Iterable[tuple[Reading, Sequence[Quote]]]) -> Figure:
    """The share of labelled attributions whose speaker is right.

    Each reading comes with its gold attributions as quotes, whose speakers are not looked at.
    """
    wanted: dict[str, dict[Span, Labelled]] = {}
    for label in labels():
        wanted.setdefault(label.document, {})[label.cue] = label
    right = total = 0
    for reading, gold in documents:
        index = index_of(reading)
        told = [replace(quote, speaker=find_speaker(reading, quote.source, index)) for quote in gold]
        here = wanted.get(reading.article.id, {})
        for quote in carried_on(reading, told):
            if quote.cue[0] in here:
                label = here.pop(quote.cue[0])
                right += _is_right(reading, quote.speaker, label)
                total += 1
    return Figure("speaker", right / total if total else 0.0, total)


def _is_right(reading: Reading, speaker: Speaker, label: Labelled) -> bool:
    if label.name is None:
        return speaker.how not in BY_NAME
    return speaker.name is not None and same_name(speaker.name, label.name.of(reading.article.text))
