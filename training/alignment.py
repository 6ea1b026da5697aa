"""Fit how clauses of different accounts are aligned: writes `src/secondsource/collate/pairs.json`.

    python -m training.alignment ../shared/data src/secondsource/collate/pairs.json [--cache FOLDER]

Three sources: the stories of `evals/points-dev.jsonl` (a pair of clauses that a label of theirs touches in
both accounts is one), the pairs of `evals/points-judged.jsonl`, judged one by one, and the training topics
of ECB+ (a pair whose event mentions are one, reporting left out), which weigh little, for they say only that
one event is told, not that one fact is. The table of how often predicates of two classes tell one event in a
story is counted on ECB+ alone. Prints the
precision and recall of shared points over folds of whole stories, at several floors. `--cache` keeps
readings between runs. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from secondsource.collate.align import Likeness, lines_of
from secondsource.collate.clauses import Clause, clauses_of
from secondsource.collate.happenings import class_of
from secondsource.collate.pairs import FEATURES, Pairing, log_odds
from secondsource.collate.points import one_witness
from secondsource.evaluate import corpora
from secondsource.evaluate.ecbplus import DEVELOPMENT, Document, documents
from secondsource.evaluate.points import Labelled, read_labels
from secondsource.group import as_story
from secondsource.ingest import furnish
from secondsource.model import Article, Calendar, Reading, Span, Story
from secondsource.pipeline import story_pipeline
from secondsource.words import lemma

LABELS = Path(__file__).resolve().parents[1] / "evals" / "points-dev.jsonl"
JUDGED = LABELS.with_name("points-judged.jsonl")
FOLDS = 7
ECB_WEIGHT = 0.05
"""What a pair of ECB+ counts beside one of the labelled stories."""
STRENGTH = 0.1
"""Inverse strength of the ridge penalty."""
TOUCH = 5
"""Characters that a clause and a label must share to be of one fact."""
MOST_A_TOPIC = 6
"""Pairs of one topic that count for the table of predicates: no topic outweighs the others."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs as features, whether they are one, and the story of each."""

    features: NDArray[np.float64]
    one: NDArray[np.int64]
    story: NDArray[np.int64]


def tell(
    key: str, articles: Sequence[Article], cache: Path | None
) -> tuple[Story, dict[str, Reading], Calendar]:
    """A story read, with findings and calendar; from the cache where it is there."""
    place = cache / f"{key}.pkl" if cache else None
    if place is not None and place.is_file():
        kept: tuple[Story, dict[str, Reading], Calendar] = pickle.loads(place.read_bytes())
        return kept
    values: dict[str, object] = {"story": as_story(articles)}
    for stage in story_pipeline().stages:
        if stage.name in ("read", "find", "date"):
            values[stage.gives] = stage.run(**{need: values[need] for need in stage.needs}).value
    told = (values["story"], values["findings"], values["calendar"])
    if place is not None:
        place.write_bytes(pickle.dumps(told))
    return told  # type: ignore[return-value]


def labelled_rows(data: Path, cache: Path | None) -> Rows:
    """The pairs of the stories labelled for development, and those judged one by one."""
    by_id = {a.id: a for corpus in (corpora.roundups(data), corpora.incidents(data)) for a in corpus.articles}
    rows: list[NDArray[np.float64]] = []
    one: list[int] = []
    where: list[int] = []
    whole = read_labels(LABELS)
    for number, labels in enumerate((*whole, *read_labels(JUDGED))):
        story, readings, calendar = tell(labels.key, furnish([by_id[id] for id in labels.read]), cache)
        likeness = Likeness(lines_of(story, readings))
        clauses = clauses_of(story, readings, likeness.lines, calendar)
        pairing = Pairing(clauses, likeness)
        for left, right, row in zip(*pairing.candidates, pairing.features(), strict=True):
            a, b = clauses[left], clauses[right]
            said = _labelled(a, b, labels) if number < len(whole) else _judged(a, b, labels)
            if said is not None and not one_witness(story, pairing, left, right):
                rows.append(row)
                one.append(int(said))
                where.append(number)
    return Rows(np.array(rows), np.array(one), np.array(where))


def _inside(clause: Clause, labels: Labelled) -> bool:
    return _touches(clause.own, labels.read.get(clause.article, ()))


def _labelled(one: Clause, two: Clause, labels: Labelled) -> bool | None:
    """Whether a label tells of both, as shared or as differing; None where no label was given."""
    if not (_inside(one, labels) and _inside(two, labels)):
        return None
    return any(
        _touches(one.own, mark.accounts.get(one.article, ()))
        and _touches(two.own, mark.accounts.get(two.article, ()))
        for mark in labels.marks
    )


def _judged(one: Clause, two: Clause, labels: Labelled) -> bool | None:
    """Whether the two were judged to be of one fact; None where they were not judged."""
    here = {one.article: (one.own,), two.article: (two.own,)}
    return next((mark.kind != "apart" for mark in labels.marks if mark.accounts == here), None)


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlap(other) >= min(TOUCH, len(span), len(other)) for other in others)


