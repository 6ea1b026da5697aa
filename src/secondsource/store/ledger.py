"""What grouping changed, written down: the log, who is of which story, and the rows of the stories.

A call that adds articles touches hundreds of stories. All that is asked and
written is therefore asked and written for all of them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Text, bindparam, delete, func, insert, select, update

from ..group import Recall, find_copies, find_origins, story_title
from ..model import Article, CopyLink, Origin
from . import stories as told
from . import voices
from .batching import batches
from .records import Change
from .tables import articles, changes, links, members, origins, sights, stories


@dataclass(slots=True)
class Ledger:
    """The changes of one transaction: by story its last position in the log and what it gained.

    `ended` are the stories that went into others: the position, and where they
    went. `central` is the article that stands for a story, where that is known.
    """

    at: dict[str, int] = field(default_factory=dict)
    gained: dict[str, set[str]] = field(default_factory=dict)
    ended: dict[str, tuple[int, str]] = field(default_factory=dict)
    central: dict[str, str] = field(default_factory=dict)

    def note(self, position: int, change: Change) -> None:
        """Take in a change that was logged at a position."""
        self.at[change.story] = position
        self.gained.setdefault(change.story, set()).update(change.articles)
        self.ended.pop(change.story, None)
        if change.what == "split" and change.other is not None:
            self.at[change.other] = position
        elif change.other is not None:
            self.ended[change.other] = (position, change.story)
            self.at.pop(change.other, None)

    @property
    def touched(self) -> tuple[str, ...]:
        """The stories that changed and live on."""
        return tuple(sorted(self.at))


def log(connection: Connection, made: Sequence[Change]) -> list[int]:
    """Write changes down; their positions."""
    if not made:
        return []
    order = insert(changes).returning(changes.c.position, sort_by_parameter_order=True)
    rows = [
        {"what": one.what, "story": one.story, "articles": list(one.articles), "other": one.other}
        for one in made
    ]
    return list(connection.execute(order, rows).scalars())


def write(connection: Connection, made: Sequence[Change], ledger: Ledger) -> None:
    """Log changes and move their articles; the ledger learns of them."""
    names = sorted({change.story for change in made})
    known = _column(connection, names, lambda some: select(stories.c.id).where(stories.c.id.in_(some)))
    new = [name for name in names if name not in known]
    if new:
        connection.execute(insert(stories), [_blank(name) for name in new])
    whole, home = _whole(connection, made)
    for position, change in zip(log(connection, whole), whole, strict=True):
        ledger.note(position, change)
    move(connection, home)


def move(connection: Connection, home: Mapping[str, str]) -> None:
    """Make articles members of stories, whichever they were of before."""
    ids = sorted(home)
    leaving: dict[str, list[str]] = {}
    for some in batches(ids):
        for row in connection.execute(select(members).where(members.c.article.in_(some))):
            if row.story != home[row.article]:
                leaving.setdefault(home[row.article], []).append(row.article)
    for story, moved in sorted(leaving.items()):
        voices.move(connection, moved, story)
    for some in batches(ids):
        connection.execute(delete(members).where(members.c.article.in_(some)))
    if ids:
        connection.execute(insert(members), [{"article": id, "story": home[id]} for id in ids])


def _blank(name: str) -> dict[str, Any]:
    """The row of a story that has no articles yet."""
    numbers = dict.fromkeys(("articles", "origins", "seen", "born", "changed"), 0)
    return {"id": name, "title": "", "state": "open", "outlets": [], "per_day": [], **numbers}


def _whole(connection: Connection, made: Sequence[Change]) -> tuple[list[Change], dict[str, str]]:
    """The changes, those of merged stories with all their articles; and where each article ends up."""
    gone = sorted({change.other for change in made if change.what == "merged" and change.other})
    here: dict[str, str] = {}
    for some in batches(gone):
        rows = connection.execute(select(members).where(members.c.story.in_(some)))
        here.update((row.article, row.story) for row in rows)
    whole: list[Change] = []
    home: dict[str, str] = {}
    for change in made:
        ids = set(change.articles)
        if change.what == "merged":
            ids.update(id for id, story in here.items() if story == change.other)
        here.update(dict.fromkeys(ids, change.story))
        home.update(dict.fromkeys(ids, change.story))
        whole.append(Change(0, change.what, change.story, tuple(sorted(ids)), change.other))
    return whole, home


def members_of(connection: Connection, names: Sequence[str]) -> dict[str, list[str]]:
    """The articles of stories: undated first, then by day, then by id."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for some in batches(names):
        query = (
            select(members.c.story, members.c.article)
            .join(articles, articles.c.id == members.c.article)
            .where(members.c.story.in_(some))
            .order_by(func.coalesce(articles.c.earliest, ""), articles.c.id)
        )
        for story, id in connection.execute(query):
            found[story].append(id)
    return found


def settle(
    connection: Connection,
    ledger: Ledger,
    inside: Mapping[str, Sequence[Article]],
    copied: Mapping[str, Sequence[CopyLink]],
    recalled: Recall,
    over: int,
) -> None:
    """Bring the rows of stories up to date with their articles, which `inside` has.

    A story whose last article is of a day before `over` is closed from the
    start; that is no change worth an entry in the log.
    """
    names = list(ledger.touched)
    found = {name: find_origins(inside[name], copied.get(name, ()), recalled) for name in names}
    _save_origins(connection, found, ledger.ended)
    seen = _seen(connection, names)
    rows = [_row(name, inside[name], found[name], ledger, seen.get(name, 0), over) for name in names]
    if rows:
        connection.execute(_SETTLE, rows)
    if ledger.ended:
        gone = [{"key": name, "at": at, "to": into} for name, (at, into) in sorted(ledger.ended.items())]
        connection.execute(_MERGE, gone)


