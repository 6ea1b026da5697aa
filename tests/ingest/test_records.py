"""Records: JSON, JSONL and CSV under the names people give to the parts of an article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondsource import ingest
from secondsource.model import Article

TEXT = "The only bridge to the island was closed on Tuesday after divers found a crack in one of its piers."


def load(path: Path, content: str | bytes) -> tuple[tuple[Article, ...], list[str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    outcome = ingest.load(path)
    return outcome.value, [str(failure).removeprefix(f"{path.parent}/") for failure in outcome.failures]


@pytest.mark.parametrize(
    "record",
    [
        {
            "articleBody": TEXT,
            "headline": "Bridge closed",
            "datePublished": "2031-03-04",
            "publisher": {"name": "Tarn Gazette"},
            "author": [{"name": "Ada Quist"}, {"name": "Ben Orlow"}],
            "url": "https://tarn.example/a",
        },
        {
            "text": TEXT,
            "title": "Bridge closed",
            "date": "4 March 2031",
            "outlet": "Tarn Gazette",
            "byline": "By Ada Quist and Ben Orlow",
            "link": "https://tarn.example/a",
        },
        {
            "Content": TEXT,
            "Title": "Bridge closed",
            "published_at": "Tue, 04 Mar 2031 10:00:00 +0000",
            "source": {"id": "tg", "name": "Tarn Gazette"},
            "authors": "Ada Quist, Ben Orlow",
            "URL": "https://tarn.example/a",
        },
        {
            "headlines": [{"value": "Bridge closed"}],
            "bodies": [{"role": "main", "value": f"<p>{TEXT}</p>"}],
            "versioncreated": "2031-03-04T10:00:00Z",
            "copyrightholder": "Tarn Gazette",
            "by": "Ada Quist; Ben Orlow",
            "uri": "https://tarn.example/a",
            "url": "https://tarn.example/a",
        },
    ],
)
def test_names_of_schema_org_and_plain_ones_mean_the_same(tmp_path: Path, record: dict[str, object]) -> None:
    (article,), complaints = load(tmp_path / "a.json", json.dumps(record))
    assert not complaints
    assert (article.text, article.title, article.outlet) == (TEXT, "Bridge closed", "Tarn Gazette")
    assert article.authors == ("Ada Quist", "Ben Orlow")
    assert article.url == "https://tarn.example/a"
    assert article.published is not None
    assert article.published.day is not None
    assert article.published.day.isoformat() == "2031-03-04"


def test_broken_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT})
    articles, complaints = load(
        tmp_path / "a.jsonl", f'{good}\n{{"text": "broken\n\n[1]\n{{"title": "No text"}}\n'
    )
    assert [article.place for article in articles] == [f"{tmp_path}/a.jsonl:1"]
    assert complaints[0].startswith("a.jsonl:2: not JSON")
    assert complaints[1].startswith("a.jsonl:4: not a JSON object")
    assert complaints[2].startswith("a.jsonl:5: no field with the text")


def test_line_that_is_not_utf_8_is_read_by_guess_and_said_so(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT + " Café."}, ensure_ascii=False).encode("cp1252")
    (article,), complaints = load(tmp_path / "a.jsonl", line)
    assert article.text.endswith("Café.")
    assert complaints == [
        "a.jsonl:1: not valid UTF-8; read as cp1252 by guess: check the accents, or save it as UTF-8"
    ]


def test_scrape_time_is_no_date_of_publication(tmp_path: Path) -> None:
    (article,), _ = load(tmp_path / "a.json", json.dumps({"text": TEXT, "scrape_time": "2031-03-04"}))
    assert article.published is None


def test_date_that_can_be_read_in_two_ways_is_left_unknown_and_said_so(tmp_path: Path) -> None:
    (article,), complaints = load(tmp_path / "a.json", json.dumps({"text": TEXT, "date": "03/04/2031"}))
    assert article.published is None
    assert "can be read in two ways" in complaints[0]


def test_address_gives_the_day_where_nothing_else_does(tmp_path: Path) -> None:
    (article,), _ = load(
        tmp_path / "a.json", json.dumps({"text": TEXT, "url": "https://a.example/2031/03/04/b"})
    )
    assert article.published is not None
    assert article.published.value == "2031-03-04"


def test_lists_are_found_alone_and_under_a_name(tmp_path: Path) -> None:
    records = [{"text": TEXT}, {"text": TEXT + " Again."}]
    assert len(load(tmp_path / "a.json", json.dumps(records))[0]) == 2
    assert len(load(tmp_path / "b.json", json.dumps({"status": "ok", "articles": records}))[0]) == 2


def test_json_lines_under_the_name_json_are_read(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"{TEXT} {n}"}) for n in range(3))
    assert len(load(tmp_path / "a.json", lines)[0]) == 3


def test_broken_json_names_the_line(tmp_path: Path) -> None:
    _, complaints = load(tmp_path / "a.json", '{"text": "x",\n "title": }')
    assert complaints[0].startswith("a.json:2: not JSON")


def test_json_nested_too_deep_is_a_failure(tmp_path: Path) -> None:
    _, complaints = load(tmp_path / "a.jsonl", '{"text":' + "[" * 100_000)
    assert "nested too deep" in complaints[0]


def test_characters_that_are_none_become_the_replacement_character(tmp_path: Path) -> None:
    (article,), _ = load(tmp_path / "a.json", '{"text": "A bridge \\u0000 is \\ud83d closed."}')
    assert article.text == "A bridge \ufffd is \ufffd closed."


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_by_the_names_of_its_columns(tmp_path: Path, delimiter: str) -> None:
    rows = [["id", "publisher", "text"], ["7", "Tarn Gazette", '"One line.\nAnother, and the bridge."']]
    (article,), _ = load(tmp_path / "a.csv", "\n".join(delimiter.join(row) for row in rows))
    assert (article.id, article.outlet) == ("7", "Tarn Gazette")
    assert article.text == "One line.\nAnother, and the bridge."


def test_csv_without_a_column_of_text_is_a_failure(tmp_path: Path) -> None:
    articles, complaints = load(tmp_path / "a.csv", "id,note\n1,2\n")
    assert not articles
    assert complaints == ["a.csv: no column with the text (id, note); name it 'text' in the first line"]
