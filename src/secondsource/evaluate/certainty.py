"""Certainty on UW's development part: the mean absolute error of the rated predicates, on -3 to 3.

`certainty_mae` is of the network and the grammar together, as the rest of the
program uses them; `network_mae` and `grammar_mae` of each alone; `constant_mae`
of the best constant, for comparison.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

from ..errors import InputError
from ..find.predicates import of_grammar, of_network, value_of
from ..progress import Progress, silent
from ..read import pipeline
from ..settings import settings
from .report import Figure, Report

if TYPE_CHECKING:
    from spacy.tokens import Token


def evaluate(data: Path, progress: Progress = silent) -> Report:
    """The figures over UW's development part.

    Raises:
        InputError: when the corpus is not there.
    """
    rated = list(predicates(data / "certainty" / "uw-dev.jsonl", progress))
    gold = [label for _, label in rated]
    networks = [of_network(token) for token, _ in rated]
    columns = {
        "certainty_mae": [value_of(token) for token, _ in rated],
        "network_mae": [3.0 if value is None else value for value in networks],
        "grammar_mae": [of_grammar(token) for token, _ in rated],
        "constant_mae": [median(gold)] * len(gold),
    }
    figures = (Figure(name, _error(values, gold), len(gold)) for name, values in columns.items())
    return Report(task="certainty", corpus="uw-dev", figures=tuple(figures))


def predicates(place: Path, progress: Progress = silent) -> Iterator[tuple[Token, float]]:
    """The rated predicates of a file, read with its own words, and their ratings."""
    from spacy.tokens import Doc

    if not place.is_file():
        raise InputError(f"{place}: no such corpus; set SECONDSOURCE_DATA to the folder of the corpora")
    config = settings()
    nlp = pipeline(config.reader, config.weights, config.threads)
    rows = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    docs = nlp.pipe(Doc(nlp.vocab, words=row["text"].split()) for row in rows)
    for done, (row, doc) in enumerate(zip(rows, docs, strict=True)):
        progress("certainty", done, len(rows))
        for target in row["targets"]:
            yield doc[target["span1"][0]], float(target["label"])


def _error(values: Iterable[float], gold: Iterable[float]) -> float:
    return mean(abs(a - b) for a, b in zip(values, gold, strict=True))
