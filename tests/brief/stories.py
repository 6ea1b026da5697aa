"""Two invented stories with their collations made by hand: what a brief is selected and drawn from."""

# Paragraphs of news are one line each, as ingest finds them.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from secondsource.errors import Failure
from secondsource.model import (
    Article,
    ArticleDate,
    Block,
    Calendar,
    CastMember,
    Citation,
    Collation,
    Coverage,
    Holder,
    Interval,
    Origin,
    Point,
    Published,
    Span,
    Story,
    TimelineEntry,
    Timing,
    Utterance,
    Wording,
)

HERALD = Article(
    id="herald",
    outlet="The Vellmar Herald",
    title="Night fire guts grain store on Tarn Quay",
    url="https://herald.example/tarn-quay",
    published="2031-03-12",
    text="""Night fire guts grain store on Tarn Quay

By Oda Renn

A fire that broke out shortly before midnight on Tuesday destroyed the largest grain store on Tarn Quay and sent 12 people to hospital, Vellmar's fire brigade said.

Flames could be seen from the far side of the sound. "We have not lost anybody, and that is the only good news I have tonight," said the fire chief, Ilse Marrow, who had been on the quay since the first call.

The store held about 4,000 tonnes of barley, most of it due to be shipped on Friday. The port authority closed the quay and said it would stay closed until Sunday at least.

Investigators are treating the fire as suspicious, according to two people briefed on the inquiry. A gate on the north side had been forced, one of them said.

The store passed its last safety inspection in November. Its owner, Corran Grain, was fined in 2028 for storing fertiliser without a licence.""",
)
COAST = Article(
    id="coast",
    outlet="Coast Daily",
    title="Fire destroys grain store in Vellmar",
    url="https://coast.example/a/991",
    published="2031-03-12",
    authors=("Meridian Wire",),
    text="""VELLMAR (Meridian Wire) - A fire destroyed a grain store in the port of Vellmar on Wednesday, injuring 14 people, rescue officials said.

The blaze started at about 1 a.m. and was brought under control by morning, they said. No one was killed.

"We have not lost anybody," fire chief Ilse Marrow told reporters.

The cause was not known. There was no sign that the fire had been set, a police spokesman said.

The store belongs to Corran Grain, one of the country's largest exporters of barley. The government said it would review safety rules for ports by 2 April.""",
)
INLAND = Article(
    id="inland",
    outlet="Inland Post",
    title="Grain store burns in Vellmar; 14 hurt",
    published="2031-03-12",
    text="""A fire destroyed a grain store in the port of Vellmar on Wednesday, injuring 14 people, rescue officials said.

The blaze started at about 1 a.m. and was brought under control by morning, they said. No one was killed.

The cause was not known. There was no sign that the fire had been set, a police spokesman said.

Bread prices in the inland towns are not expected to change, a bakers' guild said.""",
)
NORTHERN = Article(
    id="northern",
    outlet="Northern Broadcasting",
    title="🔥 Port blaze: what we know",
    url="https://northern.example/live/port",
    text="""Home | News | Weather 🌦️

🔥 Port blaze: what we know

📷 The store on Tarn Quay, seen last summer.

A grain store on the quay at Vellmar burned to the ground overnight. 🔥 Fourteen people were injured, two of them seriously, the regional hospital said.

Fire chief Ilse Marrow said nobody had died. “That is the only good news I have tonight,” she said.

The quay will be closed until Sunday at the earliest, according to the port authority.

Some 4,000 tonnes of barley were lost.

Residents were told to keep windows shut because of the smoke; the warning was lifted at noon.

Read more: How to protect your home""",
)
KESTREL = Article(
    id="kestrel",
    outlet="Kestrel Dispatch",
    title="Vellmar fire was not arson, police say",
    published="2031-03-14",
    text="""Vellmar fire was not arson, police say

Tuesday night's fire on Tarn Quay was caused by an overheated conveyor, police said on Thursday, ruling out arson.

The gate that had been found open was forced by firefighters, the lead investigator, Bram Oleander, said. "There is no crime here," he said.

Fourteen people were injured in the fire, which destroyed the largest grain store on the quay. The quay is expected to reopen on Monday.

Parliament will debate the safety of ports on 2 April.""",
)


def cite(article: Article, *phrases: str) -> Citation:
    """A citation of phrases of an article, each found where it first stands after the one before."""
    spans, at = [], 0
    for phrase in phrases:
        at = article.text.index(phrase, at)
        spans.append(Span(at, at + len(phrase)))
        at += len(phrase)
    return Citation(article.id, tuple(spans), " ".join(phrases))


def blocked(article: Article, **roles: str) -> Article:
    """The article in blocks, a paragraph each; `roles` says which begin with what."""
    blocks, at = [], 0
    for paragraph in article.text.split("\n\n"):
        start = article.text.index(paragraph, at)
        at = start + len(paragraph)
        role = next((r for r, head in roles.items() if paragraph.startswith(head)), "body")
        blocks.append(Block(Span(start, at), role))  # type: ignore[arg-type]
    return article.with_blocks(tuple(blocks))


