"""Quotes on PolNeAR: exact spans by role, linked attributions, and both by form.

Exact F1 of source, cue and content counts each contiguous span once whoever it
is linked to, as Wang et al. (CofeNet, COLING 2022) do; they keep one label a
word, while nested spans count here. `triple_exact` asks for the cue, all of the
source and all of the content of one attribution; `triple` is content with as
lenient an overlap (characters, intersection over union) as 0.8, cue and source
still exact; `relation` is the same with cue and source that merely overlap. A
document given twice counts once. `speaker` is the share of 200 gold sources,
labelled by hand, that are resolved to the right name, or to none;
`speaker_second` the same of 100 others, off which no rule was read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ..errors import InputError
from ..find.quotemarks import find_stretches
from ..find.quotes import find_quotes
from ..model import Article, Quote, Reading, Span, Speaker, merge
from ..model.finding import QuoteForm
from ..progress import Progress, silent
from ..read import read
from .report import Figure, Report
from .speakers import speaker_figures

LENIENT = 0.8
FORMS = ("direct", "indirect", "mixed")
Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One attribution as spans by role, and the form of its content."""

    source: Spans
    cue: Spans
    content: Spans
    form: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, proposed and expected items."""

    right: int = 0
    proposed: int = 0
    expected: int = 0

    def plus(self, right: int, proposed: int, expected: int) -> Tally:
        """The tally with more items."""
        return Tally(self.right + right, self.proposed + proposed, self.expected + expected)

    @property
    def precision(self) -> float:
        """The share of the proposed that is right; 0 where nothing is proposed."""
        return self.right / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """The share of the expected that is right; 0 where nothing is expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.proposed + self.expected
        return 2 * self.right / total if total else 0.0


def evaluate(data: Path, progress: Progress = silent, part: str = "dev") -> Report:
    """The figures of the quotes found in PolNeAR's documents of one part.

    Raises:
        InputError: when the corpus is not there.
    """
    documents = tuple(labelled(data / "quotes" / f"polnear-{part}.jsonl"))
    pairs, sourced = [], []
    readings = read([article for article, _ in documents], progress=progress)
    for (_, gold), reading in zip(documents, readings, strict=True):
        pairs.append((gold, found(reading)))
        sourced.append((reading, [_as_quote(one) for one in gold]))
    figures = [*_figures(pairs), *(speaker_figures(sourced) if part == "dev" else ())]
    return Report(task="quotes", corpus=f"polnear-{part}", figures=tuple(figures))


def _as_quote(one: Labelled) -> Quote:
    """A gold attribution as a quote, its speaker not looked at."""
    form: QuoteForm = "direct" if one.form == "direct" else "mixed" if one.form == "mixed" else "indirect"
    return Quote(form, one.content, one.cue, one.source, Speaker(None, "unknown"))


def labelled(place: Path) -> Iterator[tuple[Article, tuple[Labelled, ...]]]:
    """The documents of a PolNeAR file with their attributions; each text once."""
    if not place.is_file():
        raise InputError(f"{place}: no such corpus; set SECONDSOURCE_DATA to the folder of the corpora")
    seen: set[str] = set()
    for line in place.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        if row["text"] in seen:
            continue
        seen.add(row["text"])
        article = Article(id=row["id"], text=row["text"], outlet=row["publisher"])
        yield article, tuple(_gold(row["text"], row["attributions"]))


def found(reading: Reading) -> tuple[Labelled, ...]:
    """The quotes found in a reading as labelled attributions, those without a cue left out."""
    text = reading.article.text
    return tuple(
        Labelled(_joined(text, q.source), _joined(text, q.cue), _joined(text, q.content), q.form)
        for q in find_quotes(reading)
        if q.cue
    )


def _gold(text: str, rows: Iterable[dict[str, list[list[int]]]]) -> Iterator[Labelled]:
    paragraphs = _lines(text)
    quoted = merge(s.span for s in find_stretches(text, paragraphs) if s.depth == 0)
    for row in rows:
        source, cue, content = (
            _joined(text, tuple(Span(*pair) for pair in row[role])) for role in ("source", "cue", "content")
        )
        if content and cue:
            yield Labelled(source, cue, content, _form(text, content, quoted))


