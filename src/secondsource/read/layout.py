"""Layout: the paragraphs of an article that are read, and the edges no sentence crosses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..model import Article, Block, Role, Span

READ_ROLES: Final[tuple[Role, ...]] = ("body", "headline", "caption")
"""The roles of the blocks that hold sentences; the others are tokenised only."""

_ANY_BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")
_BLANK_LINE = re.compile(r"[^\S\n]*\r?\n[^\S\n]*\r?\n\s*|\s*\u2029\s*")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text with one role that sentences do not leave; `number` counts those that are read."""

    span: Span
    role: Role
    number: int

    @property
    def read(self) -> bool:
        """Whether its sentences belong to the reading."""
        return self.role in READ_ROLES


def paragraphs(article: Article, end: int | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of all blocks up to the offset `end`, read or not, in text order.

    A line is a paragraph, unless the text is wrapped at a fixed width: then a
    blank line parts paragraphs.
    """
    text = article.text if end is None else article.text[:end]
    blocks = article.blocks or (Block(Span(0, len(article.text)), "body"),)
    between = _BLANK_LINE if is_wrapped(text) else _ANY_BREAK
    found: list[Paragraph] = []
    number = 0
    reached = 0
    for block in sorted(blocks):
        start = max(block.span.start, reached)
        if start >= len(text):
            break
        span = Span(start, max(start, min(block.span.end, len(text))))
        reached = max(reached, span.end)
        for line in _split(text, span, between):
            found.append(Paragraph(line, block.role, number))
            number += block.role in READ_ROLES
    return tuple(found)


def lines(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text of which nothing but the text is known."""
    return paragraphs(Article(text=text, id="text"))


def is_wrapped(text: str) -> bool:
    """Whether single newlines are line wraps: most full-length lines end in the middle of a sentence."""
    if "\n" not in text:
        return False
    lines = [line.strip() for line in text.split("\n")]
    inner = [line for line, after in pairwise(lines) if line and after]
    full = [line for line in inner if 50 <= len(line) <= 100]
    open_ended = [line for line in full if not _SENTENCE_END.search(line)]
    return len(open_ended) >= 3 and len(full) > 0.7 * len(inner) and len(open_ended) > 0.6 * len(full)


def _split(text: str, span: Span, between: re.Pattern[str]) -> list[Span]:
    out: list[Span] = []
    start = span.start
    for gap in between.finditer(text, span.start, span.end):
        out.append(Span(start, gap.start()))
        start = gap.end()
    out.append(Span(start, span.end))
    return [stripped for piece in out if (stripped := piece.strip(text))]
