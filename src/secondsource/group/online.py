"""Stories that grow as news comes in: each is what linkage makes of the articles around the new ones.

A new article is compared with those of its window. Where it scores above the
bar it may change a story, so all the articles that such pairs connect are
grouped again, from all the scores among them: stories grow, are merged when
they have come to be most like each other, and fall apart when what came since
shows that they were two. The result does not hang on the order in which the
articles of a window came. Only what has left the window stays as it was: a
story with articles outside is not taken apart any more.

What is grouped again is the neighbourhood of the new article and no more, so
an article costs the same however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import groupby
from typing import Final, Literal, TypeAlias

import numpy as np

from ..model import Article, content_id
from ..progress import Progress, silent
from .likeness import FLOOR, WINDOW, Sight, look
from .linkage import join, stars
from .rarity import Rarity
from .tokens import Forms, Tokens, canonical, days, tokens_of
from .window import Pair, Square, Window

BAR: Final = 0.5
"""The average score from which two single articles are of one story."""

RISE: Final = 0.3
"""By how much the bar rises with each doubling of the story beyond two."""

SAME_TEXT: Final = 0.9
"""Two articles whose bodies are so alike are one text and have one vote."""

REACH: Final = 40
"""So many articles, those nearest to a new one, are grouped again at most: a chain of news has no end."""

What: TypeAlias = Literal["born", "grew", "merged", "split"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a story: `articles` are the ids that it gained, from the story `other` or new ones.

    "merged": all of `other` went into it, and `other` is no more. "split":
    they were part of `other`, which goes on without them.
    """

    what: What
    story: str
    articles: tuple[str, ...] = ()
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What came of articles that were added, for whoever keeps it.

    `sights` and `pairs` are what `Grouper.restore` takes; `central` is, for
    each story that changed, the article of it that is most like the others.
    """

    changes: tuple[Change, ...] = ()
    sights: tuple[Sight, ...] = ()
    pairs: tuple[Pair, ...] = ()
    central: Mapping[str, str] = field(default_factory=dict)


class Grouper:
    """Stories of a stream of articles.

    `taken` says of a story id whether it is in use outside of what the
    grouper holds, `tokens` gives an article's words.

    >>> from secondsource.model import Article
    >>> stream = Grouper()
    >>> step = stream.add([Article(text="It rained in the hills.", published="2024-05-01", id="a")])
    >>> [(change.what, change.articles) for change in step.changes]
    [('born', ('a',))]
    """

    def __init__(
        self,
        bar: float = BAR,
        rarity: Rarity | None = None,
        taken: Callable[[str], bool] = lambda story: False,
        tokens: Callable[[Article], Tokens] | None = None,
    ) -> None:
        self.bar = bar
        self.rarity = rarity or Rarity()
        self.window = Window()
        self.newest = -1
        self.waiting: list[str] = []
        self._taken = taken
        self._tokens = partial(tokens_of, forms=Forms()) if tokens is None else tokens
        self._near: dict[str, dict[str, float]] = {}
        self._ranked: dict[str, list[tuple[float, str]]] = {}
        self._story: dict[str, str] = {}
        self._inside: dict[str, set[str]] = {}
        self._size: Counter[str] = Counter()

    def add(self, articles: Iterable[Article], progress: Progress = silent) -> Step:
        """Take in articles, day by day; those in the window already are left out, undated ones come last."""
        new = [article for article in canonical(articles) if article.id not in self.window]
        steps: list[Step] = []
        done = 0
        for day, some in groupby(_by_day(new), key=lambda pair: pair[0]):
            progress("grouping", done, len(new))
            steps.append(self._add_day(day, list(some)))
            done += len(steps[-1].sights)
        progress("grouping", done, len(new))
        central: dict[str, str] = {}
        for step in steps:
            central.update(step.central)
        return Step(
            tuple(change for step in steps for change in step.changes),
            tuple(sight for step in steps for sight in step.sights),
            tuple(pair for step in steps for pair in step.pairs),
            {story: id for story, id in central.items() if self._size[story]},
        )

    def story_of(self, id: str) -> str | None:
        """The story of an article that is in the window; None if it is not."""
        return self._story.get(id)

    def stories(self) -> dict[str, tuple[str, ...]]:
        """The articles of each story that are in the window."""
        return {story: tuple(sorted(ids)) for story, ids in self._inside.items()}

    def closest(self, id: str, among: Collection[str], most: int) -> list[str]:
        """Of other articles those whose bodies are most like an article's; all that are in no window."""
        others = sorted(other for other in among if other != id)
        known = [other for other in others if other in self.window]
        if len(known) <= most:
            return others
        bodies = self.window.bodies(id, known)
        best = np.argsort(-bodies, kind="stable")[:most].tolist()
        return sorted([known[at] for at in best] + [other for other in others if other not in self.window])

    def restore(self, sights: Sequence[Sight], pairs: Iterable[Pair], story_of: Mapping[str, str]) -> None:
        """Take in articles that were grouped before (or elsewhere), with their pairs and stories."""
        self.window.extend([sight for sight in sights if sight.id not in self.window])
        for pair in pairs:
            self._connect(pair)
        for id, story in story_of.items():
            self._move(id, story)

    def keep(self, wanted: Callable[[Sight], bool]) -> None:
        """Let go of the articles that are not wanted; their stories can't be taken apart any more."""
        before = set(self.window.place)
        self.window.keep(wanted)
        for id in before - set(self.window.place):
            self._ranked.pop(id, None)
            for other in self._near.pop(id, ()):
                self._near.get(other, {}).pop(id, None)
                self._ranked.pop(other, None)
            story = self._story.pop(id)
            self._inside[story].discard(id)
            if not self._inside[story]:
                del self._inside[story], self._size[story]

    def resize(self, sizes: Mapping[str, int]) -> None:
        """Learn how many articles stories have in all, wherever they are."""
        self._size.update({story: n - self._size[story] for story, n in sizes.items()})

    def _add_day(self, day: int, pairs: Sequence[tuple[int, Article]]) -> Step:
        today = self.newest if day < 0 else day
        if today > self.newest:
            self._advance(today)
        sights = [look(article, self._tokens(article), self.rarity, today) for _, article in pairs]
        self.window.extend(sights)
        self.waiting += [sight.id for sight in sights]
        ids = [sight.id for sight in sights]
        found = list(self.window.near(ids, self.bar))
        for pair in found:
            self._connect(pair)
        if day < 0:
            self._place(ids, found)
        changes, central = self._regroup(ids)
        return Step(tuple(changes), tuple(self.window.sight(id) for id in ids), tuple(found), central)

    def _place(self, undated: Sequence[str], found: Iterable[Pair]) -> None:
        """Put each article that states no date on the day of the dated one that is most like it."""
        best: dict[str, tuple[float, str]] = {}
        for pair in found:
            for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
                if self.window[one].first < 0 <= self.window[other].first:
                    best[one] = max(best.get(one, (FLOOR, "")), (pair.score, other))
        for id in undated:
            if id in best:
                self.window.put_on(id, self.window[best[id][1]].day)

    def _advance(self, today: int) -> None:
        """A new day begins: what came before it may be counted now."""
        if self.rarity.is_due(len(self.waiting)):
            self.rarity.take(self.window.sight(id).body[0] for id in self.waiting if id in self.window)
            self.waiting.clear()
        self.newest = today

    def _connect(self, pair: Pair) -> None:
        if pair.left in self.window and pair.right in self.window:
            self._near.setdefault(pair.left, {})[pair.right] = pair.score
            self._near.setdefault(pair.right, {})[pair.left] = pair.score
            self._ranked.pop(pair.left, None)
            self._ranked.pop(pair.right, None)

    def _move(self, id: str, story: str) -> None:
        old = self._story.get(id)
        if old == story:
            return
        if old is not None:
            self._inside[old].discard(id)
            self._size[old] -= 1
            if not self._inside[old]:
                del self._inside[old]
        self._story[id] = story
        self._inside.setdefault(story, set()).add(id)
        self._size[story] += 1

    def _regroup(self, new: Sequence[str]) -> tuple[list[Change], dict[str, str]]:
        changes: list[Change] = []
        central: dict[str, str] = {}
        done: set[str] = set()
        for id in new:
            if id in done:
                continue
            part = self._part(id)
            done |= part
            ids = sorted(part, key=lambda one: (self.window[one].first, one))
            square = self.window.square(ids)
            fixed = self._fixed(ids)
            for group, story in list(self._named(self._groups(ids, square))):
                found = list(self._changes(group, story, fixed))
                middle = _middle(group, square, self.window)
                for one in group:
                    self._move(one, story)
                for change in found:
                    if change.what == "merged" and change.other is not None:
                        self._absorb(change.other, story)
                changes += found
                central[story] = middle
        return changes, central

    def _part(self, id: str) -> set[str]:
        """What an article is connected with, by pairs or by a story, in the window around its day.

        The nearest come first, whole stories with them; where that would be
        too many, a story is looked at in part, and stays as it is.
        """
        today = self.window[id].day
        part: set[str] = set()
        told: set[str] = set()
        # By score: another article, and the one through which it is reached, which waits with one pair only.
        heap: list[tuple[float, str, str, int]] = [(-1e9, id, id, -1)]
        while heap and len(part) < REACH:
            _, one, through, rank = heappop(heap)
            self._wait(heap, through, rank + 1)
            if one in part or abs(self.window[one].day - today) > WINDOW:
                continue
            added = self._with_story(one, today, part, told)
            part |= added
            for member in added:
                self._wait(heap, member, 0)
        return part

    def _wait(self, heap: list[tuple[float, str, str, int]], id: str, rank: int) -> None:
        """Put a pair of an article, by its rank among them, into the heap."""
        ranked = self._ranked.get(id)
        if ranked is None:
            pairs = self._near.get(id, {}).items()
            ranked = self._ranked[id] = sorted((-score, other) for other, score in pairs)
        if rank < len(ranked):
            heappush(heap, (*ranked[rank], id, rank))

    def _with_story(self, id: str, today: int, part: Collection[str], told: set[str]) -> set[str]:
        """An article with its story, if that was not told yet and all of it has room in the part."""
        story = self._story.get(id)
        if story is None or story in told:
            return {id}
        told.add(story)
        mates = {id, *self._mates(story, today)}.difference(part)
        return mates if len(part) + len(mates) <= REACH else {id}

    def _mates(self, story: str, today: int) -> set[str]:
        """The articles of a story that are in the window around a day."""
        return {id for id in self._inside.get(story, ()) if abs(self.window[id].day - today) <= WINDOW}

    def _fixed(self, ids: Iterable[str]) -> set[str]:
        """The stories of which only a part is here: they are never taken apart, and go as a whole."""
        here = Counter(self._story[id] for id in ids if id in self._story)
        return {story for story, n in here.items() if n < self._size[story]}

    def _groups(self, ids: Sequence[str], square: Square) -> list[list[str]]:
        """The groups that linkage makes; stories that have articles elsewhere start as one."""
        weights = np.maximum(square.scores - FLOOR, 0.0)
        np.fill_diagonal(weights, 0.0)
        left, right = np.nonzero(np.triu(square.bodies >= SAME_TEXT, 1))
        same = stars(zip(left.tolist(), right.tolist(), strict=True))
        fixed = self._fixed(ids)
        start: dict[str, list[int]] = {}
        for place, id in enumerate(ids):
            if self._story.get(id) in fixed:
                start.setdefault(self._story[id], []).append(place)
        groups = join(weights, self.bar - FLOOR, RISE, same, list(start.values()))
        return [[ids[place] for place in group] for group in groups]

    def _named(self, groups: Sequence[Sequence[str]]) -> Iterator[tuple[Sequence[str], str]]:
        """Each group with the story that most of its articles are of, or with a new one.

        A story goes to the group that has most of it; of several stories that
        come together the one with most articles, wherever they are, goes on.
        """
        fixed = self._fixed(id for group in groups for id in group)
        shared = [
            (-(self._size[story] if story in fixed else n), story, at)
            for at, group in enumerate(groups)
            for story, n in Counter(self._story[id] for id in group if id in self._story).items()
        ]
        names: dict[int, str] = {}
        for _, story, at in sorted(shared):
            if at not in names and story not in names.values():
                names[at] = story
        for at, group in enumerate(groups):
            yield group, names.get(at) or self._new_name(group)

    def _new_name(self, ids: Collection[str]) -> str:
        name = content_id("story", *sorted(ids))
        while name in self._inside or self._taken(name):
            name = content_id("story", name)
        return name

    def _changes(self, group: Sequence[str], story: str, fixed: Collection[str]) -> Iterator[Change]:
        """What becomes of a story that will have these articles; `fixed` stories are never taken apart."""
        new = tuple(sorted(id for id in group if id not in self._story))
        if new:
            yield Change("grew" if self._size[story] else "born", story, new)
        before = sorted({self._story[id] for id in group if id in self._story} - {story})
        for other in before:
            gained = tuple(sorted(id for id in group if self._story.get(id) == other))
            whole = len(gained) == self._size[other] or other in fixed
            yield Change("merged" if whole else "split", story, gained, other)

    def _absorb(self, other: str, story: str) -> None:
        """Put what is left of one story into another."""
        elsewhere = self._size[other] - len(self._inside.get(other, ()))
        for id in sorted(self._inside.get(other, ())):
            self._move(id, story)
        self._size[story] += elsewhere
        del self._size[other]


