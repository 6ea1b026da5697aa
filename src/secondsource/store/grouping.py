"""New articles put into stories, and what that changes written down.

The grouper's window is held in memory and brought up to date from the
database at the start of every transaction that writes, so that several
processes may add to one library. All that it needs to go on after an end is
in the database: what it saw of each article, the pairs that connect, and how
often words were seen.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from ..group import WINDOW, Grouper, Pair, Rarity, Sight, Step, bar_of, days, online, pack, recall, unpack
from ..model import Article
from ..settings import Settings
from . import articles as kept
from . import ledger, stories
from .batching import batches
from .ledger import Ledger
from .records import Change
from .tables import articles, changes, members, near, rarity, sights

ALIKE: Final = 30
"""With so many articles of its story, those most like it, a new one is compared word for word."""

STRAY: Final = 5
"""The newest day is one that so many articles have reached: a few wrong dates in the future don't move it."""

SLACK: Final = 2_000
"""The window is tidied when it holds so many articles, and as many again, beyond those wanted."""

HELD: Final = 2_000
"""So many articles, those used last, are kept at hand."""


class Grouping:
    """The grouper of one library; used only inside transactions that write."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._recalled = recall()
        self._held: OrderedDict[str, Article] = OrderedDict()
        self._grouper: Grouper | None = None
        self._connection: Connection | None = None
        self._days: set[int] = set()
        self._seq = self._position = self._steps = 0

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Around a transaction, of which there is one at a time; if it fails, memory starts anew."""
        with self._lock:
            try:
                yield
            except BaseException:
                self._grouper = None
                self._held.clear()
                self._recalled = recall()
                raise
            finally:
                self._connection = None

    def add(self, connection: Connection, new: Sequence[Article]) -> tuple[str, ...]:
        """Group new articles, which are in the database already; the stories that changed."""
        if not new:
            return ()
        self._connection = connection
        grouper = self._fresh(connection)
        counted = grouper.rarity.documents
        seqs = _seqs(connection, [article.id for article in new])
        made = Ledger()
        for day, some in groupby(_by_day(new, grouper.newest), key=lambda pair: pair[0]):
            self._cover(connection, day)
            step = grouper.add([article for _, article in some])
            _keep(connection, step, seqs)
            ledger.write(connection, [_change(one) for one in step.changes], made)
            made.central.update(step.central)
            self._tidy(day)
        over = newest(connection) - WINDOW
        self._settle(connection, new, made, over)
        ledger.close(connection, over)
        if grouper.rarity.documents != counted:
            self._keep_rarity(connection)
        self._seq = max(self._seq, *seqs.values())
        self._position = stories.position(connection)
        return made.touched

    def _fresh(self, connection: Connection) -> Grouper:
        """The grouper, knowing what other processes did."""
        if self._grouper is None:
            self._grouper = self._begin(connection)
        grouper = self._grouper
        latest = connection.execute(select(func.max(rarity.c.number))).scalar() or 0
        if latest > self._steps:
            _, grouper.rarity, grouper.waiting = _read_rarity(connection)
            self._steps = latest
        others = connection.execute(
            select(sights).where(sights.c.seq > self._seq).order_by(sights.c.seq)
        ).all()
        self._take(connection, [row for row in others if row.day in self._days])
        grouper.waiting += [row.article for row in others if row.article not in set(grouper.waiting)]
        self._seq = max([self._seq, *(row.seq for row in others)])
        self._follow(connection, grouper)
        grouper.newest = newest(connection)
        return grouper

    def _begin(self, connection: Connection) -> Grouper:
        self._steps, found, waiting = _read_rarity(connection)
        grouper = Grouper(bar_of(self._settings), found, taken=self._exists, tokens=self._recalled.tokens)
        grouper.waiting = waiting
        self._days = set()
        self._seq = connection.execute(select(func.max(sights.c.seq))).scalar() or 0
        self._position = stories.position(connection)
        return grouper

    def _exists(self, story: str) -> bool:
        return self._connection is not None and stories.exists(self._connection, story)

    def _follow(self, connection: Connection, grouper: Grouper) -> None:
        """Learn how other processes moved articles between stories."""
        query = select(changes.c.story, changes.c.articles).where(changes.c.position > self._position)
        rows = connection.execute(query.order_by(changes.c.position)).all()
        moved = {id: row.story for row in rows for id in row.articles if id in grouper.window}
        grouper.restore([], [], moved)
        grouper.resize(_sizes(connection, {story for id in moved if (story := grouper.story_of(id))}))
        self._position = stories.position(connection)

    def _cover(self, connection: Connection, day: int) -> None:
        """Hold the articles around a day."""
        missing = set(range(day - WINDOW, day + WINDOW + 1)) - self._days
        if missing:
            query = select(sights).where(sights.c.day.between(min(missing), max(missing)))
            rows = connection.execute(query.order_by(sights.c.seq)).all()
            self._take(connection, [row for row in rows if row.day in missing])
            self._days |= missing

    def _take(self, connection: Connection, rows: Sequence[Any]) -> None:
        grouper = self._grouper
        if grouper is None or not rows:
            return
        found = [_sight(row) for row in rows if row.article not in grouper.window]
        ids = [sight.id for sight in found]
        story_of: dict[str, str] = {}
        pairs: list[Pair] = []
        for some in batches(ids):
            held = connection.execute(select(members).where(members.c.article.in_(some)))
            story_of.update((row.article, row.story) for row in held)
            both = select(near).where(near.c.left.in_(some) | near.c.right.in_(some))
            pairs += [Pair(row.left, row.right, row.score, row.body) for row in connection.execute(both)]
        grouper.restore(found, pairs, story_of)
        grouper.resize(_sizes(connection, set(story_of.values())))

    def _tidy(self, day: int) -> None:
        """Let go of articles that are far from this day and from the newest one."""
        grouper = self._grouper
        if grouper is None:
            return
        wanted = {d for around in (day, grouper.newest) for d in range(around - WINDOW, around + WINDOW + 1)}
        here = [id for id in grouper.window.place if grouper.window[id].day in wanted]
        if len(grouper.window) > 2 * len(here) + SLACK:
            grouper.keep(lambda sight: sight.day in wanted)
            self._days &= wanted

    def _settle(self, connection: Connection, new: Sequence[Article], made: Ledger, over: int) -> None:
        """Bring the rows of stories up to date: their copies, origins and titles."""
        ids = ledger.members_of(connection, made.touched)
        known = self._articles(connection, new, {id for some in ids.values() for id in some})
        inside = {name: [known[id] for id in some] for name, some in ids.items()}
        fresh = {article.id for article in new}
        compared = (
            (name, *self._compared(some, fresh | made.gained.get(name, set())))
            for name, some in inside.items()
            if len(some) > 1
        )
        copied = ledger.link(connection, inside, compared, self._recalled)
        ledger.settle(connection, made, inside, copied, self._recalled, over)

    def _articles(
        self, connection: Connection, new: Sequence[Article], wanted: Collection[str]
    ) -> dict[str, Article]:
        """Articles by id; those used last are kept at hand."""
        self._held.update((article.id, article) for article in new)
        missing = sorted(id for id in wanted if id not in self._held)
        found = {article.id: article for article in kept.get(connection, missing)}
        found |= {id: self._held[id] for id in wanted if id not in found}
        self._held.update(found)
        for id in found:
            self._held.move_to_end(id)
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return found

    def _compared(
        self, inside: Sequence[Article], new: Collection[str]
    ) -> tuple[Sequence[Article], Collection[str]]:
        """Which articles of a story are compared, and the new ones among them."""
        grouper = self._grouper
        mine = [article.id for article in inside if article.id in new]
        if grouper is None or len(inside) <= ALIKE:
            return inside, mine
        ids = [article.id for article in inside]
        chosen = set(mine)
        for id in mine:
            chosen.update(grouper.closest(id, ids, ALIKE) if id in grouper.window else ids)
        return [article for article in inside if article.id in chosen], mine

    def _keep_rarity(self, connection: Connection) -> None:
        grouper = self._grouper
        if grouper is not None:
            waiting = _seqs(connection, grouper.waiting).values()
            last = connection.execute(select(func.max(articles.c.seq))).scalar() or 0
            made = insert(rarity).values(seq=min(waiting, default=last + 1) - 1, body=grouper.rarity.pack())
            (number,) = connection.execute(made).inserted_primary_key or (0,)
            connection.execute(rarity.delete().where(rarity.c.number < number))
            self._steps = int(number or 0)


