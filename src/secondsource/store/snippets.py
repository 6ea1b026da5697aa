"""What is shown of an article that was found: the stretch of its text where the words stand, marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, text

from ..model import Span
from .articles import JOINED, ROW
from .blank import blanked
from .tables import articles
from .terms import Match

SNIPPET: Final = 240
"""Characters of a snippet, at most."""

Blocks = list[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article's row, its text and blocks, and where in the text the words asked for stand."""

    row: Any
    body: str
    blocks: Blocks
    marks: list[Span]


def marked(connection: Connection, seqs: Sequence[int], match: Match | None) -> dict[int, Marked]:
    """The articles of these numbers, with the words of a match marked."""
    query = select(articles.c.seq, articles.c.text, articles.c.blocks, *ROW).select_from(JOINED)
    rows = connection.execute(query.where(articles.c.seq.in_(seqs))).all()
    found = {row.seq: Marked(row, row.text, row.blocks or [(0, len(row.text), "body")], []) for row in rows}
    if match is None or not found:
        return found
    first, last = _signs([one.body for one in found.values()])
    if connection.dialect.name == "postgresql":
        shown = _headlines(connection, found, match, first, last)
    else:
        order = text(
            "SELECT rowid, highlight(found, 1, :first, :last) FROM found"
            " WHERE found MATCH :match AND rowid IN :seqs"
        ).bindparams(bindparam("seqs", expanding=True))
        values = {"first": first, "last": last, "seqs": list(seqs), **match.values}
        shown = dict(connection.execute(order, values).all())
    for seq, body in shown.items():
        found[seq].marks.extend(_places(body, first, last))
    return found


def _headlines(
    connection: Connection, found: dict[int, Marked], match: Match, first: str, last: str
) -> dict[int, str]:
    options = f"HighlightAll=true, StartSel={first}, StopSel={last}"
    query = text(f"SELECT ts_headline('english', :body, {match.query}, :options)")
    shown = {}
    for seq, one in found.items():
        values = {"body": blanked(one.body, one.blocks), "options": options, **match.values}
        shown[seq] = str(connection.execute(query, values).scalar_one())
    return shown


def _signs(texts: Sequence[str]) -> tuple[str, str]:
    """Two characters that stand in none of the texts."""
    used = set().union(*texts)
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
    return next(free), next(free)


def _places(body: str, first: str, last: str) -> list[Span]:
    """Where the marked stretches stand in the text without the marks."""
    spans = []
    place = start = 0
    for part in re.split(f"([{first}{last}])", body):
        if part == first:
            start = place
        elif part == last:
            spans.append(Span(start, place))
        else:
            place += len(part)
    return spans


def window(body: str, blocks: Blocks, marks: Sequence[Span]) -> Span:
    """The stretch with most marks, within one block of the text, cut between words."""
    if marks:
        best = _richest(marks, SNIPPET * 2 // 3)
    else:
        first = next((start for start, _, role in blocks if role == "body"), 0)
        best = Span(first, first)
    low, high = next(((start, end) for start, end, _ in blocks if start <= best.start < end), (0, len(body)))
    start = max(low, best.start - SNIPPET // 3)
    if start > low:
        start = _after_stop(body, start, best.start)
    end = min(high, start + SNIPPET)
    if end < high:
        cut = body.rfind(" ", min(best.end, end), end)
        end = cut if cut > start else end
    return _trimmed(body, start, end)


def _richest(marks: Sequence[Span], ahead: int) -> Span:
    """The first of the marks, which are in order, after which most others end within so many characters."""
    ends = [mark.end for mark in marks]
    following = [bisect_right(ends, mark.start + ahead) - n for n, mark in enumerate(marks)]
    return marks[following.index(max(following))]


def _after_stop(body: str, start: int, most: int) -> int:
    """The beginning of a sentence between two places, or else of a word."""
    stops = [place.end() for place in re.finditer(r"[.!?][\"”’]?\s+|\n+", body[start:most])]
    if stops:
        return start + stops[0]
    space = re.search(r"\s+", body[start:most])
    return start + space.end() if space else start


def _trimmed(body: str, start: int, end: int) -> Span:
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return Span(start, end)
