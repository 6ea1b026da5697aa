"""An article in layers: paragraphs cut where names, quotes, times, events and cited points begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, Literal, Protocol, TypeAlias

from ..brief import Brief, words
from ..brief.passages import Paragraph, paragraphs
from ..model import Article, Calendar, Entity, Event, Quote, Span, TimeMention
from ..model.collation import Citation

Layer: TypeAlias = Literal["point", "quote", "name", "time", "event"]

LAYERS: Final[tuple[tuple[Layer, str], ...]] = (
    ("point", "What other accounts tell, too"),
    ("quote", "Quotes"),
    ("name", "Names"),
    ("time", "Times"),
    ("event", "Events"),
)
MODALITIES: Final = {
    "happened": "told as a fact",
    "ongoing": "told as going on",
    "planned": "planned",
    "expected": "expected",
    "possible": "possible",
    "unclear": "said to be unclear",
    "denied": "denied",
    "negated": "did not happen",
}


class Found(Protocol):
    """What was found in an article: a reading, or what a library keeps of one."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Who and what is named."""

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Who said what."""

    @property
    def times(self) -> tuple[TimeMention, ...]:
        """Time expressions."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Who did what."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of the text that is in a layer."""

    start: int
    end: int
    layer: Layer


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph whose characters are in the same layers; `at` is where it starts in the article.

    `opens` says that something begins here: what goes on from before is no
    stop of its own for the keyboard.
    """

    at: int
    text: str
    layers: tuple[Layer, ...]
    opens: bool
    here: bool = False


@dataclass(frozen=True, slots=True)
class Layered:
    """A paragraph in pieces."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs of an article in a row; `folded` if they are page furniture that nobody reads."""

    paragraphs: tuple[Layered, ...]
    folded: bool


FOLDED: Final = frozenset({"navigation", "related", "boilerplate"})


def sections(found: Iterable[Layered]) -> tuple[Section, ...]:
    """The paragraphs in sections: runs of furniture can be folded away, unless the chosen place is there."""
    rows = [(p.paragraph.role in FOLDED and not any(piece.here for piece in p.pieces), p) for p in found]
    runs = [(fold, tuple(p for _, p in run)) for fold, run in groupby(rows, key=lambda row: row[0])]
    return tuple(Section(run, fold and len(run) > 1) for fold, run in runs)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something found at a place: its layer, its heading, its words, and what is known of it."""

    layer: Layer
    heading: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the brief that cites a place: what kind it is, what it says, who else tells it."""

    label: str
    text: str
    citations: tuple[Citation, ...]


def layered(
    article: Article, reading: Found | None, cited: Iterable[Span] = (), at: int | None = None
) -> tuple[Layered, ...]:
    """The article's paragraphs, cut at the edges of its layers; the piece at `at` is marked as here."""
    marks = sorted({*_marks(reading), *(Mark(s.start, s.end, "point") for s in cited)})
    longest = max((mark.end - mark.start for mark in marks), default=0)
    starts = [mark.start for mark in marks]
    found = []
    for paragraph in paragraphs(article):
        low = bisect_left(starts, paragraph.span.start - longest)
        high = bisect_left(starts, paragraph.span.end)
        near = [m for m in marks[low:high] if m.end > paragraph.span.start]
        found.append(Layered(paragraph, tuple(_pieces(paragraph, near, at))))
    return tuple(found)


def _marks(reading: Found | None) -> Iterator[Mark]:
    if reading is None:
        return
    for entity in reading.entities:
        yield from (Mark(m.span.start, m.span.end, "name") for m in entity.mentions if m.form == "name")
    for quote in reading.quotes:
        yield from (Mark(span.start, span.end, "quote") for span in quote.content)
    yield from (Mark(time.span.start, time.span.end, "time") for time in reading.times)
    for event in reading.events:
        yield from (Mark(span.start, span.end, "event") for span in event.trigger)


def _pieces(paragraph: Paragraph, marks: Sequence[Mark], at: int | None) -> Iterator[Piece]:
    start, end = paragraph.span.start, paragraph.span.end
    edges = {start, end, *(max(start, m.start) for m in marks), *(min(end, m.end) for m in marks)}
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        over = [m for m in marks if m.start <= left and m.end >= right]
        yield Piece(
            at=left,
            text=paragraph.text[left - start : right - start],
            layers=tuple(dict.fromkeys(m.layer for m in over)),
            opens=any(max(start, m.start) == left for m in over),
            here=at is not None and left <= at < right,
        )


