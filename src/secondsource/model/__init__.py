"""The types that flow through secondsource; each immutable, each with one meaning."""

from .article import Article, Block, Published, Role, content_id, original_address
from .calendar import ArticleDate, Calendar, Candidate, Evidence, Grounding
from .collation import (
    Aspect,
    CastMember,
    Citation,
    Collation,
    Coverage,
    Holder,
    Point,
    PointKind,
    TimelineEntry,
    Timing,
    Utterance,
    Wording,
)
from .finding import Argument, Event, Quantity, Quote, Speaker, TimeMention
from .reading import Entity, Mention, Reading, Sentence
from .span import Span, covered, merge
from .story import CopyLink, Origin, OriginWhy, Passage, Story
from .time import Interval, Operator, TimeType

__all__ = [
    "Argument",
    "Article",
    "ArticleDate",
    "Aspect",
    "Block",
    "Calendar",
    "Candidate",
    "CastMember",
    "Citation",
    "Collation",
    "CopyLink",
    "Coverage",
    "Entity",
    "Event",
    "Evidence",
    "Grounding",
    "Holder",
    "Interval",
    "Mention",
    "Operator",
    "Origin",
    "OriginWhy",
    "Passage",
    "Point",
    "PointKind",
    "Published",
    "Quantity",
    "Quote",
    "Reading",
    "Role",
    "Sentence",
    "Span",
    "Speaker",
    "Story",
    "TimeMention",
    "TimeType",
    "TimelineEntry",
    "Timing",
    "Utterance",
    "Wording",
    "content_id",
    "covered",
    "merge",
    "original_address",
]
