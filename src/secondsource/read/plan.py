"""Plans: which tokens of a Doc the network reads, in which windows, and what is known beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import Span
from .layout import Paragraph, lines
from .network import Window
from .pieces import Pieces
from .sentences import split
from .windows import cut

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONG_PARAGRAPH = 120


@dataclass(frozen=True, slots=True)
class Plan:
    """How one Doc is read.

    `texts` are all its tokens; `rows` the tokens that are read (no white space, nothing unread);
    `windows` are half-open ranges of rows; `opens` says of each row whether it
    starts a sentence: yes, no, or `None` for the network to tell; `edges` are
    the first tokens of stretches that are not read.
    """

    doc: Doc
    texts: Sequence[str]
    rows: Sequence[int]
    words: Sequence[tuple[tuple[int, ...], int]]
    paragraph: Sequence[bool]
    windows: Sequence[tuple[int, int]]
    opens: Sequence[bool | None]
    edges: Sequence[int]

    def window(self, place: int) -> Window:
        """The window at this place, ready to run."""
        start, stop = self.windows[place]
        return Window(self.words[start:stop], self.paragraph[start:stop])


def plan_text(doc: Doc, layout: Sequence[Paragraph], pieces: Pieces) -> Plan:
    """Plan a Doc made from running text, whose paragraphs are known."""
    tokens = [token.text for token in doc]
    offsets = [token.idx for token in doc]
    spaces = [text.isspace() for text in tokens]
    rows: list[int] = []
    starts: list[int] = []
    edges: list[int] = []
    at = 0
    for paragraph in layout:
        while at < len(tokens) and (offsets[at] < paragraph.span.start or spaces[at]):
            at += 1
        (starts if paragraph.read else edges).append(len(rows) if paragraph.read else at)
        while at < len(tokens) and offsets[at] < paragraph.span.end:
            if paragraph.read and not spaces[at]:
                rows.append(at)
            at += 1
    words = [pieces.of(tokens[row]) for row in rows]
    first = _flags(starts, len(rows))
    hints = _hints(doc.text, layout, starts, words, [offsets[row] for row in rows])
    several = "\n" in doc.text
    opens: list[bool | None] = [True if opening else None for opening in first]
    windows = cut([len(ids) for ids, _ in words], first, hints)
    return Plan(doc, tokens, rows, words, first if several else [False] * len(rows), windows, opens, edges)


def plan_tokens(doc: Doc, pieces: Pieces, keep_bounds: bool) -> Plan:
    """Plan a Doc as it is given: its own tokens and, to be kept, its own sentence starts."""
    if not keep_bounds or not doc.has_annotation("SENT_START"):
        layout = lines(doc.text)
        return plan_text(doc, layout, pieces)
    tokens = [token.text for token in doc]
    rows = [row for row, text in enumerate(tokens) if not text.isspace()]
    words = [pieces.of(tokens[row]) for row in rows]
    opens = [doc[row].is_sent_start for row in rows]
    opens[:1] = [True] * len(opens[:1])
    paragraph = _after_newline(doc, rows)
    starts = [bool(opening) for opening in opens]
    windows = cut([len(ids) for ids, _ in words], paragraph, starts)
    return Plan(doc, tokens, rows, words, paragraph, windows, opens, ())


def _after_newline(doc: Doc, rows: Sequence[int]) -> list[bool]:
    flags = [row > 0 and doc[row - 1].is_space and "\n" in doc[row - 1].text for row in rows]
    if any(flags):
        flags[0] = True
    return flags


def _flags(places: Iterable[int], size: int) -> list[bool]:
    flags = [False] * size
    for place in places:
        if place < size:
            flags[place] = True
    return flags


def _hints(
    text: str,
    layout: Iterable[Paragraph],
    starts: Sequence[int],
    words: Sequence[tuple[tuple[int, ...], int]],
    offsets: Sequence[int],
) -> list[bool]:
    """Where the fixed rules see a sentence start; looked at in long paragraphs only."""
    found = _flags(starts, len(words))
    read = [paragraph for paragraph in layout if paragraph.read]
    for paragraph, start, stop in zip(read, starts, [*starts, len(words)][1:], strict=True):
        if sum(len(ids) for ids, _ in words[start:stop]) <= _LONG_PARAGRAPH:
            continue
        bounds = {bound.start for bound in split(text, Span(paragraph.span.start, paragraph.span.end))}
        for place in range(start, stop):
            found[place] = found[place] or offsets[place] in bounds
    return found
