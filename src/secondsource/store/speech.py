"""Who said what: quotes, those of the latest articles first, and the people behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, or_, select

from ..model import Span
from .articles import JOINED, ROW, day_of, row_of
from .found import FEW, RANKED, Seqs, came_last
from .paging import Key, fetch, place_of
from .records import Page, Person, QuoteHit
from .tables import articles, members, quotes, speakers
from .terms import beginnings, match_of
from .voices import stories_of

_DAY: Final = func.coalesce(articles.c.latest, "")
_KEYS: Final[tuple[Key, ...]] = (_DAY, articles.c.seq, -quotes.c.number)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quotes: `name` is all of a speaker's name and `speaker` part of it; each of the words is said."""

    speaker: str | None = None
    name: str | None = None
    words: str = ""
    story: str | None = None
    article: str | None = None


def find_quotes(
    connection: Connection, wanted: Wanted, version: str, limit: int, after: str | None
) -> Page[QuoteHit]:
    """Quotes, those of the latest articles first.

    Words are looked for in the `RANKED` articles with them that came in last;
    the page is not complete where there are more.
    """
    postgresql = connection.dialect.name == "postgresql"
    asked = beginnings(wanted.words)
    match = match_of(asked, postgresql) if asked else None
    values = dict(match.values) if match else {}
    lists, seen = _lists(wanted, version), 0
    if match is not None:
        lists.append(came_last(match, (), postgresql))
        counted = select(func.count()).select_from(lists[-1].subquery())
        seen = int(connection.execute(counted, values).scalar_one())
    walk: ColumnElement[int] = articles.c.seq
    if seen > FEW and not postgresql:
        walk = literal_column("+articles.seq")
    said = (quotes.c.article == articles.c.id, *_said(wanted, version))
    # A page needs no more articles than it has quotes, the one that the page before ended in and one to go on
    # with: found first, they are met in the order of an index.
    first = select(articles.c.id).where(*(walk.in_(some) for some in lists))
    first = first.where(select(quotes.c.article).where(*said).exists())
    if after is not None:
        day, seq, _ = place_of(after, _KEYS)
        met = (_DAY == day) & (articles.c.seq <= seq)  # noqa: SIM300 - a column is no constant
        first = first.where(or_(_DAY < day, met))  # noqa: SIM300
    first = first.order_by(articles.c.latest.desc().nulls_last(), articles.c.seq.desc())
    ids = list(connection.execute(first.limit(max(limit, 1) + 2), values).scalars())
    columns = [c.label(f"q_{c.name}") for c in quotes.c]
    query = select(*ROW, *columns).select_from(JOINED.join(quotes, and_(*said)))
    page = fetch(connection, query.where(quotes.c.article.in_(ids)), _KEYS, _quote_hit, limit, after)
    return Page(page.items, page.next, None, seen < RANKED)


def _lists(wanted: Wanted, version: str) -> list[Seqs]:
    """The articles that may have such quotes, each list read off an index."""
    seqs = select(articles.c.seq)
    found: list[Seqs] = []
    if wanted.speaker is not None or wanted.name is not None:
        there = seqs.join(quotes, quotes.c.article == articles.c.id).where(quotes.c.version == version)
        found.append(there.where(*_by(wanted, version)))
    if wanted.story is not None:
        told = seqs.join(members, members.c.article == articles.c.id)
        found.append(told.where(members.c.story == wanted.story))
    if wanted.article is not None:
        found.append(seqs.where(articles.c.id == wanted.article))
    return found


def _said(wanted: Wanted, version: str) -> list[ColumnElement[bool]]:
    """What a quote of an article must be."""
    said = func.lower(quotes.c.text)
    words = [said.contains(word.lower(), autoescape=True) for word in wanted.words.split()]
    return [quotes.c.version == version, *_by(wanted, version), *words]


def _by(wanted: Wanted, version: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.speaker is not None:
        conditions.append(quotes.c.folded.in_(names_with(wanted.speaker, version)))
    if wanted.name is not None:
        conditions.append(quotes.c.folded == wanted.name.casefold())
    return conditions


def names_with(part: str, version: str) -> Select[tuple[str]]:
    """The names of speakers, folded, that have a name's part in them."""
    named = speakers.c.folded.contains(part.casefold(), autoescape=True)
    return select(speakers.c.folded).where(speakers.c.version == version, named)


def _quote_hit(row: Any) -> QuoteHit:
    return QuoteHit(
        article=row_of(row),
        speaker=row.q_speaker,
        how=row.q_how,
        form=row.q_form,
        certainty=row.q_certainty,
        cue=_spans(row.q_cue),
        source=_spans(row.q_source),
        content=_spans(row.q_content),
        text=row.q_text,
    )


def _spans(pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def find_people(
    connection: Connection, version: str, name: str | None, limit: int, after: str | None
) -> Page[Person]:
    """Who is quoted by name, those quoted most first."""
    query = select(speakers).where(speakers.c.version == version, speakers.c.quotes > 0)
    if name is not None:
        query = query.where(speakers.c.folded.contains(name.casefold(), autoescape=True))
    rows = fetch(connection, query, (speakers.c.quotes, speakers.c.folded), tuple, limit, after)
    told = stories_of(connection, version, [row[1] for row in rows])
    people = tuple(
        Person(row[2], row[3], row[4], told.get(row[1], 0), day_of(row[5]), day_of(row[6])) for row in rows
    )
    return Page(people, rows.next)
