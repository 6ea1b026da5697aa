"""Exports: articles briefly or in full, PLOVER records, an annotation for every citation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyarrow import parquet

import secondsource as ss
from secondsource.shelves import BRIEFLY, article_rows, web_annotations, write_parquet
from secondsource.store import Library

from .test_cli import run


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = str(tmp_path_factory.mktemp("library") / "news.db")
    examples = Path(__file__).resolve().parent.parent / "examples" / "rate-decision"
    assert run("add", examples, "--library", found, "-q").returncode == 0
    return found


def test_a_text_is_exported_briefly_unless_all_of_it_is_asked_for(place: str) -> None:
    with Library(place) as library:
        brief, full = list(article_rows(library)), list(article_rows(library, full_text=True))
        assert all(len(row["text"]) <= BRIEFLY for row in brief)
        assert [row["text"] for row in full] == [library.article(row["id"]).text for row in full]


def test_parquet_holds_the_rows(place: str, tmp_path: Path) -> None:
    with Library(place) as library:
        rows = list(article_rows(library))
    write_parquet(iter(rows), tmp_path / "a.parquet")
    assert parquet.read_table(tmp_path / "a.parquet").to_pylist() == rows


def test_every_annotation_stands_where_it_says(place: str) -> None:
    with Library(place) as library:
        made = list(web_annotations(library))
        texts = {row["id"]: library.article(row["id"]).text for row in article_rows(library)}
    assert made
    for one in made:
        quoted, placed = one["target"]["selector"]
        text = texts[one["id"].split(":")[2]]
        assert text[placed["start"] : placed["end"]] == quoted["exact"]
        assert text[: placed["start"]].endswith(quoted["prefix"])


def test_the_verbs_work_on_a_library(place: str) -> None:
    listed = [json.loads(line) for line in run("stories", "--library", place, "--json").stdout.splitlines()]
    assert sum(row["articles"] for row in listed) == len(
        ss.load(Path(__file__).parent.parent / "examples" / "rate-decision", failures=[])
    )
    assert run("stories", "--library", place, "--since", "me").stdout
    assert run("stories", "--library", place, "--since", "me").stdout == ""
    hits = [
        json.loads(line) for line in run("search", "bank", "--json", "--library", place).stdout.splitlines()
    ]
    assert hits[0]["text"]
    assert run("export", "--library", place, "--format", "csv").stdout.startswith("id,story,")
    assert run("export", "--library", place, "--format", "plover").returncode == 0
    assert run("export", "--library", place, "--format", "parquet").returncode == 2


def test_quotes_are_listed_of_a_library_as_of_its_files(place: str) -> None:
    waiting = run("quotes", "--library", place)
    assert "not read yet" in waiting.stderr or waiting.stdout
    with Library(place) as library:
        library.read()
        names = {person.name for person in library.people()}
    listed = run("quotes", "--library", place)
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert listed.stderr == ""
    files = Path(__file__).resolve().parent.parent / "examples" / "rate-decision"
    told = [json.loads(line) for line in run("quotes", files, "-q").stdout.splitlines()]
    assert sorted(map(json.dumps, rows)) == sorted(map(json.dumps, told))
    name = min(names)
    only = run("quotes", "--library", place, "--speaker", name, "--csv").stdout.splitlines()
    assert len(only) == 1 + sum(name.casefold() in (row["speaker"] or "").casefold() for row in told)


@pytest.mark.parametrize("arguments", [(), ("a.txt", "--library", "news.db")])
def test_quotes_are_of_files_or_of_a_library(arguments: tuple[str, ...]) -> None:
    assert run("quotes", *arguments).returncode == 2


def test_what_a_short_list_leaves_out_stays_new(tmp_path: Path) -> None:
    place = str(tmp_path / "news.db")
    with Library(place) as library:
        library.add(
            ss.Article(text=text, published=day)
            for text, day in (("The ferry sank off Tarn.", "2024-03-04"), ("Wheat is dearer.", "2024-06-04"))
        )
    short = run("stories", "--library", place, "--since", "me", "--limit", "1")
    assert len(short.stdout.splitlines()) == 1
    assert "stays new" in short.stderr
    assert len(run("stories", "--library", place, "--since", "me").stdout.splitlines()) == 2
    assert run("stories", "--library", place, "--since", "me").stdout == ""
