"""PLOVER's types on the fifth of its training records that nothing is trained on, the actor pair given.

`accuracy` and `macro_f1` are against what people said; `machine_accuracy`
against what a published zero-shot system said, for comparison. YIELD stands
for CONCEDE and RETREAT.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..find.events.coder import weights
from ..find.events.scene import features_of
from ..progress import Progress, silent
from .plover import read_records, scenes_of
from .report import Figure, Report


def evaluate(data: Path, progress: Progress = silent) -> Report:
    """The figures over the records held back.

    Raises:
        InputError: when the corpus is not there.
    """
    records = [record for record in read_records(data) if record.held_back]
    model = weights()
    said = []
    for number, scene in enumerate(scenes_of(records)):
        progress("events", number, len(records))
        said.append(model.types[int(model.chances(features_of(scene)).argmax())])
    true = [record.type for record in records]
    machine = [record.machine for record in records]
    figures = (
        Figure("accuracy", _accuracy(said, true), len(true)),
        Figure("macro_f1", macro_f1(said, true), len(true)),
        Figure("machine_accuracy", _accuracy(said, machine), len(true)),
        *type_figures(said, true),
    )
    return Report("events", "a fifth of the PLOVER training records", figures)


def _accuracy(said: Sequence[str], true: Sequence[str]) -> float:
    return sum(one == other for one, other in zip(said, true, strict=True)) / len(true) if true else 0.0


def macro_f1(said: Sequence[str], true: Sequence[str]) -> float:
    """The mean F1 of all types that are said or true.

    >>> macro_f1(["AID", "AID", "THREATEN"], ["AID", "ACCUSE", "THREATEN"])
    0.5555555555555555
    """
    values = [figure.value for figure in type_figures(said, true)]
    return sum(values) / len(values) if values else 0.0


def type_figures(said: Sequence[str], true: Sequence[str]) -> Iterator[Figure]:
    """The F1 of each type."""
    for type in sorted({*said, *true}):
        right = sum(one == other == type for one, other in zip(said, true, strict=True))
        both = said.count(type) + true.count(type)
        yield Figure(f"f1_{type}", 2 * right / both, true.count(type))
