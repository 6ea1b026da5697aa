"""The reader on the development sets: syntax, names, references, certainty, sentence bounds, lemmas.

Words are the treebanks' own, sentence bounds too, but where sentence bounds
are what is measured. Labelled attachment leaves subtypes out and counts all
words, as the CoNLL 2018 scorer does. Names count where span and type (PERSON,
ORG, LOC: places of all kinds) are exact, over the parts held back from
training: the MD5 of "corpus:number" tells which. Coreference is the CoNLL score
over exact spans, mentions that stand alone left out, mentions found by the
reader.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..model import Article
from ..progress import Progress, silent
from ..read import read
from ..settings import Settings
from ..settings import settings as default_settings
from .conllu import Document, documents
from .report import Figure, Report
from .scores import Score, b_cubed_chains, ceaf_e, muc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_KIND = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "person": "PERSON",
    "politician": "PERSON",
    "ORG": "ORG",
    "ORGANIZATION": "ORG",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "LOCATION": "LOC",
    "location": "LOC",
    "country": "LOC",
}
_SENTENCES_PER_DOCUMENT = 20


def evaluate(data: Path, progress: Progress = silent, settings: Settings | None = None) -> Report:
    """Measure the reader on the development sets under `data`."""
    told = settings or default_settings()
    nlp = _pipeline(told)
    parts: list[Callable[[], list[Figure]]] = [
        lambda: _ewt(nlp, data),
        lambda: _gum(nlp, data),
        lambda: _sentences(data, told),
        lambda: _names(nlp, data, told),
        lambda: _certainty(nlp, data),
    ]
    figures: list[Figure] = []
    for done, part in enumerate(parts):
        progress("evaluate reader", done, len(parts))
        figures += part()
    progress("evaluate reader", len(parts), len(parts))
    return Report("reader", "EWT, GUM, wikigold, politics, PolNeAR, UW; development parts", tuple(figures))


def _pipeline(told: Settings) -> Language:
    import spacy

    nlp = spacy.blank("en")
    weights = None if told.weights is None else str(told.weights)
    config = {"weights": weights, "threads": told.threads, "keep_bounds": True}
    nlp.add_pipe("secondsource_reader", config=config)
    return nlp


def _docs(nlp: Language, texts: Iterable[Sequence[tuple[Sequence[str], Sequence[bool]]]]) -> Iterator[Doc]:
    """Docs of given words, sentence by sentence, read by the pipeline."""
    from spacy.tokens import Doc

    def made() -> Iterator[Doc]:
        for sentences in texts:
            words = [word for sentence, _ in sentences for word in sentence]
            spaces = [space for _, after in sentences for space in after]
            starts: list[bool | int | None] = [
                place == 0 for sentence, _ in sentences for place in range(len(sentence))
            ]
            yield Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)

    yield from nlp.pipe(made())


def _treebank(nlp: Language, read_from: Sequence[Document]) -> Iterator[tuple[Document, Doc]]:
    texts = (
        [([w.form for w in sentence], [w.space_after for w in sentence]) for sentence in document.sentences]
        for document in read_from
    )
    return zip(read_from, _docs(nlp, texts), strict=True)


def _ewt(nlp: Language, data: Path) -> list[Figure]:
    read_docs = list(_treebank(nlp, list(documents(data / "parse/ewt-dev.conllu"))))
    counts = _syntax(read_docs)
    names = ("upos", "uas", "las", "lemma")
    return [Figure(f"ewt_{name}", counts[name] / counts["n"], counts["n"]) for name in names]


def _gum(nlp: Language, data: Path) -> list[Figure]:
    read_docs = list(_treebank(nlp, list(documents(data / "parse/gum-dev.conllu"))))
    news = [pair for pair in read_docs if pair[0].genre == "news"]
    counts = _syntax(news)
    figures = [Figure("gum_news_las", counts["las"] / counts["n"], counts["n"])]
    for name, some in (("coref_gum_news", news), ("coref_gum", read_docs)):
        figures.append(Figure(name, _coreference(some), sum(len(doc) for _, doc in some)))
    return figures


def _syntax(pairs: Iterable[tuple[Document, Doc]]) -> dict[str, int]:
    counts = dict.fromkeys(("n", "upos", "uas", "las", "lemma"), 0)
    for document, doc in pairs:
        at = 0
        for sentence in document.sentences:
            for place, word in enumerate(sentence):
                token = doc[at + place]
                head = -1 if token.head.i == token.i else token.head.i - at
                label = "root" if head < 0 else token.dep_.partition(":")[0]
                counts["n"] += 1
                counts["upos"] += token.pos_ == word.upos
                counts["lemma"] += token.lemma_ == word.lemma
                counts["uas"] += head == word.head
                counts["las"] += head == word.head and label == word.deprel.partition(":")[0]
            at += len(sentence)
    return counts


def _coreference(pairs: Iterable[tuple[Document, Doc]]) -> float:
    """The CoNLL score over several documents: counts are summed before they are divided."""
    proposed: list[list[set[tuple[int, int, int]]]] = []
    true: list[list[set[tuple[int, int, int]]]] = []
    for number, (document, doc) in enumerate(pairs):
        ours = [{(number, start, end) for start, end, _ in chain} for chain in doc._.chains]
        theirs = [{(number, *span) for span in chain} for chain in document.chains()]
        proposed.append([chain for chain in ours if len(chain) > 1])
        true.append([chain for chain in theirs if len(chain) > 1])
    flat = [chain for chains in proposed for chain in chains], [c for chains in true for c in chains]
    return (muc(*flat).f1 + b_cubed_chains(*flat).f1 + _ceaf_e(proposed, true).f1) / 3


def _ceaf_e(proposed: list[list[set[Any]]], true: list[list[set[Any]]]) -> Score:
    aligned = sum(
        ceaf_e(ours, theirs).precision * len(ours) for ours, theirs in zip(proposed, true, strict=True)
    )
    return Score(aligned / max(1, sum(map(len, proposed))), aligned / max(1, sum(map(len, true))))


def _sentences(data: Path, told: Settings) -> list[Figure]:
    """F1 of sentence starts on running text, with and without its paragraphs."""
    news = [d for d in documents(data / "parse/gum-dev.conllu") if d.genre == "news"]
    figures = []
    for name, flat in (("sentences_gum_news", False), ("sentences_gum_news_flat", True)):
        right = ours = theirs = 0
        texts = [document.text.replace("\n\n", " ") if flat else document.text for document in news]
        starts = [_flattened(document) if flat else document.starts for document in news]
        for reading, gold in zip(read([Article(text=t) for t in texts], told), starts, strict=True):
            found = {sentence.span.start for sentence in reading.sentences}
            right, ours, theirs = right + len(found & set(gold)), ours + len(found), theirs + len(gold)
        figures.append(Figure(name, 2 * right / max(1, ours + theirs), theirs))
    return figures


def _flattened(document: Document) -> list[int]:
    return [start - document.text[:start].count("\n\n") for start in document.starts]


def _names(nlp: Language, data: Path, told: Settings) -> list[Figure]:
    figures = []
    for corpus, share, size in (("wikigold", 5, _SENTENCES_PER_DOCUMENT), ("politics", 10, 1)):
        held = list(_held_back(data / f"ner/{corpus}.jsonl", corpus, share, size))
        texts = [[(tokens, [True] * len(tokens)) for tokens, _ in block] for block in held]
        counted = [_names_in(doc, _tagged(block)) for block, doc in zip(held, _docs(nlp, texts), strict=True)]
        figures.append(_names_figure(f"names_{corpus}", counted))
    figures.append(_names_figure("names_silver", list(_silver(data, told))))
    mean = sum(figure.value for figure in figures) / len(figures)
    return [*figures, Figure("names", mean, sum(figure.n for figure in figures))]


def _names_figure(name: str, counted: Iterable[tuple[int, int, int]]) -> Figure:
    right, ours, theirs = (sum(column) for column in zip(*counted, strict=True))
    return Figure(name, 2 * right / max(1, ours + theirs), theirs)


def _names_in(doc: Doc, gold: set[tuple[int, int, str]]) -> tuple[int, int, int]:
    found = {(s.start, s.end, _KIND[s.label_]) for s in doc.ents if s.label_ in _KIND}
    return len(found & gold), len(found), len(gold)


def is_held_back(corpus: str, number: object, share: int) -> bool:
    """Whether an item of a corpus was kept out of training: one in `share`, by the MD5 of its name."""
    digest = hashlib.md5(f"{corpus}:{number}".encode(), usedforsecurity=False).hexdigest()
    return int(digest, 16) % share == 0


def _rows(place: Path) -> Iterator[dict[str, Any]]:
    if not place.is_file():
        raise InputError(f"{place}: no such corpus; set SECONDSOURCE_DATA to the folder of the corpora")
    with place.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _held_back(
    place: Path, corpus: str, share: int, size: int
) -> Iterator[list[tuple[list[str], list[str]]]]:
    sentences = [(row["tokens"], row["tags"]) for row in _rows(place) if row["tokens"]]
    for number, start in enumerate(range(0, len(sentences), size)):
        if is_held_back(corpus, number, share):
            yield sentences[start : start + size]


def _tagged(block: Sequence[tuple[list[str], list[str]]]) -> set[tuple[int, int, str]]:
    """The names of a block of sentences, as half-open word ranges with their kind."""
    found: set[tuple[int, int, str]] = set()
    base = 0
    for tokens, tags in block:
        found |= {(base + a, base + b, _KIND[kind]) for a, b, kind in tag_spans(tags) if kind in _KIND}
        base += len(tokens)
    return found


def tag_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans of IO or BIO tags ("B-X", "I-X", "O"; a bare "X" is "I-X").

    >>> tag_spans(["B-PER", "I-PER", "O", "ORG"])
    [(0, 2, 'PER'), (3, 4, 'ORG')]
    """
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        part, _, name = tag.partition("-") if tag[1:2] == "-" else ("I", "-", "" if tag == "O" else tag)
        if kind and (part == "B" or name != kind):
            spans.append((start, place, kind))
            kind = ""
        if name and not kind:
            start, kind = place, name
    return spans


