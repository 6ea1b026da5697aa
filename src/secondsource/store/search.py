"""Search: articles by words, outlet, day, speaker and kind of event; quotes by speaker; people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, select, text

from ..errors import InputError
from ..model import Span
from .articles import JOINED, ROW, row_of
from .blank import blanked
from .paging import fetch
from .records import Hit, HitOrder, Page, Person, QuoteHit
from .tables import articles, events, members, quotes, speakers

SNIPPET: Final = 240
"""Characters of a snippet, at most."""

_TERM: Final = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must have besides the words."""

    outlet: str | None = None
    speaker: str | None = None
    event_type: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another, or must not; the last may be the beginning of a word."""

    words: tuple[str, ...]
    excluded: bool = False
    prefix: bool = False


def terms(query: str) -> tuple[Term, ...]:
    """A query as people type it: words, "phrases in quotation marks", beginn*, -without.

    >>> terms('bridge "heavy rain" flood* -football')[1]
    Term(words=('heavy', 'rain'), excluded=False, prefix=False)
    """
    found = []
    for sign, phrase, word in _TERM.findall(query):
        words = tuple(_WORD.findall(phrase or word))
        if words:
            found.append(Term(words, bool(sign), word.endswith("*")))
    return tuple(found)


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
    postgresql = connection.dialect.name == "postgresql"
    match = _tsquery(asked) if postgresql else _fts5(asked)
    found = _found(asked, postgresql, match)
    found = _filtered(found, filters, version)
    if order == "newest" or not asked:
        found = found.order_by(func.coalesce(articles.c.latest, "").desc(), articles.c.seq.desc())
    else:
        found = found.order_by(text("score"), articles.c.seq.desc())
    rows = connection.execute(found.limit(limit + 1).offset(begin), _values(asked, postgresql, match)).all()
    shown = rows[:limit]
    marks = _marks(connection, [row.seq for row in shown], asked, match)
    hits = tuple(_hit(row, *marks[row.seq]) for row in shown)
    return Page(hits, str(begin + limit) if len(rows) > limit else None)


def _offset(after: str | None) -> int:
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit()):
        raise InputError(f"not a place to go on from: {after!r}")
    return int(after)


def _found(asked: Sequence[Term], postgresql: bool, match: str) -> Select[Any]:
    columns = (articles.c.seq, *ROW)
    if not asked:
        return select(*columns, text("0.0 AS score")).select_from(JOINED)
    if postgresql:
        score = text(f"-ts_rank_cd(found.words, {match}) AS score")
        query = select(*columns, score).select_from(
            JOINED.join(text("found"), text("found.seq = articles.seq"))
        )
        return query.where(text(f"found.words @@ ({match})"))
    score = text("bm25(found, 4.0, 1.0) AS score")
    query = select(*columns, score).select_from(
        JOINED.join(text("found"), text("found.rowid = articles.seq"))
    )
    return query.where(text("found MATCH :match"))


def _filtered(query: Select[Any], filters: Filters, version: str) -> Select[Any]:
    if filters.outlet is not None:
        query = query.where(articles.c.outlet == filters.outlet)
    if filters.published_from is not None:
        query = query.where(articles.c.latest >= filters.published_from.isoformat())
    if filters.published_to is not None:
        query = query.where(articles.c.earliest <= filters.published_to.isoformat())
    if filters.story is not None:
        query = query.where(members.c.story == filters.story)
    if filters.speaker is not None:
        said = select(quotes.c.article).where(quotes.c.version == version, _named(filters.speaker))
        query = query.where(articles.c.id.in_(said))
    if filters.event_type is not None:
        type = filters.event_type.upper()
        told = select(events.c.article).where(events.c.version == version, events.c.type == type)
        query = query.where(articles.c.id.in_(told))
    return query


def _named(speaker: str) -> Any:
    """Speakers with this name, or this part of a name."""
    return quotes.c.folded.contains(speaker.casefold(), autoescape=True)


def _fts5(asked: Sequence[Term]) -> str:
    """The query in the language of FTS5: every word quoted, so that none is an operator."""
    wanted = " AND ".join(_fts5_term(term) for term in asked if not term.excluded)
    unwanted = "".join(f" NOT {_fts5_term(term)}" for term in asked if term.excluded)
    return wanted if not unwanted else f"({wanted}){unwanted}"


def _fts5_term(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")


def _tsquery(asked: Sequence[Term]) -> str:
    """The query as an SQL expression of PostgreSQL; the words are its parameters."""
    parts = []
    for n, term in enumerate(asked):
        made = f"to_tsquery('english', :term{n})" if term.prefix else f"phraseto_tsquery('english', :term{n})"
        parts.append(f"!!{made}" if term.excluded else made)
    return " && ".join(parts)


def _values(asked: Sequence[Term], postgresql: bool, match: str) -> dict[str, str]:
    if not asked:
        return {}
    if not postgresql:
        return {"match": match}
    return {
        f"term{n}": " <-> ".join(term.words) + ":*" if term.prefix else " ".join(term.words)
        for n, term in enumerate(asked)
    }


Marked = tuple[str, list[tuple[int, int, str]], list[Span]]
"""A text, its blocks, and where in it the words asked for stand."""


def _marks(
    connection: Connection, seqs: Sequence[int], asked: Sequence[Term], match: str
) -> dict[int, Marked]:
    rows = connection.execute(
        select(articles.c.seq, articles.c.text, articles.c.blocks).where(articles.c.seq.in_(seqs))
    ).all()
    found: dict[int, Marked] = {
        row.seq: (row.text, row.blocks or [(0, len(row.text), "body")], []) for row in rows
    }
    if not asked or not found:
        return found
    first, last = _signs([row.text for row in rows])
    if connection.dialect.name == "postgresql":
        shown = _headlines(connection, found, asked, match, first, last)
    else:
        query = text(
            "SELECT rowid, highlight(found, 1, :first, :last) FROM found"
            " WHERE found MATCH :match AND rowid IN :seqs"
        ).bindparams(bindparam("seqs", expanding=True))
        values = {"first": first, "last": last, "match": match, "seqs": list(seqs)}
        shown = dict(connection.execute(query, values).all())
    for seq, marked in shown.items():
        found[seq][2].extend(_places(marked, first, last))
    return found


def _headlines(
    connection: Connection, found: dict[int, Marked], asked: Sequence[Term], match: str, first: str, last: str
) -> dict[int, str]:
    options = f"HighlightAll=true, StartSel={first}, StopSel={last}"
    query = text(f"SELECT ts_headline('english', :body, {match}, :options)")
    shown = {}
    for seq, (body, blocks, _) in found.items():
        values = {"body": blanked(body, blocks), "options": options, **_values(asked, True, match)}
        shown[seq] = str(connection.execute(query, values).scalar_one())
    return shown


def _signs(texts: Sequence[str]) -> tuple[str, str]:
    """Two characters that stand in none of the texts."""
    used = set().union(*texts)
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
    return next(free), next(free)


def _places(marked: str, first: str, last: str) -> list[Span]:
    """Where the marked stretches stand in the text without the marks."""
    spans = []
    place = start = 0
    for part in re.split(f"([{first}{last}])", marked):
        if part == first:
            start = place
        elif part == last:
            spans.append(Span(start, place))
        else:
            place += len(part)
    return spans


def _hit(row: Any, body: str, blocks: list[tuple[int, int, str]], marks: list[Span]) -> Hit:
    span = _window(body, blocks, marks)
    inside = tuple(mark for mark in marks if span.contains(mark))
    return Hit(row_of(row), span.of(body), span, inside, float(row.score) * -1 + 0.0)


def _window(body: str, blocks: list[tuple[int, int, str]], marks: list[Span]) -> Span:
    """The stretch with most marks, within one block of the text, cut between words."""
    if marks:
        ahead = SNIPPET * 2 // 3
        best = max(
            marks,
            key=lambda m: (sum(m.start <= o.start and o.end <= m.start + ahead for o in marks), -m.start),
        )
    else:
        best = Span(*next((block[:2] for block in blocks if block[2] == "body"), (0, 0)))
    low, high = next(((start, end) for start, end, _ in blocks if start <= best.start < end), (0, len(body)))
    start = max(low, best.start - SNIPPET // 3)
    if start > low:
        start = _after_stop(body, start, best.start)
    end = min(high, start + SNIPPET)
    if end < high:
        cut = body.rfind(" ", min(best.end, end), end)
        end = cut if cut > start else end
    return _trimmed(body, start, end)


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


def find_quotes(
    connection: Connection,
    version: str,
    speaker: str | None,
    words: str,
    story: str | None,
    article: str | None,
    limit: int,
    after: str | None,
    name: str | None = None,
) -> Page[QuoteHit]:
    """Quotes, those of the latest articles first; `name` is all of a speaker's name, `speaker` part of it."""
    said = [c.label(f"q_{c.name}") for c in quotes.c]
    query = select(*ROW, *said).select_from(JOINED.join(quotes, quotes.c.article == articles.c.id))
    query = query.where(quotes.c.version == version)
    if speaker is not None:
        query = query.where(_named(speaker))
    if name is not None:
        query = query.where(quotes.c.folded == name.casefold())
    for word in words.split():
        query = query.where(func.lower(quotes.c.text).contains(word.lower(), autoescape=True))
    if story is not None:
        query = query.where(members.c.story == story)
    if article is not None:
        query = query.where(articles.c.id == article)
    keys = (func.coalesce(articles.c.latest, ""), articles.c.seq, -quotes.c.number)
    return fetch(connection, query, keys, _quote_hit, limit, after)


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
    query = select(speakers).where(speakers.c.version == version)
    if name is not None:
        query = query.where(speakers.c.folded.contains(name.casefold(), autoescape=True))
    rows = fetch(connection, query, (speakers.c.quotes, speakers.c.folded), tuple, limit, after)
    told = _stories_of(connection, version, [row[1] for row in rows])
    people = tuple(
        Person(row[2], row[3], row[4], told.get(row[1], 0), _day(row[5]), _day(row[6])) for row in rows
    )
    return Page(people, rows.next)


def _stories_of(connection: Connection, version: str, folded: Sequence[str]) -> dict[str, int]:
    query = (
        select(quotes.c.folded, func.count(members.c.story.distinct()))
        .join(members, members.c.article == quotes.c.article)
        .where(quotes.c.version == version, quotes.c.folded.in_(folded))
        .group_by(quotes.c.folded)
    )
    return {name: int(n) for name, n in connection.execute(query)}


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
