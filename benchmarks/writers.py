"""Many at one library at once: `python benchmarks/writers.py [--minutes 5] [--library PLACE]`.

Two processes add articles and ten look at the library in every way that pages do, for so many minutes, on a
new SQLite file or a PostgreSQL database. Afterwards every article that was acknowledged must be there, in a
story, found by its own word, and counted once. Prints what was done as JSON; exit 1 if anything went wrong
or is missing, or if one of the twelve did nothing.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from secondsource.model import Article
from secondsource.store import Library

WRITERS = 2
READERS = 10
BATCH = 5
TOPICS = 40
START = date(2024, 1, 1)
WORDS = (
    "harbour ferry bridge council strike mayor flood storm vote budget school hospital train court jury fire "
    "engine crew rescue border treaty talks minister envoy market price wheat copper power grid drought"
).split()
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split()


def articles(writer: int) -> Iterator[Article]:
    """Articles without end: each of one of some topics, with a word that no other has."""
    rng = random.Random(writer)
    number = 0
    while True:
        topic = random.Random(rng.randrange(TOPICS))
        about = ["".join(topic.choices(SYLLABLES, k=3)) for _ in range(8)]
        mark = f"zq{writer}x{number}"
        drawn = [rng.choices(about, k=7) + rng.choices(WORDS, k=4) for _ in range(6)]
        sentences = [" ".join(words).capitalize() for words in drawn]
        day = START + timedelta(number // 400)
        text = ". ".join([*sentences, f"The file is {mark}."])
        yield Article(id=mark, text=text, title=" ".join(about).capitalize(), published=day.isoformat())
        number += 1


def write(writer: int, place: str, until: float, told: Any) -> None:
    """Add articles, some at a time, and tell which were acknowledged."""
    made = articles(writer)
    kept: list[str] = []
    with Library(place) as library:
        while time.time() < until:
            added = library.add([next(made) for _ in range(BATCH)], source=f"writer {writer}")
            library.keep_cursor(f"writer {writer}", added.position)
            kept += added.new
    told.put(("kept", kept))


def look(reader: int, place: str, until: float, told: Any) -> None:
    """Look at the library in one way after the other; the log must only ever grow."""
    rng = random.Random(1000 + reader)
    done: Counter[str] = Counter()
    seen = 0
    with Library(place) as library:
        looks = _looks(library, rng)
        while time.time() < until:
            name = rng.choice(sorted(looks))
            looks[name]()
            done[name] += 1
            positions = [change.position for change in library.changes(seen, limit=200)]
            if positions != sorted(set(positions)) or (positions and positions[0] <= seen):
                raise AssertionError(f"the log went from {seen} to {positions[:3]}")
            seen = positions[-1] if positions else seen
    told.put(("looks", dict(done)))


def _looks(library: Library, rng: random.Random) -> dict[str, Callable[[], object]]:
    """The ways of looking, by name."""

    def follow() -> None:
        for row in library.stories(order="newest", limit=5):
            library.story_row(row.id)
            library.changes(story=row.id)

    def find() -> None:
        for hit in library.search(" ".join(rng.sample(WORDS, 2)), limit=5):
            assert hit.span.of(library.article(hit.article.id).text) == hit.snippet
            assert library.story_of(hit.article.id) is not None

    return {
        "stories": follow,
        "search": find,
        "newest": lambda: library.search(rng.choice(WORDS), order="newest"),
        "quotes": lambda: library.quotes(words=rng.choice(WORDS)),
        "people": library.people,
        "articles": lambda: library.articles(limit=20),
        "health": library.health,
    }


def guarded(
    work: Callable[..., None], number: int, place: str, seconds: float, told: Any, ready: Any
) -> None:
    """Work for so long from when all are ready, and tell of an error instead of dying of it."""
    try:
        ready.wait()
        work(number, place, time.time() + seconds, told)
    except BaseException as error:
        told.put(("error", f"{work.__name__} {number}: {error!r}"))


def run(place: str, minutes: float) -> dict[str, Any]:
    """Let them all at it; what they did, and what went wrong."""
    with Library(place):
        pass
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    ready = context.Barrier(WRITERS + READERS)
    crew = [
        context.Process(target=guarded, args=(work, number, place, 60 * minutes, told, ready))
        for work, number in [(write, n) for n in range(WRITERS)] + [(look, n) for n in range(READERS)]
    ]
    for process in crew:
        process.start()
    said = [told.get() for _ in crew]
    for process in crew:
        process.join()
    kept = [id for kind, ids in said if kind == "kept" for id in ids]
    looks: Counter[str] = Counter()
    for kind, done in said:
        if kind == "looks":
            looks.update(done)
    errors = [what for kind, what in said if kind == "error"]
    errors += [f"{kind}: nothing was done" for kind, what in said if not what]
    seen = {"minutes": minutes, "added": len(kept), "looks": dict(looks), "errors": errors}
    return {**seen, **check(place, kept)}


def check(place: str, kept: list[str]) -> dict[str, Any]:
    """What of all that was acknowledged is not there as it should be."""
    with Library(place) as library:
        lost = [id for id in kept if library.story_of(id) is None or library.article(id).id != id]
        unfound = [id for id in kept if [hit.article.id for hit in library.search(id)] != [id]]
        stories = [library.story_row(id) for id in {library.story_of(id) or "" for id in kept} - {""}]
        health = library.health()
        sound = True
        if health.database == "sqlite":
            with library._database.reading() as connection:
                sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
                sound = sound and not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return {
        "articles": health.articles,
        "in_stories": sum(row.articles for row in stories),
        "stories": len(stories),
        "lost": lost,
        "unfound": unfound,
        "sound": sound,
    }


def main() -> None:
    """Run, print, and say by the exit whether all was well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--library", help="an empty PostgreSQL database; without it, a new SQLite file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(options.library or str(Path(folder) / "news.db"), options.minutes)
    print(json.dumps(found, indent=1))
    whole = found["added"] == found["articles"] == found["in_stories"]
    wrong = found["errors"] or found["lost"] or found["unfound"]
    sys.exit(0 if whole and found["sound"] and not wrong else 1)


if __name__ == "__main__":
    main()
