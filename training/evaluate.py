"""Score exported files on the development parts: `python -m training.evaluate FOLDER [TASK...]`.

Everything runs as it does in use: onnxruntime for the network, decode.py for the rest. Syntax is
scored with gold sentences and with the reader's own; names by exact span and type over PERSON, ORG
and LOC (GPE, LOC and FAC count as LOC); quotes by exact span per role and by linked triple;
PLOVER types with the source and target given.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import numpy as np

from . import decode, labels
from .batches import LIMIT, Row, collate, windows
from .data import Corpora, Doc, load

KIND = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


class Session:
    """Exported files, ready to run."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self.net = ort.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.outputs = [o.name for o in self.net.get_outputs()]
        self.labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        with np.load(folder / "scorers.npz") as kept:
            self.scorers = {k: kept[k].astype(np.float32) for k in kept.files}

    def run(self, rows: list[Row], size: int = 8) -> list[dict[str, np.ndarray]]:
        """Outputs of each row, without padding, in the order given."""
        done: list[dict[str, np.ndarray]] = [{} for _ in rows]
        order = sorted(range(len(rows)), key=lambda i: rows[i].size)
        for at in range(0, len(order), size):
            part = order[at : at + size]
            batch = collate([rows[i] for i in part])
            feed = {k: batch[k].numpy() for k in ("ids", "case", "first", "last")}
            feed["mask"] = batch["mask"].numpy().astype(np.int32)
            made = self.net.run(None, feed)
            for k, i in enumerate(part):
                n = int(batch["here"][k].sum())
                done[i] = {o: v[k, :n] for o, v in zip(self.outputs, made, strict=True)}
        return done

    def documents(self, docs: list[Doc]) -> list[dict[str, np.ndarray]]:
        """Outputs of whole documents, read in rows of whole sentences."""
        cut = [windows(d, None) for d in docs]
        made = iter(self.run([r for rows in cut for r in rows]))
        return [_join([next(made) for _ in rows]) for rows in cut]

    def running(self, docs: list[Doc]) -> list[dict[str, np.ndarray]]:
        """Outputs of whole documents, read in overlapping rows that know no sentences."""
        cut = [overlapping(d) for d in docs]
        made = iter(self.run([r for rows in cut for r, _, _ in rows]))
        return [_join([{k: v[a:b] for k, v in next(made).items()} for _, a, b in rows]) for rows in cut]


def _join(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}


def overlapping(doc: Doc, overlap: int = 64) -> list[tuple[Row, int, int]]:
    """Rows cut by size alone, and the words of each row to keep from it."""
    upto = np.concatenate([[0], np.cumsum([len(p) for p in doc.pieces])])
    n = len(doc.words)
    cuts, start = [], 0
    while True:
        stop = int(np.searchsorted(upto, upto[start] + LIMIT, side="right")) - 1
        cuts.append((start, min(stop, n)))
        if stop >= n:
            break
        start = int(np.searchsorted(upto, upto[stop] - overlap))
    rows, begin = [], 0
    for k, (a, b) in enumerate(cuts):
        end = n if k + 1 == len(cuts) else (cuts[k + 1][0] + b + 1) // 2
        rows.append((Row([(doc, a, b)], int(upto[b] - upto[a]) + 2), begin - a, end - a))
        begin = end
    return rows


