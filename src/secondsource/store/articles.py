"""Articles in and out of the database: once each, by their content."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, func, insert, select, text

from ..errors import Failure, UnknownError
from ..model import Article, Block, Published, Span, content_id
from .batching import batches
from .blank import blanked
from .paging import fetch
from .records import ArticleRow, Page, Received
from .tables import articles, members, received

ROW: Final = (
    articles.c.id,
    articles.c.title,
    articles.c.outlet,
    articles.c.url,
    articles.c.published,
    articles.c.earliest,
    articles.c.latest,
    articles.c.place,
    articles.c.source,
    members.c.story,
)
"""The columns of an `ArticleRow`, from `articles` joined with `members`."""

JOINED: Final = articles.outerjoin(members, members.c.article == articles.c.id)


def content_of(article: Article) -> str:
    """A hash of what an article says and who published it where and when, whatever its id."""
    stated = article.published.value if article.published else None
    return content_id(article.text, article.title, article.outlet, article.url, stated)


def storable(article: Article) -> Failure | None:
    """Why an article can't be kept; None if it can."""
    fields = (article.text, article.title, article.outlet, article.url, article.id, article.place)
    for field in (*fields, article.source, *article.authors):
        if field and ("\0" in field or not _encodes(field)):
            reason = "holds characters that can't be stored (a null or half of a surrogate pair)"
            return Failure("store", article.name.encode("ascii", "backslashreplace").decode(), reason)
    return None


def _encodes(field: str) -> bool:
    try:
        field.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def put(
    connection: Connection, given: Sequence[Article], source: str | None, raw: Mapping[str, Received]
) -> tuple[list[Article], list[str]]:
    """Add what is not there yet; the new articles, under the ids they are kept by, and the known ids.

    `raw` holds articles as they came in, by the hash of their content.
    """
    known = _known(connection, {content_of(article) for article in given})
    taken = _taken(connection, {article.id for article in given})
    new: dict[str, Article] = {}
    before: dict[str, None] = {}
    for article in given:
        content = content_of(article)
        if content in known:
            before.setdefault(known[content])
            continue
        kept = article if article.id not in taken else replace(article, id=f"{article.id}-{content[:8]}")
        known[content] = kept.id
        taken.add(kept.id)
        new[content] = kept
    _insert(connection, new, source, {content: one for content, one in raw.items() if content in new})
    added = {article.id for article in new.values()}
    return list(new.values()), [id for id in before if id not in added]


def _known(connection: Connection, contents: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in batches(sorted(contents)):
        rows = connection.execute(
            select(articles.c.content, articles.c.id).where(articles.c.content.in_(some))
        )
        found.update((row.content, row.id) for row in rows)
    return found


def _taken(connection: Connection, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in batches(sorted(ids)):
        found.update(connection.execute(select(articles.c.id).where(articles.c.id.in_(some))).scalars())
    return found


def _insert(
    connection: Connection, new: Mapping[str, Article], source: str | None, raw: Mapping[str, Received]
) -> None:
    """Add new articles by their contents, with what they came in as, and index their words."""
    if not new:
        return
    blocks = [[[b.span.start, b.span.end, b.role] for b in article.blocks] for article in new.values()]
    rows = [
        _values(article, content, source, parts)
        for (content, article), parts in zip(new.items(), blocks, strict=True)
    ]
    order = insert(articles).returning(articles.c.seq, sort_by_parameter_order=True)
    seqs = connection.execute(order, rows).scalars().all()
    words = [
        {"seq": seq, "title": article.title or "", "body": _searched(article, parts)}
        for seq, article, parts in zip(seqs, new.values(), blocks, strict=True)
    ]
    connection.execute(_INDEX[connection.dialect.name], words)
    packed = [
        {
            "article": new[content].id,
            "media_type": one.media_type,
            "url": one.url,
            "body": zlib.compress(one.body),
        }
        for content, one in raw.items()
    ]
    if packed:
        connection.execute(insert(received), packed)


def _values(article: Article, content: str, source: str | None, blocks: list[Any]) -> dict[str, Any]:
    when = article.published
    return {
        "id": article.id,
        "content": content,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": when.value if when else None,
        "earliest": when.earliest.isoformat() if when and when.earliest else None,
        "latest": when.latest.isoformat() if when and when.latest else None,
        "how": when.how if when else None,
        "authors": list(article.authors),
        "credit": article.source,
        "place": article.place,
        "source": source,
        "blocks": blocks,
        "text": article.text,
    }


def _searched(article: Article, blocks: list[Any]) -> str:
    return blanked(article.text, blocks or [(0, len(article.text), "body")])


_INDEX: Final = {
    "sqlite": text("INSERT INTO found(rowid, title, body) VALUES (:seq, :title, :body)"),
    "postgresql": text(
        "INSERT INTO found(seq, words) VALUES (:seq, setweight(to_tsvector('english', :title), 'A')"
        " || to_tsvector('english', :body))"
    ),
}


def article_of(row: Any) -> Article:
    """The article in a row of the table."""
    return Article(
        id=row.id,
        text=row.text,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published=_published(row),
        authors=tuple(row.authors),
        source=row.credit,
        place=row.place,
        blocks=tuple(Block(Span(start, end), role) for start, end, role in row.blocks),
    )


def _published(row: Any) -> Published | None:
    if row.how is None:
        return None
    return Published(day_of(row.earliest), day_of(row.latest), row.published, row.how)


def day_of(stored: str | None) -> date | None:
    """A day as it is kept."""
    return date.fromisoformat(stored) if stored else None


def get(connection: Connection, ids: Sequence[str]) -> list[Article]:
    """The articles with these ids, in this order.

    Raises:
        UnknownError: when there is none of that id.
    """
    found: dict[str, Article] = {}
    for some in batches(list(ids)):
        for row in connection.execute(select(articles).where(articles.c.id.in_(some))):
            found[row.id] = article_of(row)
    for id in ids:
        if id not in found:
            raise UnknownError(f"no article {id!r} in the library")
    return [found[id] for id in ids]


def get_received(connection: Connection, id: str) -> Received | None:
    """An article as it came in, where that was kept."""
    row = connection.execute(select(received).where(received.c.article == id)).first()
    return None if row is None else Received(zlib.decompress(row.body), row.media_type, row.url)


def row_of(row: Any) -> ArticleRow:
    """The `ArticleRow` in a row of the columns `ROW`."""
    return ArticleRow(
        id=row.id,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published=row.published,
        earliest=day_of(row.earliest),
        latest=day_of(row.latest),
        place=row.place,
        source=row.source,
        story=row.story,
    )


def page(
    connection: Connection, outlet: str | None, source: str | None, limit: int, after: str | None
) -> Page[ArticleRow]:
    """Articles, the last that came first."""
    query: Select[Any] = select(*ROW).select_from(JOINED)
    if outlet is not None:
        query = query.where(articles.c.outlet == outlet)
    if source is not None:
        query = query.where(articles.c.source == source)
    return fetch(connection, query, (articles.c.seq,), row_of, limit, after)


def count(connection: Connection) -> int:
    """How many articles there are."""
    return int(connection.execute(select(func.count()).select_from(articles)).scalar_one())


def outlets(connection: Connection) -> tuple[tuple[str, int], ...]:
    """The outlets and how many articles each has, those with most first."""
    query = select(articles.c.outlet, func.count()).where(articles.c.outlet.is_not(None))
    rows = connection.execute(query.group_by(articles.c.outlet))
    return tuple(sorted(((name, int(n)) for name, n in rows), key=lambda pair: (-pair[1], pair[0])))
