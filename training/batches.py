"""Documents become batches: windows of whole sentences, bucketed by length, as tensors.

A row is a list of segments (doc, first word, last word + 1). Word-level annotation is padded
with -1 (no loss there), the bit masks of names with 0, certainty with nan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from .data import Doc
from .decode import cue_distance

CLS, SEP, MASK = 101, 102, 103
HIDDEN = 0.07  # share of words hidden in training: what stands around them has to tell
LIMIT = 254
Segment = tuple[Doc, int, int]
STRAIGHT, OPEN, CLOSE = 1000, 1523, 1524  # word pieces of the quotation marks


@dataclass
class Row:
    """The words of one row and what may be learned from it."""

    parts: list[Segment]
    size: int  # word pieces


def windows(doc: Doc, rng: np.random.Generator | None, long: float = 0.75) -> list[Row]:
    """Cut a document into rows of whole sentences; without `rng`, into rows as long as may be."""
    lengths = np.array([len(p) for p in doc.pieces])
    upto = np.concatenate([[0], lengths.cumsum()])
    rows: list[Row] = []
    goal = LIMIT if rng is None else _goal(rng, long)
    start = stop = 0
    for a, b in _pieces_of_sentences(doc, upto):
        if stop > start and upto[b] - upto[start] > goal:
            rows.append(Row([(doc, start, stop)], int(upto[stop] - upto[start]) + 2))
            start = a
            goal = LIMIT if rng is None else _goal(rng, long)
        stop = b
    if stop > start:
        rows.append(Row([(doc, start, stop)], int(upto[stop] - upto[start]) + 2))
    return rows


def _goal(rng: np.random.Generator, long: float) -> int:
    return LIMIT if rng.random() < long else int(rng.integers(20, LIMIT))


def _pieces_of_sentences(doc: Doc, upto: np.ndarray) -> Iterator[tuple[int, int]]:
    """Sentences, those longer than a row cut hard."""
    for a, b in doc.sentences():
        while upto[b] - upto[a] > LIMIT:
            cut = int(np.searchsorted(upto, upto[a] + LIMIT, side="right")) - 1
            yield a, cut
            a = cut
        yield a, b


def packs(docs: list[Doc], rng: np.random.Generator, most: int) -> list[Row]:
    """Rows of 1 to `most` one-sentence documents, in random company."""
    rows, order = [], rng.permutation(len(docs)).tolist()
    while order:
        parts, size = [], 2
        for _ in range(int(rng.integers(1, most + 1))):
            if not order:
                break
            doc = docs[order[-1]]
            n = sum(map(len, doc.pieces))
            if n > LIMIT:
                order.pop()
                continue
            if size + n > LIMIT + 2:
                break
            parts.append((doc, 0, len(doc.words)))
            size += n
            order.pop()
        if parts:
            rows.append(Row(parts, size))
    return rows


def bucket(rows: list[Row], rng: np.random.Generator, pieces: int) -> list[list[Row]]:
    """Batches of rows of like length, at most `pieces` with padding, in random order."""
    noisy = [r.size * (1 + 0.1 * rng.random()) for r in rows]
    batches: list[list[Row]] = []
    longest = 0
    for i in np.argsort(noisy, kind="stable").tolist():
        longest = max(longest, rows[i].size)
        if not batches or longest * (len(batches[-1]) + 1) > pieces:
            batches.append([])
            longest = rows[i].size
        batches[-1].append(rows[i])
    return [batches[i] for i in rng.permutation(len(batches)).tolist()]


WORD_FIELDS = ("upos", "xpos", "deprel", "event", "mention", "etype")


def _row_arrays(
    row: Row, rng: np.random.Generator | None
) -> tuple[list[int], list[int], list[int], list[int]]:
    ids, case, first, last = [CLS], [0], [], []
    keep_par = rng is None or rng.random() < 0.5
    shown = None if rng is None else rng.random(sum(b - a for _, a, b in row.parts)) >= HIDDEN
    recase = int(rng.choice([1, 3, 2], p=[0.5, 0.25, 0.25])) if rng and rng.random() < 0.03 else 0
    for doc, a, b in row.parts:
        for i in range(a, b):
            pieces = doc.pieces[i]
            first.append(len(ids))
            ids += pieces if shown is None or shown[len(last)] else [MASK] * len(pieces)
            kind = int(doc.case[i])
            if recase and 1 <= kind <= 5:
                kind = recase
            case += [kind + 7 * (keep_par and bool(doc.par[i]))] * len(pieces)
            last.append(len(ids) - 1)
    if rng is not None and rng.random() < 0.3:
        _other_quote_marks(ids)
    return [*ids, SEP], [*case, 0], first, last


def _other_quote_marks(ids: list[int]) -> None:
    """Curly quotation marks become straight, or straight ones curly, in place."""
    if OPEN in ids or CLOSE in ids:
        ids[:] = [STRAIGHT if x in (OPEN, CLOSE) else x for x in ids]
        return
    at = [i for i, x in enumerate(ids) if x == STRAIGHT]
    for k, i in enumerate(at):
        ids[i] = CLOSE if k % 2 else OPEN


def collate(rows: list[Row], rng: np.random.Generator | None = None) -> dict:
    """Tensors of a batch; with `rng`, words are hidden, case, paragraphs and quotation marks varied."""
    made = [_row_arrays(r, rng) for r in rows]
    b, t = len(rows), max(len(m[0]) for m in made)
    w = max(len(m[2]) for m in made)
    out = {k: np.zeros((b, t), np.int64) for k in ("ids", "case", "mask")}
    out |= {k: np.zeros((b, w), np.int64) for k in ("first", "last", "ner", "here")}
    out |= {k: np.full((b, w), -1, np.int64) for k in (*WORD_FIELDS, "sent", "head")}
    out["certainty"] = np.full((b, w), np.nan, np.float32)
    sentences, vectors, quotes, deeds = [], [], [], []
    for r, (row, (ids, case, first, last)) in enumerate(zip(rows, made, strict=True)):
        for name, values in (("ids", ids), ("case", case), ("mask", [1] * len(ids))):
            out[name][r, : len(values)] = values
        for name, values in (("first", first), ("last", last), ("here", [1] * len(first))):
            out[name][r, : len(values)] = values
        base = 0
        for doc, x, y in row.parts:
            _annotate(out, r, base, doc, x, y)
            for s, e, n in _sentences_between(doc, x, y):
                sentences.append((r, base + s - x, base + e - x))
                vectors.append(doc.vectors[n] if doc.vectors is not None else None)
            quotes += _quotes_between(doc, x, y, r, base)
            deeds += _deeds_between(doc, x, y, r, base)
            base += y - x
    batch = {k: torch.from_numpy(v) for k, v in out.items()}
    batch |= {"sentences": sentences, "vectors": vectors, "quotes": quotes, "deeds": deeds, "rows": rows}
    return batch


def _annotate(out: dict, r: int, base: int, doc: Doc, x: int, y: int) -> None:
    here = slice(base, base + y - x)
    for name in WORD_FIELDS:
        values = getattr(doc, name)
        if values is not None:
            out[name][r, here] = values[x:y]
    if doc.head is not None:
        out["head"][r, here] = np.where(doc.head[x:y] < 0, -1, doc.head[x:y] - x + base)
    if doc.ner is not None and doc.genre != "held":
        out["ner"][r, here] = doc.ner[x:y]
    if doc.certainty is not None:
        out["certainty"][r, here] = doc.certainty[x:y]
    if doc.corpus in ("ewt", "gum", "polnear") and doc.starts.sum() > doc.par.sum():
        out["sent"][r, here] = doc.starts[x:y]
        if base == 0:
            out["sent"][r, 0] = -1


def _sentences_between(doc: Doc, x: int, y: int) -> Iterator[tuple[int, int, int]]:
    at = np.flatnonzero(doc.starts)
    lo, hi = np.searchsorted(at, [x, y])
    for n in range(lo, hi):
        yield int(at[n]), int(at[n + 1]) if n + 1 < len(at) else len(doc.words), n


def _quotes_between(doc: Doc, x: int, y: int, r: int, base: int) -> list[tuple[int, list, list, list]]:
    """Attributions whose cue lies in the words x..y-1: (row, cue, source, content) in row words."""
    found = []
    for a in doc.quotes or []:
        if all(x <= i < y for i in a.cue):
            move = [[i - x + base for i in part if x <= i < y] for part in (a.cue, a.source, a.content)]
            found.append((r, *move))
    return found


def _deeds_between(doc: Doc, x: int, y: int, r: int, base: int) -> list[tuple]:
    """Deeds between the words x..y-1: (row, first and end of the part, source, target, type) in row words."""
    move = base - x
    return [
        (r, base, base + y - x, [i + move for i in d.source], [i + move for i in d.target], d.kind)
        for d in doc.deeds or []
        if all(x <= i < y for i in (*d.source, *d.target))
    ]


def deed_tensors(deeds: list[tuple], width: int) -> dict[str, torch.Tensor]:
    """What the deed scorer needs: the two sides' shares in a row's words, where to look, distances."""
    n = len(deeds)
    sides = np.zeros((2, n, width), np.float32)
    near = np.zeros((2, n, width), np.int64)
    open_ = np.zeros((n, width), bool)
    for k, (_, a, b, source, target, _) in enumerate(deeds):
        open_[k, a:b] = True
        for side, part in enumerate((source, target)):
            sides[side, k, part] = 1 / len(part)
            near[side, k] = cue_distance(width, part[0], part[-1])
    return {
        "row": torch.tensor([d[0] for d in deeds]),
        "sides": torch.from_numpy(sides),
        "near": torch.from_numpy(near),
        "open": torch.from_numpy(open_),
        "kind": torch.tensor([d[5] for d in deeds]),
    }


def role_targets(n: int, source: list[int], content: list[int]) -> np.ndarray:
    """Role numbers of n words: 0 none, 1/2 begin/inside source, 3/4 begin/inside content."""
    roles = np.zeros(n, np.int64)
    for part, begin in ((content, 3), (source, 1)):
        before = -2
        for i in sorted(part):
            roles[i] = begin + 1 if i == before + 1 else begin
            before = i
    return roles


def cue_tensors(quotes: list, here: torch.Tensor) -> dict | None:
    """What the role scorer needs for the cues of a batch."""
    if not quotes:
        return None
    n = here.shape[1]
    width = max(q[1][-1] - q[1][0] + 1 for q in quotes)
    row = torch.tensor([q[0] for q in quotes])
    at = np.zeros((len(quotes), width), np.int64)
    share = np.zeros((len(quotes), width), np.float32)
    near = np.zeros((len(quotes), n), np.int64)
    role = np.zeros((len(quotes), n), np.int64)
    for k, (_, cue, source, content) in enumerate(quotes):
        a, b = cue[0], cue[-1] + 1
        at[k, : b - a] = np.arange(a, b)
        share[k, : b - a] = 1 / (b - a)
        near[k] = cue_distance(n, a, b - 1)
        role[k] = role_targets(n, source, content)
    return {
        "row": row,
        "at": torch.from_numpy(at),
        "share": torch.from_numpy(share),
        "near": torch.from_numpy(near),
        "role": torch.from_numpy(role),
    }


def token_tags(quotes: list, shape: tuple[int, int]) -> np.ndarray:
    """Unlinked O/B/I tags [B,W,3] of cues, sources and contents."""
    tags = np.zeros((*shape, 3), np.int64)
    for r, *parts in quotes:
        for k, part in enumerate(parts):
            before = -2
            for i in sorted(part):
                value = 2 if i == before + 1 else 1
                if tags[r, i, k] != 2 or value == 2:
                    tags[r, i, k] = value if tags[r, i, k] == 0 else tags[r, i, k]
                before = i
    return tags


class Feed:
    """An endless, seeded stream of batches, by kind of task."""

    def __init__(self, train: dict[str, list[Doc]], seed: int, pieces: int) -> None:
        self.train, self.pieces = train, pieces
        self.rng = np.random.default_rng(seed)
        self.left: dict[str, list[list[Row]]] = {}
        self.epochs: dict[str, int] = {}

    def next(self, kind: str) -> dict:
        """The next batch of a kind; a new pass over its corpora begins when one ends."""
        if not self.left.get(kind):
            self.epochs[kind] = self.epochs.get(kind, 0) + 1
            self.left[kind] = self._plan(kind)
        return collate(self.left[kind].pop(), self.rng)

    def _plan(self, kind: str) -> list[list[Row]]:
        rng, train = self.rng, self.train
        if kind == "gum":  # one whole document a batch: chains need it whole
            order = rng.permutation(len(train["gum"])).tolist()
            return [windows(train["gum"][i], rng, 0.85) for i in order]
        rows: list[Row] = []
        if kind in ("ewt", "polnear"):
            for doc in train[kind]:
                rows += windows(doc, rng, 0.75 if kind == "ewt" else 0.9)
        elif kind == "names":
            for doc in train["wikigold"] * 3:
                rows += windows(doc, rng, 0.5)
            rows += packs(train["politics"] * 3, rng, 4)
            some = [train["btc"][i] for i in rng.permutation(len(train["btc"]))[:3000].tolist()]
            few = [train["wnut"][i] for i in rng.permutation(len(train["wnut"]))[:500].tolist()]
            rows += packs(some + few, rng, 6)
        elif kind == "deeds":
            rows += packs(train["plover"], rng, 4)
        elif kind == "certainty":
            uds = [train["uds_ih2"][i] for i in rng.permutation(9098)[:1500].tolist()]
            for docs in (train["uw"], train["meantime"], uds):
                rows += packs(docs, rng, 3)
        else:
            raise ValueError(kind)
        return bucket(rows, rng, self.pieces)
