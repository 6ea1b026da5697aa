"""What goes over the wire: the library's rows as models that the API's description is made of."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from ..model import Article as ModelArticle
from ..model import Span
from ..model.codec import encode_part
from .desk import MAX_ARTICLES, MAX_CHARACTERS

T = TypeVar("T")

Pair = Annotated[list[int], Field(min_length=2, max_length=2, description="[start, end) in code points")]
Count = Annotated[list[str | int], Field(min_length=2, max_length=2, description="a name or day, how many")]
Short = Annotated[str, Field(max_length=2_000)]
FOUND: Final = ("entities", "quotes", "times", "events")


class Problem(BaseModel):
    """Why something was not done."""

    detail: str


class Paged(BaseModel, Generic[T]):
    """Some of what was asked for; hand `next` back as `after` to go on, null at the end."""

    items: list[T]
    next: str | None


class SentArticle(BaseModel):
    """An article to tell or to add."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
    title: Short | None = None
    outlet: Short | None = None
    url: Short | None = None
    published: Annotated[str, Field(max_length=40, description="ISO 8601")] | None = None


class Sent(BaseModel):
    """Articles to tell or to add."""

    model_config = ConfigDict(extra="forbid")

    articles: Annotated[list[SentArticle], Field(min_length=1, max_length=MAX_ARTICLES)]
    one_story: bool = Field(default=False, description="take them for one story, whether or not they are")


class Failure(BaseModel):
    """What could not be done, where, and why."""

    stage: str
    where: str
    line: int | None
    reason: str


class Briefs(BaseModel):
    """Briefs as the command line prints them: each of schema `secondsource/brief/1`."""

    schema_: Literal["secondsource/briefs/1"] = Field(alias="schema")
    briefs: list[dict[str, Any]]
    failures: list[Failure]


class ArticleRow(BaseModel):
    """An article without its text."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    earliest: date | None
    latest: date | None
    place: str | None
    source: str | None
    story: str | None


class Published(BaseModel):
    """When an article was published, and how that is known."""

    value: str | None
    earliest: date | None
    latest: date | None
    how: str


class Findings(BaseModel):
    """What was found in an article, as in the JSON of a reading."""

    entities: list[dict[str, Any]]
    quotes: list[dict[str, Any]]
    times: list[dict[str, Any]]
    events: list[dict[str, Any]]


class Article(BaseModel):
    """An article; `text` and `findings` are null where they were not asked for, or are not there."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: Published | None
    authors: list[str]
    story: str | None
    text: str | None = None
    findings: Findings | None = None


class StoryRow(BaseModel):
    """A story without its articles."""

    id: str
    title: str
    state: Literal["open", "closed", "merged"]
    articles: int
    origins: int
    outlets: list[str]
    first: date | None
    last: date | None
    per_day: list[Count]
    born: int
    changed: int
    into: str | None
    differing: int | None


class StoryAccounts(StoryRow):
    """A story with its articles."""

    accounts: list[ArticleRow]


class Change(BaseModel):
    """An entry of the log: what became of a story."""

    position: int
    what: Literal["born", "grew", "merged", "split", "closed"]
    story: str
    articles: list[str]
    other: str | None


class Added(BaseModel):
    """What became of articles that were sent."""

    new: list[str]
    known: list[str]
    stories: list[str]
    failures: list[Failure]
    position: int


class Hit(BaseModel):
    """An article that a search found, with a verbatim stretch of its text."""

    article: ArticleRow
    snippet: str
    span: Pair
    marks: list[Pair]
    score: float


class QuoteHit(BaseModel):
    """A quote: who is held to have said what, and where it stands."""

    article: ArticleRow
    speaker: str | None
    how: str
    form: str
    certainty: str
    cue: list[Pair]
    source: list[Pair]
    content: list[Pair]
    text: str


class Found(Paged[Hit]):
    """What a search found. Up to 10,000 articles are counted and, by relevance, ranked."""

    count: Annotated[
        int, Field(ge=0, description="how many were found; where not complete, at least so many")
    ]
    complete: Annotated[bool, Field(description="whether there are no more than were looked at")]


class Quotes(Paged[QuoteHit]):
    """Quotes; with words, those of the 10,000 articles with the words that came in last."""

    complete: Annotated[bool, Field(description="whether there are no more articles than were looked at")]


class Person(BaseModel):
    """Somebody who is quoted."""

    name: str
    quotes: int
    articles: int
    stories: int
    first: date | None
    last: date | None


class Feed(BaseModel):
    """A feed that is followed; times are UTC."""

    url: str
    title: str | None
    etag: str | None
    last_modified: str | None
    checked: datetime | None
    due: datetime | None
    delay: float
    failed: int
    reason: str | None


class FailureRow(BaseModel):
    """A failure that was recorded."""

    position: int
    failure: Failure
    source: str | None
    times: int


class Health(BaseModel):
    """How a library is."""

    articles: int
    stories: int
    open_stories: int
    unread: int
    failures: int
    feeds: int
    feeds_failing: int
    position: int
    bytes: int
    database: Literal["sqlite", "postgresql"]
    version: str
    outlets: list[Count]


def plain(value: Any) -> Any:
    """A row of the library as plain values: spans as pairs, days as ISO 8601.

    >>> plain((Span(0, 3), date(2024, 5, 1)))
    [[0, 3], '2024-05-01']
    """
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def article(found: ModelArticle) -> dict[str, Any]:
    """An article as plain values, without its blocks."""
    names = ("id", "title", "outlet", "url", "published", "authors", "text")
    return {name: plain(getattr(found, name)) for name in names}


def findings(found: Any) -> dict[str, Any] | None:
    """What was found in an article, as in the JSON of a reading; nothing if it has not been read."""
    return None if found is None else {name: encode_part(getattr(found, name)) for name in FOUND}
