"""Briefs: select what a person reads of a collation, and print it as text, HTML or JSON."""

from __future__ import annotations

from collections.abc import Sequence

from .brief import Brief
from .record import to_dict
from .select import select

__all__ = ["Brief", "select", "to_dict", "to_html", "to_text"]


def to_text(briefs: Sequence[Brief], width: int = 100, *, color: bool = False) -> str:
    """The briefs for a terminal of this width; with ANSI colours only if `color`. No text is cut."""
    # The libraries that draw load when something is drawn.
    from .terminal import to_text as draw

    return draw(briefs, width, color=color)


def to_html(briefs: Sequence[Brief]) -> str:
    """The briefs as one page that loads nothing: its script, style and the articles are inside."""
    from .html import to_html as draw

    return draw(briefs)
