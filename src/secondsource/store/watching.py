"""What a library remembers of its feeds, of what failed, and of who has seen what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from ..errors import Failure
from ..model import content_id
from .batching import batches
from .paging import fetch
from .records import EntryState, FailureRow, FeedState, Page
from .tables import cursors, entries, failures, feeds


def get_feeds(connection: Connection) -> tuple[FeedState, ...]:
    """All feeds, by address."""
    return tuple(_state(row) for row in connection.execute(select(feeds).order_by(feeds.c.url)))


def get_feed(connection: Connection, url: str) -> FeedState | None:
    """One feed, or None if it is not known."""
    row = connection.execute(select(feeds).where(feeds.c.url == url)).first()
    return None if row is None else _state(row)


def due_feeds(connection: Connection, now: datetime) -> tuple[FeedState, ...]:
    """The feeds that are due at this time, the longest due first."""
    query = (
        select(feeds).where(func.coalesce(feeds.c.due, "") <= _stamp(now)).order_by(feeds.c.due, feeds.c.url)
    )
    return tuple(_state(row) for row in connection.execute(query))


def put_feed(connection: Connection, state: FeedState) -> None:
    """Keep the state of a feed in the place of the one before."""
    connection.execute(delete(feeds).where(feeds.c.url == state.url))
    connection.execute(
        insert(feeds).values(
            url=state.url,
            title=state.title,
            etag=state.etag,
            last_modified=state.last_modified,
            checked=_stamp(state.checked),
            due=_stamp(state.due),
            delay=state.delay,
            failed=state.failed,
            reason=state.reason,
        )
    )


def drop_feed(connection: Connection, url: str) -> None:
    """Forget a feed; its articles stay."""
    connection.execute(delete(feeds).where(feeds.c.url == url))


def get_entries(connection: Connection, ids: Iterable[str]) -> dict[str, EntryState]:
    """What is known of entries, by id; of new ones nothing."""
    found: dict[str, EntryState] = {}
    for some in batches(sorted(set(ids))):
        rows = connection.execute(select(entries).where(entries.c.id.in_(some)))
        found.update((row.id, EntryState(row.id, row.tries, bool(row.done))) for row in rows)
    return found


def put_entries(connection: Connection, states: Iterable[EntryState]) -> None:
    """Keep the states of entries in the place of those before."""
    last = {state.id: state for state in states}
    if not last:
        return
    rows = [{"id": state.id, "tries": state.tries, "done": int(state.done)} for state in last.values()]
    connection.execute(delete(entries).where(entries.c.id == bindparam("old")), [{"old": id} for id in last])
    connection.execute(insert(entries), rows)


def _state(row: Any) -> FeedState:
    return FeedState(
        url=row.url,
        title=row.title,
        etag=row.etag,
        last_modified=row.last_modified,
        checked=_time(row.checked),
        due=_time(row.due),
        delay=row.delay,
        failed=row.failed,
        reason=row.reason,
    )


def _stamp(time: datetime | None) -> str | None:
    """A time as it is kept, so that strings sort as times do; one without a zone is taken for UTC."""
    if time is None:
        return None
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def _time(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def record(connection: Connection, found: Iterable[Failure], source: str | None) -> None:
    """Write failures down, each once; one that comes again is counted, and is the latest again."""
    for failure in found:
        line = None if failure.line is None else str(failure.line)
        key = content_id(failure.stage, failure.where, failure.reason, line, source)
        times = connection.execute(select(failures.c.times).where(failures.c.key == key)).scalar()
        connection.execute(delete(failures).where(failures.c.key == key))
        connection.execute(
            insert(failures).values(
                key=key,
                stage=failure.stage,
                where=_printable(failure.where),
                line=failure.line,
                reason=_printable(failure.reason),
                source=source,
                times=(times or 0) + 1,
            )
        )


def _printable(message: str) -> str:
    return message.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")


def page_of_failures(
    connection: Connection, source: str | None, limit: int, after: str | None
) -> Page[FailureRow]:
    """What failed, the latest first."""
    query = select(failures)
    if source is not None:
        query = query.where(failures.c.source == source)
    return fetch(connection, query, (failures.c.position,), _failure, limit, after)


def _failure(row: Any) -> FailureRow:
    return FailureRow(
        row.position, Failure(row.stage, row.where, row.reason, row.line), row.source, row.times
    )


def get_cursor(connection: Connection, name: str) -> int:
    """The position that a name last looked at; 0 for a new name."""
    return int(connection.execute(select(cursors.c.position).where(cursors.c.name == name)).scalar() or 0)


def put_cursor(connection: Connection, name: str, position: int) -> None:
    """Remember the position that a name has looked at."""
    done = connection.execute(update(cursors).where(cursors.c.name == name).values(position=position))
    if not done.rowcount:
        connection.execute(insert(cursors).values(name=name, position=position))


def counts(connection: Connection) -> tuple[int, int, int]:
    """How many failures are recorded, how many feeds there are, and how many of them fail."""
    recorded = connection.execute(select(func.count()).select_from(failures)).scalar_one()
    known = connection.execute(select(func.count()).select_from(feeds)).scalar_one()
    failing = connection.execute(
        select(func.count()).select_from(feeds).where(feeds.c.failed > 0)
    ).scalar_one()
    return int(recorded), int(known), int(failing)
