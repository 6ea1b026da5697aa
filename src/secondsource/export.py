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

    `content_spans` are offsets into the article's text, "start-end" joined by
    spaces; `content` is the text there, parts joined by " … ".
    """

    article: str
    outlet: str | None
    title: str | None
    published: str | None
    speaker: str | None
    how: str
    form: str
    certainty: str
    cue: str
    source: str
    content: str
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
        return " … ".join(" ".join(span.of(article.text).split()) for span in spans)

    return QuoteRow(
        article=article.id,
        outlet=article.outlet,
        title=article.headline,
        published=article.published.value if article.published else None,
        speaker=quote.speaker.name,
        how=quote.speaker.how,
        form=quote.form,
        certainty=quote.certainty,
        cue=text(quote.cue),
        source=text(quote.source),
        content=text(quote.content),
        content_spans=" ".join(f"{span.start}-{span.end}" for span in quote.content),
    )


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
