"""Grouping: articles into stories, copies found, and every story's text traced to its origins."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ..errors import Outcome
from ..model import Article, CopyLink, Story
from ..progress import Progress, silent
from ..settings import Settings
from .copies import find_copies
from .likeness import WINDOW, Sight, pack, unpack
from .online import BAR, Grouper, Step, central_of
from .origins import find_origins
from .rarity import Rarity
from .recall import Recall, recall
from .stories import story_id, story_title
from .tokens import canonical, days
from .window import Pair

__all__ = [
    "WINDOW",
    "Grouper",
    "Pair",
    "Rarity",
    "Recall",
    "Sight",
    "Step",
    "as_story",
    "bar_of",
    "days",
    "find_copies",
    "find_origins",
    "group",
    "pack",
    "recall",
    "story_title",
    "unpack",
]


def group(
    articles: Iterable[Article], settings: Settings | None = None, progress: Progress = silent
) -> Outcome[tuple[Story, ...]]:
    """The stories that articles tell: every article in exactly one, largest stories first.

    The order of the articles does not matter. `settings.story_similarity`
    moves the bar: the chance (0 to 1) that two articles are of one story from
    which they are joined; 0 takes the tuned one.
    """
    recalled = recall(math.inf)
    ordered = canonical(articles)
    links = find_copies(ordered, progress, recalled=recalled)
    grouper = Grouper(bar_of(settings), tokens=recalled.tokens)
    central = grouper.add(ordered, progress).central
    story_of = {article.id: grouper.story_of(article.id) or "" for article in ordered}
    inside: dict[str, list[CopyLink]] = {}
    for copied in links:
        if story_of[copied.left] == story_of[copied.right]:
            inside.setdefault(story_of[copied.left], []).append(copied)
    members: dict[str, list[Article]] = {}
    for article in ordered:
        members.setdefault(story_of[article.id], []).append(article)
    stories = []
    for done, (name, own) in enumerate(members.items()):
        if done % 200 == 0:
            progress("tracing origins", done, len(members))
        stories.append(_story(own, inside.get(name, []), central[name], recalled))
    progress("tracing origins", len(members), len(members))
    return Outcome(tuple(sorted(stories, key=lambda story: (-len(story.articles), story.id))))


def bar_of(settings: Settings | None) -> float:
    """The log-odds from which two articles are joined."""
    asked = settings.story_similarity if settings else 0.0
    return math.log(asked / (1 - asked)) if 0 < asked < 1 else math.inf if asked else BAR


def as_story(articles: Iterable[Article]) -> Story:
    """These articles as one story, whether or not they are alike."""
    recalled = recall(math.inf)
    ordered = canonical(articles)
    return _story(ordered, find_copies(ordered, recalled=recalled), central_of(ordered), recalled)


def _story(members: Sequence[Article], links: Sequence[CopyLink], central: str, recalled: Recall) -> Story:
    (middle,) = (article for article in members if article.id == central)
    return Story(
        id=story_id(members),
        title=story_title(middle),
        articles=tuple(members),
        origins=find_origins(members, links, recalled),
        links=tuple(links),
    )