def point(kind: str, *citations: Citation, aspect: str | None = None, origins: int = 1) -> Point:
    """A point whose summary is its first citation."""
    return Point(
        kind=kind,  # type: ignore[arg-type]
        summary=citations[0].text,
        origins=origins,
        accounts=citations,
        aspect=aspect,  # type: ignore[arg-type]
        score=0.9,
        reason="the same event and slot",
    )


def said(speaker: str | None, *wordings: Wording, how: str = "named", origins: int = 1) -> Utterance:
    """An utterance whose text is its first wording."""
    return Utterance(speaker, how, wordings[0].citation.text, origins, wordings)  # type: ignore[arg-type]


def entry(
    first: date | None, last: date | None, status: str, granularity: str, *citations: Citation
) -> TimelineEntry:
    """A timeline entry whose text is its first citation, told by the outlets themselves."""
    holders = (Holder("outlet", None, tuple(citation.article for citation in citations)),)
    return TimelineEntry(Interval(first, last), granularity, status, citations[0].text, citations, holders)  # type: ignore[arg-type]


def fire() -> Collation:
    """A fire told by five accounts of three origins, with everything a collation can hold."""
    herald = blocked(HERALD, headline="Night fire guts", byline="By Oda")
    coast = blocked(COAST)
    inland = blocked(INLAND)
    northern = blocked(NORTHERN, navigation="Home |", headline="🔥 Port", caption="📷", related="Read more")
    kestrel = blocked(KESTREL, headline="Vellmar fire was not")
    articles = (herald, coast, inland, northern, kestrel)
    story = Story(
        id="fire",
        title="Night fire guts grain store on Tarn Quay",
        articles=articles,
        origins=(
            Origin("o1", ("herald",), "independent", None, (0.0,)),
            Origin("o2", ("coast", "inland"), "agency", "Meridian Wire", (0.58, 0.79)),
            Origin("o3", ("northern",), "independent", None, (0.0,)),
            Origin("o4", ("kestrel",), "independent", None, (0.0,)),
        ),
    )
    return Collation(
        story=story,
        points=_fire_points(articles),
        utterances=_fire_utterances(articles),
        timeline=_fire_timeline(articles),
        cast=_fire_cast(articles),
        coverage=tuple(Coverage(a.id, 0, sum(len(s) for s in a.body)) for a in articles),
    )


def _fire_points(articles: Sequence[Article]) -> tuple[Point, ...]:
    herald, coast, inland, northern, kestrel = articles
    wire = "A fire destroyed a grain store in the port of Vellmar on Wednesday"
    no_sign = "There was no sign that the fire had been set, a police spokesman said."
    return (
        point(
            "shared",
            cite(herald, "destroyed the largest grain store on Tarn Quay"),
            cite(coast, wire),
            cite(inland, wire),
            cite(northern, "A grain store on the quay at Vellmar burned to the ground overnight."),
            cite(kestrel, "destroyed the largest grain store on the quay"),
            origins=4,
        ),
        point(
            "shared",
            cite(coast, "No one was killed."),
            cite(inland, "No one was killed."),
            cite(northern, "Fire chief Ilse Marrow said nobody had died."),
            origins=2,
        ),
        point(
            "shared",
            cite(
                northern,
                "The quay will be closed until Sunday at the earliest, according to the port authority.",
            ),
            cite(
                herald,
                "The port authority closed the quay and said it would stay closed until Sunday at least.",
            ),
            origins=2,
        ),
        point(
            "shared",
            cite(herald, "The store held about 4,000 tonnes of barley"),
            cite(northern, "Some 4,000 tonnes of barley were lost."),
            origins=2,
        ),
        point(
            "differing",
            cite(herald, "sent 12 people to hospital"),
            cite(coast, "injuring 14 people"),
            cite(inland, "injuring 14 people"),
            cite(northern, "Fourteen people were injured, two of them seriously"),
            cite(kestrel, "Fourteen people were injured in the fire"),
            aspect="value",
            origins=4,
        ),
        point(
            "differing",
            cite(
                herald,
                "Investigators are treating the fire as suspicious, according to two people briefed on the inquiry.",
            ),
            cite(coast, no_sign),
            cite(inland, no_sign),
            cite(
                kestrel,
                "Tuesday night's fire on Tarn Quay was caused by an overheated conveyor, "
                "police said on Thursday, ruling out arson.",
            ),
            aspect="certainty",
            origins=3,
        ),
        point(
            "differing",
            cite(herald, "A fire that broke out shortly before midnight on Tuesday"),
            cite(coast, "The blaze started at about 1 a.m."),
            cite(inland, "The blaze started at about 1 a.m."),
            aspect="time",
            origins=2,
        ),
        point("only_here", cite(herald, "The store passed its last safety inspection in November.")),
        point(
            "only_here",
            cite(
                herald, "Its owner, Corran Grain, was fined in 2028 for storing fertiliser without a licence."
            ),
        ),
        point(
            "only_here",
            cite(
                northern,
                "Residents were told to keep windows shut because of the smoke; the warning was lifted at noon.",
            ),
        ),
        point(
            "only_here",
            cite(
                inland, "Bread prices in the inland towns are not expected to change, a bakers' guild said."
            ),
        ),
        point(
            "only_here",
            cite(
                kestrel,
                "The gate that had been found open was forced by firefighters, "
                "the lead investigator, Bram Oleander, said.",
            ),
        ),
    )


