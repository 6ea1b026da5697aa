"""Select what a person reads: rank a collation's points, limit their number, and print nothing unproved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from ..errors import Failure, sorted_failures
from ..model.article import Article
from ..model.calendar import Calendar
from ..model.collation import (
    CastMember,
    Citation,
    Collation,
    Coverage,
    Holder,
    Point,
    TimelineEntry,
    Utterance,
)
from ..model.span import Span, covered, merge
from ..model.story import Story
from . import verbatim, words
from .brief import Brief

MAX_SHARED: Final = 12
"""How many shared points a brief prints."""
MAX_DIFFERING: Final = 16
"""How many differing points; more than shared ones, for they are what a second source is read for."""
MAX_ONLY_HERE: Final = 5
"""How many points that only one account (or one set of accounts) tells, for each."""
MAX_ONLY_HERE_IN_ALL: Final = 40
"""How many such points in all."""
MAX_UTTERANCES: Final = 30
"""How many utterances."""
MAX_TIMELINE: Final = 30
"""How many entries of the timeline."""
MAX_CAST: Final = 40
"""How many names."""

# How a point's rank is made up. All four parts lie between 0 and 1.
_BY_ORIGINS: Final = 0.4
_BY_LEAD: Final = 0.25
_BY_CENTRALITY: Final = 0.25
_BY_CONFLICT: Final = 0.1
_CONFLICT: Final = {"wording": 0.3, "holder": 0.5, None: 0.0}

_SENTENCE_END: Final = re.compile(r"[?!\n]|[.](?=[\s”\"’]|$)")
_OWN_VOICE: Final = re.compile(r"\b(?:I|I['’]m|I['’]ve|[Mm]y|myself)\b(?!\.)")
_REPEATED: Final = 0.7
"""A shared point of which an account's span lies this far in a better point's spans tells that one again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is looked up again and again while one story is selected."""

    story: Story
    articles: Mapping[str, Article]
    places: Mapping[str, int]
    bodies: Mapping[str, tuple[int, int]]
    texts: Mapping[str, str]
    sources: Mapping[str, str]
    carriers: Mapping[str, int]
    speakers: dict[str, bool]

    def start(self, citation: Citation) -> tuple[int, int]:
        """Where a citation stands: its account's place, then its offset."""
        return self.places[citation.article], citation.spans[0].start

    def lead(self, citations: Sequence[Citation]) -> float:
        """How near the top the citations stand, on average: 1 in the first words, 0 in the last."""
        found = []
        for citation in citations:
            first, last = self.bodies[citation.article]
            found.append(1 - (citation.spans[0].start - first) / max(1, last - first))
        return min(1.0, max(0.0, sum(found) / len(found)))

    def centrality(self, text: str) -> float:
        """What share of the story's origins uses the words of a line, on average over the words."""
        telling = [word for word in words.words(text) if len(word) > 3 or word.isdigit()]
        if not telling:
            return 0.0
        origins = max(1, len(self.story.origins))
        return sum(self.carriers.get(word, 0) for word in telling) / (origins * len(telling))

    def origins(self, citations: Iterable[Citation]) -> int:
        """How many independent origins stand behind citations."""
        return len({self.sources[citation.article] for citation in citations})

    def speaks(self, name: str | None) -> bool:
        """Whether a speaker is named anywhere in the story."""
        if name is None:
            return False
        if name not in self.speakers:
            self.speakers[name] = verbatim.named(name, self.texts.values())
        return self.speakers[name]


def _desk(story: Story) -> _Desk:
    bodies = {}
    sources = {id: origin.id for origin in story.origins for id in origin.articles}
    heard: dict[str, set[str]] = {}
    for article in story.articles:
        body = article.body
        bodies[article.id] = (body[0].start, body[-1].end) if body else (0, len(article.text))
        for span in body:
            for word in words.words(span.of(article.text)):
                heard.setdefault(word, set()).add(sources[article.id])
    return _Desk(
        story=story,
        articles={article.id: article for article in story.articles},
        places={article.id: place for place, article in enumerate(story.articles)},
        bodies=bodies,
        texts={article.id: " ".join(article.text.split()) for article in story.articles},
        sources=sources,
        carriers={word: len(origins) for word, origins in heard.items()},
        speakers={},
    )