_KEY: Final = stories.c.id == bindparam("key")
_SETTLE: Final = (
    update(stories)
    .where(_KEY)
    .values(
        title=func.coalesce(bindparam("name", type_=Text), stories.c.title),
        state=bindparam("state_now"),
        into=None,
        articles=bindparam("size"),
        origins=bindparam("sources"),
        outlets=bindparam("houses", type_=stories.c.outlets.type),
        first=bindparam("begin"),
        last=bindparam("until"),
        per_day=bindparam("days", type_=stories.c.per_day.type),
        seen=bindparam("latest"),
        born=func.coalesce(func.nullif(stories.c.born, 0), bindparam("at", type_=stories.c.born.type)),
        changed=bindparam("at", type_=stories.c.changed.type),
    )
)
_MERGE: Final = (
    update(stories)
    .where(_KEY)
    .values(state="merged", changed=bindparam("at"), into=bindparam("to"), articles=0, origins=0)
)
_CLOSE: Final = update(stories).where(_KEY).values(state="closed", changed=bindparam("at"))


def _row(
    name: str,
    inside: Sequence[Article],
    sources: Sequence[Origin],
    ledger: Ledger,
    seen: int,
    over: int,
) -> dict[str, Any]:
    when = [article.published for article in inside if article.published]
    days = Counter(one.day.isoformat() for one in when if one.day)
    middle = next((article for article in inside if article.id == ledger.central.get(name)), None)
    return {
        "key": name,
        "at": ledger.at[name],
        "name": None if middle is None else story_title(middle),
        "size": len(inside),
        "sources": len(sources),
        "houses": sorted({article.outlet for article in inside if article.outlet}),
        "begin": min((one.earliest.isoformat() for one in when if one.earliest), default=None),
        "until": max((one.latest.isoformat() for one in when if one.latest), default=None),
        "days": sorted(days.items()),
        "latest": seen,
        "state_now": "closed" if seen < over else "open",
    }


def _seen(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    """The day of the last article of each story."""
    found: dict[str, int] = {}
    for some in batches(names):
        query = (
            select(members.c.story, func.max(sights.c.day))
            .join(sights, sights.c.article == members.c.article)
            .where(members.c.story.in_(some))
            .group_by(members.c.story)
        )
        found.update((story, day or 0) for story, day in connection.execute(query))
    return found


def _save_origins(
    connection: Connection, found: Mapping[str, Sequence[Origin]], ended: Collection[str]
) -> None:
    """Keep the origins of stories in the place of those they had; those that ended have none."""
    for some in batches(sorted({*found, *ended})):
        connection.execute(delete(origins).where(origins.c.story.in_(some)))
    rows = [
        {
            "story": story,
            "id": one.id,
            "why": one.why,
            "name": one.name,
            "articles": list(one.articles),
            "copied": list(one.copied),
        }
        for story, some in found.items()
        for one in some
    ]
    if rows:
        connection.execute(insert(origins), rows)


def link(
    connection: Connection,
    inside: Mapping[str, Sequence[Article]],
    compared: Iterable[tuple[str, Sequence[Article], Collection[str]]],
    recalled: Recall,
) -> dict[str, list[CopyLink]]:
    """The links of stories, those that were kept and those of new articles, which are kept now.

    `compared` has, for a story, the articles to compare and the ids of the new ones among them.
    """
    home = {article.id: name for name, some in inside.items() if len(some) > 1 for article in some}
    found: dict[str, list[CopyLink]] = {}
    known: set[tuple[str, str]] = set()
    for some in batches(sorted(home)):
        for row in connection.execute(select(links).where(links.c.left.in_(some))):
            known.add((row.left, row.right))
            if home.get(row.right) == home[row.left]:
                found.setdefault(home[row.left], []).append(told.link_of(row))
    made: list[CopyLink] = []
    for name, some_articles, new in compared:
        fresh = find_copies(some_articles, new=new, recalled=recalled)
        made += (one for one in fresh if (one.left, one.right) not in known)
        found.setdefault(name, []).extend(one for one in fresh if (one.left, one.right) not in known)
    if made:
        connection.execute(insert(links), [_link_row(one) for one in made])
    return {name: list(told.ranked(some)) for name, some in found.items()}


def _link_row(link: CopyLink) -> dict[str, Any]:
    return {
        "left": link.left,
        "right": link.right,
        "passages": [[p.left.start, p.left.end, p.right.start, p.right.end] for p in link.passages],
        "left_share": link.left_share,
        "right_share": link.right_share,
    }


def close(connection: Connection, day: int) -> None:
    """Close the open stories whose last article is of a day before this one."""
    query = select(stories.c.id).where(stories.c.state == "open", stories.c.seen < day)
    over = list(connection.execute(query.order_by(stories.c.seen, stories.c.id)).scalars())
    positions = log(connection, [Change(0, "closed", story) for story in over])
    if over:
        connection.execute(
            _CLOSE, [{"key": story, "at": at} for story, at in zip(over, positions, strict=True)]
        )


def _column(connection: Connection, values: Sequence[str], query: Callable[[Sequence[str]], Any]) -> set[str]:
    return {value for some in batches(values) for value in connection.execute(query(some)).scalars()}
