"""A library as rows for other programs: articles, PLOVER records, annotations of every citation."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO, TypeVar

from .errors import MissingExtraError
from .model import Article, Citation, Reading, Span

if TYPE_CHECKING:
    from .store import Library, Page, StoryRow

Row = dict[str, Any]

BRIEFLY: Final = 200
"""Characters of a text that are exported where no full text is asked for."""

AROUND: Final = 32
"""Characters before and after a quotation, by which an annotation finds its place again."""

_COLUMNS: Final = ("id", "story", "outlet", "title", "url", "published", "earliest", "latest", "text")


T = TypeVar("T")


def every(ask: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """All items of a paged question: `ask` is called with None, then with where the last page went on."""
    after: str | None = None
    while True:
        page = ask(after)
        yield from page
        after = page.next
        if after is None:
            return


def _stories(library: Library) -> Iterator[StoryRow]:
    return every(lambda after: library.stories(limit=200, after=after))


def article_rows(library: Library, full_text: bool = False) -> Iterator[Row]:
    """The articles, the last that came first; of each text the first words only, unless all is asked for."""
    for row in every(lambda after: library.articles(limit=200, after=after)):
        text = library.article(row.id).text
        yield {
            "id": row.id,
            "story": row.story,
            "outlet": row.outlet,
            "title": row.title,
            "url": row.url,
            "published": row.published,
            "earliest": row.earliest.isoformat() if row.earliest else None,
            "latest": row.latest.isoformat() if row.latest else None,
            "text": text if full_text else text[:BRIEFLY],
        }


def quoting_readings(library: Library, speaker: str | None = None) -> Iterator[Reading]:
    """The kept readings of articles with quotes, or with those of a speaker so named; the latest first."""
    before: str | None = None
    for quote in every(lambda after: library.quotes(speaker=speaker, limit=200, after=after)):
        # The quotes of an article follow one another.
        if quote.article.id != before:
            before = quote.article.id
            yield library.reading(before)


def plover_records(library: Library) -> Iterator[Row]:
    """The events that PLOVER covers, as its records, story by story; what is not read yet is read now."""
    from .find.events.records import plover_record

    for story in _stories(library):
        calendar = library.brief(story.id).calendar
        for article in library.story(story.id).articles:
            reading = library.reading(article.id)
            yield from (plover_record(reading, event, calendar) for event in reading.events if event.type)


def web_annotations(library: Library) -> Iterator[Row]:
    """A W3C Web Annotation (JSON-LD) for every span that a brief of the library cites."""
    for story in _stories(library):
        brief = library.brief(story.id)
        articles = {article.id: article for article in brief.story.articles}
        for point in brief.points:
            for citation in point.accounts:
                yield from _annotated(citation, articles, f"{point.kind}: {point.summary}")
        for utterance in brief.utterances:
            for wording in utterance.wordings:
                yield from _annotated(wording.citation, articles, f"said by {utterance.speaker or 'unknown'}")
        for entry in brief.timeline:
            for citation in entry.citations:
                yield from _annotated(citation, articles, f"timeline: {entry.text}")


def _annotated(citation: Citation, articles: Mapping[str, Article], says: str) -> Iterator[Row]:
    article = articles[citation.article]
    for span in citation.spans:
        yield annotation(article, span, says)


def annotation(article: Article, span: Span, says: str) -> Row:
    """One stretch of an article with a note on it, as the Web Annotation Data Model has it.

    >>> made = annotation(Article(text="It rained. It snowed.", id="a"), Span(11, 20), "shared")
    >>> made["target"]["selector"][0]["exact"], made["target"]["selector"][1]["start"]
    ('It snowed', 11)
    """
    text = article.text
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:secondsource:{article.id}:{span.start}-{span.end}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "value": says, "format": "text/plain", "language": "en"},
        "target": {
            "source": article.url or f"urn:secondsource:{article.id}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": span.of(text),
                    "prefix": text[max(0, span.start - AROUND) : span.start],
                    "suffix": text[span.end : span.end + AROUND],
                },
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    }


def write_rows(rows: Iterable[Row], out: TextIO, as_csv: bool = False) -> None:
    """Rows as JSON lines, or articles as CSV with a header."""
    if not as_csv:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer = csv.DictWriter(out, fieldnames=_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def write_parquet(rows: Iterable[Row], path: Path) -> None:
    """Articles as a Parquet file.

    Raises:
        MissingExtraError: without the extra `parquet`.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise MissingExtraError("parquet", "Parquet") from error
    schema = pyarrow.schema([(name, pyarrow.string()) for name in _COLUMNS])
    with parquet.ParquetWriter(path, schema) as writer:
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            if len(batch) == 1_000:
                writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
                batch = []
        writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
