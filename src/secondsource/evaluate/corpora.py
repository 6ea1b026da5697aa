"""The news corpora that stories, copies and furniture are measured on, as articles.

Each function takes the folder of the corpora (`settings().data`) and reads one
file under `stories/`. Ids are those of the files. Blocks are not filled: pass
the articles through `ingest.furnish` where roles matter.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..model import Article

HELSINKI_PARAGRAPH = " ### "
"""What stands for the end of a paragraph in helsinki.csv."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles, and the label (story or incident) of each by article id; no labels where there are none."""

    articles: tuple[Article, ...]
    labels: dict[str, str] = field(default_factory=dict)


def roundups(data: Path) -> Corpus:
    """Articles that editors grouped into stories; labels are the stories."""
    return _labelled(data / "stories" / "roundups.jsonl", "story")


def background(data: Path) -> Corpus:
    """Ungrouped dated articles of the same months and outlets as `roundups`."""
    return _labelled(data / "stories" / "background.jsonl", None)


def incidents(data: Path) -> Corpus:
    """Local reports of shootings; labels are the incidents. An id that is given twice counts once."""
    return _labelled(data / "stories" / "incidents.jsonl", "incident")


def helsinki(data: Path) -> Corpus:
    """Articles of 75 outlets on one summit, with much agency copy and furniture; no dates, no labels.

    The file's time is when a page was scraped, not when it was published, so
    it is left out.
    """
    place = _existing(data / "stories" / "helsinki.csv")
    csv.field_size_limit(sys.maxsize)
    with place.open(encoding="utf-8", newline="") as lines:
        articles = tuple(
            Article(
                id=row["id"],
                outlet=row["publisher"],
                text=row["text"].replace(HELSINKI_PARAGRAPH, "\n\n"),
                place=f"helsinki.csv#{row['id']}",
            )
            for row in csv.DictReader(lines)
        )
    return Corpus(articles)


def _labelled(place: Path, label: str | None) -> Corpus:
    articles: dict[str, Article] = {}
    labels: dict[str, str] = {}
    for row in _rows(_existing(place)):
        id = row["id"]
        if id in articles:
            continue
        articles[id] = Article(
            id=id,
            text=row["text"],
            title=row["title"],
            outlet=row.get("outlet"),
            url=row["url"],
            published=row["date"] or None,
            place=f"{place.name}#{id}",
        )
        if label:
            labels[id] = row[label]
    return Corpus(tuple(articles.values()), labels)


def _rows(place: Path) -> Iterator[dict[str, Any]]:
    with place.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _existing(place: Path) -> Path:
    if not place.is_file():
        raise InputError(
            f"{place}: no such corpus; set SECONDSOURCE_DATA to the folder that holds the evaluation corpora"
        )
    return place
