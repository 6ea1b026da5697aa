"""What every rendering of a brief shows alike: the lettered accounts, the groups of lines, the shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from ..model.article import Article, Published, original_address
from ..model.calendar import Calendar
from ..model.collation import (
    CastMember,
    Citation,
    Point,
    PointKind,
    TimelineEntry,
    Utterance,
    Wording,
)
from ..model.span import Span
from ..model.story import Origin, Story
from . import words
from .brief import Brief


@dataclass(frozen=True, slots=True)
class Account:
    """An article as one telling of the story, with the letter that stands for it."""

    index: int
    letter: str
    article: Article
    published: Published
    outlet: str
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Points that the same accounts tell and no other."""

    accounts: tuple[Account, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker, and what the accounts quote them as saying."""

    name: str | None
    how: str
    utterances: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One account of an origin, and the share of its body that stands in the others (unknown: `None`)."""

    account: Account
    copied: float | None


@dataclass(frozen=True, slots=True)
class Source:
    """An origin with its accounts."""

    origin: Origin
    members: tuple[Member, ...]


def accounts(brief: Brief) -> dict[str, Account]:
    """The accounts of a brief by article id, lettered in the order of the story's articles."""
    return {
        article.id: Account(
            index=index,
            letter=words.letter(index),
            article=article,
            published=brief.calendar.date(article.id),
            outlet=outlet_name(article.outlet, article.url, article.place)
            or f"Account {words.letter(index)}",
            title=words.clean(article.headline) if article.headline else None,
            url=link(article.url),
        )
        for index, article in enumerate(brief.story.articles)
    }


def link(url: str | None) -> str | None:
    """A web address that is safe to follow, or nothing."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def outlet_name(outlet: str | None, url: str | None, place: str | None) -> str:
    """What to call a publisher: by its name, else its site, else the file it came in; empty if there is none.

    >>> outlet_name(None, "https://www.herald.example/a", None), outlet_name(None, None, "saved/a.txt:3")
    ('herald.example', 'a.txt:3')
    >>> outlet_name(None, "https://archive.example/web/2031/http://www.herald.example/a", None)
    'herald.example'
    """
    if outlet:
        return words.clean(outlet)
    address = link(original_address(url or ""))
    if address:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    return (words.clean(PurePath(place).name) or words.clean(place)) if place else ""


def when(story: Story, calendar: Calendar) -> Published:
    """The days in which the story's articles were published, those articles left out that have no dates.

    A date with an open end says too little about the story: it is left out, too.
    """
    known = [calendar.date(article.id) for article in story.articles]
    dated = [(p.earliest, p.latest, p.how) for p in known if p.earliest and p.latest and p.how != "unknown"]
    if not dated:
        return Published()
    return Published(
        earliest=min(first for first, _, _ in dated),
        latest=max(last for _, last, _ in dated),
        how="inferred" if any(how == "inferred" for _, _, how in dated) else "metadata",
    )


def of_kind(brief: Brief, kind: PointKind) -> tuple[Point, ...]:
    """The points of one kind, in the order of the brief."""
    return tuple(point for point in brief.points if point.kind == kind)


def cited(citations: Iterable[Citation], known: Mapping[str, Account]) -> tuple[Account, ...]:
    """The accounts that citations come from, in the order of their letters, each once."""
    found = {citation.article for citation in citations}
    return tuple(account for id, account in known.items() if id in found)


def only_here(brief: Brief, known: Mapping[str, Account]) -> tuple[Group, ...]:
    """The points that only some accounts tell, gathered by which accounts these are."""
    grouped: dict[tuple[int, ...], list[Point]] = {}
    for point in of_kind(brief, "only_here"):
        key = tuple(account.index for account in cited(point.accounts, known))
        grouped.setdefault(key, []).append(point)
    in_order = list(known.values())
    return tuple(
        Group(tuple(in_order[index] for index in key), tuple(points))
        for key, points in sorted(grouped.items())
    )


def voices(brief: Brief) -> tuple[Voice, ...]:
    """The utterances by speaker: first whom most origins quote, then who is quoted most; the unknown last."""
    named = _speakers(brief.cast)
    grouped: dict[tuple[str, ...] | None, list[Utterance]] = {}
    for utterance in brief.utterances:
        known = named.get(_voice(utterance.speaker) or ())
        grouped.setdefault(_voice(known.name if known else utterance.speaker), []).append(utterance)
    found = []
    for who, said in grouped.items():
        member = named.get(who or ())
        how = words.HOW_KNOWN[said[0].how if said[0].speaker else "unknown"]
        found.append(Voice(member.name if member else said[0].speaker, how, tuple(said)))
    return tuple(
        sorted(
            found, key=lambda v: (v.name is None, -max(u.origins for u in v.utterances), -len(v.utterances))
        )
    )


def _speakers(cast: Iterable[CastMember]) -> dict[tuple[str, ...], CastMember]:
    """The people of the cast by each of their names that is nobody else's: one speaker has one heading."""
    found: dict[tuple[str, ...], list[CastMember]] = {}
    for member in cast:
        if member.label == "PERSON":
            for called in {key for name in (member.name, *member.names) if (key := _voice(name))}:
                found.setdefault(called, []).append(member)
    return {called: members[0] for called, members in found.items() if len(members) == 1}


def _voice(speaker: str | None) -> tuple[str, ...] | None:
    """A speaker for gathering: "The police" and "police" speak under one heading."""
    called = words.words(speaker or "")
    return tuple(called[1:] if len(called) > 1 and called[0] == "the" else called) or None


def sources(brief: Brief, known: Mapping[str, Account]) -> tuple[Source, ...]:
    """The origins with their accounts, in the order of the accounts' letters."""
    found = []
    for origin in brief.story.origins:
        shares: tuple[float | None, ...] = origin.copied or (None,) * len(origin.articles)
        members = [
            Member(known[id], share) for id, share in zip(origin.articles, shares, strict=True) if id in known
        ]
        found.append(Source(origin, tuple(sorted(members, key=lambda m: m.account.index))))
    return tuple(sorted((s for s in found if s.members), key=lambda s: s.members[0].account.index))


def why(origin: Origin) -> str:
    """Why the accounts of an origin count as one, in words."""
    name = words.clean(origin.name) if origin.name else ""
    if len(origin.articles) < 2:
        return f"agency copy, {name}" if origin.why == "agency" and name else ""
    if origin.why == "agency":
        return f"agency copy, {name}" if name else "agency copy"
    if origin.why == "publisher":
        return f"one publisher, {name}" if name else "one publisher"
    return "copies of one text"


def tally(brief: Brief) -> str:
    """How many accounts there are, and from how many independent origins."""
    told = words.count(len(brief.story.articles), "account")
    return f"{told} from {words.count(len(brief.story.origins), 'independent origin')}"


def cast(brief: Brief) -> tuple[tuple[str, tuple[CastMember, ...]], ...]:
    """The cast by what its members are: people first, then as `words.LABELS` has them."""
    grouped: dict[str, list[CastMember]] = {label: [] for label in words.LABELS.values()}
    for member in brief.cast:
        grouped[words.LABELS[member.label]].append(member)
    return tuple((label, tuple(members)) for label, members in grouped.items() if members)


def coverage(brief: Brief, known: Mapping[str, Account]) -> tuple[tuple[Account, float], ...]:
    """What share of each account's body is cited, in the order of the letters."""
    return tuple(
        (known[c.article], min(1.0, c.cited / c.body))
        for c in brief.coverage
        if c.article in known and c.body
    )


def omitted(brief: Brief) -> str:
    """How much was left out for length, in a sentence."""
    return f"{words.count(brief.omitted, 'further line')} left out for length.".capitalize()


def tellings(
    citations: Iterable[Citation], known: Mapping[str, Account]
) -> tuple[tuple[str, tuple[Citation, ...]], ...]:
    """What citations say, once for each way to say it (marks and capitals aside), with those that say it."""
    told: dict[tuple[str, ...], list[Citation]] = {}
    for citation in citations:
        said = tuple(words.words(words.quoted(known[citation.article].article, citation.spans)))
        told.setdefault(said, []).append(citation)
    return tuple(
        (words.quoted(known[alike[0].article].article, alike[0].spans), tuple(alike))
        for alike in told.values()
    )


def wordings(
    utterance: Utterance, known: Mapping[str, Account]
) -> tuple[tuple[str, Wording, tuple[Citation, ...]], ...]:
    """The ways in which an utterance is told: the text, its first wording, and who tells it so."""
    first: dict[tuple[str, tuple[Span, ...]], Wording] = {}
    for wording in utterance.wordings:
        first.setdefault((wording.citation.article, wording.citation.spans), wording)
    told: list[tuple[str, tuple[Citation, ...]]] = []
    # What one account has denied and another asserted is not told alike, whatever the words.
    for deed in dict.fromkeys(map(does, utterance.wordings)):
        told += tellings((w.citation for w in utterance.wordings if does(w) == deed), known)
    return tuple((text, first[alike[0].article, alike[0].spans], alike) for text, alike in told)


def source(wording: Wording, utterance: Utterance) -> str:
    """What the account calls the speaker, where that says more than the speaker's name."""
    called = words.clean(wording.source) if wording.source else ""
    known = set(words.words(utterance.speaker or ""))
    return "" if set(words.words(called)) <= known else called


def does(wording: Wording) -> str:
    """What the speaker did with indirect speech, if not simply say it: deny it, ask for it."""
    told = wording.form != "direct" and wording.certainty in words.CERTAINTIES
    return wording.certainty if told else ""


def wants_marks(wording: Wording, text: str) -> bool:
    """Whether a wording is to be put in quotation marks: it is quoted directly and brings none itself."""
    return wording.form == "direct" and not set(text) & set('"“”„«»')


def said_by(entry: TimelineEntry) -> str:
    """By whom an entry is told where it isn't, or not only, told by the outlets themselves; else nothing."""
    names = dict.fromkeys(holder.name for holder in entry.holders if holder.name)
    return f"according to {', '.join(names)}" if names else ""


def told_by(entry: TimelineEntry) -> str:
    """The words by which an entry is dated, each once: “next week”; nothing where it has no date."""
    quoted = dict.fromkeys(words.clean(timing.citation.text) for timing in entry.times)
    return ", ".join(f"“{said}”" for said in quoted)
