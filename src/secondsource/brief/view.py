"""What every rendering of a brief shows alike: the lettered accounts, the groups of lines, the shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from ..model.article import Article, Published
from ..model.brief import Brief
from ..model.calendar import Calendar
from ..model.collation import CastMember, Citation, Point, PointKind, Utterance, Wording
from ..model.story import Origin, Story
from . import words


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
            outlet=_outlet(article, words.letter(index)),
            title=words.clean(article.headline) if article.headline else None,
            url=_link(article.url),
        )
        for index, article in enumerate(brief.story.articles)
    }


def _link(url: str | None) -> str | None:
    """A web address that is safe to follow, or nothing."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def _outlet(article: Article, letter: str) -> str:
    """What to call the publisher: its name, else its site, else the file it came in."""
    if article.outlet:
        return words.clean(article.outlet)
    link = _link(article.url)
    if link:
        host = urlsplit(link).hostname or ""
        return host.removeprefix("www.")
    if article.place:
        return words.clean(PurePath(article.place).name) or words.clean(article.place)
    return f"Account {letter}"


def when(story: Story, calendar: Calendar) -> Published:
    """The days in which the story's articles were published, as far as they are known."""
    known = [calendar.date(article.id) for article in story.articles]
    dated = [p for p in known if p.how != "unknown" and (p.earliest or p.latest)]
    if not dated:
        return Published()
    firsts = [p.earliest for p in dated if p.earliest]
    lasts = [p.latest for p in dated if p.latest]
    whole_start = len(firsts) == len(dated)
    whole_end = len(lasts) == len(dated)
    inferred = any(p.how == "inferred" for p in dated)
    return Published(
        earliest=min(firsts) if whole_start else None,
        latest=max(lasts) if whole_end else None,
        how="inferred" if inferred else "metadata",
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
    grouped: dict[str | None, list[Utterance]] = {}
    for utterance in brief.utterances:
        grouped.setdefault(utterance.speaker, []).append(utterance)
    return tuple(
        Voice(name, words.HOW_KNOWN[said[0].how] if name else words.HOW_KNOWN["unknown"], tuple(said))
        for name, said in sorted(
            grouped.items(),
            key=lambda item: (item[0] is None, -max(u.origins for u in item[1]), -len(item[1])),
        )
    )


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


def said(wording: Wording, account: Account) -> str:
    """A wording as it stands; what is quoted directly is shown in quotation marks."""
    text = words.tame(words.quoted(account.article, wording.citation.spans))
    return f"“{text}”" if wording.form == "direct" and not opens_quoted(text) else text


def source(wording: Wording, utterance: Utterance) -> str:
    """What the account calls the speaker, where that says more than the speaker's name."""
    called = words.clean(wording.source) if wording.source else ""
    known = set(words.words(utterance.speaker or ""))
    return "" if set(words.words(called)) <= known else called


def opens_quoted(text: str) -> bool:
    """Whether a text brings its own quotation mark."""
    return text.lstrip()[:1] in set("\"“”„«‘'‹")