def newest(connection: Connection) -> int:
    """The newest day that several articles have reached, as an ordinal; -1 while there are none."""
    days = connection.execute(select(sights.c.day).order_by(sights.c.day.desc()).limit(STRAY)).scalars().all()
    return days[-1] if days else -1


def _read_rarity(connection: Connection) -> tuple[int, Rarity, list[str]]:
    """The last step of counting words, and the articles that came since."""
    row = connection.execute(select(rarity).order_by(rarity.c.number.desc()).limit(1)).first()
    since = row.seq if row else 0
    waiting = connection.execute(select(sights.c.article).where(sights.c.seq > since).order_by(sights.c.seq))
    found = Rarity.unpack(row.body) if row else Rarity()
    return (row.number if row else 0), found, list(waiting.scalars())


def _by_day(new: Sequence[Article], today: int) -> list[tuple[int, Article]]:
    """Articles with their day, in its order; those that state none come last, on the newest day."""
    firsts = days(new).first.tolist()
    dated = [(day, article) for day, article in zip(firsts, new, strict=True) if day >= 0]
    undated = [article for day, article in zip(firsts, new, strict=True) if day < 0]
    latest = max([today, *(day for day, _ in dated)])
    return sorted(dated, key=lambda pair: (pair[0], pair[1].id)) + [(latest, one) for one in undated]


def _seqs(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batches(ids):
        rows = connection.execute(select(articles.c.id, articles.c.seq).where(articles.c.id.in_(some)))
        found.update((row.id, row.seq) for row in rows)
    return found


def _sizes(connection: Connection, names: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batches(sorted(names)):
        query = select(members.c.story, func.count()).where(members.c.story.in_(some))
        found.update((story, int(n)) for story, n in connection.execute(query.group_by(members.c.story)))
    return found


def _sight(row: Any) -> Sight:
    return unpack(row.article, row.day, row.first, row.last, row.body)


def _keep(connection: Connection, step: Step, seqs: dict[str, int]) -> None:
    """Keep what the grouper will need to go on."""
    seen = [
        {
            "article": sight.id,
            "seq": seqs[sight.id],
            "day": sight.day,
            "first": sight.first,
            "last": sight.last,
            "body": pack(sight),
        }
        for sight in step.sights
    ]
    if seen:
        connection.execute(insert(sights), seen)
    unique = {(pair.left, pair.right): pair for pair in step.pairs}
    if unique:
        rows = [{"left": p.left, "right": p.right, "score": p.score, "body": p.body} for p in unique.values()]
        connection.execute(insert(near), rows)


def _change(made: online.Change) -> Change:
    return Change(0, made.what, made.story, made.articles, made.other)
