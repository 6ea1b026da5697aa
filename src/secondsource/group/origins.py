"""Origins: which articles of a story are one source, and why.

Three things make articles one source. *Copies*: half of one stands in the
other. *Agency*: both say they carry the text of one news agency, whose
reports of one happening are one voice, however worded; an article of which
half stands in such a report counts as the agency's too. *Publisher*: two
reports of one house. They are settled in the order agency, copies, publisher,
and each article has one origin.

Copies are joined by the average over all pairs of two groups, and a page that
merely contains reports (a live blog, a digest) is one source with those of
them that copy each other, not with all. So neither chains nor hubs make one
origin of many.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..model import Article, CopyLink, Origin, Span, content_id, merge
from ..model.story import OriginWhy
from .agencies import Source
from .linkage import average_linkage
from .recall import Recall, recall
from .tokens import canonical

HALF: Final = 0.5
"""The part of a body that must stand in another for the two to be one source."""

MUTUAL: Final = 0.25
"""The part that must stand in the other the other way round, for a page not to be a mere container."""

Shares = Mapping[tuple[str, str], float]
"""By ordered pair of ids: what part of the first one's body stands in the second's."""


def find_origins(
    articles: Iterable[Article], links: Sequence[CopyLink], recalled: Recall | None = None
) -> tuple[Origin, ...]:
    """The origins of some articles: every article is in exactly one.

    `recalled` holds what is known of articles already, and learns more.
    """
    recalled = recalled or recall(math.inf)
    ordered = canonical(articles)
    sources = {article.id: recalled.source(article) for article in ordered}
    ids = {article.id for article in ordered}
    inside = [link for link in links if link.left in ids and link.right in ids]
    shares: dict[tuple[str, str], float] = {}
    for link in inside:
        shares[link.left, link.right] = link.left_share
        shares[link.right, link.left] = link.right_share
    groups = _copied([article.id for article in ordered], shares)
    owned = _owned(sources, groups, shares)
    groups, why = _by_agency(groups, owned)
    house = {article.id: owned.get(article.id) or sources[article.id].publisher for article in ordered}
    groups, why = _by_publisher(groups, why, house)
    known = {article.id: article for article in ordered}
    made = (
        _origin([known[id] for id in group], reason, owned, inside, recalled)
        for group, reason in zip(groups, why, strict=True)
    )
    return tuple(sorted(made, key=lambda origin: (-len(origin.articles), origin.articles)))


def _copied(ids: Sequence[str], shares: Shares) -> list[list[str]]:
    """Articles joined by average share, then those of which half stands in a text that is no copy of them."""
    groups = _average(ids, shares)
    place = {id: at for at, group in enumerate(groups) for id in group}
    inside = sorted((-share, one, other) for (one, other), share in shares.items() if share >= HALF)
    for _, one, other in inside:
        home, group = groups[place[one]], groups[place[other]]
        # A page that holds several reports takes in only those that are copies of each other.
        if len(home) == 1 and home is not group and _mean(one, group, shares) >= HALF:
            home.remove(one)
            group.append(one)
            place[one] = place[other]
    return [group for group in groups if group]


def _mean(id: str, group: Sequence[str], shares: Shares) -> float:
    """The average, over a group, of the larger share that an article and a member have in each other."""
    total = sum(max(shares.get((id, other), 0.0), shares.get((other, id), 0.0)) for other in group)
    return total / len(group)


def _average(ids: Sequence[str], shares: Shares) -> list[list[str]]:
    """Groups joined while the average share between two of them is at least HALF."""
    place = {id: at for at, id in enumerate(ids)}
    pairs = (
        (place[one], place[other], max(share, shares[other, one]))
        for (one, other), share in shares.items()
        if place[one] < place[other]
        and max(share, shares[other, one]) >= HALF
        and min(share, shares[other, one]) >= MUTUAL
    )
    return [[ids[at] for at in group] for group in average_linkage(len(ids), pairs, HALF)]


def _owned(sources: Mapping[str, Source], groups: list[list[str]], shares: Shares) -> dict[str, str]:
    """The agency of each article that has one, by its own credit or that of what it copies."""
    stated = {id: source.agencies for id, source in sources.items() if source.agencies}
    owned: dict[str, str] = {}
    for group in groups:
        votes: dict[str, int] = {}
        for id in group:
            for agency in stated.get(id, ()):
                votes[agency] = votes.get(agency, 0) + 1
        if not votes:
            continue
        leading = min(votes, key=lambda agency: (-votes[agency], agency))
        for id in group:
            own = stated.get(id, ())
            if leading in own or (not own and _half_in(id, group, leading, stated, shares)):
                owned[id] = leading
            elif own:
                owned[id] = own[0]
    return owned


def _half_in(
    id: str, group: Sequence[str], agency: str, stated: Mapping[str, tuple[str, ...]], shares: Shares
) -> bool:
    """Whether half of an article stands in one that is the agency's, or the other way round."""
    return any(
        max(shares.get((id, other), 0.0), shares.get((other, id), 0.0)) >= HALF
        for other in group
        if agency in stated.get(other, ())
    )


