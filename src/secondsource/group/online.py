"""Stories that grow as news comes in: one pass, a bounded window of articles, ids that stay.

A day's articles are compared with one another and with the articles of the
window before them, by the measure that `group` uses. Then groups are joined
as in `group`, except that what is one story already starts as one. So an
article joins the story it is most like, stories that have grown alike are
merged, and a story whose last article leaves the window is closed. Articles
of one day may come in any order; the day is settled when a later one begins
or when the stories are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

import numpy as np

from ..model import Article, content_id
from ..words import document_counts
from .likeness import FLOOR, WINDOW, Counts, Floats, Measured, count, measure_counted, rarity, score
from .linkage import average_linkage, stars
from .stories import BAR, RISE
from .tokens import Days, Lexicon, canonical, days, tokens_of

ONLINE_BAR: Final = BAR + 0.5
"""The bar is higher than in a batch, since what was joined early on stays joined."""

SAME_TEXT: Final = 0.9
"""Two articles whose words are so alike are one text and have one vote."""

What: TypeAlias = Literal["born", "grew", "merged", "closed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a story: `articles` are the ids that it gained, `merged` the story that it took in."""

    what: What
    story: str
    articles: tuple[str, ...] = ()
    merged: str | None = None


@dataclass(slots=True)
class _Row:
    """One article of the window: its words, its day (that of its coming, if it has none), its story."""

    id: str
    day: int
    first: int
    last: int
    counts: tuple[Counts, ...]
    story: str | None = None


