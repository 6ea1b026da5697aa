"""What a page asks of a library that must answer at once: only what is kept, and no more of it than is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from ..model import Article, Entity, Event, Quote, TimeMention
from ..model.codec import decode_fields
from . import analysis, articles
from .records import ArticleRow
from .tables import briefs, members, readings, stories

MANY = 500
"""So many accounts of a story are listed, at most."""


@dataclass(frozen=True, slots=True)
class Findings:
    """A kept reading without its tokens: what was found, ready to be shown."""

    article: Article
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    times: tuple[TimeMention, ...]
    events: tuple[Event, ...]


def kept_findings(connection: Connection, article: str, version: str) -> Findings | None:
    """What this version found in an article; None if it has not read it."""
    query = select(readings.c.body).where(readings.c.article == article, readings.c.version == version)
    body = connection.execute(query).scalar()
    if body is None:
        return None
    found: Findings = decode_fields(Findings, analysis.unpack(body))
    return found


def accounts_of(connection: Connection, story: str) -> tuple[ArticleRow, ...]:
    """The articles of a story without their texts, the latest first."""
    query = (
        select(*articles.ROW)
        .select_from(articles.JOINED)
        .where(members.c.story == story)
        .order_by(func.coalesce(articles.articles.c.latest, "").desc(), articles.articles.c.seq.desc())
        .limit(MANY)
    )
    return tuple(articles.row_of(row) for row in connection.execute(query))


def is_told(connection: Connection, story: str, version: str) -> bool:
    """Whether the brief of a story in its present state is kept."""
    joined = briefs.join(stories, stories.c.id == briefs.c.story)
    query = select(briefs.c.story).select_from(joined)
    query = query.where(
        briefs.c.story == story, briefs.c.version == version, briefs.c.changed == stories.c.changed
    )
    return connection.execute(query).first() is not None


def rows_of(connection: Connection, ids: Sequence[str]) -> dict[str, ArticleRow]:
    """Articles without their texts, by id; what is not in the library is left out."""
    if not ids:
        return {}
    query = select(*articles.ROW).select_from(articles.JOINED)
    rows = connection.execute(query.where(articles.articles.c.id.in_(list(ids)[:MANY])))
    return {row.id: articles.row_of(row) for row in rows}