def central_of(articles: Sequence[Article]) -> str:
    """The id of the article that is most like the others of its story; one with a headline, if any has."""
    window, rarity, forms = Window(), Rarity(), Forms()
    ordered = canonical(articles)
    window.extend([look(article, tokens_of(article, forms), rarity, -1) for article in ordered])
    ids = [article.id for article in ordered]
    return _middle(ids, window.square(ids), window)


def _middle(group: Sequence[str], square: Square, window: Window) -> str:
    """The article of a group that is most like the others of it, the first of equals."""
    at = {id: place for place, id in enumerate(square.ids)}
    titled = [id for id in group if window[id].title[0].size] or list(group)
    total = square.scores[np.ix_([at[id] for id in titled], [at[id] for id in group])].sum(axis=1)
    # Its likeness with itself is counted for none.
    total -= [square.scores[at[id], at[id]] for id in titled]
    return titled[int(total.argmax())]


def _by_day(articles: Sequence[Article]) -> list[tuple[int, Article]]:
    """Articles with their first day, in its order; those without one (-1) come last."""
    firsts = days(articles).first.tolist()
    dated = [(day, article) for day, article in zip(firsts, articles, strict=True) if day >= 0]
    undated = [(day, article) for day, article in zip(firsts, articles, strict=True) if day < 0]
    return dated + undated
