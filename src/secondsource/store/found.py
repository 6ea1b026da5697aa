"""The full-text index: which articles have words, and how much the words tell of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, func, literal_column, select, table, text

from .terms import Match

RANKED: Final = 10_000
"""So many articles are ranked and counted, at most: those that came in last."""

FEW: Final = 2_000
"""So many articles are put in the order of their days one by one; more are met by going through the days."""

Seqs = Select[Any]
"""A query for articles, by their numbers."""

_FOUND: Final = table("found")


def matching(match: Match, within: Sequence[Seqs], postgresql: bool) -> Seqs:
    """The articles that have the words and are in each of the lists; SQLite gives them in any order asked."""
    seq: ColumnElement[int] = literal_column("found.seq" if postgresql else "found.rowid")
    # By the plus SQLite makes each list once, instead of asking the index of words for each row of it.
    key: ColumnElement[int] = literal_column("found.seq" if postgresql else "+found.rowid")
    query = select(seq.label("seq")).select_from(_FOUND).where(text(match.sql))
    return query.where(*(key.in_(some) for some in within))


def came_last(match: Match, within: Sequence[Seqs], postgresql: bool) -> Seqs:
    """Of those articles the `RANKED` that came in last."""
    last: ColumnElement[Any] = literal_column("found.seq" if postgresql else "found.rowid").desc()
    return matching(match, within, postgresql).order_by(last).limit(RANKED)


def ranked(match: Match, within: Sequence[Seqs], postgresql: bool) -> CTE:
    """Those that came in last, each with its score, the best least."""
    newest = came_last(match, within, postgresql)
    if not postgresql:
        # FTS5 gives its rows in the order asked by itself: no score is worked out beyond the last one needed.
        return newest.add_columns(literal_column("bm25(found, 4.0, 1.0)").label("score")).cte("ranked")
    few = newest.subquery("newest")
    score = (-func.ts_rank_cd(literal_column("found.words"), text(f"({match.query})"))).label("score")
    there = _FOUND.join(few, few.c.seq == literal_column("found.seq"))
    return select(few.c.seq, score).select_from(there).cte("ranked")