def select(collation: Collation, calendar: Calendar, failures: Iterable[Failure] = ()) -> Brief:
    """The brief of a collation: its best points in order, every one proved by its citations.

    Points are ranked by the origins behind them, by how near the top of the
    accounts they stand, by how common their words are among the origins, and
    by how hard they conflict. A line whose citation does not hold the words it
    claims is not printed; it becomes a failure. `omitted` counts what was left
    out for length.
    """
    desk = _desk(collation.story)
    lost: list[Failure] = []
    points = [p for p in (_point(point, desk, lost) for point in collation.points) if p]
    said = [u for u in (_utterance(item, desk, lost) for item in collation.utterances) if u]
    entries = [e for e in (_entry(item, desk, lost) for item in collation.timeline) if e]
    cast = [m for m in (_member(item, desk, lost) for item in collation.cast) if m]
    chosen = _points(points, desk)
    kept_said = _best(said, MAX_UTTERANCES, lambda u: _utterance_rank(u, desk))
    kept_entries = _best(entries, MAX_TIMELINE, lambda e: _entry_rank(e, desk))
    kept_cast = _best(cast, MAX_CAST, lambda m: _member_rank(m, desk))
    found = len(points) + len(said) + len(entries) + len(cast)
    printed = len(chosen) + len(kept_said) + len(kept_entries) + len(kept_cast)
    return Brief(
        story=collation.story,
        calendar=calendar,
        points=chosen,
        utterances=kept_said,
        timeline=tuple(sorted(kept_entries, key=lambda e: _entry_order(e, desk))),
        cast=kept_cast,
        coverage=_coverage(collation.coverage, chosen, kept_said, desk),
        omitted=found - printed,
        failures=sorted_failures([*failures, *lost]),
    )


def _coverage(
    given: Iterable[Coverage], points: Iterable[Point], said: Iterable[Utterance], desk: _Desk
) -> tuple[Coverage, ...]:
    """How much of each account the brief itself cites: what is left out for length covers nothing."""
    cited: dict[str, list[Span]] = {}
    for citation in [c for p in points for c in p.accounts] + [w.citation for u in said for w in u.wordings]:
        cited.setdefault(citation.article, []).extend(citation.spans)
    found = []
    for row in given:
        if row.article in desk.articles:
            spans = merge(cited.get(row.article, ()))
            inside = sum(covered(span, spans) for span in desk.articles[row.article].body)
            found.append(replace(row, cited=min(inside, row.body)))
    return tuple(sorted(found, key=lambda row: desk.places[row.article]))


def _proved(
    citations: Sequence[Citation], what: str, desk: _Desk, lost: list[Failure]
) -> tuple[Citation, ...]:
    """The citations that hold what they say, in the order of the accounts; the others become failures."""
    held = []
    for citation in citations:
        if verbatim.stands(citation, desk.articles):
            held.append(replace(citation, spans=tuple(sorted(citation.spans))))
            continue
        article = desk.articles.get(citation.article)
        lost.append(
            Failure(
                stage="brief",
                where=article.name if article else citation.article,
                reason=f"{what} cites text that is not there; it is not printed",
            )
        )
    return tuple(sorted(held, key=desk.start))


def _point(point: Point, desk: _Desk, lost: list[Failure]) -> Point | None:
    """The point with what is proved of it; nothing, if too little is left to be a point of its kind."""
    held = _proved(point.accounts, "a point", desk, lost)
    if len({citation.article for citation in held}) < (1 if point.kind == "only_here" else 2):
        return None
    if point.kind != "only_here" and point.aspect != "wording" and _argues(held, desk):
        return None
    summary = verbatim.line(point.summary, held, desk.articles)
    return replace(point, summary=summary, accounts=held, origins=desk.origins(held))


def _argues(citations: Sequence[Citation], desk: _Desk) -> bool:
    """Whether an account asks or speaks for itself ("Who did this?", "I have seen"), which states no fact."""
    for citation in citations:
        text = desk.articles[citation.article].text
        end = _SENTENCE_END.search(text, citation.spans[-1].end - 1)
        if end is not None and end.group() == "?":
            return True
        if any(_OWN_VOICE.search(span.of(text)) for span in citation.spans):
            return True
    return False


def _utterance(utterance: Utterance, desk: _Desk, lost: list[Failure]) -> Utterance | None:
    """The utterance with the wordings that are proved, by a speaker who is named in the accounts."""
    held = _proved([w.citation for w in utterance.wordings], "an utterance", desk, lost)
    if not held:
        return None
    by_place = {(w.citation.article, tuple(sorted(w.citation.spans))): w for w in utterance.wordings}
    wordings = tuple(replace(by_place[c.article, c.spans], citation=c) for c in held)
    # Who says it may be named anywhere in the story, but must be named somewhere.
    named = desk.speaks(utterance.speaker)
    return replace(
        utterance,
        speaker=utterance.speaker if named else None,
        how=utterance.how if named else "unknown",
        text=verbatim.line(utterance.text, held, desk.articles),
        origins=desk.origins(held),
        wordings=wordings,
    )


def _entry(entry: TimelineEntry, desk: _Desk, lost: list[Failure]) -> TimelineEntry | None:
    held = _proved(entry.citations, "an entry of the timeline", desk, lost)
    if not held:
        return None
    told = {citation.article for citation in held}
    return replace(
        entry,
        text=verbatim.line(entry.text, held, desk.articles),
        citations=held,
        holders=tuple(h for h in (_holder(holder, told, desk) for holder in entry.holders) if h.articles),
        times=tuple(
            timing
            for timing in entry.times
            if timing.citation.article in told and _proved((timing.citation,), "a time", desk, lost)
        ),
    )