def prf(right: int, said: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in percent."""
    p, r = 100 * right / max(said, 1), 100 * right / max(gold, 1)
    return {"p": round(p, 1), "r": round(r, 1), "f": round(2 * p * r / max(p + r, 1e-9), 1)}


def syntax(s: Session, docs: list[Doc], gold_sentences: bool) -> dict[str, float]:
    """UPOS, XPOS, UAS, LAS (without subtypes, as the CoNLL 2018 scorer counts) and with them."""
    hit: Counter[str] = Counter()
    bare = [x.split(":")[0] for x in s.labels["deprel"]]
    made = s.documents(docs) if gold_sentences else s.running(docs)
    for doc, out in zip(docs, made, strict=True):
        n = len(doc.words)
        starts = doc.starts if gold_sentences else out["sent"] > 0
        at = np.union1d(np.flatnonzero(starts), [0]).tolist()
        head, label = np.zeros(n, int), np.zeros(n, int)
        for a, b in zip(at, [*at[1:], n], strict=True):
            up, label[a:b] = decode.arcs(out, s.scorers, a, b)
            head[a:b] = np.where(up == 0, -1, up + a - 1)
        hit["n"] += n
        hit["upos"] += int((out["upos"].argmax(1) == doc.upos).sum())
        hit["xpos"] += int((out["xpos"].argmax(1) == doc.xpos).sum())
        attached = head == doc.head
        hit["uas"] += int(attached.sum())
        hit["las_subtypes"] += int((attached & (label == doc.deprel)).sum())
        same = [g >= 0 and bare[x] == bare[g] for x, g in zip(label, doc.deprel, strict=True)]
        hit["las"] += int((attached & same).sum())
        if not gold_sentences:
            gold = set(np.flatnonzero(doc.starts).tolist())
            hit["s_right"] += len(gold & set(at))
            hit["s_said"] += len(at)
            hit["s_gold"] += len(gold)
    keys = ("upos", "xpos", "uas", "las", "las_subtypes")
    got = {k: round(100 * hit[k] / hit["n"], 2) for k in keys}
    if not gold_sentences:
        got["sentences"] = prf(hit["s_right"], hit["s_said"], hit["s_gold"])["f"]
    return got


def without_paragraphs(docs: list[Doc]) -> list[Doc]:
    """The documents as one run of words."""
    from dataclasses import replace

    return [replace(d, par=np.zeros_like(d.par)) for d in docs]


def gold_names(doc: Doc) -> set[tuple[int, int, str]]:
    """Names of a document's bit masks, of the three types that are scored."""
    found, start, kind = set(), 0, ""
    for i, mask in enumerate([*doc.ner.tolist(), labels.OUTSIDE]):
        names = [labels.NER[k] for k in range(len(labels.NER)) if mask >> k & 1]
        inside = names and all(x.startswith("I") for x in names)
        if kind and not inside:
            found.add((start, i, kind))
        if not inside:
            begins = names and all(x.startswith("B") for x in names)
            start, kind = i, KIND.get(names[0][2:], "") if begins else ""
    return found


def names(s: Session, docs: list[Doc]) -> dict[str, float]:
    """Exact span and type over PERSON, ORG, LOC."""
    right = said = gold = 0
    for doc, out in zip(docs, s.documents(docs), strict=True):
        path = decode.viterbi(out["ner"].astype(float), s.labels["ner"])
        got = {(a, b, KIND[k]) for a, b, k in decode.spans(path, s.labels["ner"]) if k in KIND}
        want = gold_names(doc)
        right, said, gold = right + len(got & want), said + len(got), gold + len(want)
    return prf(right, said, gold)


def certainty(s: Session, docs: list[Doc], column: int) -> dict[str, float]:
    """Mean absolute error on rated predicates; F1 of finding them where all are marked."""
    errors, hit = [], Counter()
    for doc, out in zip(docs, s.documents(docs), strict=True):
        rated = ~np.isnan(doc.certainty)
        said = np.clip(out["certainty"][rated, column], -3, 3)
        errors += np.abs(said - doc.certainty[rated]).tolist()
        found = out["event"] > 0
        hit["right"] += int((found & (doc.event == 1)).sum())
        hit["said"] += int((found & (doc.event >= 0)).sum())
        hit["gold"] += int((doc.event == 1).sum())
    got = {"mae": round(float(np.mean(errors)), 4)}
    return got if column else {**got, "event_f": prf(hit["right"], hit["said"], hit["gold"])["f"]}


def _runs(words: Iterable[int]) -> set[tuple[int, int]]:
    found: list[list[int]] = []
    for i in sorted(words):
        if found and found[-1][1] == i:
            found[-1][1] = i + 1
        else:
            found.append([i, i + 1])
    return {(a, b) for a, b in found}


def read_quotes(s: Session, rows: list[Row], made: list[dict], bias: float) -> list[dict]:
    """Attributions of a document as sets of word numbers per role."""
    found = []
    for row, out in zip(rows, made, strict=True):
        base = row.parts[0][1]
        found += [
            {k: frozenset(base + i for a, b in v for i in range(a, b)) for k, v in one.items()}
            for one in decode.attributions(out, s.scorers, bias)
        ]
    return found


def quotes(s: Session, docs: list[Doc], bias: float = 0.0) -> dict[str, dict[str, float]]:
    """Exact spans per role (each contiguous run once) and linked attributions."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    cut = [windows(d, None) for d in docs]
    made = iter(s.run([r for rows in cut for r in rows]))
    for doc, rows in zip(docs, cut, strict=True):
        said = read_quotes(s, rows, [next(made) for _ in rows], bias)
        gold = [{k: frozenset(getattr(a, k)) for k in ("cue", "source", "content")} for a in doc.quotes]
        for role in ("source", "cue", "content"):
            mine = {r for a in said for r in _runs(a[role])}
            true = {r for a in gold for r in _runs(a[role])}
            tally[role].update(right=len(mine & true), said=len(mine), gold=len(true))
        for name, fits in (("triple", _fits), ("loose", _loosely)):
            left = list(gold)
            for a in said:
                match = next((g for g in left if fits(a, g)), None)
                if match is not None:
                    left.remove(match)
                    tally[name]["right"] += 1
            tally[name].update(said=len(said), gold=len(gold))
    return {k: prf(c["right"], c["said"], c["gold"]) for k, c in tally.items()}


def _fits(a: dict, g: dict) -> bool:
    both, either = len(a["content"] & g["content"]), len(a["content"] | g["content"])
    return a["cue"] == g["cue"] and a["source"] == g["source"] and both >= 0.8 * either


def _loosely(a: dict, g: dict) -> bool:
    both, either = len(a["content"] & g["content"]), len(a["content"] | g["content"])
    source = bool(a["source"] & g["source"]) or not (a["source"] or g["source"])
    return bool(a["cue"] & g["cue"]) and source and 2 * both >= either


def vectors(s: Session, docs: list[Doc]) -> dict[str, float]:
    """Cosine to the original sentence vectors, and correlation of the similarities of pairs."""
    from .vectors import embed

    mine, pieces = [], []
    for doc, out in zip(docs, s.documents(docs), strict=True):
        for a, b in doc.sentences():
            mine.append(out["word"][a:b].mean(0) @ s.scorers["vec_W"] + s.scorers["vec_b"])
            pieces.append(list(chain.from_iterable(doc.pieces[a:b])))
    x = np.array(mine)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    y = embed(pieces).astype(np.float32)
    sims = np.corrcoef((x @ x.T)[np.triu_indices(len(x), 1)], (y @ y.T)[np.triu_indices(len(y), 1)])
    return {"cosine": round(float((x * y).sum(1).mean()), 4), "pairs": round(float(sims[0, 1]), 4)}


def chains(s: Session, doc: Doc, out: dict[str, np.ndarray]) -> list[set[int]]:
    """Chains of mention heads by best antecedent, as sets of words."""
    cand = np.flatnonzero(out["mention"] > 0)
    number = np.cumsum(doc.starts)
    score = decode.antecedent_scores(
        out["coref"][cand], cand, number[cand], [doc.words[i] for i in cand], s.scorers
    )
    made: list[set[int]] = []
    where: dict[int, set[int]] = {}
    for i, word in enumerate(cand.tolist()):
        j = int(score[i].argmax())
        if i and score[i, j] > 0:
            chain = where[int(cand[j])]
        else:
            chain = set()
            made.append(chain)
        chain.add(word)
        where[word] = chain
    return [c for c in made if len(c) > 1]


def coreference(s: Session, docs: list[Doc]) -> dict[str, float]:
    """MUC, B3, CEAFe over mention heads (singletons left out) and their mean."""
    tally: dict[str, list[float]] = {k: [0.0] * 4 for k in ("muc", "b3", "ceafe")}
    for doc, out in zip(docs, s.documents(docs), strict=True):
        gold_of: dict[int, set[int]] = defaultdict(set)
        for i in np.flatnonzero(doc.mention >= 0).tolist():
            gold_of[int(doc.mention[i])].add(i)
        gold = [c for c in gold_of.values() if len(c) > 1]
        said = chains(s, doc, out)
        for name, score in (("muc", _muc), ("b3", _b3), ("ceafe", _ceafe)):
            tally[name] = [x + y for x, y in zip(tally[name], score(gold, said), strict=True)]
    got = {}
    for name, (p, pn, r, rn) in tally.items():
        p, r = p / max(pn, 1e-9), r / max(rn, 1e-9)
        got[name] = round(200 * p * r / max(p + r, 1e-9), 1)
    got["conll"] = round(sum(got.values()) / 3, 1)
    return got


def _muc(gold: list[set[int]], said: list[set[int]]) -> tuple[float, float, float, float]:
    def one(keys: list[set[int]], answers: list[set[int]]) -> tuple[float, float]:
        of = {i: k for k, c in enumerate(answers) for i in c}
        right = sum(len(c) - len({of[i] for i in c if i in of}) - sum(i not in of for i in c) for c in keys)
        return right, sum(len(c) - 1 for c in keys)

    return (*one(said, gold), *one(gold, said))


def _b3(gold: list[set[int]], said: list[set[int]]) -> tuple[float, float, float, float]:
    def one(keys: list[set[int]], answers: list[set[int]]) -> tuple[float, float]:
        of = {i: c for c in answers for i in c}
        return sum(len(c & of.get(i, set())) / len(c) for c in keys for i in c), sum(map(len, keys))

    return (*one(said, gold), *one(gold, said))


def _ceafe(gold: list[set[int]], said: list[set[int]]) -> tuple[float, float, float, float]:
    from scipy.optimize import linear_sum_assignment

    like = np.array([[2 * len(g & c) / (len(g) + len(c)) for c in said] for g in gold])
    if not like.size:
        return 0.0, len(said), 0.0, len(gold)
    total = float(like[linear_sum_assignment(-like)].sum())
    return total, len(said), total, len(gold)


def deeds(s: Session, docs: list[Doc]) -> dict[str, float]:
    """PLOVER types, source and target given: accuracy and macro-F1 over the types that occur."""
    gold, said = [], []
    for doc, out in zip(docs, s.documents(docs), strict=True):
        for d in doc.deeds:
            logits = decode.deed_logits(out["deed"], out["word"], d.source, d.target, s.scorers)
            gold.append(d.kind)
            said.append(int(logits.argmax()))
    both = np.zeros((len(labels.DEEDS), 3))
    for g, p in zip(gold, said, strict=True):
        both[g, 2] += 1
        both[p, 1] += 1
        both[g, 0] += g == p
    each = [2 * right / (told + true) for right, told, true in both if true]
    return {
        "accuracy": round(100 * float(both[:, 0].sum()) / max(len(gold), 1), 1),
        "macro_f": round(100 * float(np.mean(each)), 1),
        "records": len(gold),
    }


def score(s: Session, corpora: Corpora, tasks: list[str], part: int) -> dict[str, dict]:
    """All scores asked for; `part` > 1 takes every part-th document of the large sets."""
    dev = corpora.dev
    ewt, gum = dev["ewt"][::part], dev["gum"]
    news = [d for d in gum if d.genre == "news"]
    got: dict[str, dict] = {}
    if "syntax" in tasks:
        got["ewt"] = syntax(s, ewt, True)
        got["ewt, own sentences"] = syntax(s, ewt, False)
        got["gum"] = syntax(s, gum, True)
        for genre in sorted({d.genre for d in gum}):
            got[f"gum {genre}"] = syntax(s, [d for d in gum if d.genre == genre], True)
        got["gum news, own sentences"] = syntax(s, news, False)
        got["gum news, own sentences, no paragraphs"] = syntax(s, without_paragraphs(news), False)
    if "names" in tasks:
        for name in ("wikigold", "politics", "silver", "uner"):
            docs = dev[name]
            got[f"names {name}"] = names(s, docs[::part] if name in ("silver", "uner") else docs)
        three = [got[f"names {n}"]["f"] for n in ("wikigold", "politics", "silver")]
        got["names"] = {"mean of wikigold, politics, silver": round(sum(three) / 3, 2)}
    if "certainty" in tasks:
        for name in ("uw", "meantime", "uds_ih2"):
            got[f"certainty {name}"] = certainty(s, dev[name], int(name == "uds_ih2"))
    if "quotes" in tasks:
        got |= {f"quotes {k}": v for k, v in quotes(s, dev["polnear"][::part]).items()}
    if "deeds" in tasks:
        got["deeds plover"] = deeds(s, dev["plover"])
    if "vectors" in tasks:
        got["vectors ewt"] = vectors(s, ewt[::2])
    if "coref" in tasks:
        got["coref gum"] = coreference(s, gum)
        got["coref gum news"] = coreference(s, news)
    return got


TASKS = ["syntax", "names", "certainty", "quotes", "deeds", "vectors", "coref"]


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("folder", type=Path)
    p.add_argument("tasks", nargs="*", default=TASKS)
    p.add_argument("--part", type=int, default=1, help="every N-th document of the large sets")
    p.add_argument("--threads", type=int, default=1)
    args = p.parse_args()
    got = score(Session(args.folder, args.threads), load(dev_only=True), args.tasks, args.part)
    (args.folder / "scores.json").write_text(json.dumps(got, indent=1) + "\n", encoding="utf-8")
    for name, values in got.items():
        print(f"{name:42}", json.dumps(values))


if __name__ == "__main__":
    main()
