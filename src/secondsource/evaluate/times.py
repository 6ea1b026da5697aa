"""Time expressions on TimeBank, AQUAINT and MEANTIME, scored as TempEval-3 scores them.

A found expression matches a gold one that it overlaps (relaxed) or equals
(strict), each gold one at most once; value F1 is relaxed F1 times the share of
matches with the gold value (UzZaman et al. 2013). Counts are summed over the
documents. Body text only; the document's date is given, and once more it is not.
Two thirds of the TimeML documents, by a hash of their names, are for
development; the last third is reported apart.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from ..date import date_alone
from ..date.ground import ground_reading
from ..errors import InputError
from ..find.times import find_times
from ..model import Article, Interval, Reading, Span
from ..progress import Progress, silent
from ..read import read
from ..settings import Settings
from .report import Figure, Report
from .scores import Score

DateOf: TypeAlias = Callable[[Reading], Interval | None]
"""What says when an article without a date was published."""


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression as annotated or as found."""

    span: Span
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text, the time expressions annotated in it, and the part of the corpus it is in."""

    article: Article
    gold: tuple[Timex, ...]
    part: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found, how many there are, and how many of them match."""

    found: int = 0
    gold: int = 0
    relaxed: int = 0
    strict: int = 0
    value: int = 0
    type: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.found + other.found,
            self.gold + other.gold,
            self.relaxed + other.relaxed,
            self.strict + other.strict,
            self.value + other.value,
            self.type + other.type,
        )

    def f1(self, matches: int) -> float:
        """F1 of so many matches."""
        precision = matches / self.found if self.found else 0.0
        return Score(precision, matches / self.gold if self.gold else 0.0).f1

    def figures(self, prefix: str) -> tuple[Figure, ...]:
        """Relaxed, strict and value F1, and the accuracy of types, as figures."""
        accuracy = self.value / self.relaxed if self.relaxed else 0.0
        types = self.type / self.relaxed if self.relaxed else 0.0
        relaxed = self.f1(self.relaxed)
        named = {
            "relaxed": relaxed,
            "strict": self.f1(self.strict),
            "value": relaxed * accuracy,
            "type": relaxed * types,
        }
        return tuple(Figure(f"{prefix}_{name}", value, self.gold) for name, value in named.items())


def evaluate(
    data: Path,
    progress: Progress = silent,
    settings: Settings | None = None,
    undated: DateOf | None = date_alone,
) -> Report:
    """The figures of every corpus that is there.

    `undated` says when a document without its date was published; its values
    are scored apart (`..._undated_value`). With `None` they are not scored.

    Raises:
        InputError: when the corpora are missing.
    """
    corpora = {
        "timebank": documents(data / "time" / "timebank"),
        "aquaint": documents(data / "time" / "aquaint"),
        "meantime": meantime(data / "time" / "meantime"),
    }
    if not any(corpora.values()):
        raise InputError(
            f"{data / 'time'}: no such corpora; set SECONDSOURCE_DATA to the folder that holds them"
        )
    counts: dict[str, Counts] = {}
    for name, held in corpora.items():
        for document, reading in timed(held, progress, settings):
            told = {"": timexes(reading, stated(document.article))}
            if undated is not None:
                blank = replace(reading, article=without_date(reading.article))
                told["_undated"] = timexes(blank, undated(blank))
            for key in dict.fromkeys((f"{name}_{document.part}", document.part)):
                for how, found in told.items():
                    counts[key + how] = counts.get(key + how, Counts()) + compare(found, document.gold)
    return Report("times", "TimeBank, AQUAINT, MEANTIME", tuple(_figures(counts)))


def _figures(counts: Mapping[str, Counts]) -> Iterator[Figure]:
    """The figures of each part; without a date only the values differ."""
    for key in sorted(counts):
        for figure in counts[key].figures(key):
            if not key.endswith("_undated") or figure.name.endswith("_value"):
                yield figure


def timed(
    held: Sequence[Document], progress: Progress = silent, settings: Settings | None = None
) -> Iterator[tuple[Document, Reading]]:
    """Each document, read, with its time mentions."""
    readings = read([document.article for document in held], settings, progress)
    for document, reading in zip(held, readings, strict=True):
        yield document, replace(reading, times=find_times(reading))


def timexes(reading: Reading, published: Interval | None) -> tuple[Timex, ...]:
    """The time mentions of a reading with what they come to in an article published then."""
    return tuple(
        Timex(mention.span, mention.type, grounding.value)
        for mention, grounding in zip(reading.times, ground_reading(reading, published), strict=True)
    )


def compare(found: Iterable[Timex], gold: Sequence[Timex]) -> Counts:
    """What of one document matches."""
    matched = match(tuple(found), gold)
    right = [(f, g) for f, g in matched if f and g]
    return Counts(
        found=sum(f is not None for f, _ in matched),
        gold=len(gold),
        relaxed=len(right),
        strict=sum(f.span == g.span for f, g in right),
        value=sum(f.value == g.value for f, g in right),
        type=sum(f.type == g.type for f, g in right),
    )


