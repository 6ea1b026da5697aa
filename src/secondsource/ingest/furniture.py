"""Furniture: what of a text is the report, and what the page around it, as blocks with a role."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model import Article, Block, Role, Span

_LINE = re.compile(r"[^\n]+")


def furnish(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The same articles with their text divided into blocks; those that have blocks stay as they are."""
    return tuple(a if a.blocks else a.with_blocks(_blocks(a)) for a in articles)


def _blocks(article: Article) -> tuple[Block, ...]:
    spans = (Span(m.start(), m.end()).strip(article.text) for m in _LINE.finditer(article.text))
    role: Role = "body"
    return tuple(Block(span, role) for span in spans if span)
