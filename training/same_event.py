"""Which events are one: `python -m training.same_event FOLDER_OF_WEIGHTS`.

ECB+'s training topics are read with a folder of the reader's weights. Boosted
trees are grown twice: over pairs of documents (do they tell one happening?)
and, within the clusters of documents that these make, over pairs of marked
events (are they one?). What the second learns from counts of lemma pairs and from the first is
taken from other topics than the pair's own. Writes collate/same_event.npz (trees) and same_event.json
(lemma pairs).
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from secondsource.collate import same_event
from secondsource.collate.average import average_link
from secondsource.collate.gist import features as article_features
from secondsource.collate.gist import gist
from secondsource.collate.same_event import Told
from secondsource.evaluate.coref import ARTICLES_FLOOR, gold_tellings
from secondsource.evaluate.ecbplus import DEVELOPMENT, Document, documents
from secondsource.find import find
from secondsource.model import Reading
from secondsource.read import read
from secondsource.settings import settings

from .data import data_dir

FOLDER = Path(__file__).resolve().parents[1] / "src" / "secondsource" / "collate"
FOLDS = 5
MOST = 10
"""A pair of lemmas counts so often a topic at most, so that no topic outweighs the rest."""
OTHER_TOPICS = 0.1
"""What a pair of documents of different topics weighs: they are many, and easy."""

Pairs = list[tuple[int, int]]


def grow(x: np.ndarray, y: np.ndarray, weight: np.ndarray | None, many: int, leaves: int, least: int):
    """Boosted trees over rows of features."""
    model = HistGradientBoostingClassifier(
        max_iter=many, learning_rate=0.06 if leaves > 8 else 0.1, max_leaf_nodes=leaves,
        min_samples_leaf=least, l2_regularization=1, early_stopping=False, random_state=0,
    )  # fmt: skip
    return model.fit(x, y, sample_weight=weight)


def stored(model: HistGradientBoostingClassifier, prefix: str) -> dict[str, np.ndarray]:
    """A model's trees as the arrays that collate/forest.py serves."""
    columns: dict[str, list] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
    roots, size = [], 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        here = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(size)
        columns["feature"] += nodes["feature_idx"].tolist()
        columns["threshold"] += np.where(leaf, 0, nodes["num_threshold"]).tolist()
        columns["left"] += (np.where(leaf, here, nodes["left"]) + size).tolist()
        columns["right"] += (np.where(leaf, here, nodes["right"]) + size).tolist()
        columns["value"] += np.where(leaf, nodes["value"], 0).tolist()
        size += len(nodes)
    whole = ("feature", "left", "right")
    arrays = {
        f"{prefix}_{name}": np.array(values, np.int32 if name in whole else np.float32)
        for name, values in columns.items()
    }
    base = np.array(float(np.ravel(model._baseline_prediction)[0]))
    return {**arrays, f"{prefix}_roots": np.array(roots, np.int32), f"{prefix}_base": base}


def happening(document: Document) -> str:
    """Which of its topic's two happenings a document tells."""
    return document.topic + ("b" if document.article.id.endswith("plus") else "a")


def article_pairs(marked: Sequence[Document], readings: Sequence[Reading]):
    """Pairs of documents: numbers, features, whether they tell one happening, and weights."""
    gists = [gist(reading) for reading in readings]
    pairs = list(combinations(range(len(gists)), 2))
    x = np.array([article_features(gists[a], gists[b]) for a, b in pairs], np.float32)
    y = np.array([happening(marked[a]) == happening(marked[b]) for a, b in pairs])
    weight = np.array([1.0 if marked[a].topic == marked[b].topic else OTHER_TOPICS for a, b in pairs])
    return pairs, x, y, weight


def fold_of(topic: str) -> int:
    """The fold a topic is in."""
    return int(topic) % FOLDS


def unseen(marked: Sequence[Document], pairs: Pairs, x: np.ndarray, y: np.ndarray, weight: np.ndarray):
    """Each pair's chance by trees that have seen neither document's topic."""
    folds = np.array([[fold_of(marked[a].topic), fold_of(marked[b].topic)] for a, b in pairs])
    chance = np.zeros(len(y))
    for fold in range(FOLDS):
        out = (folds == fold).any(1)
        model = grow(x[~out], y[~out], weight[~out], 100, 8, 100)
        chance[out] = model.predict_proba(x[out])[:, 1]
    return dict(zip(pairs, chance.tolist(), strict=True))


