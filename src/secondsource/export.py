"""Findings as flat rows, for tables and for other programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TextIO

from .model import Reading, Span

if TYPE_CHECKING:
    from .model import Quote


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One quote of one article: who is held to have said what, and where it stands.

    Spans are offsets into the article's text in characters, "start-end" joined
    by spaces; `cue`, `source` and `content` are the text there, white space as
    one blank, parts joined by " … ".
    """

    article: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    speaker: str | None
    how: str
    form: str
    certainty: str
    cue: str
    source: str
    content: str
    cue_spans: str
    source_spans: str
    content_spans: str


def quote_rows(readings: Iterable[Reading], speaker: str | None = None) -> Iterator[QuoteRow]:
    """The quotes of readings as rows; of one speaker only, where part of a name is given."""
    for reading in readings:
        for quote in reading.quotes:
            if speaker is None or speaker.casefold() in (quote.speaker.name or "").casefold():
                yield _row(reading, quote)


def _row(reading: Reading, quote: Quote) -> QuoteRow:
    article = reading.article

    def text(spans: Iterable[Span]) -> str:
        return " … ".join(_plain(span.of(article.text)) for span in spans)

    return QuoteRow(
        article=article.id,
        outlet=article.outlet,
        title=article.headline,
        url=article.url,
        published=article.published.value if article.published else None,
        speaker=quote.speaker.name and _plain(quote.speaker.name),
        how=quote.speaker.how,
        form=quote.form,
        certainty=quote.certainty,
        cue=text(quote.cue),
        source=text(quote.source),
        content=text(quote.content),
        cue_spans=_offsets(quote.cue),
        source_spans=_offsets(quote.source),
        content_spans=_offsets(quote.content),
    )


def _plain(text: str) -> str:
    """A text with white space as one blank, so that a row stays on its line."""
    return " ".join(text.split())


def _offsets(spans: Iterable[Span]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)


def write_jsonl(rows: Iterable[QuoteRow], out: TextIO) -> None:
    """Rows as one JSON object a line."""
    for row in rows:
        out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def write_csv(rows: Iterable[QuoteRow], out: TextIO) -> None:
    """Rows as CSV with a header (RFC 4180, lines ended by a newline)."""
    writer = csv.DictWriter(out, fieldnames=list(QuoteRow.__dataclass_fields__), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(asdict(row))
