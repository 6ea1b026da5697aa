"""Stories in the database: which articles they have, how they came about, and their log of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from ..errors import UnknownError
from ..group import find_origins, story_title
from ..model import Article, CopyLink, Origin, Passage, Span, Story
from . import articles as kept
from . import voices
from .paging import fetch
from .records import Change, Page, StoryOrder, StoryRow
from .tables import articles, briefs, changes, links, members, origins, sights, stories

_COLUMNS: Final = (*stories.c, briefs.c.differing, briefs.c.changed.label("told"))
_JOINED: Final = stories.outerjoin(briefs, briefs.c.story == stories.c.id)


def position(connection: Connection) -> int:
    """Where the log of changes stands."""
    return int(connection.execute(select(func.coalesce(func.max(changes.c.position), 0))).scalar_one())


def log(connection: Connection, change: Change) -> int:
    """Write a change down; its position."""
    result = connection.execute(
        insert(changes).values(
            what=change.what, story=change.story, articles=list(change.articles), other=change.other
        )
    )
    (at,) = result.inserted_primary_key or (0,)
    return int(at or 0)


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


def begin(connection: Connection, story: str) -> None:
    """Make a row for a story that has no articles yet."""
    connection.execute(
        insert(stories).values(
            id=story,
            title="",
            state="open",
            articles=0,
            origins=0,
            outlets=[],
            per_day=[],
            seen=0,
            born=0,
            changed=0,
        )
    )


def exists(connection: Connection, story: str) -> bool:
    """Whether there is or was a story of this id."""
    return connection.execute(select(stories.c.id).where(stories.c.id == story)).first() is not None


def move(connection: Connection, ids: Collection[str], story: str) -> None:
    """Make articles members of a story, whichever they were of."""
    voices.move(connection, ids, story)
    connection.execute(delete(members).where(members.c.article.in_(ids)))
    connection.execute(insert(members), [{"article": id, "story": story} for id in sorted(ids)])


def save_links(connection: Connection, found: Iterable[CopyLink]) -> None:
    """Keep which articles share text, where that is not kept yet."""
    given = {(link.left, link.right): link for link in found}
    ids = sorted({id for pair in given for id in pair})
    for at in range(0, len(ids), 500):
        known = select(links.c.left, links.c.right).where(links.c.left.in_(ids[at : at + 500]))
        for left, right in connection.execute(known):
            given.pop((left, right), None)
    rows = [
        {
            "left": link.left,
            "right": link.right,
            "passages": [[p.left.start, p.left.end, p.right.start, p.right.end] for p in link.passages],
            "left_share": link.left_share,
            "right_share": link.right_share,
        }
        for link in given.values()
    ]
    if rows:
        connection.execute(insert(links), rows)


def links_of(connection: Connection, story: str) -> tuple[CopyLink, ...]:
    """The links between the articles of one story, those that share most first."""
    left, right = members.alias("l"), members.alias("r")
    joined = links.join(left, left.c.article == links.c.left).join(right, right.c.article == links.c.right)
    query = select(links).select_from(joined).where(left.c.story == story, right.c.story == story)
    found = [
        CopyLink(
            left=row.left,
            right=row.right,
            passages=tuple(Passage(Span(a, b), Span(c, d)) for a, b, c, d in row.passages),
            left_share=row.left_share,
            right_share=row.right_share,
        )
        for row in connection.execute(query)
    ]
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


def ids_of(connection: Connection, story: str) -> list[str]:
    """The ids of the articles of a story."""
    return list(connection.execute(select(members.c.article).where(members.c.story == story)).scalars())


def touch(connection: Connection, story: str, at: int) -> None:
    """Say that a story changed at a position in the log."""
    born = func.coalesce(func.nullif(stories.c.born, 0), at)
    connection.execute(
        update(stories).where(stories.c.id == story).values(changed=at, born=born, state="open", into=None)
    )


def settle(
    connection: Connection, story: str, told: Sequence[Article], central: str | None, over: int
) -> None:
    """Bring the row of a story up to date with its articles.

    A story whose last article is of a day before `over` is closed from the
    start; that is no change worth an entry in the log.
    """
    found = find_origins(told, links_of(connection, story))
    save_origins(connection, story, found)
    when = [article.published for article in told if article.published]
    days = Counter(one.day.isoformat() for one in when if one.day)
    firsts = [one.earliest.isoformat() for one in when if one.earliest]
    lasts = [one.latest.isoformat() for one in when if one.latest]
    latest = select(func.max(sights.c.day)).join(members, members.c.article == sights.c.article)
    seen = connection.execute(latest.where(members.c.story == story)).scalar() or 0
    middle = next((article for article in told if article.id == central), None)
    values: dict[str, Any] = {
        "articles": len(told),
        "origins": len(found),
        "outlets": sorted({a.outlet for a in told if a.outlet}),
        "first": min(firsts, default=None),
        "last": max(lasts, default=None),
        "per_day": sorted(days.items()),
        "seen": seen,
        "state": "closed" if seen < over else "open",
    }
    if middle is not None:
        values["title"] = story_title(middle)
    connection.execute(update(stories).where(stories.c.id == story).values(**values))


def gained(connection: Connection, story: str, after: int) -> set[str]:
    """The articles that a story gained after a position in the log."""
    query = select(changes.c.articles).where(changes.c.story == story, changes.c.position > after)
    return {id for ids in connection.execute(query).scalars() for id in ids}


def over(connection: Connection, day: int) -> list[str]:
    """The open stories whose last article is of a day before this one."""
    query = select(stories.c.id).where(stories.c.state == "open", stories.c.seen < day)
    return list(connection.execute(query.order_by(stories.c.seen, stories.c.id)).scalars())


def save_origins(connection: Connection, story: str, found: Sequence[Origin]) -> None:
    """Keep the origins of a story in the place of those it had."""
    connection.execute(delete(origins).where(origins.c.story == story))
    if found:
        rows = [
            {
                "story": story,
                "id": one.id,
                "why": one.why,
                "name": one.name,
                "articles": list(one.articles),
                "copied": list(one.copied),
            }
            for one in found
        ]
        connection.execute(insert(origins), rows)


def end(connection: Connection, story: str, state: str, at: int, into: str | None = None) -> None:
    """Close a story, or put it into another."""
    values: dict[str, Any] = {"state": state, "changed": at}
    if into is not None:
        values |= {"into": into, "articles": 0, "origins": 0}
        connection.execute(delete(origins).where(origins.c.story == story))
    connection.execute(update(stories).where(stories.c.id == story).values(**values))


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
