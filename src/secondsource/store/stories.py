"""Stories in the database: which articles they have, how they came about, and their log of changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from ..errors import UnknownError
from ..model import Article, CopyLink, Origin, Passage, Span, Story
from . import articles as kept
from .paging import fetch
from .records import Change, Page, StoryOrder, StoryRow
from .tables import articles, briefs, changes, links, members, origins, stories

_COLUMNS: Final = (*stories.c, briefs.c.differing, briefs.c.changed.label("told"))
_EXISTS: Final = select(stories.c.id).where(stories.c.id == bindparam("story"))
_JOINED: Final = stories.outerjoin(briefs, briefs.c.story == stories.c.id)


def position(connection: Connection) -> int:
    """Where the log of changes stands."""
    return int(connection.execute(select(func.coalesce(func.max(changes.c.position), 0))).scalar_one())


def changes_after(
    connection: Connection, after: int, limit: int, story: str | None = None
) -> tuple[Change, ...]:
    """The entries of the log after a position, in their order."""
    query = select(changes).where(changes.c.position > after).order_by(changes.c.position).limit(limit)
    if story is not None:
        query = query.where(changes.c.story == story)
    return tuple(
        Change(row.position, row.what, row.story, tuple(row.articles), row.other)
        for row in connection.execute(query)
    )


def exists(connection: Connection, story: str) -> bool:
    """Whether there is or was a story of this id."""
    return connection.execute(_EXISTS, {"story": story}).first() is not None


def links_of(connection: Connection, story: str) -> tuple[CopyLink, ...]:
    """The links between the articles of one story, those that share most first."""
    left, right = members.alias("l"), members.alias("r")
    joined = links.join(left, left.c.article == links.c.left).join(right, right.c.article == links.c.right)
    query = select(links).select_from(joined).where(left.c.story == story, right.c.story == story)
    return ranked(link_of(row) for row in connection.execute(query))


def link_of(row: Any) -> CopyLink:
    """The link in a row of the table."""
    return CopyLink(
        left=row.left,
        right=row.right,
        passages=tuple(Passage(Span(a, b), Span(c, d)) for a, b, c, d in row.passages),
        left_share=row.left_share,
        right_share=row.right_share,
    )


def ranked(found: Iterable[CopyLink]) -> tuple[CopyLink, ...]:
    """Links, those that share most first."""
    return tuple(sorted(found, key=lambda one: (-max(one.left_share, one.right_share), one.left, one.right)))


def articles_of(connection: Connection, story: str) -> list[Article]:
    """The articles of a story: undated first, then by day, then by id."""
    query = (
        select(articles)
        .join(members, members.c.article == articles.c.id)
        .where(members.c.story == story)
        .order_by(func.coalesce(articles.c.earliest, ""), articles.c.id)
    )
    return [kept.article_of(row) for row in connection.execute(query)]


def get(connection: Connection, story: str) -> Story:
    """A story with its articles, their origins and what they share.

    Raises:
        UnknownError: when there is none of that id.
    """
    row = get_row(connection, story)
    found = [
        Origin(one.id, tuple(one.articles), one.why, one.name, tuple(one.copied))
        for one in connection.execute(select(origins).where(origins.c.story == story).order_by(origins.c.id))
    ]
    told = tuple(articles_of(connection, story))
    place = {article.id: at for at, article in enumerate(told)}
    found.sort(key=lambda one: min((place[id] for id in one.articles), default=0))
    return Story(row.id, row.title, told, tuple(found), links_of(connection, story))


def get_row(connection: Connection, story: str) -> StoryRow:
    """A story without its articles.

    Raises:
        UnknownError: when there is none of that id.
    """
    row = connection.execute(select(*_COLUMNS).select_from(_JOINED).where(stories.c.id == story)).first()
    if row is None:
        raise UnknownError(f"no story {story!r} in the library")
    return _row(row)


def story_of(connection: Connection, article: str) -> str | None:
    """The story of an article."""
    return connection.execute(select(members.c.story).where(members.c.article == article)).scalar()


def _row(row: Any) -> StoryRow:
    return StoryRow(
        id=row.id,
        title=row.title,
        state=row.state,
        articles=row.articles,
        origins=row.origins,
        outlets=tuple(row.outlets),
        first=kept.day_of(row.first),
        last=kept.day_of(row.last),
        per_day=tuple((day, n) for stored, n in row.per_day if (day := kept.day_of(stored))),
        born=row.born,
        changed=row.changed,
        into=row.into,
        differing=row.differing if row.told == row.changed else None,
    )


_KEYS: Final[dict[StoryOrder, tuple[Any, ...]]] = {
    "changed": (stories.c.changed, stories.c.id),
    "newest": (func.coalesce(stories.c.last, ""), stories.c.origins, stories.c.id),
    "origins": (stories.c.origins, func.coalesce(stories.c.last, ""), stories.c.id),
}


def page(
    connection: Connection,
    since: int,
    min_articles: int,
    order: StoryOrder,
    limit: int,
    after: str | None,
) -> Page[StoryRow]:
    """Stories that changed after a position, without those that went into others."""
    query = select(*_COLUMNS).select_from(_JOINED).where(stories.c.state != "merged")
    query = query.where(stories.c.articles >= max(min_articles, 1))
    if since:
        query = query.where(stories.c.changed > since)
    return fetch(connection, query, _KEYS[order], _row, limit, after)


def counts(connection: Connection) -> tuple[int, int]:
    """How many stories there are, and how many of them are open."""
    query = select(stories.c.state, func.count()).where(stories.c.state != "merged").group_by(stories.c.state)
    found = {state: int(n) for state, n in connection.execute(query)}
    return sum(found.values()), found.get("open", 0)
