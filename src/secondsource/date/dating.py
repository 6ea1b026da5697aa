"""Dating: when the articles of a story were published, from what they state and what they tell together.

Every clue of one article and every link between two becomes a constraint on
days; the network keeps what all of them allow. What is then still open is
given as it is: an interval, several candidates, or nothing. Only where the
candidates lie apart and something dates the telling from below is the first of
them taken as the best estimate, since news follows closely on what it tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..errors import Failure, Outcome, sorted_failures
from ..model import (
    Article,
    ArticleDate,
    Calendar,
    Candidate,
    Evidence,
    Grounding,
    Interval,
    Published,
    Reading,
    Span,
    Story,
)
from .clues import CAPTIONED, MESSAGE, TOLD_DAY, clues
from .constraints import Constraint, Meet, Near, OnWeekdays, Within
from .days import ALL, Days, both, count, to_interval
from .expressions import Expression, expressions
from .ground import ground_reading
from .links import Link, find_links
from .network import Network
from .newsday import event_days, news_weekday
from .siblings import AGREED, SURE, Sibling, around, sibling
from .tally import LEAST_AGREED, Match, match, tally
from .terms import backwards

LINKED = 40.0
"""How sure the surest link is: below every clue that an article gives of itself."""
SAID, SIBLING, AROUND, SAID_THAT_DAY, BEST = 20.0, 10.0, 5.0, 0.0, 0.0
COPIED, COPY, WITHIN = 36.0, 0.5, 3
"""Copies of at least half an article are dated within three days: 56 of 58 pairs of incidents were."""
REPRINT = 2
"""Days after which another outlet may still print the same text unchanged."""
SLACK = 1
"""Days by which a date inferred from other accounts' stated dates may be off."""
WEEK = 7
"""Days up to which an account counts as dated, so that nothing weak is asked."""
MOST_SHOWN = 12
"""Candidates shown of each kind; the intervals of publication cover all."""


def date_story(story: Story, readings: Mapping[str, Reading]) -> Outcome[Calendar]:
    """Date the articles of a story and, through them, their time mentions.

    An article's stated date is never changed; what contradicts it is a failure.
    """
    held = {a.id: readings[a.id] for a in story.articles if a.id in readings}
    told = {id: expressions(reading) for id, reading in held.items()}
    network = Network({a.id: ALL for a in story.articles})
    dated = {
        a.id: a.published.day.toordinal()
        for a in story.articles
        if a.published and a.published.how == "metadata" and a.published.day
    }
    constraints: list[Constraint] = [c for id in sorted(held) for c in clues(held[id], told[id])]
    constraints += [_meeting(link, held) for link in find_links(told, dated)]
    constraints += [*_tallied(held, told, dated), *_copied(story)]
    network.lay(constraints)
    network.solve()
    apart = frozenset(id for id, days in network.domains.items() if len(days) > 1)
    weekdays = {id: news_weekday(held[id], told[id]) for id in sorted(held)}
    network.lay(c for id, found in weekdays.items() if found for c in _said_on(id, *found))
    network.solve()
    network.lay(_beside_siblings(network, held, told, dated))
    settled = dict(network.domains)
    best = _best(network, weekdays, apart)
    if dated:
        network.domains = {id: _loosened(id, network) for id in network.domains}
    dates = tuple(_dated(article, network, settled, best) for article in story.articles)
    groundings = tuple(
        g for d in dates if d.article in held for g in _groundings(held[d.article], d.published)
    )
    return Outcome(Calendar(dates, groundings), sorted_failures(_conflicts(story, network)))


def date_alone(reading: Reading) -> Interval | None:
    """When an article was published by what it tells alone; nothing if it tells no date.

    Where only the earliest day is known, that day is taken: news is told soon.
    """
    article = reading.article
    story = Story(id=article.id, title="", articles=(article,), origins=())
    found = date_story(story, {article.id: reading}).value.dates[0]
    first, last = found.published.earliest, found.published.latest
    if first is None:
        return None
    return Interval(first, last or first)


def _meeting(link: Link, readings: Mapping[str, Reading]) -> Meet:
    one, other = link.left, link.right
    told = [e.span.of(readings[e.article].article.text) for e in (one, other)]
    about = ", ".join(link.shared[:4])
    return Meet(
        one.article,
        one.term,
        other.article,
        other.term,
        LINKED * link.sure,
        tuple(
            Evidence(
                f"“{told[here]}” here and “{told[1 - here]}” in another account are of one thing ({about})",
                expression.article,
                expression.span,
            )
            for here, expression in enumerate((one, other))
        ),
        _slack(link),
        REPRINT if link.copied else 0,
    )


