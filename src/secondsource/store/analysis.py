"""What was made of articles and stories: readings, findings and briefs, each kept by its version.

Only what the present version made is ever looked at; what another version
made stays until it is pruned, and is never mixed with it.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from ..brief import Brief
from ..brief import select as select_points
from ..errors import Failure, sorted_failures
from ..model import Quote, Reading, Span, Story
from ..model.codec import decode, encode
from . import voices
from .tables import articles, briefs, events, quotes, readings, speakers
from .tables import voices as voices_table


def pack(data: Any) -> bytes:
    """JSON-ready data, small."""
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)


def unpack(body: bytes) -> Any:
    """What `pack` made small."""
    return json.loads(zlib.decompress(body))


def get_reading(connection: Connection, article: str, version: str) -> Reading | None:
    """The reading of an article by this version."""
    query = select(readings.c.body).where(readings.c.article == article, readings.c.version == version)
    body = connection.execute(query).scalar()
    if body is None:
        return None
    found: Reading = decode(unpack(body))
    return found


def put_reading(connection: Connection, reading: Reading, version: str) -> None:
    """Keep a reading and the rows by which its findings are found, unless they are kept already."""
    article = reading.article.id
    held = select(readings.c.article).where(readings.c.article == article, readings.c.version == version)
    if connection.execute(held).first():
        return
    connection.execute(insert(readings).values(article=article, version=version, body=pack(encode(reading))))
    said = [
        {"article": article, "version": version, "number": n, **_quote(reading, quote)}
        for n, quote in enumerate(reading.quotes)
    ]
    if said:
        connection.execute(insert(quotes), said)
    _count_speakers(connection, reading, version)
    people = {one["folded"] for one in said if one["folded"] and one["how"] in voices.PEOPLE}
    voices.heard(connection, article, version, sorted(people))
    types = Counter(event.type for event in reading.events if event.type)
    if types:
        rows = [
            {"article": article, "version": version, "type": type, "times": n}
            for type, n in sorted(types.items())
        ]
        connection.execute(insert(events), rows)


def _count_speakers(connection: Connection, reading: Reading, version: str) -> None:
    """Keep every name that something is said under; what people with a name say is counted."""
    when = reading.article.published
    first = when.earliest.isoformat() if when and when.earliest else None
    last = when.latest.isoformat() if when and when.latest else None
    named = [(quote.speaker.name, quote.speaker.how in voices.PEOPLE) for quote in reading.quotes]
    often = Counter(name.casefold() for name, person in named if name and person)
    spelled = {name.casefold(): name for name in sorted(name for name, _ in named if name)}
    for folded in sorted(spelled):
        own = (speakers.c.version == version, speakers.c.folded == folded)
        row = connection.execute(select(speakers).where(*own)).first()
        values: dict[str, Any] = {"quotes": often[folded], "articles": 0, "first": None, "last": None}
        if often[folded]:
            values |= {"articles": 1, "first": first, "last": last}
        if row is None:
            name = spelled[folded]
            connection.execute(insert(speakers).values(version=version, folded=folded, name=name, **values))
            continue
        values["quotes"] = row.quotes + often[folded]
        values["articles"] = row.articles + values["articles"]
        values["first"] = min(filter(None, (row.first, values["first"])), default=None)
        values["last"] = max(filter(None, (row.last, values["last"])), default=None)
        connection.execute(update(speakers).where(*own).values(**values))


def _quote(reading: Reading, quote: Quote) -> dict[str, Any]:
    text = reading.article.text
    return {
        "speaker": quote.speaker.name,
        "folded": None if quote.speaker.name is None else quote.speaker.name.casefold(),
        "how": quote.speaker.how,
        "form": quote.form,
        "certainty": quote.certainty,
        "cue": _pairs(quote.cue),
        "source": _pairs(quote.source),
        "content": _pairs(quote.content),
        "text": " … ".join(span.of(text) for span in quote.content),
    }


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def unread(connection: Connection, version: str, limit: int | None) -> list[str]:
    """The ids of articles that this version has not read, the newest first."""
    done = select(readings.c.article).where(readings.c.version == version)
    query = select(articles.c.id).where(articles.c.id.not_in(done)).order_by(articles.c.seq.desc())
    return list(connection.execute(query.limit(limit)).scalars())


def count_unread(connection: Connection, version: str) -> int:
    """How many articles this version has not read."""
    done = select(func.count()).select_from(readings).where(readings.c.version == version)
    every = select(func.count()).select_from(articles)
    return int(connection.execute(every).scalar_one()) - int(connection.execute(done).scalar_one())


def get_brief(connection: Connection, story: Story, changed: int, version: str) -> Brief | None:
    """The brief of a story in this state by this version, as it was made before."""
    query = select(briefs.c.body).where(
        briefs.c.story == story.id, briefs.c.changed == changed, briefs.c.version == version
    )
    body = connection.execute(query).scalar()
    if body is None:
        return None
    data = unpack(body)
    brief = select_points(decode(data["collation"]), decode(data["calendar"]))
    failures = tuple(decode(failure) for failure in data["failures"])
    return _with_failures(brief, failures)


def _with_failures(brief: Brief, failures: Sequence[Failure]) -> Brief:
    return replace(brief, failures=sorted_failures([*brief.failures, *failures]))


def put_brief(
    connection: Connection, values: dict[str, Any], failures: Sequence[Failure], changed: int, version: str
) -> Brief:
    """Keep what a brief is selected from, in the place of what was kept of its story; and the brief."""
    brief = _with_failures(values["brief"], failures)
    story = values["story"].id
    data = {
        "collation": encode(values["collation"]),
        "calendar": encode(values["calendar"]),
        "failures": [encode(failure) for failure in failures],
    }
    connection.execute(delete(briefs).where(briefs.c.story == story))
    connection.execute(
        insert(briefs).values(
            story=story,
            version=version,
            changed=changed,
            differing=sum(point.kind == "differing" for point in brief.points),
            body=pack(data),
        )
    )
    return brief


def prune(connection: Connection, version: str) -> None:
    """Let go of readings and findings that other versions made."""
    for table in (readings, quotes, speakers, voices_table, events):
        connection.execute(delete(table).where(table.c.version != version))
