"""In which stories each speaker is quoted: counted as articles are read and as they change their story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select, text

from .batching import batches
from .tables import members, quotes, voices

_THIS: Final = " WHERE version = :version AND folded = :folded AND story = :story"
_MORE: Final = text(
    "INSERT INTO voices (version, folded, story, articles) VALUES (:version, :folded, :story, :articles)"
    " ON CONFLICT (version, folded, story) DO UPDATE SET articles = voices.articles + excluded.articles"
)
_LESS: Final = text("UPDATE voices SET articles = articles - :articles" + _THIS)
_NONE: Final = text("DELETE FROM voices" + _THIS + " AND articles < 1")

PEOPLE: Final = frozenset({"named", "pronoun", "utterance"})
"""How a speaker is known who counts as a person with a name."""

Voice = tuple[str, str, str]
"""The version of a reading, a speaker's folded name, a story."""


def heard(connection: Connection, article: str, version: str, folded: Iterable[str]) -> None:
    """Count an article that was just read for each of its speakers."""
    story = connection.execute(select(members.c.story).where(members.c.article == article)).scalar()
    if story is not None:
        _count(connection, Counter((version, name, story) for name in folded))


def move(connection: Connection, ids: Collection[str], story: str) -> None:
    """Count read articles for the story that they are about to join, and no more for the one they leave."""
    before: Counter[Voice] = Counter()
    for some in batches(sorted(ids)):
        query = select(quotes.c.version, quotes.c.folded, members.c.story, quotes.c.article).distinct()
        query = query.join(members, members.c.article == quotes.c.article)
        rows = connection.execute(query.where(quotes.c.article.in_(some), *_people()))
        before.update((row.version, row.folded, row.story) for row in rows if row.story != story)
    if not before:
        return
    after: Counter[Voice] = Counter()
    for (version, name, _), n in before.items():
        after[version, name, story] += n
    _count(connection, after)
    gone = _rows(before)
    connection.execute(_LESS, gone)
    connection.execute(_NONE, gone)


def stories_of(connection: Connection, version: str, folded: Sequence[str]) -> dict[str, int]:
    """In how many stories each of the names is quoted."""
    query = select(voices.c.folded, func.count()).where(voices.c.version == version)
    query = query.where(voices.c.folded.in_(folded)).group_by(voices.c.folded)
    return {name: int(n) for name, n in connection.execute(query)}


def _people() -> tuple[ColumnElement[bool], ...]:
    return quotes.c.folded.is_not(None), quotes.c.how.in_(sorted(PEOPLE))


def _count(connection: Connection, more: Counter[Voice]) -> None:
    if more:
        connection.execute(_MORE, _rows(more))


def _rows(voices_: Counter[Voice]) -> list[dict[str, str | int]]:
    return [
        {"version": version, "folded": name, "story": story, "articles": n}
        for (version, name, story), n in sorted(voices_.items())
    ]