def topics(data: Path) -> dict[str, list[Document]]:
    """ECB+'s training documents by happening (a topic has two)."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in documents(data):
        if document.topic not in DEVELOPMENT and document.mentions:
            twin = "plus" if document.article.id.endswith("ecbplus") else ""
            found[f"ecb-{document.topic}{twin}"].append(document)
    return dict(found)


def topic_rows(groups: Mapping[str, Sequence[Document]], cache: Path | None) -> Rows:
    """The pairs of clauses of ECB+ that both have event mentions; every second of those that are not one."""
    rows: list[NDArray[np.float64]] = []
    one: list[int] = []
    for key, group in groups.items():
        story, readings, calendar = tell(key, [d.article for d in group], cache)
        likeness = Likeness(lines_of(story, readings))
        clauses = clauses_of(story, readings, likeness.lines, calendar)
        pairing = Pairing(clauses, likeness)
        by_id = {d.article.id: d for d in group}
        chains = [_chains(clause, by_id[clause.article]) for clause in clauses]
        for number, (left, right, row) in enumerate(
            zip(*pairing.candidates, pairing.features(), strict=True)
        ):
            same = bool(chains[left] & chains[right])
            if chains[left] and chains[right] and (same or number % 2):
                rows.append(row)
                one.append(int(same))
    return Rows(np.array(rows), np.array(one), np.full(len(one), -1))


def _chains(clause: Clause, document: Document) -> frozenset[str]:
    if not any(span.overlaps(clause.own) for span in document.reliable):
        return frozenset()
    return frozenset(
        mention.chain
        for mention in document.mentions
        if "REPORTING" not in mention.kind and any(clause.own.overlaps(span) for span in mention.spans)
    )


def affinities(groups: Mapping[str, Sequence[Document]]) -> dict[str, float]:
    """Log odds, by pair of predicate classes, that two mentions in a happening are one event."""
    together: Counter[tuple[str, str]] = Counter()
    apart: Counter[tuple[str, str]] = Counter()
    for group in groups.values():
        same: Counter[tuple[str, str]] = Counter()
        other: Counter[tuple[str, str]] = Counter()
        for (d1, k1, c1), (d2, k2, c2) in combinations(list(_triggers(group)), 2):
            if d1 != d2:
                (same if c1 == c2 else other)[min(k1, k2), max(k1, k2)] += 1
        for key in set(same) | set(other):
            share = min(1.0, MOST_A_TOPIC / (same[key] + other[key]))
            together[key] += same[key] * share  # type: ignore[assignment]
            apart[key] += other[key] * share  # type: ignore[assignment]
    return {
        "|".join(key): round(log_odds(together[key], apart[key]), 2)
        for key in sorted(set(together) | set(apart))
        if together[key] + apart[key] >= 2 and (key[0] == key[1] or together[key] >= 1)
    }


def _triggers(group: Sequence[Document]) -> Iterator[tuple[str, str, str]]:
    for document in group:
        for mention in document.mentions:
            words = " ".join(span.of(document.article.text) for span in mention.spans).lower().split()
            key = class_of(" ".join([lemma(words[0]), *words[1:]]))
            if key and len(words) <= 2 and not any(k in mention.kind for k in ("REPORTING", "PERCEPTION")):
                yield document.article.id, key, mention.chain


def fit(rows: Rows, extra: Rows) -> dict[str, object]:
    """The logistic regression over both sources, as `pairs.json` holds it."""
    from sklearn.linear_model import LogisticRegression

    features = np.vstack([rows.features, extra.features])
    weight = np.concatenate([np.ones(len(rows.one)), np.full(len(extra.one), ECB_WEIGHT)])
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit((features - mean) / spread, np.concatenate([rows.one, extra.one]), sample_weight=weight)
    return {
        "mean": _named(mean),
        "spread": _named(spread),
        "weights": _named(model.coef_[0]),
        "constant": round(float(model.intercept_[0]), 6),
    }


def _named(values: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(value), 6) for name, value in zip(FEATURES, values, strict=True)}


def folded(rows: Rows, extra: Rows) -> NDArray[np.float64]:
    """The probability of each pair by a model that has not seen its story."""
    found = np.zeros(len(rows.one))
    for fold in range(FOLDS):
        held = rows.story % FOLDS == fold
        raw = fit(Rows(rows.features[~held], rows.one[~held], rows.story[~held]), extra)
        mean, spread, weights = (np.array(list(raw[part].values())) for part in ("mean", "spread", "weights"))  # type: ignore[attr-defined]
        total = (rows.features[held] - mean) / spread @ weights + raw["constant"]
        found[held] = 1 / (1 + np.exp(-total))
    return found


def main() -> None:
    """Fit, report over folds, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    groups = topics(options.data)
    kept = json.loads(options.out.read_text("utf-8"))
    kept["affinities"] = affinities(groups)
    options.out.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    rows, extra = labelled_rows(options.data, options.cache), topic_rows(groups, options.cache)
    chance = folded(rows, extra)
    for floor in (0.3, 0.5, 0.7, 0.8, 0.9):
        picked = chance >= floor
        right = int(rows.one[picked].sum())
        print(f"{floor}: {right} of {int(picked.sum())} pairs right, {int(rows.one.sum())} to find")
    kept.update(fit(rows, extra))
    options.out.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
