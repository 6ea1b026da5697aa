"""A brief as what a page shows: lines with their chips, cells, rows of the grid and of the timeline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..model.collation import CastMember, Citation, Point, TimelineEntry, Utterance
from . import axis, view, words
from .brief import Brief
from .contrast import Run, contrast
from .passages import Paragraph, number_at, paragraphs
from .view import Account, Source

COLOURS: Final = 8
"""How many colours there are; the ninth account has the first colour again, but an outlined chip."""


LANES: Final = 4
"""So many accounts have their colour in a bar of the timeline; all have their chip beside it."""
LANE: Final = 4.0
"""How far apart the lanes of a bar are, in pixels."""


def colour(index: int) -> str:
    """The classes that give the account at this place its colour.

    >>> colour(1), colour(9)
    ('c1', 'c1 again')
    """
    return f"c{index % COLOURS}" + (" again" if index // COLOURS % 2 else "")


@dataclass(frozen=True, slots=True)
class Chip:
    """An account's letter beside a line; it leads to the paragraph that the line cites."""

    account: Account
    colour: str
    paragraph: int
    href: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: what it says, in runs, and who says it."""

    id: str
    key: str
    runs: tuple[Run, ...]
    chips: tuple[Chip, ...]
    origins: int = 0
    quoted: bool = False
    does: str = ""
    note: str = ""
    fresh: bool = False

    @property
    def text(self) -> str:
        """The line without its marks."""
        return "".join(run.text for run in self.runs)

    @property
    def clipped(self) -> bool:
        """Whether it begins within a sentence."""
        return words.clipped(self.text)


@dataclass(frozen=True, slots=True)
class Differing:
    """A differing point: its aspect, and a cell for each way to tell it."""

    id: str
    aspect: str
    cells: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines under a heading, with the chips of the accounts the heading names."""

    heading: str
    lines: tuple[Line, ...]
    chips: tuple[Chip, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A row of the timeline: its date in words, its bar, its line (none for publication dates).

    `said` tells who says so, where it isn't the outlet; `told` by which words it is dated; `again` whether
    the row before has the same date.
    """

    date: str
    bar: axis.Bar | None
    status: str
    line: Line | None = None
    chips: tuple[Chip, ...] = ()
    said: str = ""
    told: str = ""
    again: bool = False

    @property
    def lanes(self) -> tuple[tuple[Chip, float], ...]:
        """The accounts whose colours the bar has, each with the height of its lane."""
        shown = (self.line.chips if self.line else self.chips)[:LANES]
        return tuple((chip, 8 + LANE * (place - (len(shown) - 1) / 2)) for place, chip in enumerate(shown))


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the coverage grid: a point, and for each account how it stands to it."""

    line: Line
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Points by accounts, those of one origin side by side, and how many points each is alone in telling.

    `origins` are how many neighbouring columns belong to one origin.
    """

    columns: tuple[Chip, ...]
    origins: tuple[int, ...]
    rows: tuple[GridRow, ...]
    alone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An account in full."""

    chip: Chip
    paragraphs: tuple[Paragraph, ...]


@dataclass(slots=True)
class _Book:
    """The lines of one brief as they are made: their ids, and what each cites for the page's script."""

    prefix: str
    known: Mapping[str, Account]
    texts: Mapping[str, tuple[Paragraph, ...]]
    added: frozenset[str] = frozenset()
    lines: dict[str, dict[str, object]] = field(default_factory=dict)
    tellers: dict[str, frozenset[int]] = field(default_factory=dict)

    def chip(self, account: Account, at: int | None = None) -> Chip:
        """An account's chip, leading to the paragraph at an offset or to the account's head."""
        number = number_at(self.texts[account.article.id], at) if at is not None else 0
        target = f"{self.prefix}-{account.letter}" + (f"-{number}" if number else "")
        return Chip(account, colour(account.index), number, f"#{target}", account.article.id in self.added)

    def chips(self, citations: Sequence[Citation]) -> tuple[Chip, ...]:
        """A chip for each account cited, at the first place cited in it."""
        first = {c.article: min(s.start for s in c.spans) for c in reversed(citations)}
        return tuple(self.chip(a, first[a.article.id]) for a in view.cited(citations, self.known))

    def enter(self, key: str, label: str, citations: Sequence[Citation], why: str = "") -> None:
        """Note what a line cites, so that the page can open it."""
        cites: dict[int, list[list[int]]] = {}
        for citation in citations:
            spans = cites.setdefault(self.known[citation.article].index, [])
            spans += [[s.start, s.end] for s in citation.spans]
        self.tellers[key] = frozenset(cites)
        self.lines[key] = {
            "label": label,
            "why": words.clean(why),
            "cites": sorted([place, sorted(spans)] for place, spans in cites.items()),
        }

    def fresh(self, key: str) -> bool:
        """Whether the line would not stand here without the accounts that were added."""
        told = self.tellers[key]
        before = [a for a in self.known.values() if a.index in told and a.article.id not in self.added]
        return len(before) < (min(2, len(told)) if key[0] in "sd" else 1)

    def line(
        self, key: str, label: str, text: str, citations: Sequence[Citation], origins: int = 0, why: str = ""
    ) -> Line:
        """A line that cites all these citations."""
        self.enter(key, label, citations, why)
        runs = (Run(words.clean(text), False),)
        return Line(f"{self.prefix}-{key}", key, runs, self.chips(citations), origins, fresh=self.fresh(key))


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One brief, ready for the template."""

    prefix: str
    title: str
    when: str
    tally: str
    sources: tuple[tuple[Source, str, tuple[Chip, ...]], ...]
    shared: tuple[Line, ...]
    differing: tuple[Differing, ...]
    only_here: tuple[LineGroup, ...]
    grid: Grid | None
    voices: tuple[LineGroup, ...]
    timeline: tuple[Dated, ...]
    ticks: tuple[axis.Tick, ...]
    scaled: bool
    cast: tuple[LineGroup, ...]
    coverage: tuple[tuple[Chip, str, str], ...]
    omitted: str
    failures: tuple[str, ...]
    texts: tuple[Text, ...]
    data: str

    @property
    def only_heading(self) -> str:
        """What to call the points that the others do not tell."""
        if len(self.texts) == 1:
            return "What the account tells"
        lone = all(len(group.chips) == 1 for group in self.only_here)
        return "Only in one account" if lone else "Only in one origin"

    @property
    def sections(self) -> tuple[tuple[str, str, int], ...]:
        """The sections that have something in them: anchor, heading, how many lines."""
        found = (
            ("shared", "What the accounts share", len(self.shared)),
            ("differ", "Where they differ", len(self.differing)),
            ("only", self.only_heading, sum(len(g.lines) for g in self.only_here)),
            ("said", "Who said what", sum(len(g.lines) for g in self.voices)),
            ("when", "Timeline", sum(row.line is not None for row in self.timeline)),
            ("cast", "Who is named", sum(len(g.lines) for g in self.cast)),
        )
        return tuple((f"{self.prefix}-{anchor}", name, number) for anchor, name, number in found if number)


def story_page(brief: Brief, prefix: str, added: frozenset[str] = frozenset()) -> StoryPage:
    """What the page of a brief shows; every id on it begins with the prefix.

    `added` are the ids of articles that came since the reader last looked:
    lines that nobody would have told without them are marked as new.
    """
    known = view.accounts(brief)
    texts = {article.id: paragraphs(article) for article in brief.story.articles}
    book = _Book(prefix, known, texts, added)
    when = view.when(brief.story, brief.calendar)
    shared = [
        book.line(f"s{n}", f"Shared {n}", p.summary, p.accounts, p.origins, p.reason)
        for n, p in enumerate(view.of_kind(brief, "shared"), start=1)
    ]
    differing = [_differing(book, n, p) for n, p in enumerate(view.of_kind(brief, "differing"), start=1)]
    only_here = _only_here(book, brief)
    voices = _voices(book, brief)
    timeline, ticks, scaled = _timeline(book, brief)
    cast = _cast(book, brief)
    return StoryPage(
        prefix=prefix,
        title=words.clean(brief.story.title),
        when="" if when.how == "unknown" else words.interval(when.earliest, when.latest),
        tally=view.tally(brief),
        sources=tuple(
            (
                source,
                words.clean(view.why(source.origin)),
                tuple(book.chip(m.account) for m in source.members),
            )
            for source in view.sources(brief, known)
        ),
        shared=tuple(shared),
        differing=tuple(differing),
        only_here=only_here,
        grid=_grid(book, view.sources(brief, known), shared, differing, only_here),
        voices=voices,
        timeline=timeline,
        ticks=ticks,
        scaled=scaled,
        cast=cast,
        coverage=tuple(
            (book.chip(account), words.percent(share), f"{share * 100:.1f}%")
            for account, share in view.coverage(brief, known)
        ),
        omitted=view.omitted(brief) if brief.omitted else "",
        failures=tuple(words.clean(str(failure)) for failure in brief.failures),
        texts=tuple(Text(book.chip(account), texts[id]) for id, account in known.items()),
        data=_island(book.lines),
    )


def _island(lines: Mapping[str, object]) -> str:
    """JSON that can stand in a script element: nothing in it can end the element."""
    text = json.dumps(lines, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _differing(book: _Book, number: int, point: Point) -> Differing:
    """A cell for each telling; accounts that tell it in the same words have one cell."""
    key = f"d{number}"
    told = view.tellings(point.accounts, book.known)
    marked = contrast([text for text, _ in told], point.aspect, point.reason)
    aspect = words.ASPECTS.get(point.aspect or "", "How it is told")
    book.enter(key, f"Differing {number}: {aspect.lower()}", point.accounts, point.reason)
    cells = tuple(
        Line(f"{book.prefix}-{key}-{place}", key, runs, book.chips(citations), fresh=book.fresh(key))
        for place, (runs, (_, citations)) in enumerate(zip(marked, told, strict=True), start=1)
    )
    return Differing(f"{book.prefix}-{key}", aspect, cells)


def _only_here(book: _Book, brief: Brief) -> tuple[LineGroup, ...]:
    groups, number = [], 0
    for group in view.only_here(brief, book.known):
        lines = []
        for point in group.points:
            number += 1
            label = f"Only in {words.listed([a.letter for a in group.accounts])}"
            lines.append(book.line(f"o{number}", label, point.summary, point.accounts, why=point.reason))
        outlets = words.listed([account.outlet for account in group.accounts])
        chips = tuple(book.chip(account) for account in group.accounts)
        groups.append(LineGroup(outlets, tuple(lines), chips))
    return tuple(groups)


def _grid(
    book: _Book,
    sources: Sequence[Source],
    shared: Sequence[Line],
    differing: Sequence[Differing],
    only_here: Sequence[LineGroup],
) -> Grid | None:
    """Points by accounts; nothing while there is one account, or no point that several tell."""
    columns = [member.account for source in sources for member in source.members]
    rows = [GridRow(line, "", _cells(book, columns, line, "told")) for line in shared]
    rows += [GridRow(p.cells[0], p.aspect, _cells(book, columns, p.cells[0], "differs")) for p in differing]
    if len(columns) < 2 or not rows:
        return None
    alone = dict.fromkeys((account.index for account in columns), 0)
    for group in only_here:
        for chip in group.chips:
            alone[chip.account.index] += len(group.lines)
    return Grid(
        columns=tuple(book.chip(account) for account in columns),
        origins=tuple(len(source.members) for source in sources),
        rows=tuple(rows),
        alone=tuple(alone[account.index] for account in columns),
    )


def _cells(book: _Book, columns: Sequence[Account], line: Line, status: str) -> tuple[str, ...]:
    tellers = book.tellers[line.key]
    return tuple(status if account.index in tellers else "silent" for account in columns)


def _voices(book: _Book, brief: Brief) -> tuple[LineGroup, ...]:
    groups, number = [], 0
    for voice in view.voices(brief):
        lines: list[Line] = []
        for utterance in voice.utterances:
            number += 1
            lines += _utterance(book, number, utterance)
        heading = words.clean(voice.name) if voice.name else "Speaker not known"
        groups.append(LineGroup(heading, tuple(lines), note=voice.how if voice.name else ""))
    return tuple(groups)


def _utterance(book: _Book, number: int, utterance: Utterance) -> list[Line]:
    """A line for each way to word it; all of them open the same passages."""
    key = f"q{number}"
    book.enter(key, f"Said {number}", [wording.citation for wording in utterance.wordings])
    lines = []
    told = view.wordings(utterance, book.known)
    marked = contrast([text for text, _, _ in told], "saying")
    for place, (runs, (text, wording, alike)) in enumerate(zip(marked, told, strict=True), start=1):
        lines.append(
            Line(
                f"{book.prefix}-{key}-{place}",
                key,
                runs,
                book.chips(alike),
                origins=utterance.origins if place == 1 else 0,
                quoted=view.wants_marks(wording, text),
                does=view.does(wording),
                note=view.source(wording, utterance),
                fresh=book.fresh(key),
            )
        )
    return lines


def _timeline(book: _Book, brief: Brief) -> tuple[tuple[Dated, ...], tuple[axis.Tick, ...], bool]:
    """Rows on one axis: when the accounts were published, then what they date."""
    if not brief.timeline:
        return (), (), True
    out: dict[tuple[str, axis.Days], list[Account]] = {}
    for account in book.known.values():
        if account.published.how != "unknown":
            days = (account.published.earliest, account.published.latest)
            out.setdefault((words.published(account.published), days), []).append(account)
    dated = [e for e in brief.timeline if e.status != "undated"]
    line = axis.axis([*((e.interval.earliest, e.interval.latest) for e in dated), *(days for _, days in out)])
    rows = [
        Dated(said, line.bar(days) if line else None, "published", chips=tuple(map(book.chip, accounts)))
        for (said, days), accounts in sorted(out.items(), key=lambda item: _first(item[0][1]))
    ]
    for number, entry in enumerate(brief.timeline, start=1):
        row = _dated(book, number, entry, line)
        rows.append(replace(row, again=row.line is not None and row.date == rows[-1].date) if rows else row)
    return tuple(rows), line.ticks() if line else (), line.scaled if line else True


def _first(days: axis.Days) -> tuple[str, str]:
    first, last = days
    start = first or last
    return start.isoformat() if start else "", last.isoformat() if last else ""


def _dated(book: _Book, number: int, entry: TimelineEntry, line: axis.Axis | None) -> Dated:
    days = (entry.interval.earliest, entry.interval.latest)
    undated = entry.status == "undated"
    return Dated(
        date="undated" if undated else words.interval(*days),
        bar=None if undated or line is None else line.bar(days),
        status=entry.status,
        line=book.line(f"t{number}", f"Timeline {number}", entry.text, entry.citations),
        said=words.clean(view.said_by(entry)),
        told=view.told_by(entry),
    )


def _cast(book: _Book, brief: Brief) -> tuple[LineGroup, ...]:
    groups, number = [], 0
    for label, members in view.cast(brief):
        lines = []
        for member in members:
            number += 1
            lines.append(_named(book, number, member))
        groups.append(LineGroup(label, tuple(lines)))
    return tuple(groups)


def _named(book: _Book, number: int, member: CastMember) -> Line:
    others = "; ".join(words.clean(name) for name in member.names if name != member.name)
    line = book.line(f"n{number}", f"Named {number}", member.name, member.citations)
    return replace(line, note=others)