@dataclass(slots=True)
class Grouper:
    """Stories of a stream of articles.

    >>> from secondsource.model import Article
    >>> stream = Grouper()
    >>> stream.add([Article(text="It rained in the hills.", published="2024-05-01", id="a")])
    ()
    >>> [(change.what, change.articles) for change in stream.settle()]
    [('born', ('a',))]
    """

    bar: float = ONLINE_BAR
    _lexicon: Lexicon = field(default_factory=Lexicon)
    _seen: Floats = field(default_factory=lambda: np.zeros(0))
    _documents: int = 0
    _rows: list[_Row] = field(default_factory=list)
    _pairs: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _waiting: dict[str, Article] = field(default_factory=dict)
    _today: int = -1

    def add(self, articles: Iterable[Article]) -> tuple[Change, ...]:
        """Take in articles; the changes are those of the days that are over by them."""
        changes: list[Change] = []
        for article, first in _with_days(articles):
            if first > self._today:
                changes += self.settle()
                self._today = first
            self._waiting[article.id] = article
        return tuple(changes)

    def settle(self) -> tuple[Change, ...]:
        """Group what has come since the last time, and close the stories that are over."""
        closed = self._evict()
        known = {row.id for row in self._rows}
        new = [self._row(article) for article in canonical(self._waiting.values()) if article.id not in known]
        self._waiting.clear()
        if not new:
            return tuple(closed)
        self._rows = sorted(self._rows + new, key=lambda row: (row.first, row.id))
        self._compare({row.id for row in new})
        return (*closed, *self._join())

    def story_of(self, id: str) -> str | None:
        """The story of an article that is in the window; None if it is not."""
        return next((row.story for row in self._rows if row.id == id), None)

    def _row(self, article: Article) -> _Row:
        counts = count(tokens_of(article, self._lexicon))
        self._count(counts[0])
        when = days([article])
        first, last = int(when.first[0]), int(when.last[0])
        return _Row(article.id, first if first >= 0 else self._today, first, last, counts)

    def _count(self, body: Counts) -> None:
        """Add one document to the counts of documents, which begin as those of general English."""
        forms = self._lexicon.forms
        if self._seen.size < len(forms):
            general = document_counts()[1]
            more = [general.get(form, 0) for form in forms[self._seen.size :]]
            self._seen = np.concatenate((self._seen, np.array(more, dtype=np.float64)))
        self._seen[body[0]] += 1
        self._documents += 1

    def _evict(self) -> list[Change]:
        """Let go of articles that no new one can be compared with, and of their words and pairs."""
        over = self._today - WINDOW
        kept = [row for row in self._rows if row.day >= over]
        if len(kept) == len(self._rows):
            return []
        alive = {row.story for row in kept}
        gone = sorted({row.story for row in self._rows if row.story} - alive)
        self._rows = kept
        ids = {row.id for row in kept}
        self._pairs = {pair: found for pair, found in self._pairs.items() if ids.issuperset(pair)}
        self._forget()
        return [Change("closed", story) for story in gone]

    def _forget(self) -> None:
        """Number the words of the window anew, once most of the numbered ones are of articles long gone."""
        used = np.unique(
            np.concatenate([np.zeros(0, dtype=np.int32), *(row.counts[0][0] for row in self._rows)])
        )
        if len(self._lexicon.forms) < 8 * used.size + 100_000:
            return
        old, self._lexicon = self._lexicon.forms, Lexicon()
        renumbered = np.zeros(len(old), dtype=np.int32)
        for number in used.tolist():
            renumbered[number] = self._lexicon.number(old[number])
        self._seen = self._seen[used]
        for row in self._rows:
            row.counts = tuple((renumbered[words], often) for words, often in row.counts)

    def _compare(self, new: set[str]) -> None:
        """Measure the new articles against all of the window."""
        rows = self._rows
        total = document_counts()[0] + self._documents
        when = _days_of(rows)
        plan = ((i, ((0, i), (i + 1, len(rows)))) for i, row in enumerate(rows) if row.id in new)
        found = measure_counted([row.counts for row in rows], rarity(self._seen, total), when, plan)
        for left, right, likeness, body in _scored(found):
            self._pairs[rows[left].id, rows[right].id] = (likeness, body)

    def _join(self) -> Iterator[Change]:
        """Join the groups of the window, the stories so far being groups already."""
        place = {row.id: i for i, row in enumerate(self._rows)}
        pairs = [
            (place[a], place[b], likeness - FLOOR) for (a, b), (likeness, _) in sorted(self._pairs.items())
        ]
        same = stars((place[a], place[b]) for (a, b), (_, body) in self._pairs.items() if body >= SAME_TEXT)
        stories: dict[str, list[int]] = {}
        for i, row in enumerate(self._rows):
            if row.story:
                stories.setdefault(row.story, []).append(i)
        groups = average_linkage(
            len(self._rows), pairs, self.bar - FLOOR, RISE, same, [stories[name] for name in sorted(stories)]
        )
        for group in groups:
            yield from self._name([self._rows[i] for i in group])

    def _name(self, rows: Sequence[_Row]) -> Iterator[Change]:
        """Give a group the id of its oldest story, or a new one, and tell what changed."""
        old: dict[str, None] = dict.fromkeys(row.story for row in rows if row.story)
        gained = tuple(row.id for row in rows if row.story is None)
        name = next(iter(old), None) or content_id("story", rows[0].id)
        if not old:
            yield Change("born", name, gained)
        elif gained:
            yield Change("grew", name, gained)
        for other in list(old)[1:]:
            yield Change("merged", name, tuple(row.id for row in rows if row.story == other), other)
        for row in rows:
            row.story = name


def _with_days(articles: Iterable[Article]) -> Iterator[tuple[Article, int]]:
    """Articles by their first day; those without one come last, as news of the latest day."""
    ordered = canonical(articles)
    first = days(ordered).first.tolist()
    dated = [(article, day) for article, day in zip(ordered, first, strict=True) if day >= 0]
    undated = [(article, day) for article, day in zip(ordered, first, strict=True) if day < 0]
    return iter(dated + undated)


def _days_of(rows: Sequence[_Row]) -> Days:
    return Days(
        np.array([row.first for row in rows], dtype=np.int64),
        np.array([row.last for row in rows], dtype=np.int64),
    )


def _scored(found: Measured) -> Iterator[tuple[int, int, float, float]]:
    """The pairs that score above the floor: places, score, and the cosine of the bodies."""
    likeness = score(found)
    kept = likeness > FLOOR
    return zip(
        found.left[kept].tolist(),
        found.right[kept].tolist(),
        likeness[kept].tolist(),
        found.body[kept].tolist(),
        strict=True,
    )
