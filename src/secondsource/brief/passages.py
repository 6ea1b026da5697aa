"""An article in paragraphs, each with its offset, so that a page can mark what is cited in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..model.article import Article, Block
from ..model.span import Span
from . import words

_LINE: Final = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of an article without a line break: its number, its place, its text and its role.

    The text has as many characters as the span, but control characters are
    replaced: a browser would drop or change them and so move the offsets.
    """

    number: int
    span: Span
    text: str
    role: str


def paragraphs(article: Article) -> tuple[Paragraph, ...]:
    """All of an article's text but the white space between paragraphs."""
    found: list[Paragraph] = []
    for block in _blocks(article):
        for match in _LINE.finditer(article.text, block.span.start, block.span.end):
            span = Span(match.start(), match.end()).strip(article.text)
            if span:
                text = words.visible(span.of(article.text))
                found.append(Paragraph(len(found) + 1, span, text, block.role))
    return tuple(found)


def _blocks(article: Article) -> Iterator[Block]:
    """The blocks, with what lies between them as body: nothing of an article is hidden."""
    at = 0
    for block in article.blocks:
        if at < block.span.start:
            yield Block(Span(at, block.span.start), "body")
        if at < block.span.end:
            yield Block(Span(max(at, block.span.start), block.span.end), block.role)
            at = block.span.end
    if at < len(article.text):
        yield Block(Span(at, len(article.text)), "body")


def number_at(found: tuple[Paragraph, ...], offset: int) -> int:
    """The number of the paragraph that an offset lies in (or the last one before it)."""
    place = bisect_right([paragraph.span.start for paragraph in found], offset)
    return found[max(0, place - 1)].number if found else 0
