"""What of an article is searched: its text with the furniture blanked out, so that places stay."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

SEARCHED: Final = 300_000
"""Only the first so many characters of an article can be found by a search."""

_KEPT: Final = frozenset({"body", "headline", "caption"})


def blank(text: str, blocks: str) -> str:
    """The text with a space for each character of furniture; `blocks` is JSON, [[start, end, role], ...].

    >>> blank("Menu. It rained.", '[[0, 5, "navigation"], [6, 16, "body"]]')
    '      It rained.'
    """
    found = json.loads(blocks)
    return text[:SEARCHED] if not found else blanked(text, found)


def blanked(text: str, blocks: Sequence[tuple[int, int, str]]) -> str:
    """The same for blocks that are read already."""
    parts: list[str] = []
    place = 0
    for start, end, role in blocks:
        if start >= SEARCHED:
            break
        if role in _KEPT:
            parts += (" " * (start - place), text[start:end])
            place = end
    return "".join(parts)[:SEARCHED]
