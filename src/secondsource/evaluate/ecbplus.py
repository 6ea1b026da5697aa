"""ECB+: documents of two similar happenings a topic, with event mentions and who is one with whom.

A document's text is its tokens put together again, so that the reader sees
running text; mentions are token spans with character offsets. Only sentences
that the corpus lists as reliable count.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..model import Article, Span

DEVELOPMENT = ("2", "5", "12", "18", "21", "23", "34", "35")
"""The topics to develop on; the rest is for training."""
CLOSING = frozenset(". , ; : ! ? ) ] } % ' '' ’ ” 's ’s n't n’t 'll 're 've 'd 'm ...".split())
OPENING = frozenset("( [ { $ £ € # `` “ ‘".split())


@dataclass(frozen=True, slots=True)
class EventMention:
    """A marked event: the document, the span of each of its tokens, its chain, its kind in the corpus."""

    document: str
    spans: tuple[Span, ...]
    chain: str
    kind: str

    @property
    def key(self) -> tuple[str, tuple[Span, ...]]:
        """What makes it one mention."""
        return self.document, self.spans


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its article, topic, the spans of its reliable sentences, and its event mentions."""

    article: Article
    topic: str
    reliable: tuple[Span, ...]
    mentions: tuple[EventMention, ...]

    @property
    def happening(self) -> str:
        """Which of its topic's two happenings it tells: by the corpus, the name of its file says it."""
        return f"{self.topic}/{'ecbplus' if self.article.id.endswith('plus') else 'ecb'}"


def documents(data: Path) -> tuple[Document, ...]:
    """All documents under a folder of corpora, by topic and name.

    Raises:
        InputError: when the corpus is not there.
    """
    folder = data / "coref" / "ecbplus"
    listed = folder / "sentences.csv"
    if not listed.is_file():
        raise InputError(f"{listed}: no such corpus; set SECONDSOURCE_DATA to the folder of the corpora")
    with listed.open(encoding="utf-8", newline="") as lines:
        reliable = {(f"{row[0]}_{row[1]}", row[2]) for row in list(csv.reader(lines))[1:]}
    places = sorted(folder.glob("*/*.xml"), key=lambda place: (int(place.parent.name), place.name))
    return tuple(_document(place, reliable) for place in places)


def _document(place: Path, reliable: set[tuple[str, str]]) -> Document:
    from lxml import etree

    root = etree.parse(str(place)).getroot()
    tokens = list(root.iter("token"))
    text, spans = _together(tokens)
    name = place.stem
    bounds: dict[str, list[Span]] = {}
    for token, span in zip(tokens, spans, strict=True):
        if (name, token.get("sentence")) in reliable:
            bounds.setdefault(token.get("sentence"), []).append(span)
    return Document(
        article=Article(text=text, id=name),
        topic=place.parent.name,
        reliable=tuple(Span(some[0].start, some[-1].end) for some in bounds.values()),
        mentions=tuple(_mentions(root, name, tokens, spans, frozenset(bounds))),
    )


def _together(tokens: list[Any]) -> tuple[str, list[Span]]:
    """The text of some tokens, a line a sentence, and the span of each token."""
    parts: list[str] = []
    spans: list[Span] = []
    at, before, sentence = 0, "", None
    for token in tokens:
        word = token.text or ""
        gap = " "
        if token.get("sentence") != sentence:
            gap = "\n" if sentence is not None else ""
        elif word in CLOSING or before in OPENING:
            gap = ""
        sentence = token.get("sentence")
        parts += [gap, word]
        spans.append(Span(at + len(gap), at + len(gap) + len(word)))
        at += len(gap) + len(word)
        before = word
    return "".join(parts), spans


def _mentions(
    root: Any, name: str, tokens: list[Any], spans: list[Span], kept: frozenset[str]
) -> Iterator[EventMention]:
    place = {token.get("t_id"): number for number, token in enumerate(tokens)}
    chains = _chains(root, name)
    for mark in root.find("Markables"):
        anchors = [place[anchor.get("t_id")] for anchor in mark.iter("token_anchor")]
        if "ACTION" not in mark.tag or not anchors or tokens[anchors[0]].get("sentence") not in kept:
            continue
        id = mark.get("m_id")
        yield EventMention(
            document=name,
            spans=tuple(spans[number] for number in sorted(anchors)),
            chain=chains.get(id, f"{name}/{id}"),
            kind=mark.tag,
        )


def _chains(root: Any, name: str) -> dict[str, str]:
    """The chain of each mention that has one: across documents by its instance, within one by its number."""
    found: dict[str, str] = {}
    relations = root.find("Relations")
    for relation in relations if relations is not None else ():
        across = relation.tag == "CROSS_DOC_COREF"
        chain = relation.get("note") if across else f"{name}/r{relation.get('r_id')}"
        for source in relation.iter("source"):
            found[source.get("m_id")] = chain
    return found
