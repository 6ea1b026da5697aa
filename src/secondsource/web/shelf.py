"""The shelf: a library as the pages see it: only what is kept, and briefs that come when they are ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..brief import Brief
from ..store import pages
from .teller import MAX_ACCOUNTS, Teller

if TYPE_CHECKING:
    from ..store import ArticleRow, Library, Page, Person, QuoteHit, StoryRow
    from ..store.pages import Findings

SOON = 2.0
"""So many seconds a page waits for a brief that is kept, and only has to be unpacked."""
AT_ONCE = 0.03
"""So many for one that has to be made."""


class Shelf:
    """A library with the teller beside it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.teller = Teller(library)

    def findings(self, article: str) -> Findings | None:
        """What was found in an article, if it has been read; nothing is read now."""
        return pages.kept_findings(self.library, article)

    def accounts(self, story: str) -> tuple[ArticleRow, ...]:
        """The articles of a story without their texts, the latest first."""
        return pages.accounts_of(self.library, story)

    def rows(self, ids: Sequence[str]) -> dict[str, ArticleRow]:
        """Articles without their texts, by id."""
        return pages.rows_of(self.library, ids)

    def outlets(self) -> tuple[str, ...]:
        """The outlets with most articles, by name: at most so many as one can choose from."""
        return pages.outlets_of(self.library)

    def people(self, name: str | None, limit: int, after: str | None) -> Page[Person]:
        """Who is quoted by name, those quoted most first."""
        return self.library.people(name, limit=limit, after=after)

    def quotes(self, name: str, limit: int, after: str | None) -> Page[QuoteHit]:
        """What is said under a name, the latest first."""
        return pages.quotes_of(self.library, name, limit, after)

    def brief(self, row: StoryRow, wait: float | None = None) -> Brief | None:
        """The brief of a story, if it is there soon; otherwise it is being made from now on."""
        if row.into is not None or not 0 < row.articles <= MAX_ACCOUNTS:
            return None
        if wait is None:
            wait = SOON if pages.is_told(self.library, row.id) else AT_ONCE
        return self.teller.brief(row, wait)
