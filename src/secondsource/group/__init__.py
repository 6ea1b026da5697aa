"""Grouping: articles into stories, copies found, and every story's text traced to its origins."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ..errors import Outcome
from ..model import Article, CopyLink, Story
from ..progress import Progress, silent
from ..settings import Settings
from .copies import find_copies, link
from .likeness import Pairs, compare
from .linkage import stars
from .origins import find_origins
from .stories import BAR, find_stories, story_id, story_title
from .tokens import tokenize

__all__ = ["as_story", "find_copies", "find_origins", "group"]

REPRINT = 0.8
"""Two articles of which this part each stands in the other are one text and have one vote."""


def group(
    articles: Iterable[Article], settings: Settings | None = None, progress: Progress = silent
) -> Outcome[tuple[Story, ...]]:
    """The stories that articles tell: every article in exactly one, largest stories first.

    The order of the articles does not matter. `settings.story_similarity`
    moves the bar: the chance (0 to 1) that two articles are of one story from
    which they are joined; 0 takes the tuned one.
    """
    cut = tokenize(articles, progress)
    ordered = cut.articles
    links = link(cut, progress)
    pairs = compare(cut, progress)
    asked = settings.story_similarity if settings else 0.0
    bar = math.log(asked / (1 - asked)) if 0 < asked < 1 else math.inf if asked else BAR
    found = find_stories(len(ordered), pairs, _reprints(ordered, links), bar)
    place_of = {article.id: place for place, article in enumerate(ordered)}
    story_of = {place: at for at, places in enumerate(found) for place in places}
    inside: list[list[CopyLink]] = [[] for _ in found]
    for copied in links:
        at = story_of[place_of[copied.left]]
        if at == story_of[place_of[copied.right]]:
            inside[at].append(copied)
    scores = _scores(pairs)
    stories = []
    for done, (places, own) in enumerate(zip(found, inside, strict=True)):
        if done % 200 == 0:
            progress("tracing origins", done, len(found))
        stories.append(_story(places, ordered, own, scores))
    progress("tracing origins", len(found), len(found))
    return Outcome(tuple(sorted(stories, key=lambda story: (-len(story.articles), story.id))))


def as_story(articles: Iterable[Article]) -> Story:
    """These articles as one story, whether or not they are alike."""
    cut = tokenize(articles)
    return _story(range(len(cut.articles)), cut.articles, link(cut), _scores(compare(cut)))


def _story(
    places: Sequence[int],
    articles: Sequence[Article],
    links: Sequence[CopyLink],
    scores: dict[tuple[int, int], float],
) -> Story:
    members = tuple(articles[place] for place in places)
    return Story(
        id=story_id(members),
        title=story_title(places, articles, scores),
        articles=members,
        origins=find_origins(members, links),
        links=tuple(links),
    )


def _scores(pairs: Pairs) -> dict[tuple[int, int], float]:
    return dict(
        zip(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True), pairs.score.tolist(), strict=True)
    )


def _reprints(articles: Sequence[Article], links: Sequence[CopyLink]) -> list[list[int]]:
    """Groups of articles that are one text, each a reprint of the group's first."""
    place_of = {article.id: place for place, article in enumerate(articles)}
    return stars(
        (place_of[copied.left], place_of[copied.right])
        for copied in links
        if min(copied.left_share, copied.right_share) >= REPRINT
    )