def _silver(data: Path, told: Settings) -> Iterator[tuple[int, int, int]]:
    """Right, found and expected names of each held-back article of the silver news, by characters."""
    silver = {row["id"]: row for row in _rows(data / "ner/polnear-silver.jsonl")}
    texts: dict[str, str] = {}
    for row in _rows(data / "quotes/polnear-train.jsonl"):
        known = row["text"] in texts.values()
        if row["id"] in silver and is_held_back("silver", row["id"], 10) and not known:
            texts[row["id"]] = row["text"]
    articles = [Article(text=text, id=id) for id, text in texts.items()]
    for reading in read(articles, told):
        gold = _silver_names(silver[reading.article.id])
        found = {
            (span.start_char, span.end_char, _KIND[span.label_])
            for span in reading.doc.ents
            if span.label_ in _KIND
        }
        yield len(found & gold), len(found), len(gold)


def _silver_names(row: Mapping[str, Any]) -> set[tuple[int, int, str]]:
    return {
        (sentence["start"][a], sentence["end"][b - 1], _KIND[kind])
        for sentence in row["sentences"]
        for a, b, kind in tag_spans(sentence["ner"])
        if kind in _KIND
    }


def _certainty(nlp: Language, data: Path) -> list[Figure]:
    """The mean absolute error on -3..3 over the rated predicates of UW."""
    rows = list(_rows(data / "certainty/uw-dev.jsonl"))
    words = [row["text"].split() for row in rows]
    errors: list[float] = []
    for row, doc in zip(rows, _docs(nlp, [[(w, [True] * len(w))] for w in words]), strict=True):
        values = doc.user_data["secondsource.certainty"]
        errors += [abs(float(values[t["span1"][0]]) - t["label"]) for t in row["targets"]]
    return [Figure("certainty_mae", sum(errors) / max(1, len(errors)), len(errors))]
