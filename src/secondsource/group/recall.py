"""Recall: what was worked out about an article is kept for the next time, as long as there is room.

A stream looks at the articles of its live stories again and again. What is
kept follows from the article alone, so what is forgotten is worked out anew
and no result depends on how much room there is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from ..model import Article
from .agencies import Source, source_of
from .sheets import Sheet, sheet_of
from .tokens import Forms, Tokens, tokens_of

T = TypeVar("T")

ROOM: Final = 1_500_000
"""Words of articles that are kept at hand: some 60 MB, a few days of three hundred articles each."""

SOURCES: Final = 20_000
"""Articles of which it is kept whose text they say they carry."""


class Lately(Generic[T]):
    """What a function makes of articles, by their ids; what was not asked for the longest goes first.

    >>> lengths = Lately(lambda article: len(article.text), room=2)
    >>> [lengths(Article(text="It rained.", id=id)) for id in "abc"], len(lengths)
    ([10, 10, 10], 2)
    """

    def __init__(
        self, make: Callable[[Article], T], room: float, size: Callable[[T], int] = lambda made: 1
    ) -> None:
        self._make, self._size = make, size
        self._room, self._taken = room, 0
        self._kept: OrderedDict[str, T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def __call__(self, article: Article) -> T:
        """What the function makes of an article, or made of it before."""
        known = self._kept.get(article.id)
        if known is not None:
            self._kept.move_to_end(article.id)
            return known
        made = self._kept[article.id] = self._make(article)
        self._taken += self._size(made)
        while self._taken > self._room and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._taken -= self._size(gone)
        return made


@dataclass(frozen=True, slots=True)
class Recall:
    """The words of articles, their texts as copies see them, and the sources that they state."""

    tokens: Lately[Tokens]
    sheet: Lately[Sheet]
    source: Lately[Source]


def recall(room: float = ROOM) -> Recall:
    """A recall with room for so many words of articles."""
    forms = Forms()
    tokens = Lately(lambda article: tokens_of(article, forms), room, lambda made: made.words.size)
    sheet = Lately(
        lambda article: sheet_of(article, tokens(article)), room, lambda made: made.tokens.words.size
    )
    return Recall(tokens, sheet, Lately(source_of, SOURCES))