def _by_agency(groups: list[list[str]], owned: Mapping[str, str]) -> tuple[list[list[str]], list[OriginWhy]]:
    """Take the agencies' articles out of the groups and put each agency's together."""
    agency: dict[str, list[str]] = {}
    rest: list[list[str]] = []
    for group in groups:
        for id in group:
            if id in owned:
                agency.setdefault(owned[id], []).append(id)
        left = [id for id in group if id not in owned]
        if left:
            rest.append(left)
    joined = [agency[name] for name in sorted(agency)]
    why: list[OriginWhy] = ["agency"] * len(joined)
    return joined + rest, why + ["copies" if len(group) > 1 else "independent" for group in rest]


def _by_publisher(
    groups: list[list[str]], why: list[OriginWhy], house: Mapping[str, str | None]
) -> tuple[list[list[str]], list[OriginWhy]]:
    """Join the groups all of whose articles are of one house; a copy elsewhere keeps a group out.

    An agency is a house, and may publish under its own name as well.
    """
    out: list[list[str]] = []
    reasons: list[OriginWhy] = []
    of_house: dict[str, int] = {}
    for group, reason in zip(groups, why, strict=True):
        houses = {house[id] for id in group}
        name = next(iter(houses)) if len(houses) == 1 else None
        if name is None:
            out.append(group)
            reasons.append(reason)
        elif name in of_house:
            out[of_house[name]] += group
            if reasons[of_house[name]] != "agency":
                reasons[of_house[name]] = "publisher"
        else:
            of_house[name] = len(out)
            out.append(list(group))
            reasons.append(reason)
    return out, reasons


def _origin(
    articles: Sequence[Article],
    why: OriginWhy,
    owned: Mapping[str, str],
    links: Sequence[CopyLink],
    recalled: Recall,
) -> Origin:
    ordered = canonical(articles)
    ids = tuple(article.id for article in ordered)
    passages = _passages(frozenset(ids), links)
    return Origin(
        id=content_id("origin", *sorted(ids)),
        articles=ids,
        why=why,
        name=_name(ordered, why, owned, recalled),
        copied=tuple(_copied_share(article, passages.get(article.id, ()), recalled) for article in ordered),
    )


def _name(
    articles: Sequence[Article], why: OriginWhy, owned: Mapping[str, str], recalled: Recall
) -> str | None:
    """The agency's name; or the agency that copies name in passing; or the one publisher's."""
    if why == "agency":
        return next(owned[article.id] for article in articles if article.id in owned)
    sources = [recalled.source(article) for article in articles]
    if why == "copies":
        named = {credit.agency for source in sources for credit in source.credits}
        if len(named) == 1:
            return named.pop()
    houses = {source.publisher for source in sources}
    house = houses.pop() if len(houses) == 1 else None
    outlets = {article.outlet for article in articles}
    return outlets.pop() if house and len(outlets) == 1 else house


def _passages(ids: frozenset[str], links: Sequence[CopyLink]) -> dict[str, list[Span]]:
    """By article, what of it stands in any other of these articles."""
    found: dict[str, list[Span]] = {}
    for link in links:
        if link.left in ids and link.right in ids:
            found.setdefault(link.left, []).extend(passage.left for passage in link.passages)
            found.setdefault(link.right, []).extend(passage.right for passage in link.passages)
    return found


def _copied_share(article: Article, passages: Sequence[Span], recalled: Recall) -> float:
    """What part of an article's body stands in any other article of its origin."""
    return round(recalled.sheet(article).own.share(merge(passages)), 4) if passages else 0.0