def match(found: Sequence[Timex], gold: Sequence[Timex]) -> list[tuple[Timex | None, Timex | None]]:
    """Found and gold expressions in pairs, those that are alone with nothing; equal spans first."""
    pairs: list[tuple[Timex | None, Timex | None]] = []
    left, right = list(found), list(gold)
    for exact in (True, False):
        for theirs in list(right):
            ours = next((f for f in left if _fits(f.span, theirs.span, exact=exact)), None)
            if ours is not None:
                pairs.append((ours, theirs))
                left.remove(ours)
                right.remove(theirs)
    return pairs + [(f, None) for f in left] + [(None, g) for g in right]


def _fits(one: Span, other: Span, *, exact: bool) -> bool:
    return one == other if exact else one.overlaps(other)


def stated(article: Article) -> Interval | None:
    """When an article says that it was published."""
    published = article.published
    return Interval(published.earliest, published.latest) if published else None


def without_date(article: Article) -> Article:
    """The text alone: the names of these corpora's files tell the date, too."""
    return Article(text=article.text)


def part_of(name: str) -> str:
    """The part a document is in: "dev", or "held" for the third that is kept apart."""
    return "dev" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 else "held"


def documents(folder: Path) -> tuple[Document, ...]:
    """The TimeML documents of a folder, in order of their names."""
    return tuple(_timeml(place) for place in sorted(folder.glob("*.tml")))


def _timeml(place: Path) -> Document:
    root = ET.parse(place).getroot()
    stated = root.find(".//DCT/TIMEX3")
    body = root.find("TEXT")
    if stated is None or body is None:
        raise InputError(f"{place}: a TimeML document without a date or a text")
    gold: list[Timex] = []
    text = _flatten(body, [], gold)
    article = Article(text=text, published=stated.get("value", "")[:10], id=place.name, place=str(place))
    return Document(article, tuple(sorted(gold, key=lambda t: t.span)), part_of(place.name))


def _flatten(element: ET.Element, pieces: list[str], gold: list[Timex], start: int = 0) -> str:
    """The text of an element without its tags; time expressions are noted with their offsets."""
    at = start
    parts = [element.text or ""]
    at += len(parts[0])
    for child in element:
        parts.append(_flatten(child, pieces, gold, at))
        at += len(parts[-1])
        parts.append(child.tail or "")
        at += len(parts[-1])
    if element.tag == "TIMEX3":
        gold.append(Timex(Span(start, at), element.get("type", ""), element.get("value", "")))
    return "".join(parts)


def meantime(folder: Path) -> tuple[Document, ...]:
    """The MEANTIME documents, in order of their names.

    Only the first sentences are annotated, so the texts end there; the
    creation time, which heads each text, is left out.
    """
    return tuple(_newsreader(place) for place in sorted(folder.glob("intra-doc_annotation/*/*.xml")))


def _newsreader(place: Path) -> Document:
    root = ET.parse(place).getroot()
    marks = list(root.iter("TIMEX3"))
    created = [m for m in marks if m.get("functionInDocument") == "CREATION_TIME"]
    stated = created[0].get("value", "") if created else ""
    heading = {a.get("t_id", "") for m in created for a in m.iter("token_anchor")}
    text, spans = _joined(root, heading)
    gold: list[Timex] = []
    for marked in marks:
        held = [spans[t] for t in (a.get("t_id", "") for a in marked.iter("token_anchor")) if t in spans]
        if held:
            span = Span(min(s.start for s in held), max(s.end for s in held))
            gold.append(Timex(span, marked.get("type", ""), marked.get("value", "")))
    article = Article(text=text, published=stated[:10] or None, id=place.name, place=str(place))
    return Document(article, tuple(sorted(gold, key=lambda t: t.span)), "apple")


_NO_SPACE_BEFORE = frozenset(",.;:!?)]}%") | {"'s", "n't", "'", "''", "’s"}
_NO_SPACE_AFTER = frozenset("([{$``")


ANNOTATED = 6
"""How many sentences of a MEANTIME text are annotated, the headline among them."""


def _joined(root: ET.Element, heading: Set[str]) -> tuple[str, Mapping[str, Span]]:
    """The words of the annotated sentences set as a newspaper would, and where each lies."""
    text = ""
    spans: dict[str, Span] = {}
    sentence = before = ""
    for token in root.iter("token"):
        word = token.text or ""
        if token.get("t_id", "") in heading or int(token.get("sentence", "0")) >= ANNOTATED:
            continue
        if token.get("sentence", "") != sentence:
            gap = "\n\n" if text else ""
        else:
            gap = "" if word in _NO_SPACE_BEFORE or before in _NO_SPACE_AFTER else " "
        sentence, before = token.get("sentence", ""), word
        text += gap
        spans[token.get("t_id", "")] = Span(len(text), len(text) + len(word))
        text += word
    return text, spans
