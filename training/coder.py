"""The event coder's weights: `python -m training.coder FOLDER_OF_WEIGHTS [--held]`.

PLOVER's training records are read with a folder of the reader's weights; a
linear support vector machine over the features of find/events/scene.py is fit
on four fifths of them (`held_back("plover", sentence, 5)` is never seen) and
written to find/events/coder.npz. Five-fold cross-validation within the four
fifths is printed, and the scale that turns margins into chances is fit on it;
`--held` prints the figures on the fifth held back as well.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.metrics import accuracy_score, f1_score, log_loss
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from secondsource.evaluate.plover import Record, read_records, scenes_of
from secondsource.find.events.scene import features_of
from secondsource.settings import settings

from .data import data_dir, held_back

PLACE = Path(__file__).resolve().parents[1] / "src" / "secondsource" / "find" / "events" / "coder.npz"
PENALTY = 0.1
SCALES = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0)


def margins_by_folds(x, y: np.ndarray, groups: list[str]) -> tuple[np.ndarray, list[str]]:
    """Each record's margins by a model that has not seen its sentence, and the types in their order."""
    types = sorted(set(y))
    margins = np.zeros((len(y), len(types)))
    for seen, unseen in GroupKFold(5).split(x, y, groups):
        model = LinearSVC(C=PENALTY).fit(x[seen], y[seen])
        columns = [types.index(name) for name in model.classes_]
        margins[np.ix_(unseen, columns)] = model.decision_function(x[unseen])
    return margins, types


def best_scale(margins: np.ndarray, types: list[str], y: np.ndarray) -> float:
    """The scale under which the true types are likeliest."""

    def loss(scale: float) -> float:
        raised = np.exp(scale * (margins - margins.max(1, keepdims=True)))
        return log_loss(y, raised / raised.sum(1, keepdims=True), labels=types)

    return min(SCALES, key=loss)


def show(name: str, y: np.ndarray, said: np.ndarray) -> None:
    """Print accuracy and macro F1."""
    print(f"{name}: {len(y)} records, accuracy {accuracy_score(y, said):.3f}, "
          f"macro F1 {f1_score(y, said, average='macro'):.3f}")  # fmt: skip


def fit(records: list[Record], features: list[dict[str, float]]) -> dict[str, np.ndarray]:
    """The arrays of coder.npz."""
    y = np.array([record.type for record in records])
    vectors = DictVectorizer()
    x = vectors.fit_transform(features)
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    margins, types = margins_by_folds(x, y, [record.sentence for record in records])
    show("cross-validated", y, np.array(types)[margins.argmax(1)])
    model = LinearSVC(C=PENALTY).fit(x, y)
    return {
        "names": np.frombuffer("\n".join(vectors.feature_names_).encode(), np.uint8),
        "matrix": model.coef_.T.astype(np.float16),
        "bias": model.intercept_.astype(np.float32),
        "types": np.array(model.classes_),
        "scale": np.array(best_scale(margins, types, y)),
    }


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--held", action="store_true")
    told = parser.parse_args()
    records = read_records(data_dir())
    config = settings().model_copy(update={"weights": told.weights})
    features = [features_of(scene) for scene in scenes_of(records, config)]
    held = [held_back("plover", record.sentence, 5) for record in records]
    known = [n for n, back in enumerate(held) if not back]
    stored = fit([records[n] for n in known], [features[n] for n in known])
    np.savez_compressed(PLACE, **stored)
    if told.held:
        from secondsource.find.events.coder import weights

        back = [n for n, is_back in enumerate(held) if is_back]
        model = weights()
        said = [model.types[int(model.chances(features[n]).argmax())] for n in back]
        show("held back", np.array([records[n].type for n in back]), np.array(said))


if __name__ == "__main__":
    main()