def _slack(link: Link) -> int:
    """Days by which two accounts of one thing may miss each other at midnight, where no day is named."""
    one, other = link.left, link.right
    return 0 if one.name or other.name or max(one.grain, other.grain) > 2 else 1


def _tallied(
    readings: Mapping[str, Reading], told: Mapping[str, Sequence[Expression]], dated: Mapping[str, int]
) -> Iterator[Constraint]:
    """What the weekdays of undated accounts come to by what the dated ones tell of."""
    days = tally(told, dated)
    for article in sorted(told):
        found = match(told[article], days, len(dated)) if article not in dated else None
        if found:
            yield _week_after(found, readings)


def _copied(story: Story) -> Iterator[Near]:
    """Articles of which one is mostly the other's text are printed within days of each other."""
    for link in story.links:
        if max(link.left_share, link.right_share) >= COPY:
            reason = "most of the text stands in another account, so it is of the same days"
            evidence = (Evidence(reason, link.left), Evidence(reason, link.right))
            yield Near(link.left, link.right, -WITHIN, WITHIN, COPIED, evidence)


def _week_after(found: Match, readings: Mapping[str, Reading]) -> Within:
    one, other = found.expression, found.partner
    here = one.span.of(readings[one.article].article.text)
    day = date.fromordinal(found.day)
    reason = f"“{here}” is most likely {day}, of which the dated accounts tell"
    evidence = (Evidence(reason, one.article, one.span), Evidence(reason, other.article, other.span))
    allowed = backwards(one.term, ((found.day, found.day),), ALL)
    return Within(one.article, allowed, LINKED * found.sure, evidence)


def _beside_siblings(
    network: Network,
    readings: Mapping[str, Reading],
    told: Mapping[str, Sequence[Expression]],
    dated: Mapping[str, int],
) -> Iterator[Within]:
    """Where an account is open still, the days of the dated account most like it, or those around all."""
    days = tally(told, dated)
    for article in sorted(set(told) - set(dated)):
        found = sibling(article, readings, told, dated) if count(network.domains[article]) > WEEK else None
        if found is None:
            continue
        if AGREED <= found.likely < SURE:
            yield from _agreeing(found, match(told[article], days, len(dated), LEAST_AGREED), readings)
        if found.likely >= SURE:
            reason = (
                f"reads most like an account of {date.fromordinal(found.day)}: most such are of the same days"
            )
            evidence = (Evidence(reason, article), Evidence(reason, found.account))
            yield Within(article, (found.days,), SIBLING * found.likely, evidence)
        first, last = around(dated)
        reason = "accounts of one story are rarely further apart"
        yield Within(article, ((first, last),), AROUND, (Evidence(reason, article),))


def _agreeing(found: Sibling, named: Match | None, readings: Mapping[str, Reading]) -> Iterator[Within]:
    """The week after the day that an account names, where its likest dated account is of that week, too."""
    if named is None:
        return
    week = _week_after(named, readings)
    if both(week.allowed, ((found.day, found.day),)):
        like = Evidence("the account that it reads most like is of that week, too", week.article)
        yield replace(week, weight=SIBLING * found.likely, evidence=(*week.evidence, like))


def _said_on(article: str, weekday: int, span: Span) -> Iterator[Constraint]:
    """What an article says was said on a weekday is in the news on that day or the next."""
    reason = "what it reports was said on this weekday, so it is of that day or the next"
    yield OnWeekdays(article, frozenset({weekday, weekday % 7 + 1}), SAID, (Evidence(reason, article, span),))


def _best(
    network: Network, weekdays: Mapping[str, tuple[int, Span] | None], apart: frozenset[str]
) -> dict[str, Evidence]:
    """Take the first of several candidates where the telling is dated from below; why, by article id.

    `apart` are the articles whose candidates lie apart by more than weekdays.
    """
    chosen: dict[str, Evidence] = {}
    for article, below in _dated_from_below(network):
        if article not in apart or len(network.domains[article]) < 2:
            continue
        first = network.domains[article][0]
        reason = f"the first days that fit after {date.fromordinal(below)}; the later ones fit as well"
        evidence = Evidence(reason, article)
        before = dict(network.domains)
        if not network.lay_one(Within(article, (first,), BEST, (evidence,))):
            continue
        for other, still in network.domains.items():
            if still != before[other]:
                chosen[other] = Evidence(reason, other)
    for article in sorted(chosen):
        found = weekdays.get(article)
        if found and count(network.domains[article]) > 1:
            said = Evidence("of the two days, the one on which it was said", article, found[1])
            network.lay_one(OnWeekdays(article, frozenset({found[0]}), SAID_THAT_DAY, (said,)))
    return chosen


