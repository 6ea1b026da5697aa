"""Articles: one report as an outlet published it, and the blocks of its text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

from ..errors import InputError
from .span import Span

Role: TypeAlias = Literal[
    "body",
    "headline",
    "byline",
    "dateline",
    "caption",
    "credit",
    "navigation",
    "related",
    "boilerplate",
]
"""What a block of an article is. Everything but `body` is furniture.

`credit` is the line that names an agency or photographer; `related` is "read
more" and lists of other reports; `boilerplate` is what an outlet prints on
page after page.
"""


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A stretch of the text with one role; a paragraph, a line or a part of one."""

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: a day, an interval of days, or unknown.

    `earliest` and `latest` are inclusive days, `None` where unbounded; `value`
    is the date as it was stated (ISO 8601, with a time of day if one was
    given); `how` says where it comes from.

    >>> Published.parse("2024-03-12T10:00:00Z").earliest
    datetime.date(2024, 3, 12)
    """

    earliest: date | None = None
    latest: date | None = None
    value: str | None = None
    how: Literal["metadata", "inferred", "unknown"] = "unknown"

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise InputError(f"published: {self.latest} is before {self.earliest}")

    @property
    def day(self) -> date | None:
        """The day, if it is known to the day."""
        return self.earliest if self.earliest == self.latest else None

    @classmethod
    def on(cls, day: date) -> Published:
        """Published on a stated day."""
        return cls(earliest=day, latest=day, value=day.isoformat(), how="metadata")

    @classmethod
    def parse(cls, stated: str) -> Published:
        """A stated ISO 8601 date, date and time, month or year.

        Raises:
            InputError: when the string is none of these.
        """
        text = stated.strip()
        for form, size in (("%Y-%m", 7), ("%Y", 4)):
            if len(text) == size and text[:4].isdigit():
                return cls._coarse(text, form)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise InputError(f"not an ISO 8601 date: {stated!r}") from None
        return cls(earliest=moment.date(), latest=moment.date(), value=text, how="metadata")

    @classmethod
    def _coarse(cls, text: str, form: str) -> Published:
        try:
            first = datetime.strptime(text, form).date()
        except ValueError:
            raise InputError(f"not an ISO 8601 date: {text!r}") from None
        months = 1 if form == "%Y-%m" else 12
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        last = date(year, month + 1, 1).toordinal() - 1 if year <= 9999 else date.max.toordinal()
        return cls(earliest=first, latest=date.fromordinal(last), value=text, how="metadata")


PublishedLike: TypeAlias = Published | date | str | None


def _published(given: PublishedLike) -> Published | None:
    if given is None or isinstance(given, Published):
        return given
    if isinstance(given, datetime):
        return Published.parse(given.isoformat())
    if isinstance(given, date):
        return Published.on(given)
    return Published.parse(given)


_ARCHIVED = re.compile(r"^https?://[^/]+/.*?(https?:/{1,2}[^/\s].*)$")


def original_address(url: str) -> str:
    """The address of the page that an archive keeps a copy of; any other address as it is.

    >>> original_address("https://archive.example/web/2031/http://www.herald.example/a")
    'http://www.herald.example/a'
    >>> original_address("https://www.herald.example/a")
    'https://www.herald.example/a'
    """
    inner = _ARCHIVED.search(url)
    return inner.group(1) if inner else url


def content_id(*parts: str | None) -> str:
    """A short stable name for content: the first 16 hex digits of its SHA-256."""
    joined = "\x1f".join("" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, init=False)
class Article:
    """One report as an outlet published it. `text` never changes after ingest.

    `published` takes a `datetime.date`, an ISO 8601 string or a `Published`;
    an `id` left out is a hash of the content. `blocks` divides the text by
    role and is filled by ingest; until then it is empty and all the text
    counts as body. `source` is a hint at where the text came from (an agency
    named by the feed, say), `place` where it was loaded from.

    >>> Article(text="It rained.", published="2024-05-01").published.day
    datetime.date(2024, 5, 1)
    """

    text: str
    title: str | None
    outlet: str | None
    url: str | None
    published: Published | None
    id: str
    authors: tuple[str, ...]
    source: str | None
    place: str | None
    blocks: tuple[Block, ...]

    def __init__(
        self,
        *,
        text: str,
        title: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        published: PublishedLike = None,
        id: str | None = None,
        authors: tuple[str, ...] = (),
        source: str | None = None,
        place: str | None = None,
        blocks: tuple[Block, ...] = (),
    ) -> None:
        when = _published(published)
        stated = when.value if when else None
        put = object.__setattr__
        put(self, "text", text)
        put(self, "title", title or None)
        put(self, "outlet", outlet or None)
        put(self, "url", url or None)
        put(self, "published", when)
        put(self, "id", id or content_id(text, title, outlet, url, stated))
        put(self, "authors", tuple(authors))
        put(self, "source", source or None)
        put(self, "place", place or None)
        put(self, "blocks", tuple(sorted(blocks)))
        for block in self.blocks:
            block.span.of(text)

    def with_blocks(self, blocks: tuple[Block, ...]) -> Article:
        """The same article with its text divided into blocks."""
        return replace(self, blocks=blocks)

    def spans(self, *roles: Role) -> tuple[Span, ...]:
        """The spans of the blocks with one of these roles, in text order."""
        return tuple(block.span for block in self.blocks if block.role in roles)

    @property
    def body(self) -> tuple[Span, ...]:
        """The spans that are the report itself; all the text while there are no blocks."""
        if not self.blocks:
            return (Span(0, len(self.text)),) if self.text.strip() else ()
        return self.spans("body")

    @property
    def headline(self) -> str | None:
        """The title, or else the first headline block of the text."""
        if self.title:
            return self.title
        found = self.spans("headline")
        return found[0].of(self.text).strip() if found else None

    @property
    def name(self) -> str:
        """What messages call this article: its place, else its title, else its id."""
        return self.place or self.title or self.id
