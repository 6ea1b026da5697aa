"""Fit `src/secondsource/collate/sense.json`: how much each sign tells that two sayings are one utterance.

    python -m training.utterance_pairs

A pair of sayings of two accounts is an example where neither is verbatim of
the other (those that share what stands in quotation marks are settled by
rule); it is right when `evals/utterances-dev.jsonl` or `utterances-sense.jsonl`
has it, and left out when the labels are unsure. Needs scikit-learn and the corpora (`SECONDSOURCE_DATA`).
Prints precision and recall at several chances, each story judged by weights
fitted on the others. Same input, same weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from secondsource.collate.marks import likeness, marked
from secondsource.collate.sayings import Saying, sayings_of
from secondsource.collate.sense import features
from secondsource.collate.utterances import candidates, comparable, may_agree, senses_of
from secondsource.evaluate import utterances as evaluation
from secondsource.evaluate.corpora import roundups
from secondsource.model import Reading
from secondsource.settings import settings

TARGET = Path(__file__).resolve().parent.parent / "src/secondsource/collate/sense.json"
LABELS = tuple(evaluation.LABELS.with_name(f"utterances-{name}.jsonl") for name in ("dev", "sense"))
STRENGTH = 0.1
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of sayings as its features, the story it is of, and whether it is one utterance."""

    story: str
    features: Mapping[str, float]
    right: bool


def examples(label: evaluation.Labelled, readings: Mapping[str, Reading]) -> Iterator[Example]:
    """The pairs of one labelled story that are left to the model."""
    sayings = [s for id in sorted(readings) for s in sayings_of(readings[id], id) if comparable(s)]
    senses = senses_of(sayings, readings)
    marks = [marked(saying) for saying in sayings]
    for left, right in sorted(candidates(sayings)):
        one, other = (sayings[left], senses[left]), (sayings[right], senses[right])
        if not may_agree(one, other) or likeness(marks[left], marks[right]):
            continue
        right_pair = evaluation.judge(label, _places(one[0], other[0]))
        if right_pair is not None:
            yield Example(label.story, features(one, other), right_pair)


def _places(one: Saying, other: Saying) -> tuple[evaluation.Place, evaluation.Place]:
    left, right = (evaluation.Place(s.article, s.quote.content) for s in (one, other))
    return left, right


def fit(found: Iterable[Example], without: frozenset[str] = frozenset()) -> dict[str, object]:
    """The weights of a logistic regression over the features, those named in `without` left out."""
    rows = list(found)
    names = [name for name in rows[0].features if name not in without]
    x = np.array([[row.features[name] for name in names] for row in rows])
    y, groups = np.array([row.right for row in rows]), np.array([row.story for row in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))
    held = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")[:, 1]
    _report(held, y)
    model.fit(x, y)
    scale, shift, regression = model[0].scale_, model[0].mean_, model[1]
    weights = regression.coef_[0] / scale
    bias = float(regression.intercept_[0] - (weights * shift).sum())
    return {
        "bias": round(bias, 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
    }


def _report(held: np.ndarray, right: np.ndarray) -> None:
    print(f"{len(right)} pairs, {right.sum()} right")
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        taken = held >= bar
        hits = (taken & right).sum()
        print(f"  from {bar}: P {hits / max(1, taken.sum()):.3f} R {hits / right.sum():.3f}")


def main() -> None:
    """Read the labelled stories, fit, and write the weights."""
    articles = {article.id: article for article in roundups(settings().data).articles}
    found: list[Example] = []
    for label in (label for place in LABELS for label in evaluation.labels(place)):
        readings = evaluation.read_story([articles[id] for id in label.articles])
        found.extend(examples(label, readings))
    weights = {"vectors": fit(found), "words": fit(found, frozenset({"cosine"}))}
    TARGET.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