def _dated_from_below(network: Network) -> list[tuple[str, int]]:
    """The undated articles that a picture or a full date is older than, the earliest first."""
    below: dict[str, int] = {}
    for constraint in network.laid:
        if isinstance(constraint, Within) and constraint.weight in {CAPTIONED, TOLD_DAY, MESSAGE}:
            first = constraint.allowed[0][0]
            below[constraint.article] = max(first, below.get(constraint.article, first))
    return sorted(below.items(), key=lambda item: (item[1], item[0]))


def _loosened(article: str, network: Network) -> Days:
    """A day more on either side of what weekdays alone came to, up to a week in all.

    A page's stated date is a day off now and then, for its zone or for a later change; what the
    article tells of itself still bounds it.
    """
    still = network.domains[article]
    laid = [c for c in network.laid if article in c.articles]
    if still[-1][1] - still[0][0] + 1 >= WEEK or any(isinstance(c, Meet) for c in laid):
        return still
    own = ALL
    for constraint in laid:
        if isinstance(constraint, Within) and constraint.weight > LINKED:
            own = both(own, constraint.allowed)
    room = WEEK - (still[-1][1] - still[0][0] + 1)
    wide = ((still[0][0] - min(SLACK, room), still[-1][1] + min(SLACK, room - 1)),)
    return both(wide, own) or still


def _dated(
    article: Article, network: Network, settled: Mapping[str, Days], best: Mapping[str, Evidence]
) -> ArticleDate:
    if article.published and article.published.how == "metadata":
        return _as_stated(article, article.published, network)
    days = network.domains[article.id]
    if days == ALL:
        return ArticleDate(article.id, Published())
    span = to_interval((days[0][0], days[-1][1]))
    value = span.earliest.isoformat() if span.earliest and span.earliest == span.latest else None
    published = Published(span.earliest, span.latest, value, "inferred")
    reasons = _reasons(article.id, network)
    kept = [Candidate(to_interval(run), True, reasons) for run in days[:MOST_SHOWN]]
    if article.id in best:
        later = [run for run in settled[article.id] if not both((run,), days)]
        extra = Evidence("fits as well, but is later", article.id)
        kept += [Candidate(to_interval(run), True, (extra,)) for run in later[: MOST_SHOWN - len(kept)]]
    return ArticleDate(
        article.id,
        published,
        (*kept, *_dropped(article.id, network)),
        _confidence(article.id, network, article.id in best),
    )


def _as_stated(article: Article, published: Published, network: Network) -> ArticleDate:
    stated = Candidate(
        Interval(published.earliest, published.latest), True, _reasons(article.id, network)[:1]
    )
    return ArticleDate(article.id, published, (stated, *_dropped(article.id, network)), 1.0)


def _reasons(article: str, network: Network) -> tuple[Evidence, ...]:
    """Why the days that are left are left: the constraints that narrowed them, the surest first."""
    reasons: list[Evidence] = []
    for change in network.changes:
        if change.article == article:
            own = [e for e in change.evidence if e.article == article]
            reasons += [e for e in own or change.evidence if e not in reasons]
    return tuple(reasons[:MOST_SHOWN])


def _dropped(article: str, network: Network) -> tuple[Candidate, ...]:
    """The days that each constraint took away, and what was set aside for contradicting surer evidence."""
    out: list[Candidate] = []
    for change in network.changes:
        if change.article == article and change.weight > BEST:
            out += [Candidate(to_interval(run), False, change.evidence) for run in change.gone]
    return tuple(out[:MOST_SHOWN])


def _confidence(article: str, network: Network, estimated: bool) -> float:
    """How sure an inferred interval is: the share that held, as measured (docs/dating.md)."""
    days = network.domains[article]
    weakest = min(
        (c.weight for c in network.changes if c.article == article and c.weight > BEST), default=SAID
    )
    if weakest <= AROUND:
        return 0.97
    if weakest <= SIBLING:
        return 0.85
    if to_interval((days[0][0], days[-1][1])).latest is None:
        return 0.95
    return 0.7 if estimated else 0.92


def _groundings(reading: Reading, published: Published) -> tuple[Grounding, ...]:
    when = Interval(published.earliest, published.latest)
    return ground_reading(reading, when, event_days(reading, when))


def _conflicts(story: Story, network: Network) -> Iterator[Failure]:
    """Where a stated date is contradicted by what its own article tells."""
    for constraint in network.set_aside:
        if isinstance(constraint, Within) and constraint.weight > LINKED:
            article = story.article(constraint.article)
            reason = constraint.evidence[0].reason
            stated = article.published
            if stated and stated.how == "metadata":
                reason = f"its metadata says {stated.value}, but {reason}"
            else:
                reason = f"contradicts surer evidence of its date: {reason}"
            yield Failure(stage="date", where=article.name, reason=reason)
