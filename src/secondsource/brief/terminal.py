"""A brief for the terminal: sections of cited lines, as wide as the window, plain without colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..model.collation import Citation, Point, TimelineEntry, Utterance
from . import view, words
from .brief import Brief
from .view import Account

NARROWEST: Final = 24
"""Below this, columns do not help; the text is laid out as if it were this wide."""

_STYLES: Final = ("blue", "red", "green", "magenta", "yellow", "cyan", "bright_blue", "bright_red")
_BAR: Final = 10


def to_text(briefs: Sequence[Brief], width: int, *, color: bool = False) -> str:
    """The briefs as text of this width; with ANSI colours only if `color`.

    No text is cut: what is too long goes on in the next line.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    page = _Page(console)
    if len(briefs) > 1:
        page.contents(briefs)
    for number, brief in enumerate(briefs, start=1):
        page.brief(brief, number if len(briefs) > 1 else None)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "\n".join(lines).strip("\n") + "\n" if briefs else ""


class _Page:
    """Writes briefs to a console line by line."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._known: Mapping[str, Account] = {}

    def contents(self, briefs: Sequence[Brief]) -> None:
        """What the stories are, before the first of them."""
        self._console.print(Text(words.count(len(briefs), "story", "stories").capitalize(), style="bold"))
        gutter = len(str(len(briefs))) + 4
        for number, brief in enumerate(briefs, start=1):
            line = Text(words.tame(brief.story.title)).append(f"  ({view.tally(brief)})", style="dim")
            self._hang(f"{number:>{gutter - 2}}", line, gutter)

    def brief(self, brief: Brief, number: int | None) -> None:
        """One story from its title to what could not be done."""
        self._known = view.accounts(brief)
        self._title(brief, number)
        self._accounts()
        self._points("What the accounts share", view.of_kind(brief, "shared"))
        self._differing(view.of_kind(brief, "differing"))
        self._only_here(brief)
        self._voices(brief)
        self._timeline(brief.timeline)
        self._cast(brief)
        self._sources(brief)
        self._coverage(brief)
        self._failures(brief)

    def _title(self, brief: Brief, number: int | None) -> None:
        self._console.print()
        if number is not None:
            self._console.print(Text("─" * self._console.width, style="dim"))
        prefix = f"{number}. " if number is not None else ""
        self._console.print(Text(prefix + words.tame(brief.story.title), style="bold", overflow="fold"))
        when = view.when(brief.story, brief.calendar)
        deck = view.tally(brief).capitalize()
        if when.how != "unknown":
            deck += f" · published {words.interval(when.earliest, when.latest)}"
        self._console.print(Text(deck, style="dim"))

    def _accounts(self) -> None:
        self._console.print()
        gutter = max((len(a.letter) for a in self._known.values()), default=1) + 4
        for account in self._known.values():
            line = Text().append(words.tame(account.outlet), style="bold")
            line.append(f", {words.published(account.published)}", style="dim")
            if account.title:
                line.append(f"\n{words.tame(account.title)}")
            self._hang(Text(f"  {account.letter}", style=_style(account)), line, gutter)

    def _points(self, heading: str, points: Sequence[Point]) -> None:
        if not points:
            return
        self._heading(heading)
        for number, point in enumerate(points, start=1):
            line = _told(point.summary)
            line.append("  ").append_text(self._tellers(point.accounts, point.origins))
            self._hang(f"{number:>4}", line, 6)

    def _differing(self, points: Sequence[Point]) -> None:
        if not points:
            return
        self._heading("Where they differ")
        for number, point in enumerate(points, start=1):
            self._hang(f"{number:>4}", Text(words.ASPECTS.get(point.aspect or "", "How it is told")), 6)
            self._citations(point.accounts, 6)

    def _only_here(self, brief: Brief) -> None:
        for group in view.only_here(brief, self._known):
            letters = words.listed([account.letter for account in group.accounts])
            alone = len(brief.story.articles) == 1
            self._heading("What the account tells" if alone else f"Only in {letters}")
            for number, point in enumerate(group.points, start=1):
                self._hang(f"{number:>4}", _told(point.summary), 6)

    def _voices(self, brief: Brief) -> None:
        voices = view.voices(brief)
        if not voices:
            return
        self._heading("Who said what")
        for voice in voices:
            called = words.tame(voice.name) if voice.name else "Speaker not known"
            name = Text().append(called, style="bold")
            if voice.name and voice.how:
                name.append(f", {voice.how}", style="dim")
            self._hang("", name, 2)
            for utterance in voice.utterances:
                self._utterance(utterance)

    def _utterance(self, utterance: Utterance) -> None:
        for place, (text, wording, alike) in enumerate(view.wordings(utterance, self._known)):
            does = view.does(wording)
            line = Text().append(f"{does}: " if does else "", style="bold")
            line.append_text(
                Text(f"“{words.tame(text)}”") if view.wants_marks(wording, text) else _told(text)
            )
            called = view.source(wording, utterance)
            line.append(f"  ({words.tame(called)})" if called else "", style="dim")
            bullet = Text().append("  " if place == 0 else "  = ", style="dim")
            self._hang(bullet.append_text(self._letters(alike)), line, 7)

    def _timeline(self, entries: Sequence[TimelineEntry]) -> None:
        if not entries:
            return
        self._heading("Timeline")
        dates = [_entry_date(entry) for entry in entries]
        gutter = min(max(cell_len(text) for text in dates) + 4, max(self._console.width // 3, 6))
        for entry, text in zip(entries, dates, strict=True):
            line = _told(entry.text).append("  ")
            if entry.status == "planned":
                line.append("planned  ", style="dim")
            said = view.said_by(entry)
            line.append(f"{words.tame(said)}  " if said else "", style="dim")
            line.append_text(self._tellers(entry.citations))
            self._hang(Text(f"  {text}", style="bold"), line, gutter)

    def _cast(self, brief: Brief) -> None:
        if not brief.cast:
            return
        self._heading("Who is named")
        for label, members in view.cast(brief):
            line = Text()
            for place, member in enumerate(members):
                line.append("; " if place else "").append(words.tame(member.name), style="bold")
                others = [words.tame(name) for name in member.names if name != member.name]
                line.append(f" ({', '.join(others)})" if others else "").append(" ")
                line.append_text(self._letters(member.citations))
            self._hang(Text(f"  {label}"), line, 16)

    def _sources(self, brief: Brief) -> None:
        self._heading("Where the accounts come from")
        for number, source in enumerate(view.sources(brief, self._known), start=1):
            why = view.why(source.origin)
            line = Text()
            for place, member in enumerate(source.members):
                line.append(", " if place else "").append(member.account.letter, style=_style(member.account))
            self._hang(f"{number:>4}", line.append(f"  {words.tame(why)}" if why else "", style="dim"), 6)
            for member in source.members:
                if member.copied:
                    others = words.listed([m.account.letter for m in source.members if m is not member])
                    share = (
                        f"{words.percent(member.copied)} of {member.account.letter} also stands in {others}"
                    )
                    self._hang("", Text(f"{_bar(member.copied)} {share}", style="dim"), 6)

    def _coverage(self, brief: Brief) -> None:
        shares = view.coverage(brief, self._known)
        if not shares and not brief.omitted:
            return
        self._heading("What this brief covers")
        for account, share in shares:
            text = f"{_bar(share)} {words.percent(share)} of the text is cited"
            self._hang(Text(f"  {account.letter}", style=_style(account)), Text(text, style="dim"), 6)
        if brief.omitted:
            self._hang("", Text(f"{view.omitted(brief)}"), 2)

    def _failures(self, brief: Brief) -> None:
        if not brief.failures:
            return
        self._heading("What could not be done")
        for failure in brief.failures:
            self._hang("", Text(words.tame(str(failure))), 2)

    def _heading(self, text: str) -> None:
        self._console.print()
        self._console.print(Text(text, style="bold underline"))

    def _citations(self, citations: Sequence[Citation], gutter: int) -> None:
        """What accounts say, a paragraph for each way to say it."""
        for text, alike in view.tellings(citations, self._known):
            letters = Text(" " * gutter).append_text(self._letters(alike))
            self._hang(letters, _told(text), gutter + 3)

    def _letters(self, citations: Sequence[Citation]) -> Text:
        line = Text()
        for place, account in enumerate(view.cited(citations, self._known)):
            line.append(", " if place else "").append(account.letter, style=_style(account))
        return line

    def _tellers(self, citations: Sequence[Citation], origins: int | None = None) -> Text:
        line = Text().append("[", style="dim").append_text(self._letters(citations))
        if origins is not None and len(self._known) > 1:
            line.append(f"; {words.count(origins, 'origin')}", style="dim")
        return line.append("]", style="dim")

    def _hang(self, label: str | Text, text: Text, gutter: int) -> None:
        """Print a label and, beside it, a text that goes on below itself; a long label has its own line."""
        width = self._console.width
        label = Text(label) if isinstance(label, str) else label
        if label.cell_len >= gutter and label.cell_len < width // 3:
            gutter = label.cell_len + 1
        elif label.cell_len >= gutter:
            self._print(_wrapped(self._console, label, width))
            label, gutter = Text(), min(gutter, 6)
        lines = _wrapped(self._console, text, width - gutter)
        leads = [label, *(Text() for _ in lines[1:])]
        for lead in leads:
            lead.pad_right(gutter - lead.cell_len)
        self._print([lead.append_text(line) for lead, line in zip(leads, lines, strict=True)])

    def _print(self, lines: Iterable[Text]) -> None:
        for line in lines:
            self._console.print(line, soft_wrap=True)


def _told(text: str) -> Text:
    """A line of the sources; an ellipsis stands where it begins within a sentence."""
    return Text().append("… " if words.clipped(text) else "", style="dim").append(words.tame(text))


def _wrapped(console: Console, text: Text, width: int) -> list[Text]:
    lines = text.wrap(console, width, overflow="fold")
    for line in lines:
        line.rstrip()
    return list(lines) or [Text()]


def _style(account: Account) -> str:
    return f"bold {_STYLES[account.index % len(_STYLES)]}"


def _bar(share: float) -> str:
    full = min(_BAR, round(share * _BAR))
    return "█" * full + "░" * (_BAR - full)


def _entry_date(entry: TimelineEntry) -> str:
    if entry.status == "undated":
        return "undated"
    return words.interval(entry.interval.earliest, entry.interval.latest)