def _holder(holder: Holder, told: Set[str], desk: _Desk) -> Holder:
    """The same, of the accounts that are cited; without a name that stands in none of them."""
    articles = tuple(id for id in holder.articles if id in told)
    texts = [desk.texts[id] for id in articles]
    named = holder.name is not None and verbatim.named(holder.name, texts)
    return replace(holder, articles=articles, name=holder.name if named else None)


def _member(member: CastMember, desk: _Desk, lost: list[Failure]) -> CastMember | None:
    held = _proved(member.citations, "a name", desk, lost)
    if not held:
        return None
    telling = [desk.texts[id] for id in dict.fromkeys(citation.article for citation in held)]
    names = tuple(name for name in member.names if verbatim.named(name, telling))
    shown = member.name if verbatim.named(member.name, telling) else None
    name = shown or (names[0] if names else words.clean(held[0].text))
    return replace(member, name=name, names=names, citations=held)


def _best(items: Sequence[T], limit: int, rank: Callable[[T], tuple[object, ...]]) -> tuple[T, ...]:
    """The first items in order of rank."""
    return tuple(sorted(items, key=rank)[:limit])


def _points(points: Sequence[Point], desk: _Desk) -> tuple[Point, ...]:
    """Shared points by rank, differing points by rank, then what only some tell, account by account."""
    ranked = sorted(points, key=lambda point: _point_rank(point, desk))
    fresh: list[Point] = []
    printed: set[tuple[str, str | None, str]] = set()
    for point in ranked:
        line = (point.kind, point.aspect, point.summary)
        if line not in printed:
            printed.add(line)
            fresh.append(point)
    shared = _unrepeated([point for point in fresh if point.kind == "shared"])[:MAX_SHARED]
    differing = [point for point in fresh if point.kind == "differing"][:MAX_DIFFERING]
    only = _only_here([point for point in fresh if point.kind == "only_here"], desk)
    return (*shared, *differing, *only)


def _unrepeated(ranked: Sequence[Point]) -> list[Point]:
    """The points without those that cite what a better one cites: one sentence is one line of the brief."""
    kept: list[Point] = []
    taken: dict[str, list[Span]] = {}
    for point in ranked:
        told = [
            covered(s, taken.get(c.article, ())) / max(1, len(s)) for c in point.accounts for s in c.spans
        ]
        if max(told, default=0.0) < _REPEATED:
            kept.append(point)
            for citation in point.accounts:
                taken[citation.article] = list(merge([*taken.get(citation.article, ()), *citation.spans]))
    return kept


def _only_here(ranked: Sequence[Point], desk: _Desk) -> list[Point]:
    """The best of each set of accounts, in the order in which the accounts tell them."""
    # A story told once has nothing to share; its account may fill that place.
    limit = MAX_ONLY_HERE if len(desk.story.articles) > 1 else MAX_SHARED
    taken: dict[tuple[str, ...], int] = {}
    chosen: list[Point] = []
    for point in ranked:
        tellers = tuple(dict.fromkeys(citation.article for citation in point.accounts))
        if taken.get(tellers, 0) < limit and len(chosen) < MAX_ONLY_HERE_IN_ALL:
            taken[tellers] = taken.get(tellers, 0) + 1
            chosen.append(point)
    return sorted(chosen, key=lambda p: ([desk.start(c) for c in p.accounts], p.summary))


def _point_rank(point: Point, desk: _Desk) -> tuple[object, ...]:
    weight = (
        _BY_ORIGINS * point.origins / max(1, len(desk.story.origins))
        + _BY_LEAD * desk.lead(point.accounts)
        + _BY_CENTRALITY * desk.centrality(point.summary)
        + _BY_CONFLICT * _CONFLICT.get(point.aspect, 1.0)
    )
    return (
        -round(weight, 6),
        *(desk.start(c) for c in point.accounts[:1]),
        point.summary,
        point.aspect or "",
    )


def _utterance_rank(utterance: Utterance, desk: _Desk) -> tuple[object, ...]:
    citations = [wording.citation for wording in utterance.wordings]
    return -utterance.origins, -len(citations), desk.start(citations[0]), utterance.text


def _entry_rank(entry: TimelineEntry, desk: _Desk) -> tuple[object, ...]:
    """What more origins date comes first; what has no date comes last."""
    undated = entry.status == "undated"
    return undated, -desk.origins(entry.citations), desk.start(entry.citations[0]), entry.text


def _entry_order(entry: TimelineEntry, desk: _Desk) -> tuple[object, ...]:
    """In the order of time; what is open at its start lies before what is not."""
    first, last = entry.interval.earliest, entry.interval.latest
    undated = entry.status == "undated" or (first is None and last is None)
    return (
        undated,
        first or last or date.max,
        last or date.max,
        desk.start(entry.citations[0]),
        entry.text,
    )


def _member_rank(member: CastMember, desk: _Desk) -> tuple[object, ...]:
    return (
        -desk.origins(member.citations),
        -len(member.citations),
        desk.start(member.citations[0]),
        member.name,
    )