def _fire_utterances(articles: Sequence[Article]) -> tuple[Utterance, ...]:
    herald, coast, _, northern, kestrel = articles
    return (
        said(
            "Ilse Marrow",
            Wording(
                cite(herald, "We have not lost anybody, and that is the only good news I have tonight"),
                "direct",
                "the fire chief, Ilse Marrow",
            ),
            Wording(cite(coast, "We have not lost anybody"), "direct", "fire chief Ilse Marrow"),
            Wording(cite(northern, "That is the only good news I have tonight"), "direct", "she"),
            origins=3,
        ),
        said(
            "Bram Oleander", Wording(cite(kestrel, "There is no crime here"), "direct", "he"), how="pronoun"
        ),
        said(
            "a police spokesman",
            Wording(
                cite(coast, "There was no sign that the fire had been set"), "indirect", "a police spokesman"
            ),
            how="role",
        ),
        said(
            None, Wording(cite(herald, "A gate on the north side had been forced"), "indirect", "one of them")
        ),
    )


def _fire_timeline(articles: Sequence[Article]) -> tuple[TimelineEntry, ...]:
    herald, coast, inland, northern, kestrel = articles
    return (
        entry(
            date(2028, 1, 1),
            date(2028, 12, 31),
            "fact",
            "year",
            cite(herald, "Corran Grain, was fined in 2028 for storing fertiliser without a licence."),
        ),
        entry(
            date(2030, 11, 1),
            date(2030, 11, 30),
            "fact",
            "month",
            cite(herald, "The store passed its last safety inspection in November."),
        ),
        entry(
            date(2031, 3, 11),
            date(2031, 3, 12),
            "fact",
            "day",
            cite(herald, "A fire that broke out shortly before midnight on Tuesday"),
            cite(coast, "A fire destroyed a grain store in the port of Vellmar on Wednesday"),
            cite(inland, "A fire destroyed a grain store in the port of Vellmar on Wednesday"),
        ),
        entry(
            date(2031, 3, 13),
            date(2031, 3, 13),
            "fact",
            "day",
            cite(kestrel, "police said on Thursday, ruling out arson."),
        ),
        _reopening(kestrel),
        entry(
            date(2031, 4, 2),
            date(2031, 4, 2),
            "planned",
            "day",
            cite(kestrel, "Parliament will debate the safety of ports on 2 April."),
            cite(coast, "The government said it would review safety rules for ports by 2 April."),
        ),
        entry(None, None, "undated", "interval", cite(northern, "seen last summer")),
    )


def _reopening(kestrel: Article) -> TimelineEntry:
    """A plan that one account has from a speaker, with the words that date it."""
    told = entry(
        date(2031, 3, 17),
        date(2031, 3, 17),
        "planned",
        "day",
        cite(kestrel, "The quay is expected to reopen on Monday."),
    )
    monday = Timing(cite(kestrel, "Monday"), "2031-03-17", "published")
    return replace(told, holders=(Holder("speaker", "Bram Oleander", ("kestrel",)),), times=(monday,))


def _fire_cast(articles: Sequence[Article]) -> tuple[CastMember, ...]:
    herald, coast, _, northern, kestrel = articles
    return (
        CastMember(
            "c1",
            "Ilse Marrow",
            "PERSON",
            ("Ilse Marrow",),
            (cite(herald, "Ilse Marrow"), cite(coast, "Ilse Marrow"), cite(northern, "Ilse Marrow")),
        ),
        CastMember("c2", "Bram Oleander", "PERSON", ("Bram Oleander",), (cite(kestrel, "Bram Oleander"),)),
        CastMember(
            "c3",
            "Corran Grain",
            "ORG",
            ("Corran Grain",),
            (cite(herald, "Corran Grain"), cite(coast, "Corran Grain")),
        ),
        CastMember(
            "c4",
            "Vellmar",
            "GPE",
            ("Vellmar",),
            (cite(herald, "Vellmar"), cite(coast, "Vellmar"), cite(northern, "Vellmar")),
        ),
        CastMember(
            "c5", "Tarn Quay", "LOC", ("Tarn Quay",), (cite(herald, "Tarn Quay"), cite(kestrel, "Tarn Quay"))
        ),
    )


def fire_calendar() -> Calendar:
    """When the five accounts were published: one of them had to be worked out."""
    stated = [ArticleDate(a.id, a.published or Published()) for a in (HERALD, COAST, INLAND, KESTREL)]
    worked_out = Published(date(2031, 3, 12), date(2031, 3, 13), "2031-03-12/13", "inferred")
    return Calendar((*stated, ArticleDate("northern", worked_out)))


FAILURES = (Failure(stage="date", where="Inland Post", reason="no date is stated in the text"),)
