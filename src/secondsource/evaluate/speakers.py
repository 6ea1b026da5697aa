"""Speakers on PolNeAR: whether gold sources are resolved to the right name, or to none; 300 by hand.

The labels are ids and offsets in `evals/speakers.jsonl` (200, off whose errors
rules were read) and `evals/speakers-second.jsonl` (the next 100, off whose
errors none was): a document, the cue of a gold attribution, and where in the
document the speaker's name stands, or null where the document names nobody for
the source (a role, many people, a document, "I").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..collate.sayings import same_name
from ..find.continuity import carried_on
from ..find.speakers import find_speaker, index_of
from ..model import Quote, Reading, Span, Speaker
from .report import Figure

EVALS = Path(__file__).resolve().parents[3] / "evals"
SAMPLES = {"speaker": EVALS / "speakers.jsonl", "speaker_second": EVALS / "speakers-second.jsonl"}
BY_NAME = ("named", "pronoun")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An attribution by its document and cue, and where the name of its speaker stands, if it does."""

    document: str
    cue: Span
    name: Span | None


def labels(place: Path) -> Iterator[Labelled]:
    """The labelled attributions of one sample."""
    for line in place.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = Span(*row["name"]) if row["name"] else None
        yield Labelled(row["document"], Span(*row["cue"]), name)


def speaker_figures(
    documents: Iterable[tuple[Reading, Sequence[Quote]]], samples: Mapping[str, Path] = SAMPLES
) -> tuple[Figure, ...]:
    """The share of labelled attributions whose speaker is right, for each sample.

    Each reading comes with its gold attributions as quotes, whose speakers are not looked at.
    """
    wanted = {
        name: {(one.document, one.cue): one for one in labels(place)} for name, place in samples.items()
    }
    right: dict[str, list[bool]] = {name: [] for name in samples}
    for reading, gold in documents:
        for quote in resolved(reading, gold):
            for name, sample in wanted.items():
                label = sample.pop((reading.article.id, quote.cue[0]), None)
                if label is not None:
                    right[name].append(is_right(reading, quote.speaker, label))
    return tuple(Figure(name, sum(r) / len(r) if r else 0.0, len(r)) for name, r in right.items())


def resolved(reading: Reading, gold: Sequence[Quote]) -> tuple[Quote, ...]:
    """Gold attributions with the speakers that the program gives to their sources."""
    index = index_of(reading)
    return carried_on(
        reading, [replace(one, speaker=find_speaker(reading, one.source, index)) for one in gold]
    )


def is_right(reading: Reading, speaker: Speaker, label: Labelled) -> bool:
    """Whether a speaker is the labelled one, or nobody by name where the label has no name."""
    if label.name is None:
        return speaker.how not in BY_NAME
    return speaker.name is not None and same_name(speaker.name, label.name.of(reading.article.text))
