"""New articles put into stories, and what that changes written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from ..group import group
from ..model import Article, content_id
from ..settings import Settings
from . import stories
from .articles import article_of
from .records import Change, What
from .tables import articles


def regroup(connection: Connection, new: Sequence[Article], settings: Settings) -> tuple[str, ...]:
    """Group the library with what is new; the stories that changed."""
    if not new:
        return ()
    every = [article_of(row) for row in connection.execute(select(articles))]
    before = stories.all_members(connection)
    found = group(every, settings=settings).value
    fresh = {article.id for article in new}
    links = {link for story in found for link in story.links if {link.left, link.right} & fresh}
    stories.save_links(connection, sorted(links, key=lambda link: (link.left, link.right)))
    titles = {frozenset(a.id for a in story.articles): story.title for story in found}
    changed: dict[str, str] = {}
    named = _named(list(titles), before)
    living = {name for _, name in named}
    for ids, name in named:
        for change in _changes(ids, name, before, living):
            if not stories.exists(connection, name):
                stories.begin(connection, name)
            stories.move(connection, change.articles, name)
            at = stories.log(connection, change)
            changed[name] = titles[ids]
            stories.settle(connection, name, titles[ids], at)
            if change.what == "merged" and change.other:
                stories.end(connection, change.other, "merged", at, into=name)
    return tuple(sorted(changed))


def _named(groups: Iterable[frozenset[str]], before: Mapping[str, str]) -> list[tuple[frozenset[str], str]]:
    """Each group with the id of the story that it shares most articles with, or a new one."""
    votes = [
        (-n, story, sorted(ids)[0], ids)
        for ids in groups
        for story, n in Counter(before[id] for id in ids if id in before).items()
    ]
    names: dict[frozenset[str], str] = {}
    used: set[str] = set()
    for _, story, _, ids in sorted(votes, key=lambda vote: vote[:3]):
        if ids not in names and story not in used:
            names[ids] = story
            used.add(story)
    for ids in sorted(set(groups) - set(names), key=sorted):
        names[ids] = content_id("story", *sorted(ids))
    return sorted(names.items(), key=lambda pair: pair[1])


def _changes(
    ids: frozenset[str], name: str, before: Mapping[str, str], living: Collection[str]
) -> Iterable[Change]:
    own = {id for id in ids if before.get(id) == name}
    new = sorted(id for id in ids if id not in before)
    if new:
        yield Change(0, "grew" if own else "born", name, tuple(new))
    for other in sorted({before[id] for id in ids if id in before} - {name}):
        what: What = "split" if other in living else "merged"
        yield Change(0, what, name, tuple(sorted(id for id in ids if before.get(id) == other)), other)
