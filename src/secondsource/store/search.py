"""Search: articles by words, outlet, day, speaker and kind of event, in a time that is bounded.

The words pick from the full-text index, each filter from an index of its own.
Only the `RANKED` last that came in are compared by how well they tell of the
words: a word that most articles have would otherwise be weighed in each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, literal_column, select

from ..errors import InputError
from .articles import row_of
from .found import FEW, RANKED, Seqs, matching, ranked
from .records import Hit, HitOrder, Page
from .snippets import Marked, marked, window
from .speech import names_with
from .tables import articles, events, members, quotes
from .terms import Match, match_of, terms


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must have besides the words."""

    outlet: str | None = None
    speaker: str | None = None
    event_type: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    story: str | None = None


def search(
    connection: Connection,
    query: str,
    filters: Filters,
    version: str,
    order: HitOrder,
    limit: int,
    after: str | None,
) -> Page[Hit]:
    """The articles that have all terms of the query; all articles for a query without words.

    Raises:
        InputError: for a query that only excludes, or an `after` that no page gave.
    """
    asked = terms(query)
    if asked and all(term.excluded for term in asked):
        raise InputError("a search needs a word that is to be found, besides those that are not")
    begin = _offset(after)
    if limit < 1:
        raise InputError(f"a page has at least one row, not {limit}")
    within = _restrictions(filters, version)
    match = match_of(asked, connection.dialect.name == "postgresql") if asked else None
    if match is None or order == "newest":
        scored, count = _by_day(connection, match, within, begin, limit + 1)
    else:
        scored, count = _by_relevance(connection, match, within, begin, limit + 1)
    found = marked(connection, [seq for seq, _ in scored[:limit]], match)
    hits = tuple(_hit(found[seq], score) for seq, score in scored[:limit])
    following = str(begin + limit) if len(scored) > limit else None
    return Page(hits, following, count, count < RANKED)


def _offset(after: str | None) -> int:
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        raise InputError(f"not a place to go on from: {after!r}")
    return int(after)


Scored = list[tuple[int, float]]


def _by_relevance(
    connection: Connection, match: Match, within: Sequence[Seqs], begin: int, limit: int
) -> tuple[Scored, int]:
    """The best of the articles that came last: their numbers and scores; and how many were ranked."""
    found = ranked(match, within, connection.dialect.name == "postgresql")
    page = select(found.c.seq, found.c.score).order_by(found.c.score, found.c.seq.desc())
    counted = select(func.count()).select_from(found).scalar_subquery()
    # The count comes first: it is there even where the page is empty.
    shown = page.limit(limit).offset(begin).subquery()
    one = select(counted.label("count")).subquery()
    whole = select(one.c.count, shown.c.seq, shown.c.score).select_from(
        one.outerjoin(shown, literal_column("1") == literal_column("1"))
    )
    rows = connection.execute(whole.order_by(shown.c.score, shown.c.seq.desc()), dict(match.values)).all()
    return [(row.seq, -row.score + 0.0) for row in rows if row.seq is not None], int(rows[0][0])


def _by_day(
    connection: Connection, match: Match | None, within: Sequence[Seqs], begin: int, limit: int
) -> tuple[Scored, int]:
    """The articles of the latest days: their numbers; and how many there are, up to a bound."""
    postgresql = connection.dialect.name == "postgresql"
    values = dict(match.values) if match else {}
    words = [] if match is None else [matching(match, (), postgresql)]
    lists = [*words, *within]
    some = matching(match, within, postgresql) if match else _all(articles.c.seq, within)
    bounded = some.limit(RANKED).subquery()
    count = int(connection.execute(select(func.count()).select_from(bounded), values).scalar_one())
    walk: ColumnElement[int] = articles.c.seq
    if count > FEW and not postgresql:
        walk = literal_column("+articles.seq")
    page = _all(walk, lists).order_by(articles.c.latest.desc().nulls_last(), articles.c.seq.desc())
    rows = connection.execute(page.limit(limit).offset(begin), values).scalars()
    return [(seq, 0.0) for seq in rows], count


def _all(key: ColumnElement[int], within: Sequence[Seqs]) -> Seqs:
    return select(articles.c.seq).where(*(key.in_(some) for some in within))


def _restrictions(filters: Filters, version: str) -> list[Seqs]:
    """For each filter the numbers of the articles that pass it, each read off an index."""
    seqs = select(articles.c.seq)
    found = []
    if filters.outlet is not None:
        found.append(seqs.where(articles.c.outlet == filters.outlet))
    if filters.published_from is not None or filters.published_to is not None:
        found.append(seqs.where(*_days(filters.published_from, filters.published_to)))
    if filters.story is not None:
        there = seqs.join(members, members.c.article == articles.c.id)
        found.append(there.where(members.c.story == filters.story))
    if filters.speaker is not None:
        said = seqs.join(quotes, quotes.c.article == articles.c.id).where(quotes.c.version == version)
        found.append(said.where(quotes.c.folded.in_(names_with(filters.speaker, version))))
    if filters.event_type is not None:
        told = seqs.join(events, events.c.article == articles.c.id).where(events.c.version == version)
        found.append(told.where(events.c.type == filters.event_type.upper()))
    return found


def _days(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if first is not None:
        conditions.append(articles.c.latest >= first.isoformat())
    if last is not None:
        conditions.append(articles.c.earliest <= last.isoformat())
    return conditions


def _hit(one: Marked, score: float) -> Hit:
    span = window(one.body, one.blocks, one.marks)
    inside = tuple(mark for mark in one.marks if span.contains(mark))
    return Hit(row_of(one.row), span.of(one.body), span, inside, score)
