"""Treebanks in CoNLL-U: documents of sentences of words, with their running text and their chains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError

_OPENED_OR_CLOSED = re.compile(
    r"\((?P<open>[^()-]+)-(?P<kind>[a-z]+)[^()]*(?P<whole>\))?|(?P<close>[^()]+)\)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; `head` is its head's place in the sentence, -1 at the root."""

    form: str
    lemma: str
    upos: str
    head: int
    deprel: str
    misc: str
    space_after: bool


@dataclass(slots=True)
class Document:
    """A document: its sentences, which of them open a paragraph, and its text with sentence starts."""

    id: str
    genre: str = ""
    sentences: list[list[Word]] = field(default_factory=list)
    paragraph: list[bool] = field(default_factory=list)
    text: str = ""
    starts: list[int] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        """All the words in order."""
        return [word for sentence in self.sentences for word in sentence]

    def chains(self) -> list[set[tuple[int, int]]]:
        """The coreference chains of GUM's `Entity=` marks, as half-open ranges of words."""
        found: dict[str, set[tuple[int, int]]] = {}
        opened: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            marks = next((part[7:] for part in word.misc.split("|") if part.startswith("Entity=")), "")
            for mark in _OPENED_OR_CLOSED.finditer(marks):
                if mark["close"]:
                    found.setdefault(mark["close"], set()).add((opened[mark["close"]].pop(), place + 1))
                elif mark["whole"]:
                    found.setdefault(mark["open"], set()).add((place, place + 1))
                else:
                    opened.setdefault(mark["open"], []).append(place)
        return list(found.values())


def documents(place: Path) -> Iterator[Document]:
    """The documents of a treebank file.

    Raises:
        InputError: when there is no such file.
    """
    if not place.is_file():
        raise InputError(f"{place}: no such corpus; set SECONDSOURCE_DATA to the folder of the corpora")
    document: Document | None = None
    for block in place.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        new = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# newdoc id")), None)
        if new is not None:
            if document is not None:
                yield document
            document = Document(new)
        if document is not None:
            _add_sentence(document, lines)
    if document is not None:
        yield document


def _add_sentence(document: Document, lines: list[str]) -> None:
    paragraph = any(line.startswith(("# newpar", "# newdoc")) for line in lines)
    for line in lines:
        if line.startswith("# meta::genre"):
            document.genre = line.split("=")[1].strip()
    rows = [line.split("\t") for line in lines if line[:1].isdigit()]
    if not rows:
        return
    if paragraph and document.text:
        document.text = document.text.rstrip() + "\n\n"
    document.paragraph.append(paragraph)
    document.starts.append(len(document.text))
    document.text += _surface(rows)
    document.sentences.append(
        [
            Word(row[1], row[2], row[3], int(row[6]) - 1, row[7], row[9], "SpaceAfter=No" not in row[9])
            for row in rows
            if row[0].isdigit()
        ]
    )


def _surface(rows: list[list[str]]) -> str:
    """The text of a sentence; a token of several words is written once."""
    pieces: list[str] = []
    within = 0
    for row in rows:
        if "." in row[0]:
            continue
        first, _, last = row[0].partition("-")
        if last:
            within = int(last)
        elif int(first) <= within:
            continue
        pieces.append(row[1] + ("" if "SpaceAfter=No" in row[9] else " "))
    return "".join(pieces)