def _lines(text: str) -> list[Span]:
    out, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append(Span(at, at + len(line)).strip(text))
        at += len(line) + 1
    return out


def _joined(text: str, spans: Spans) -> Spans:
    """Spans in text order; those with only white space between them are one."""
    out: list[Span] = []
    for span in sorted(span.strip(text) for span in spans):
        if not span:
            continue
        if out and not text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _form(text: str, content: Spans, quoted: Spans) -> str:
    total = sum(_solid(text, span) for span in content)
    inside = sum(
        _solid(text, Span(max(a.start, b.start), min(a.end, b.end)))
        for a in content
        for b in quoted
        if a.overlaps(b)
    )
    if not inside:
        return "indirect"
    return "direct" if inside >= total - 3 else "mixed"


def _solid(text: str, span: Span) -> int:
    return sum(not c.isspace() for c in span.of(text))


def _figures(pairs: Sequence[tuple[tuple[Labelled, ...], tuple[Labelled, ...]]]) -> Iterator[Figure]:
    for role in ("source", "cue", "content"):
        tally = Tally()
        for gold, own in pairs:
            expected, proposed = _role(gold, role), _role(own, role)
            tally = tally.plus(len(expected & proposed), len(proposed), len(expected))
        yield from _three(role, tally)
    for name, same in (("triple_exact", _exact), ("triple", _lenient), ("relation", _relation)):
        tally = Tally()
        for gold, own in pairs:
            tally = tally.plus(len(_matched(gold, own, same)), len(own), len(gold))
        yield from _three(name, tally)
    for form in FORMS:
        yield from _three(f"triple_{form}", _by_form(pairs, form))


def _three(name: str, tally: Tally) -> Iterator[Figure]:
    yield Figure(f"{name}_p", tally.precision, tally.proposed)
    yield Figure(f"{name}_r", tally.recall, tally.expected)
    yield Figure(f"{name}_f1", tally.f1, tally.expected)


def _role(attributions: Iterable[Labelled], role: str) -> set[Span]:
    return {span for one in attributions for span in getattr(one, role)}


def _by_form(pairs: Sequence[tuple[tuple[Labelled, ...], tuple[Labelled, ...]]], form: str) -> Tally:
    """Linked attributions of one form: a gold one of the form, or a proposed one, on either side."""
    tally = Tally()
    for gold, own in pairs:
        right = sum(one.form == form for one in _matched(gold, own, _lenient))
        tally = tally.plus(right, sum(one.form == form for one in own), sum(one.form == form for one in gold))
    return tally


def _matched(
    gold: Sequence[Labelled], own: Sequence[Labelled], same: Callable[[Labelled, Labelled], bool]
) -> list[Labelled]:
    """The gold attributions that a proposed one matches; each proposed one is used once."""
    free = list(own)
    out: list[Labelled] = []
    for one in gold:
        match = next((other for other in free if same(one, other)), None)
        if match is not None:
            free.remove(match)
            out.append(one)
    return out


def _exact(gold: Labelled, own: Labelled) -> bool:
    return (gold.cue, gold.source, gold.content) == (own.cue, own.source, own.content)


def _lenient(gold: Labelled, own: Labelled) -> bool:
    return gold.cue == own.cue and gold.source == own.source and _iou(gold.content, own.content) >= LENIENT


def _relation(gold: Labelled, own: Labelled) -> bool:
    return (
        _touch(gold.cue, own.cue)
        and (_touch(gold.source, own.source) or not (gold.source or own.source))
        and _iou(gold.content, own.content) >= LENIENT
    )


def _touch(one: Spans, other: Spans) -> bool:
    return any(a.overlaps(b) for a in one for b in other)


def _iou(one: Spans, other: Spans) -> float:
    common = sum(a.overlap(b) for a in one for b in other)
    union = sum(map(len, one)) + sum(map(len, other)) - common
    return common / union if union else 0.0
