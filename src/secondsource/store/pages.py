"""What a page asks of a library and must have at once: only what is kept, no more than is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ..model import Article, Entity, Event, Quote, TimeMention
from ..model.codec import decode_fields
from . import analysis, articles, speech, tables
from .records import ArticleRow, Page, QuoteHit
from .tables import briefs, members, readings, stories
from .versions import reader_version, teller_version

if TYPE_CHECKING:
    from .library import Library

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


def kept_findings(library: Library, article: str) -> Findings | None:
    """What this version found in an article; None if it has not read it."""
    version = reader_version(library.settings)
    query = select(readings.c.body).where(readings.c.article == article, readings.c.version == version)
    with library._database.reading() as connection:
        body = connection.execute(query).scalar()
    if body is None:
        return None
    found: Findings = decode_fields(Findings, analysis.unpack(body))
    return found


def accounts_of(library: Library, story: str) -> tuple[ArticleRow, ...]:
    """The articles of a story without their texts, the latest first."""
    query = (
        select(*articles.ROW)
        .select_from(articles.JOINED)
        .where(members.c.story == story)
        .order_by(func.coalesce(tables.articles.c.latest, "").desc(), tables.articles.c.seq.desc())
        .limit(MANY)
    )
    with library._database.reading() as connection:
        return tuple(articles.row_of(row) for row in connection.execute(query))


def is_told(library: Library, story: str) -> bool:
    """Whether the brief of a story in its present state is kept."""
    version = teller_version(library.settings)
    query = select(briefs.c.story).select_from(briefs.join(stories, stories.c.id == briefs.c.story))
    query = query.where(
        briefs.c.story == story, briefs.c.version == version, briefs.c.changed == stories.c.changed
    )
    with library._database.reading() as connection:
        return connection.execute(query).first() is not None


def rows_of(library: Library, ids: Sequence[str]) -> dict[str, ArticleRow]:
    """Articles without their texts, by id; what is not in the library is left out."""
    if not ids:
        return {}
    query = select(*articles.ROW).select_from(articles.JOINED)
    query = query.where(tables.articles.c.id.in_(list(ids)[:MANY]))
    with library._database.reading() as connection:
        return {row.id: articles.row_of(row) for row in connection.execute(query)}


def outlets_of(library: Library, most: int = MANY) -> tuple[str, ...]:
    """The outlets with most articles, by name."""
    column = tables.articles.c.outlet
    query = select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc(), column)
    with library._database.reading() as connection:
        return tuple(sorted(connection.execute(query.limit(most)).scalars()))


def quotes_of(library: Library, name: str, limit: int, after: str | None) -> Page[QuoteHit]:
    """What is said under just this name, in the articles that this version has read, the latest first."""
    version = reader_version(library.settings)
    with library._database.reading() as connection:
        return speech.find_quotes(connection, speech.Wanted(name=name), version, limit, after)
