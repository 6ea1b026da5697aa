"""Quotes as rows: what a table of them holds, and that its offsets lead back to the text."""

from __future__ import annotations

import csv
import io
import json

import pytest

from secondsource.export import QuoteRow, quote_rows, write_csv, write_jsonl
from secondsource.model import Article, Quote, Reading, Span, Speaker
from secondsource.read import read
from secondsource.settings import Settings

TEXT = 'The bridge "is safe,"\nsaid Mary\n Lee, an engineer. "It, too," she said, "was tested\ntwice."'


def span(of: str, at: int = 0) -> Span:
    start = TEXT.index(of, at)
    return Span(start, start + len(of))


@pytest.fixture(scope="module")
def reading() -> Reading:
    article = Article(text=TEXT, id="a", url="https://ledger.example/bridge")
    (plain,) = read([article], settings=Settings(reader="rules"))
    later = TEXT.index('"It')
    quotes = (
        Quote(
            "mixed",
            (span('"is safe,"'),),
            (span("said"),),
            (span("Mary\n Lee"),),
            Speaker("Mary\n Lee", "named"),
        ),
        Quote(
            "direct",
            (span('"It, too,"'), span('"was tested\ntwice."')),
            (span("said", later),),
            (span("she"),),
            Speaker(None, "unknown"),
        ),
    )
    return Reading(plain.article, plain.doc, plain.sentences, (), quotes=quotes)


@pytest.fixture
def rows(reading: Reading) -> list[QuoteRow]:
    return list(quote_rows([reading]))


@pytest.mark.parametrize("what", ["cue", "source", "content"])
def test_the_offsets_of_a_row_lead_back_to_its_words(rows: list[QuoteRow], what: str) -> None:
    for row in rows:
        pairs = (pair.split("-") for pair in getattr(row, f"{what}_spans").split())
        parts = (TEXT[int(start) : int(end)] for start, end in pairs)
        assert " … ".join(" ".join(part.split()) for part in parts) == getattr(row, what)


def test_a_row_names_its_speaker_on_one_line_and_its_page(rows: list[QuoteRow]) -> None:
    assert (rows[0].speaker, rows[0].source, rows[0].url) == (
        "Mary Lee",
        "Mary Lee",
        "https://ledger.example/bridge",
    )


def test_parts_of_a_content_are_told_apart(rows: list[QuoteRow]) -> None:
    assert rows[1].content == '"It, too," … "was tested twice."'


def test_one_speaker_is_asked_for_by_a_part_of_the_name_in_any_case(reading: Reading) -> None:
    assert [row.cue for row in quote_rows([reading], "lee")] == ["said"]


def test_csv_and_json_lines_hold_the_same_and_csv_is_empty_where_nothing_is_known(
    rows: list[QuoteRow],
) -> None:
    table, lines = io.StringIO(), io.StringIO()
    write_csv(rows, table)
    write_jsonl(rows, lines)
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert told[1]["speaker"] is None
    read_back = list(csv.DictReader(io.StringIO(table.getvalue())))
    assert read_back == [{key: value or "" for key, value in row.items()} for row in told]