def facts(reading: Found | None, calendar: Calendar, at: int) -> tuple[Fact, ...]:
    """What was found at a place, layer by layer."""
    if reading is None:
        return ()
    text = reading.article.text
    names = [
        Fact("name", words.clean(e.name), words.clean(m.span.of(text)), _name(e.label, len(e.mentions)))
        for e in reading.entities
        for m in e.mentions
        if m.form == "name" and m.span.start <= at < m.span.end
    ]
    quotes = [_quote(q, text) for q in reading.quotes if _covers(q.content, at)]
    grounded = {g.mention: g for g in calendar.groundings if g.article == reading.article.id}
    times = [
        _time(t, text, grounded[n].interval if n in grounded else None)
        for n, t in enumerate(reading.times)
        if t.span.start <= at < t.span.end
    ]
    events = [_event(e, text) for e in reading.events if _covers(e.trigger, at)]
    return (*quotes, *names, *times, *events)


def _covers(spans: Iterable[Span], at: int) -> bool:
    return any(span.start <= at < span.end for span in spans)


def _name(label: str, mentions: int) -> tuple[str, ...]:
    kind = {"PERSON": "person", "ORG": "organisation", "NORP": "group", "EVENT": "event"}.get(label, "name")
    kind = "place" if label in {"GPE", "LOC", "FAC"} else kind
    return kind, f"mentioned {words.count(mentions, 'time')} in this article"


def _quote(quote: Quote, text: str) -> Fact:
    said = words.ELLIPSIS.join(words.clean(span.of(text)) for span in quote.content)
    cue = " ".join(words.clean(span.of(text)) for span in quote.cue)
    known = words.HOW_KNOWN.get(quote.speaker.how, "")
    notes = (
        f"{quote.form} speech",
        f"cue: {cue}" if cue else "no cue",
        known,
        quote.certainty if quote.certainty in words.CERTAINTIES else "",
    )
    speaker = words.clean(quote.speaker.name) if quote.speaker.name else "Speaker not known"
    return Fact("quote", speaker, said, tuple(filter(None, notes)))


def _time(time: TimeMention, text: str, interval: object) -> Fact:
    earliest, latest = getattr(interval, "earliest", None), getattr(interval, "latest", None)
    dated = words.interval(earliest, latest) if earliest or latest else "can't be put on the calendar"
    return Fact("time", dated, words.clean(time.span.of(text)), (time.type.lower(),))


def _event(event: Event, text: str) -> Fact:
    def said(role: str) -> str:
        return words.listed([words.clean(a.span.of(text)) for a in event.arguments if a.role == role])

    plover = " · ".join(filter(None, (event.type, event.mode)))
    roles = (("who", "agent"), ("whom or what", "patient"), ("to whom", "recipient"), ("where", "place"))
    notes = [plover, MODALITIES[event.modality]] + [
        f"{label}: {said(role)}" for label, role in roles if said(role)
    ]
    return Fact("event", event.predicate, words.clean(event.clause.of(text)), tuple(filter(None, notes)))


def cited(brief: Brief, article: str) -> tuple[Span, ...]:
    """The spans of an article that lines of the brief cite together with another account."""
    found: set[Span] = set()
    for line in lines(brief):
        if len({citation.article for citation in line.citations}) > 1:
            found |= {span for c in line.citations if c.article == article for span in c.spans}
    return tuple(sorted(found))


def lines_at(brief: Brief, article: str, at: int) -> tuple[Line, ...]:
    """The lines of the brief that cite a place in an article, with what the other accounts say there."""
    found = []
    for line in lines(brief):
        if any(c.article == article and _covers(c.spans, at) for c in line.citations):
            others = tuple(c for c in line.citations if c.article != article)
            found.append(Line(line.label, line.text, others))
    return tuple(found)


def lines(brief: Brief) -> Iterator[Line]:
    """Every line of a brief with its citations: points, utterances, the timeline."""
    kinds: Mapping[str, str] = {"shared": "Shared", "differing": "They differ", "only_here": "Only here"}
    for point in brief.points:
        label = kinds[point.kind]
        if point.aspect in words.ASPECTS and point.kind == "differing":
            label = f"{label}: {words.ASPECTS[point.aspect].lower()}"
        yield Line(label, words.clean(point.summary), point.accounts)
    for said in brief.utterances:
        yield Line("Said", words.clean(said.text), tuple(w.citation for w in said.wordings))
    for entry in brief.timeline:
        yield Line("On the timeline", words.clean(entry.text), entry.citations)