def event_pairs(
    tellings: Sequence[Told], number: dict[str, int], likeness: dict[tuple[int, int], float]
) -> Iterator[tuple[int, int, float]]:
    """Pairs of tellings within each cluster of documents, with the likeness of their documents."""
    groups: dict[int, list[int]] = {}
    for group, members in enumerate(average_link(len(number), likeness, ARTICLES_FLOOR)):
        for member in members:
            groups.setdefault(member, []).append(group)
    inside = defaultdict(list)
    for at, telling in enumerate(tellings):
        inside[groups[number[telling.article]][0]].append(at)
    for members in inside.values():
        for left, right in combinations(members, 2):
            a, b = sorted((number[tellings[left].article], number[tellings[right].article]))
            yield left, right, 1.0 if a == b else likeness[a, b]


def lemma_pairs(tellings: Sequence[Told], pairs, y: Sequence[bool], topics: Sequence[str], without: int):
    """How often two lemmas are one event and not, over the topics of all folds but one."""
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for (left, right, _), same in zip(pairs, y, strict=True):
        if fold_of(topics[left]) != without:
            counts[" ".join(sorted((tellings[left].lemma, tellings[right].lemma))), topics[left]][same] += 1
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (pair, _), seen in counts.items():
        total[pair][0] += min(seen[True], MOST)
        total[pair][1] += min(seen[False], MOST)
    return {pair: tuple(seen) for pair, seen in sorted(total.items()) if seen[0]}


def rows_of(tellings, pairs, y, topics) -> np.ndarray:
    """The features of pairs of tellings, lemma pairs counted in other folds."""
    rows = np.zeros((len(pairs), 0), np.float32)
    for fold in range(FOLDS):
        learned = lemma_pairs(tellings, pairs, y, topics, fold)
        same_event.learned_pairs = lambda learned=learned: learned
        places = [n for n, (left, _, _) in enumerate(pairs) if fold_of(topics[left]) == fold]
        told_pairs = [(tellings[pairs[n][0]], tellings[pairs[n][1]], pairs[n][2]) for n in places]
        found = [same_event.features(*pair) for pair in told_pairs]
        if not rows.shape[1]:
            rows = np.zeros((len(pairs), len(found[0])), np.float32)
        rows[places] = np.array(found, np.float32)
    return rows


def learn(marked: Sequence[Document], readings: Sequence[Reading]) -> None:
    """Grow both lots of trees and write them."""
    pairs, x, y, weight = article_pairs(marked, readings)
    likeness = unseen(marked, pairs, x, y, weight)
    articles = grow(x, y, weight, 100, 8, 100)
    tellings = gold_tellings(marked, readings)
    chains = {mention.key: mention.chain for document in marked for mention in document.mentions}
    own = [chains[telling.article, telling.event.trigger] for telling in tellings]
    number = {document.article.id: place for place, document in enumerate(marked)}
    topics = [marked[number[telling.article]].topic for telling in tellings]
    told_pairs = list(event_pairs(tellings, number, likeness))
    same = [own[left] == own[right] for left, right, _ in told_pairs]
    rows = rows_of(tellings, told_pairs, same, topics)
    events = grow(rows, np.array(same), None, 200, 15, 40)
    print(f"{len(pairs)} pairs of documents, {len(told_pairs)} of events, {sum(same)} of them one")
    np.savez_compressed(FOLDER / "same_event.npz", **stored(articles, "articles"), **stored(events, "events"))
    learned = lemma_pairs(tellings, told_pairs, same, topics, -1)
    said = {"made": "training/same_event.py, from ECB+'s training topics", "pairs": learned}
    (FOLDER / "same_event.json").write_text(json.dumps(said, indent=0) + "\n", encoding="utf-8")


def main(weights: Path) -> None:
    """Read, learn, write."""
    config = settings().model_copy(update={"weights": weights})
    marked = [document for document in documents(data_dir()) if document.topic not in DEVELOPMENT]
    readings = [find(reading) for reading in read([document.article for document in marked], settings=config)]
    learn(marked, readings)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
