"""Syntax: a Doc's annotation as plain lists, since thousands of look-ups through Token objects are slow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Syntax:
    """Per token: its forms, tags, head and children (token numbers), sentence number; and the names.

    `entity` maps each token inside a name to the name's half-open token range
    and label; `quoted` says whether a token stands between quotation marks.
    """

    text: Sequence[str]
    lower: Sequence[str]
    lemma: Sequence[str]
    tag: Sequence[str]
    pos: Sequence[str]
    dep: Sequence[str]
    head: Sequence[int]
    children: Sequence[Sequence[int]]
    sentence: Sequence[int]
    entity: Mapping[int, tuple[int, int, str]]
    quoted: Sequence[bool]

    def subtree(self, token: int) -> list[int]:
        """The token and all that hang on it, directly or not."""
        found = [token]
        for one in found:
            found += self.children[one]
        return found

    def is_mark(self, token: int) -> bool:
        """Whether the token is punctuation or white space."""
        return self.pos[token] in ("PUNCT", "SPACE")


def syntax_of(doc: Doc) -> Syntax:
    """The annotation of a Doc."""
    strings = doc.vocab.strings
    table = doc.to_array(["LOWER", "LEMMA", "TAG", "POS", "DEP", "HEAD"])
    names: dict[int, str] = {}

    def named(column: int) -> list[str]:
        hashes = table[:, column].tolist()
        for key in set(hashes):
            if key not in names:
                names[key] = strings[key]
        return [names[key] for key in hashes]

    head = [place + offset for place, offset in enumerate(table[:, 5].astype("int64").tolist())]
    children: list[list[int]] = [[] for _ in head]
    for token, above in enumerate(head):
        if above != token:
            children[above].append(token)
    text = [token.text for token in doc]
    return Syntax(
        text=text,
        lower=named(0),
        lemma=named(1),
        tag=named(2),
        pos=named(3),
        dep=named(4),
        head=head,
        children=children,
        sentence=_sentence_numbers(doc),
        entity={t: (e.start, e.end, e.label_) for e in doc.ents for t in range(e.start, e.end)},
        quoted=_inside_quotes(text),
    )


def _sentence_numbers(doc: Doc) -> list[int]:
    starts = doc.to_array("SENT_START").tolist()
    numbers: list[int] = []
    number = -1
    for place, start in enumerate(starts):
        number += place == 0 or start == 1
        numbers.append(number)
    return numbers


def _inside_quotes(text: Sequence[str]) -> list[bool]:
    """Whether each token stands between quotation marks; a paragraph's end closes what is open."""
    inside: list[bool] = []
    is_open = False
    for mark in text:
        if mark in ("“", "``"):
            is_open = True
        elif mark in ("”", "''"):
            is_open = False
        elif mark == '"':
            is_open = not is_open
        elif "\n" in mark:
            is_open = False
        inside.append(is_open)
    return inside
