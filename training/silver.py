"""Silver syntax for the PolNeAR articles: `python -m training.silver FOLDER... --out FILE`.

Teachers (folders of exported files) read the training articles that have quotes but no trees, and
their averaged scores are decoded. A student that learns these trees with words hidden and more
dropout reads news better than its teachers (noisy student, Xie et al. 2020; for parsing the idea is
McClosky et al. 2006). Words of whose arc and label the teachers are unsure stay unlabelled.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from . import decode
from .batches import LIMIT
from .data import Doc, polnear
from .evaluate import Session

log = logging.getLogger("training")
FIELDS = ("head", "deprel", "upos", "xpos")


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis."""
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def arc_shares(out: dict[str, np.ndarray], s: Session, a: int, b: int) -> np.ndarray:
    """Probability [n, n+1] of each head of the words a..b-1; column 0 is the root."""
    head = np.vstack([s.scorers["root_arc"], out["arc_head"][a:b]])
    scores = out["arc_dep"][a:b] @ head.T
    scores[np.arange(b - a), np.arange(1, b - a + 1)] = decode.NEVER
    return softmax(scores)


def label_shares(
    out: dict[str, np.ndarray], s: Session, span: tuple[int, int], heads: np.ndarray
) -> np.ndarray:
    """Probability [n, labels] of each word's label under the given heads (0 root, else 1-based)."""
    d = out["lab_dep"][slice(*span)]
    h = np.vstack([s.scorers["root_lab"], out["lab_head"][slice(*span)]])[heads]
    return softmax(decode.label_logits(d, h, heads, s.scorers))


def sentence(
    outs: Sequence[dict[str, np.ndarray]], teachers: Sequence[Session], span: tuple[int, int], sure: float
) -> tuple[np.ndarray, np.ndarray]:
    """Heads (document word numbers, -1 root) and labels (-1 unsure) of one sentence."""
    a, b = span
    arcs = np.mean([arc_shares(o, s, a, b) for o, s in zip(outs, teachers, strict=True)], 0)
    heads = np.array(decode.tree(np.log(arcs + 1e-9)))
    marks = np.mean([label_shares(o, s, span, heads) for o, s in zip(outs, teachers, strict=True)], 0)
    known = arcs[np.arange(b - a), heads] * marks.max(1) >= sure
    return np.where(heads == 0, -1, heads + a - 1), np.where(known, marks.argmax(1), -1)


def label(docs: Sequence[Doc], teachers: Sequence[Session], sure: float) -> dict[str, np.ndarray]:
    """The four arrays of each document, by `field:key`."""
    found: dict[str, np.ndarray] = {}
    for n, doc in enumerate(docs):
        outs = [s.documents([doc])[0] for s in teachers]
        head, deprel = (np.full(len(doc.words), -1, np.int32) for _ in range(2))
        for a, b in doc.sentences():
            if sum(map(len, doc.pieces[a:b])) > LIMIT:
                continue  # windows cut it
            head[a:b], deprel[a:b] = sentence(outs, teachers, (a, b), sure)
        found[f"head:{doc.key}"], found[f"deprel:{doc.key}"] = head, deprel
        for field in ("upos", "xpos"):
            share = np.mean([softmax(o[field]) for o in outs], 0)
            best = np.where(share.max(1) >= sure, share.argmax(1), -1)
            found[f"{field}:{doc.key}"] = best.astype(np.int32)
        if n % 100 == 0:
            log.info("%d of %d articles, %.3f of the words labelled", n, len(docs), (deprel >= 0).mean())
    return found


def lay_on(docs: Sequence[Doc], path: Path) -> None:
    """Give documents the silver syntax of a file that `label` made."""
    with np.load(path) as kept:
        for doc in docs:
            for field in FIELDS:
                setattr(doc, field, kept[f"{field}:{doc.key}"].astype(np.int64))


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("teachers", type=Path, nargs="+", help="folders of exported files")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--sure", type=float, default=0.5, help="least probability of arc times label")
    args = p.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    found = label(polnear("train"), [Session(f) for f in args.teachers], args.sure)
    np.savez_compressed(args.out, **found)


if __name__ == "__main__":
    main()
