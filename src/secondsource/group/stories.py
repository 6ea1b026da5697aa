"""What a story is called: its id, and the headline that stands for it."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Article, content_id


def story_id(articles: Sequence[Article]) -> str:
    """A name that hangs on which articles the story has, not on their order."""
    return content_id("story", *sorted(article.id for article in articles))


def story_title(central: Article) -> str:
    """The headline of the article that stands for its story, or else its first words."""
    return central.headline or _opening(central)


def _opening(article: Article, longest: int = 80) -> str:
    """The first words of the body, for a story in which no article has a headline."""
    text = " ".join(" ".join(span.of(article.text) for span in article.body[:3]).split())
    if len(text) <= longest:
        return text or article.name
    return text[:longest].rsplit(" ", 1)[0] + " …"
