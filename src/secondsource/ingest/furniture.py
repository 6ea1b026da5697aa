"""Furniture: what of a text is the report, and what the page around it, as blocks with a role.

A line is told by its own form (`marks`), by the outlet's other pages
(`repeats`), and by where it stands: in the head, before the first paragraph
of the report; in the tail, after the last; or between. When nothing speaks
against a line it is body: to lose a sentence is worse than to keep a link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..model import Article, Block, Role, Span
from .lines import Line, split_lines
from .marks import credits_picture, heads_links, is_present, is_stamp, mark, shows_picture, signs_post
from .repeats import outlet_of, outline, repeated_lines

_LINKS = 12
_AGENCY = r"\(\s?(?:[A-Z][\w.&'’/-]*(?:\s(?:of|and|the|[A-Z&][\w.&'’/-]*)){0,4})\s?\)"
_CAPS = r"[A-Z][A-Z.'’-]+(?:[\s/][A-Z][A-Z.'’-]*){0,4}"
_PLACE = r"[A-Z][\w.'’-]+(?:[\s/][A-Z][\w.'’-]*){0,3}"
_REGION = r"(?:,\s{1,2}[A-Z][\w.'’]+(?:\s[A-Z][\w.'’]+){0,3})?"
_DAY = r",?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,\s\d{4})?"
_DASH = r"\s{0,2}(?:[—–―]|--?|_|>>)\s"
_TELLTALE = rf"""{_CAPS}{_REGION}(?:{_DAY})?(?:\s{{1,2}}{_AGENCY}(?:{_DAY})?)?(?:{_DASH}|\s?[—–])
       |(?:{_PLACE}{_REGION}(?:{_DAY})?\s{{1,2}})?{_AGENCY}(?:{_DAY})?(?:{_DASH}|:\s|\s(?=[A-Z"“]))"""
_DATELINE = re.compile(_TELLTALE, re.VERBOSE)
_OPENING_DATELINE = re.compile(
    rf"""{_TELLTALE}
       |(?!Correct|Updat|Clarif|Editor){_PLACE}{_REGION}{_DAY}:\s
       |{_PLACE}{_REGION}(?:{_DAY})?\s?[—–]\s(?=[A-Z"“])""",
    re.VERBOSE,
)
_FUSED = re.compile(rf"(?<=\s){_CAPS}{_REGION}\s{_AGENCY}{_DASH}")
_CREDIT_IN_BRACKETS = re.compile(
    r"""\((?:additional\s)?(?:reporting|writing|editing|compiled|with\s(?:files|reporting))(?:\sand\s\w+)?
        \s(?:by|from)\b[^()]{2,500}\)(?:\s*\({1,2}[^()]{2,300}\){1,2})*\W{0,3}$""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT_SENTENCE = re.compile(
    r"""(?<=[a-z]{2}[.!?])["'”’]{0,2}\s+
        (?=[^!?]{0,200}\bcontribut(?:ed|ing)\s(?:reporting|to\s(?:(?:this|the|our)\s)?
        (?:\w+\s)?(?:reports?|reporting|story|article|coverage|post|piece|dispatch))\b[^.!?]{0,60}\.?\W{0,3}$)""",
    re.VERBOSE,
)
_BIO = re.compile(
    r"""^(?P<name>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]*){1,3}),?\s(?:is|was|covers|writes|reports|has\s(?:covered|written))\b
        [^.]{0,120}\b(?:reporter|correspondent|editor|columnist|writer|contributor|journalist|fellow|professor|analyst
        |author|host|director|scholar|lecturer|president|chief|founder|co-founder|covers|covering|producer|blogger|attorney|reports|writes)\b""",
    re.VERBOSE,
)
_TEASER = re.compile(r"[A-Z][\w'’]*(?: [\w'’]+){0,2}\??:\s?[A-Z“‘'\"]")
_DASHED = re.compile(r"-{1,2}\s.*\s-{1,2}$")
_LABEL = re.compile(r"[A-Z]{3,}(?:\s[A-Z]+)?:$")
_BIO_LINES = 4
_LEAD_LINES = 2
_DATELINE_LINES = 4
_TAIL = 700


def furnish(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The same articles with their text divided into blocks; those that have blocks stay as they are.

    Lines that an outlet repeats are seen only among the articles given, so
    give all of them at once. The order of the articles makes no difference.
    """
    listed = tuple(articles)
    # By id, since of an outlet's many pages only some are compared: which ones must not hang on the order.
    bare = sorted((article for article in listed if not article.blocks), key=lambda article: article.id)
    repeated = repeated_lines(
        (outlet, outline(split_lines(article.text))) for article in bare if (outlet := outlet_of(article))
    )
    return tuple(
        article
        if article.blocks
        else article.with_blocks(_blocks(article, repeated.get(outlet_of(article) or "", frozenset())))
        for article in listed
    )


def _blocks(article: Article, repeated: frozenset[str]) -> tuple[Block, ...]:
    lines = split_lines(article.text)
    roles = _Page(article.title, lines, repeated).roles()
    blocks: list[Block] = []
    tries = _DATELINE_LINES
    for line, role in zip(lines, roles, strict=True):
        if role != "body":
            blocks.append(Block(line.span, role))
            continue
        dateline = _dateline(line, opening=tries == _DATELINE_LINES) if tries else None
        blocks.extend(_cut(article.text, line, dateline))
        tries = 0 if dateline else max(0, tries - line.solid)
    return tuple(blocks)


def _dateline(line: Line, opening: bool) -> Span | None:
    """Where in a paragraph its dateline stands; looser forms count in the opening one only."""
    head = line.text[:160]
    found = (_OPENING_DATELINE if opening else _DATELINE).match(head)
    if found is None:
        found = _FUSED.search(head)
        if found and re.search(r"[.!?]\s", head[: found.start()]):
            return None
    if found is None or found.end() > len(line.text) - 20:
        return None
    return Span(found.start(), found.end())


def _cut(text: str, line: Line, dateline: Span | None) -> Iterable[Block]:
    """A paragraph without the dateline before it and the credit behind it, which are blocks of their own."""
    span = line.span
    if dateline:
        before = Span(span.start, span.start + dateline.start).strip(text)
        if before:
            yield Block(before, "navigation")
        yield Block(dateline.shift(span.start).strip(text), "dateline")
        span = Span(span.start + dateline.end, span.end).strip(text)
    tail_start = max(span.start, span.end - _TAIL)
    tail = text[tail_start : span.end]
    found = _CREDIT_IN_BRACKETS.search(tail) or _CREDIT_SENTENCE.search(tail)
    if found and tail_start + found.start() > span.start:
        cut = tail_start + (found.end() if found.re is _CREDIT_SENTENCE else found.start())
        yield Block(Span(span.start, cut).strip(text), "body")
        span = Span(cut, span.end).strip(text)
        yield Block(span, "credit")
    elif span:
        yield Block(span, "body")


class _Page:
    """The lines of one page, on the way to their roles."""

    def __init__(self, title: str | None, lines: Sequence[Line], repeated: frozenset[str]) -> None:
        self.title = " ".join(title.split()) if title else None
        self.title_words = set(Line(Span(0, 0), self.title or "").plain.split())
        self.lines = lines
        self.marks = [mark(line) for line in lines]
        self.often = Counter(line.plain for line in lines if not line.long)
        self._pictures()
        for n, line in enumerate(lines):
            post = any(signs_post(near) for near in lines[n : n + 2])
            if self.marks[n] is None and line.plain in repeated and not post:
                self.marks[n] = "boilerplate"
        solid = [n for n, line in enumerate(lines) if self._is_report(n)]
        while len(solid) > 1 and self._asks(solid[0]):
            solid.pop(0)
        self.first = solid[0] if solid else len(lines)
        self.last = solid[-1] if solid else -1
        self.few = len(solid) < 2

    def _pictures(self) -> None:
        """Lines above the credit of a picture, and pictures described before the report, are captions."""
        report = 0
        for n, line in enumerate(self.lines):
            if self.marks[n] is not None or line.long or line.text[0] in '"“':
                report += line.long
                continue
            below = n + 1 < len(self.lines) and self.marks[n + 1] == "credit"
            credited = below and credits_picture(self.lines[n + 1]) and is_present(line)
            again = self.often[line.plain] > 1 and line.solid and n < len(self.lines) - 3
            lead = report < _LEAD_LINES and n < len(self.lines) - 1 and not self._is_title(line)
            if credited or (lead and (shows_picture(line) or again)):
                self.marks[n] = "caption"
            else:
                report += line.solid

    def _asks(self, n: int) -> bool:
        """Whether a line is a question of a headline's length."""
        return self.lines[n].text.endswith("?") and len(self.lines[n].words) <= 20

    def roles(self) -> list[Role]:
        """The role of each line."""
        found: list[Role | None] = list(self.marks)
        self._links(found)
        self._head(found)
        self._between(found)
        self._tail(found)
        self._twice(found)
        self._below_pictures(found)
        self._bio(found)
        return [role or "body" for role in found]

    def _is_report(self, n: int) -> bool:
        line = self.lines[n]
        if self.marks[n] is not None or not line.solid:
            return False
        return line.long or not self._is_title(line)

    def _is_title(self, line: Line) -> bool:
        """Whether a line is the title given in the metadata, or nearly."""
        if self.title is None or len(line.text) > 2 * len(self.title) + 40:
            return False
        left, right = set(line.plain.split()), self.title_words
        return len(left & right) >= 0.7 * max(len(left), len(right), 1)

    def _links(self, found: list[Role | None]) -> None:
        """The unpunctuated lines below a heading such as "Related stories" are other reports' headlines."""
        for n, line in enumerate(self.lines):
            if not heads_links(line):
                continue
            for below in range(n + 1, min(n + 1 + _LINKS, len(self.lines))):
                other = self.lines[below]
                if other.solid or (other.stops and not other.text.endswith(("…", "..."))):
                    break
                found[below] = found[below] or "related"

    def _head(self, found: list[Role | None]) -> None:
        """Before the first paragraph: what is not the headline, its deck or the byline is navigation."""
        if self.first == len(self.lines):
            self._loose_head(found)
            return
        open_lines = [n for n in range(self.first) if found[n] is None and self._headlike(n)]
        head = self._headline(open_lines)
        for n in range(self.first):
            line = self.lines[n]
            if found[n] == "boilerplate" and line.titled and line.open and len(line.words) <= 5:
                found[n] = self._repeated_name(n)
            if found[n] is not None:
                continue
            if (
                self._is_title(line)
                or n == head
                or (head is not None and line.plain == self.lines[head].plain)
            ):
                found[n] = "headline"
            elif shows_picture(line):
                found[n] = "caption"
            elif self._heads_stamp(n):
                found[n] = "dateline"
            elif self._headlike(n) and not self._in_list(n, open_lines):
                found[n] = self._beside_headline(n, head)

    def _repeated_name(self, n: int) -> Role:
        """A short line that the outlet repeats: an agency's name or a place where those stand."""
        below = self.lines[n + 1]
        if self.lines[n].shouted and n == self.first - 1 and len(self.lines[n].words) == 1:
            return "dateline"
        over_lead = n == self.first - 1 and _DATELINE.match(below.text[:160])
        return "byline" if over_lead or self._beside_stamp(n) else "boilerplate"

    def _same(self, n: int, head: int) -> bool:
        """Whether a line is the headline, or the headline with the outlet's name behind it."""
        left, right = self.lines[n].plain, self.lines[head].plain
        return left == right or (
            min(len(left), len(right)) >= 20 and (left.startswith(right) or right.startswith(left))
        )

    def _heads_stamp(self, n: int) -> bool:
        """Whether a line is "Updated on" or the like, with its date in the next line."""
        return n + 1 < len(self.lines) and is_stamp(self.lines[n + 1]) and self.lines[n].plain.endswith(" on")

    def _loose_head(self, found: list[Role | None]) -> None:
        """A text without a full paragraph: its title, or the first open line of a page of pictures."""
        pictures = 2 * sum(role is not None for role in found) >= len(found)
        for n, line in enumerate(self.lines[:20]):
            if (
                found[n] is None
                and line.open
                and (self._is_title(line) or (pictures and len(line.words) >= 4))
            ):
                found[n] = "headline"
                return

    def _headlike(self, n: int) -> bool:
        line = self.lines[n]
        if line.open or self._is_title(line):
            return len(line.words) <= 40
        return line.stops and line.text[-1] not in ".)" and len(line.words) <= 16 and line.text[0] not in '"“'

    def _in_list(self, n: int, open_lines: Sequence[int]) -> bool:
        """Whether a line is one of three or more that read like sentences: key points, not links."""
        if self.lines[n].titled:
            return False

        def like(m: int) -> bool:
            return m in open_lines and len(self.lines[m].words) >= 5 and not self.lines[m].titled

        run = [m for m in (n - 2, n - 1, n, n + 1, n + 2) if like(m)]
        return len(run) >= 3

    def _headline(self, candidates: Sequence[int]) -> int | None:
        """The headline: the title, a line that is repeated, or the first that the report bears out."""
        wordy = [n for n in candidates if len(self.lines[n].words) >= 4 and not shows_picture(self.lines[n])]
        for n in candidates:
            if self._is_title(self.lines[n]):
                return n
        if self.title is not None and not any(self.often[self.lines[n].plain] > 1 for n in wordy):
            # The title is known and stands elsewhere: an open line here is its deck at best.
            return None
        for n in wordy:
            if self.often[self.lines[n].plain] > 1:
                return n
        report = self._report_words()
        shares = [
            (sum(w in report for w in _content(self.lines[n])) / max(1, len(_content(self.lines[n]))), n)
            for n in wordy
        ]
        for share, n in shares:
            if share >= 0.5:
                return n
        return max(shares, key=lambda pair: (pair[0], -pair[1]))[1] if shares else None

    def _report_words(self) -> frozenset[str]:
        """The words of the first paragraphs of the report, cut to their first letters so that forms agree."""
        solid = [n for n in range(self.first, min(self.first + 40, len(self.lines))) if self._is_report(n)]
        return frozenset(word for n in solid[:6] for word in _content(self.lines[n]))

    def _beside_headline(self, n: int, head: int | None) -> Role | None:
        """What an open line in the head is: a deck, a name beside the byline, or navigation."""
        line = self.lines[n]
        if line.shouted and n == self.first - 1 and len(line.words) <= 3:
            return "dateline"
        if head is None and ": " in line.text:
            return None
        if head is None:
            # Without a headline in the text, short lines are links or labels; longer ones may be body.
            return "navigation" if len(line.words) <= 6 else None
        if n < head:
            return "navigation"
        if len(line.words) >= 5 and (n - head <= 3):
            return "headline"
        if len(line.words) <= 6 and line.titled:
            return "byline" if self._beside_stamp(n) else "credit"
        return "navigation" if len(line.words) <= 6 else None

    def _beside_stamp(self, n: int) -> bool:
        near = (m for m in (n - 1, n + 1) if 0 <= m < len(self.lines))
        return any(self.marks[m] == "byline" or is_stamp(self.lines[m]) for m in near)

    def _between(self, found: list[Role | None]) -> None:
        """Between the paragraphs: only headings of sections, and names under pictures."""
        for n in range(max(1, self.first + 1), self.last):
            line, above = self.lines[n], self.lines[n - 1]
            if found[n] is not None:
                continue
            if _TEASER.match(line.text) and line.open and self._alone(n):
                found[n] = "related"
                continue
            if not self._heading(line):
                continue
            listed = above.text.endswith(":") or (not above.stops and found[n - 1] is None)
            below = self.lines[n + 1]
            if not listed and (below.solid or below.stops or found[n + 1] is not None):
                found[n] = "headline"

    def _alone(self, n: int) -> bool:
        """Whether a line stands between paragraphs, not in a list."""
        above, below = self.lines[n - 1], self.lines[n + 1]
        return len(self.lines[n].words) <= 20 and above.stops and below.stops

    def _heading(self, line: Line) -> bool:
        """Whether a line has the form of a heading within a report."""
        if len(line.words) <= 8 and (_DASHED.match(line.text) or _LABEL.match(line.text)):
            return True
        if len(line.words) > 12 or line.text[0] in "\"“'‘•-–—*@#" or not line.text[0].isalnum():
            return False
        asks = line.text.endswith("?") and (line.titled or line.shouted)
        return asks or (
            line.open and (line.titled or line.shouted or len(line.words) <= 9) and line.text[0].isupper()
        )

    def _tail(self, found: list[Role | None]) -> None:
        """After the last paragraph: a run of three or more open lines is a list of links."""
        if self.few:
            return
        run: list[int] = []
        for n in range(self.last + 1, len(self.lines) + 1):
            inside = n < len(self.lines) and not self.lines[n].stops and not self.lines[n].text.endswith(":")
            if inside and len(self.lines[n].words) <= 25:
                run.append(n)
                continue
            if len(run) >= 3:
                for m in run:
                    found[m] = found[m] or "related"
            run = []

    def _twice(self, found: list[Role | None]) -> None:
        """The same sentence twice running is a picture's description and its caption."""
        for n in range(1, len(self.lines)):
            line = self.lines[n]
            if found[n] is None and line.stops and not line.long and line.plain == self.lines[n - 1].plain:
                found[n - 1] = found[n] = "caption"

    def _below_pictures(self, found: list[Role | None]) -> None:
        """A name right below a caption is the photographer's."""
        for n in range(1, len(self.lines)):
            line = self.lines[n]
            named = line.open and line.titled and 1 < len(line.words) <= 4
            if found[n] is None and named and found[n - 1] == "caption":
                found[n] = "credit"

    def _bio(self, found: list[Role | None]) -> None:
        """At the end, a line on who its writer is, whom the report does not mention."""
        body = [n for n in range(len(self.lines)) if found[n] is None]
        for n in body[-_BIO_LINES:]:
            line = self.lines[n]
            told = _BIO.match(line.text) if len(line.text) <= 500 else None
            if told and n > body[0] + 1:
                surname = told["name"].split()[-1]
                if not any(surname in self.lines[m].text for m in body if m < n and not self.lines[m].long):
                    found[n] = "boilerplate"


def _content(line: Line) -> list[str]:
    """The words of a line that carry meaning, cut to six letters."""
    return [word.lower()[:6] for word in line.words if len(word) > 3 or word[0].isupper()]
