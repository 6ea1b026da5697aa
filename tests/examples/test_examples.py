"""The shipped examples are what `examples/expected.toml` says they are."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))
STORIES = sorted(EXPECTED)
ACCOUNTS = [(story, key) for story in STORIES for key in EXPECTED[story]["articles"]]
REAL_OUTLETS = re.compile(
    r"\b(Reuters|Associated Press|AFP|Agence France|Bloomberg|BBC|CNN|Guardian|New York|Washington Post"
    r"|Fox News|NPR|Al Jazeera|Deutsche Welle|Politico|Xinhua|TASS|Lusa|NTB|Financial Times)\b"
)


def raw(story: str, key: str) -> tuple[str, str]:
    """An example file (gunzipped) and, for JSONL, the line's number."""
    file, _, line = EXPECTED[story]["articles"][key].partition("#")
    data = (EXAMPLES / story / file).read_bytes()
    return (gzip.decompress(data) if file.endswith(".gz") else data).decode("utf-8"), line


def text_of(story: str, key: str) -> str:
    """All the words a reader sees: tags dropped, entities and JSON decoded."""
    data, line = raw(story, key)
    if line:
        record = json.loads(data.splitlines()[int(line) - 1])
        return f"{record['headline']}\n\n{record['articleBody']}"
    if data.lstrip().lower().startswith("<!doctype"):
        page = html.fromstring(data)
        for unseen in page.xpath("//script|//style"):
            unseen.drop_tree()
        return str(page.text_content())
    return data


def phrases(story: str) -> list[tuple[str, str]]:
    told = EXPECTED[story]
    found = [
        (key, line) for part in ("furniture", "captions") for key in told[part] for line in told[part][key]
    ]
    for part in ("shared", "differing", "updates", "corrections", "only_here", "utterances"):
        found += [(key, phrase) for point in told.get(part, ()) for key, phrase in point["phrases"].items()]
    return found


@pytest.mark.parametrize("story", STORIES)
def test_every_planted_phrase_stands_in_its_article(story: str) -> None:
    missing = [(key, phrase) for key, phrase in phrases(story) if phrase not in text_of(story, key)]
    assert missing == []


@pytest.mark.parametrize(("story", "key"), ACCOUNTS)
def test_an_account_has_200_to_600_words(story: str, key: str) -> None:
    assert 200 <= len(text_of(story, key).split()) <= 600


@pytest.mark.parametrize(("story", "key"), ACCOUNTS)
def test_no_real_outlet_or_agency_is_named(story: str, key: str) -> None:
    assert REAL_OUTLETS.findall(raw(story, key)[0]) == []


@pytest.mark.parametrize("story", STORIES)
def test_every_file_is_listed_and_every_account_has_one_origin(story: str) -> None:
    told = EXPECTED[story]
    files = {name.partition("#")[0] for name in told["articles"].values()}
    assert files == {path.name for path in (EXAMPLES / story).iterdir()}
    assert sorted(key for origin in told["origins"] for key in origin) == sorted(told["articles"])
    assert set(told["agency"]["articles"]) in [set(origin) for origin in told["origins"]]


@pytest.mark.parametrize("story", STORIES)
def test_stated_dates_stand_in_the_metadata_and_the_others_state_none(story: str) -> None:
    told = EXPECTED[story]
    for key, day in told["published"].items():
        data, line = raw(story, key)
        record = data.splitlines()[int(line) - 1] if line else data
        assert re.search(rf'"datePublished": ?"{day}', record)
    for key, (first, last) in told["written"].items():
        assert key not in told["published"]
        assert date.fromisoformat(first) <= date.fromisoformat(last)
        assert "datePublished" not in raw(story, key)[0]


@pytest.mark.parametrize("story", STORIES)
def test_agency_accounts_name_their_agency(story: str) -> None:
    agency = EXPECTED[story]["agency"]
    assert all(f"({agency['name']})" in text_of(story, key) for key in agency["articles"])
