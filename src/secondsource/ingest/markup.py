"""Markup inside a field (a feed's content, a record's body): its plain text, a paragraph a line."""

from __future__ import annotations

import re
from typing import Any

_TAGS = re.compile(
    r"</(?:p|div|h[1-6]|li|blockquote|section|article|a|strong|em|span)\s*>|<(?:p|br)\s*/?>", re.IGNORECASE
)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol blockquote section article table tr figure figcaption header footer"
    " aside nav pre dl dt dd hr body form main address".split()
)
_HIDDEN = frozenset("script style template noscript iframe svg head title button select textarea".split())
_SPACE = re.compile(r"[ \t\n\f\xa0]+")


def looks_like_markup(text: str) -> bool:
    """Whether a text holds HTML elements that belong to the markup rather than to the words.

    >>> looks_like_markup("<p>It rained.</p>"), looks_like_markup("if a < b and b > c")
    (True, False)
    """
    return "<" in text and bool(_TAGS.search(text))


def plain_text(markup: str) -> str:
    """The words of a piece of HTML, with an empty line between paragraphs.

    >>> plain_text("<p>One <b>and</b> two.</p><p>Three.</p>")
    'One and two.\\n\\nThree.'
    """
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (ValueError, AssertionError, etree.ParserError):
        # lxml asserts that a fragment has one body; an element that is never closed may swallow it.
        return re.sub(r"<[^<>]{0,1000}>", " ", markup)
    paragraphs: list[list[str]] = [[]]
    _walk(root, paragraphs)
    lines = (_SPACE.sub(" ", "".join(pieces)).strip() for pieces in paragraphs)
    return "\n\n".join(line for line in lines if line)


def _walk(root: Any, paragraphs: list[list[str]]) -> None:
    """Gather text in document order; a stack, since saved pages nest deeper than Python calls may."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        name = element.tag if isinstance(element.tag, str) else None
        if name in _BLOCKS or name == "br":
            paragraphs.append([])
        if leaving:
            paragraphs[-1].append((element.tail or "") if element is not root else "")
            continue
        stack.append((element, True))
        if name and name not in _HIDDEN:
            paragraphs[-1].append(element.text or "")
            stack.extend((child, False) for child in reversed(element))
