"""The command line as a user meets it: a fresh process, files, standard streams, exit status."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

RAIN = (
    "Heavy rain closed the coast road between Arden and Selby on Monday, the county council said. "
    "Two drivers were taken to hospital after their cars were swept into a field."
)
BRIDGE = (
    "Engineers reopened the bridge at Selby on Friday after a week of repairs. The county council said "
    "that the work had cost 40,000 pounds."
)


def run(*args: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "secondsource", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def rain(tmp_path: Path) -> Path:
    path = tmp_path / "rain.txt"
    path.write_text(RAIN, encoding="utf-8")
    return path


def test_brief_prints_the_story_and_ends_well(rain: Path) -> None:
    done = run("brief", rain)
    assert done.returncode == 0, done.stderr
    assert "Heavy rain closed the coast road" in done.stdout


def test_brief_as_json_names_its_schema_and_its_citations_round_trip(examples: Path) -> None:
    done = run("brief", examples, "--json")
    out = json.loads(done.stdout)
    assert out["schema"] == "secondsource/briefs/1"
    assert {brief["schema"] for brief in out["briefs"]} == {"secondsource/brief/1"}
    assert len(out["briefs"]) >= 3


def test_html_goes_to_the_file_named(rain: Path, tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    done = run("brief", rain, "--html", page)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_page_that_cannot_be_written_is_a_usage_error(rain: Path, tmp_path: Path) -> None:
    done = run("brief", rain, "--html", tmp_path / "missing" / "brief.html")
    assert done.returncode == 2
    assert "can't write" in done.stderr


def test_standard_input_is_an_article() -> None:
    done = run("brief", "-", stdin=RAIN)
    assert done.returncode == 0, done.stderr
    assert "Heavy rain" in done.stdout


def test_a_missing_path_is_named_and_the_rest_is_done(rain: Path, tmp_path: Path) -> None:
    done = run("brief", rain, tmp_path / "nowhere.txt")
    assert done.returncode == 1
    assert "nowhere.txt" in done.stderr
    assert "Heavy rain" in done.stdout


def test_a_broken_line_of_jsonl_is_named_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text(json.dumps({"text": RAIN}) + "\n{broken\n" + json.dumps({"text": BRIDGE}) + "\n")
    done = run("group", path)
    assert done.returncode == 1
    assert "two.jsonl:2" in done.stderr
    assert len(done.stdout.splitlines()) >= 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4),
        ("french.txt", "La pluie a fermé la route de la côte entre les deux villes lundi.".encode()),
        ("cut.txt.gz", gzip.compress(RAIN.encode())[:-20]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_the_rest_is_done(
    name: str, content: bytes, rain: Path, tmp_path: Path
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    done = run("brief", bad, rain)
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert "Heavy rain" in done.stdout


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    done = run("brief", tmp_path)
    assert done.returncode == 1
    assert tmp_path.name in done.stderr


def test_quiet_says_nothing_but_in_the_exit_status(tmp_path: Path) -> None:
    done = run("brief", "-q", tmp_path / "nowhere.txt")
    assert (done.returncode, done.stderr) == (1, "")


def test_no_path_is_a_usage_error() -> None:
    assert run("brief").returncode == 2


def test_group_lists_stories_with_their_origins(examples: Path) -> None:
    done = run("group", examples)
    assert done.returncode == 0, done.stderr
    assert "accounts" in done.stdout
    assert "origins" in done.stdout


def test_group_as_json_gives_one_story_a_line_without_the_texts(examples: Path) -> None:
    rows = [json.loads(line) for line in run("group", examples, "--json").stdout.splitlines()]
    assert {row["schema"] for row in rows} == {"secondsource/story/1"}
    assert all("text" not in article for row in rows for article in row["articles"])


def test_read_prints_a_reading_a_line_that_decodes(rain: Path) -> None:
    from secondsource.model import Reading
    from secondsource.model.codec import decode

    (line,) = run("read", rain).stdout.splitlines()
    reading = decode(json.loads(line))
    assert isinstance(reading, Reading)
    assert reading.article.text == RAIN
    assert len(reading.sentences) == 2


def test_compare_tells_two_articles_as_one_story(rain: Path, tmp_path: Path) -> None:
    other = tmp_path / "bridge.txt"
    other.write_text(BRIDGE, encoding="utf-8")
    done = run("compare", rain, other, "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["story"]["articles"]) == 2


def test_compare_takes_two_articles(rain: Path) -> None:
    done = run("compare", rain, rain)
    assert done.returncode == 1
    assert "two articles" in done.stderr


def test_version_is_that_of_the_package() -> None:
    import secondsource

    assert run("version").stdout.strip() == secondsource.__version__


def test_the_same_input_in_another_order_gives_the_same_bytes(examples: Path) -> None:
    files = sorted(path for path in examples.rglob("*") if path.suffix in {".txt", ".html", ".jsonl", ".gz"})
    one = run("brief", *files, "--json")
    two = run("brief", *reversed(files), "--json")
    assert one.returncode == two.returncode == 0, one.stderr
    assert one.stdout == two.stdout
