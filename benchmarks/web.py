"""How fast the pages answer over a large library: `python benchmarks/web.py [--articles 100000]`.

Makes a synthetic library (invented words, dates, outlets and quotes, no reader) through the store's own
tables, serves it with uvicorn in a process of its own, and asks for every kind of page again and again.
Prints the 50th and 95th percentile for each in milliseconds, by the clock and of the server's processor time.
With `--keep FILE` the library stays, and is taken again; what was read and told in it is then made over to
the present version of the code.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

from sqlalchemy import insert, text, update

from secondsource.model import Article, Span
from secondsource.model.calendar import ArticleDate, Calendar
from secondsource.model.codec import encode
from secondsource.model.collation import Citation, Collation, Point
from secondsource.model.story import Origin, Story
from secondsource.store import Library, tables
from secondsource.store.analysis import pack
from secondsource.store.versions import reader_version, teller_version

Row = dict[str, Any]
Told = tuple[Row, list[Row]]

START = date(2021, 1, 1)
DAYS = 1500
OUTLETS = 120
PEOPLE = 20_000
VOCABULARY = 20_000
ROUNDS = 40
BATCH = 2_000
STORIES = 60
"""So many stories of five to thirty accounts have briefs."""
TARGET_MS = 200
COLUMNS = ("tag_", "pos_", "lemma_", "dep_", "ent_iob_", "ent_type_")


def words(rng: random.Random, number: int) -> list[str]:
    """Invented words, the frequent ones first."""
    parts = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split()
    return ["".join(rng.choices(parts, k=rng.randint(2, 4))) for _ in range(number)]


class Maker:
    """Makes the rows of a library: stories of one to thirty accounts, over four years."""

    def __init__(self, articles: int) -> None:
        self.rng = random.Random(20)
        self.vocabulary = words(self.rng, VOCABULARY)
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
        self.outlets = [f"The {w.title()} {n}" for n, w in enumerate(words(self.rng, OUTLETS))]
        first, last = words(self.rng, PEOPLE), words(self.rng, PEOPLE)
        self.people = [f"{a.title()} {b.title()}" for a, b in zip(first, last, strict=True)]
        self.shares = list(accumulate(1 / (rank + 10) for rank in range(PEOPLE)))
        self.said: Counter[str] = Counter()
        self.told: Counter[tuple[str, str]] = Counter()
        self.left = articles
        self.seq = 0
        self.position = 0

    def sentence(self) -> str:
        """Eighteen words."""
        return " ".join(self.rng.choices(self.vocabulary, cum_weights=self.weights, k=18)).capitalize() + "."

    def stories(self) -> Iterator[Told]:
        """A story's row with the rows of its articles, until there are articles enough."""
        number = 0
        while self.left > 0:
            size = min(self.left, max(1, int(self.rng.paretovariate(1.2))), 30)
            self.left -= size
            number += 1
            yield self.story(f"s{number}", size)

    def story(self, id: str, size: int) -> Told:
        """One story: its row, and the rows of its articles."""
        first = START + timedelta(self.rng.randrange(DAYS))
        rows = [self.article(first + timedelta(self.rng.choice((0, 0, 0, 1, 1, 2, 5)))) for _ in range(size)]
        days = sorted(str(row["latest"]) for row in rows)
        self.position += 1
        story = {
            "id": id,
            "title": rows[0]["title"],
            "state": "open",
            "articles": size,
            "origins": max(1, size - size // 3),
            "outlets": sorted({str(row["outlet"]) for row in rows}),
            "first": days[0],
            "last": days[-1],
            "per_day": [[day, days.count(day)] for day in sorted(set(days))],
            "seen": self.seq,
            "born": self.position,
            "changed": self.position,
        }
        return story, rows

    def article(self, day: date) -> Row:
        """An article's row."""
        self.seq += 1
        title = " ".join(self.rng.choices(self.vocabulary, cum_weights=self.weights, k=8)).capitalize()
        body = "\n\n".join(" ".join(self.sentence() for _ in range(3)) for _ in range(6))
        return {
            "seq": self.seq,
            "id": f"a{self.seq}",
            "content": f"{self.seq:016x}",
            "title": title,
            "outlet": self.rng.choice(self.outlets),
            "url": f"https://news.example/{self.seq}",
            "published": day.isoformat(),
            "earliest": day.isoformat(),
            "latest": day.isoformat(),
            "how": "metadata",
            "authors": [],
            "source": "benchmark",
            "blocks": [[0, len(body), "body"]],
            "text": body,
        }


def seed(path: Path, articles: int) -> dict[str, list[str]]:
    """Fill a library; some of its larger stories, which have briefs, with the ids of their articles."""
    with Library(path) as library:
        version = reader_version(library.settings)
        maker = Maker(articles)
        told: dict[str, list[str]] = {}
        batch: list[Told] = []
        for one in maker.stories():
            batch.append(one)
            if sum(len(rows) for _, rows in batch) >= BATCH:
                _write(library, maker, batch, version)
                told |= _tell(library, batch, len(told))
                batch = []
        if batch:
            _write(library, maker, batch, version)
            told |= _tell(library, batch, len(told))
        _speakers(library, maker, version)
        return told


def _speakers(library: Library, maker: Maker, version: str) -> None:
    days = {"first": START.isoformat(), "last": (START + timedelta(DAYS)).isoformat()}
    rows = {
        name.casefold(): {
            "version": version,
            "folded": name.casefold(),
            "name": name,
            "quotes": n,
            "articles": n,
        }
        for name, n in maker.said.items()
    }
    with library._database.writing() as connection:
        connection.execute(insert(tables.speakers), [{**row, **days} for row in rows.values()])
        connection.execute(
            text(
                "INSERT INTO voices SELECT version, folded, story, count(DISTINCT quotes.article) FROM quotes"
                " JOIN members ON members.article = quotes.article GROUP BY version, folded, story"
            )
        )


def _write(
    library: Library,
    maker: Maker,
    batch: list[Told],
    version: str,
) -> None:
    articles = [row for _, rows in batch for row in rows]
    with library._database.writing() as connection:
        connection.execute(insert(tables.articles), articles)
        connection.execute(insert(tables.stories), [story for story, _ in batch])
        connection.execute(
            insert(tables.members),
            [{"article": row["id"], "story": story["id"]} for story, rows in batch for row in rows],
        )
        connection.execute(
            insert(tables.changes),
            [
                {
                    "position": story["born"],
                    "what": "born",
                    "story": story["id"],
                    "articles": [r["id"] for r in rows],
                }
                for story, rows in batch
            ],
        )
        connection.execute(insert(tables.origins), [_origin(story, r) for story, rows in batch for r in rows])
        connection.execute(
            text("INSERT INTO found(rowid, title, body) VALUES (:seq, :title, :text)"),
            [{key: row[key] for key in ("seq", "title", "text")} for row in articles],
        )
        _findings(connection, maker, articles, version)


def _origin(story: Row, row: Row) -> Row:
    """An article as an origin of its own."""
    return {
        "story": story["id"],
        "id": row["id"],
        "why": "independent",
        "articles": [row["id"]],
        "copied": [0.0],
    }


def _findings(connection: Any, maker: Maker, articles: list[Row], version: str) -> None:
    """Quotes, speakers and kinds of events: what search and people look at."""
    quotes, events, readings = [], [], []
    types = ("CONSULT", "ACCUSE", "ASSAULT", "AID", "PROTEST")
    for row in articles:
        body = str(row["text"])
        readings.append({"article": row["id"], "version": version, "body": pack(_reading(row, body))})
        events.append({"article": row["id"], "version": version, "type": maker.rng.choice(types), "times": 1})
        for number in range(3):
            (name,) = maker.rng.choices(maker.people, cum_weights=maker.shares)
            maker.said[name] += 1
            end = body.index(".", number * 200 + 1) + 1
            span = [[number * 200, end]]
            quotes.append(
                {
                    "article": row["id"],
                    "version": version,
                    "number": number,
                    "speaker": name,
                    "folded": name.casefold(),
                    "how": "named",
                    "form": "indirect",
                    "certainty": "asserted",
                    "cue": [],
                    "source": [],
                    "content": span,
                    "text": body[number * 200 : end],
                }
            )
    connection.execute(insert(tables.quotes), quotes)
    connection.execute(insert(tables.events), events)
    connection.execute(insert(tables.readings), readings)


def _reading(row: Row, body: str) -> Row:
    """A kept reading with a name and a quote in every paragraph, and no tokens."""
    article = Article(id=str(row["id"]), text=body, title=str(row["title"]), outlet=str(row["outlet"]))
    starts = [0, *(at + 2 for at in range(len(body)) if body.startswith("\n\n", at))]
    entities = [
        {
            "id": f"e{n}",
            "name": body[at : at + 8],
            "label": "PERSON",
            "mentions": [{"span": [at, at + 8], "form": "name"}],
        }
        for n, at in enumerate(starts)
    ]
    quotes = [
        {
            "form": "indirect",
            "content": [[at + 20, at + 90]],
            "cue": [[at + 12, at + 16]],
            "source": [[at, at + 8]],
            "speaker": {"name": body[at : at + 8], "how": "named", "entity": f"e{n}"},
            "certainty": "asserted",
        }
        for n, at in enumerate(starts)
    ]
    tokens: Row = {name: [] for name in ("spans", "heads", "starts", *COLUMNS)}
    whole = {name: value for name, value in encode(article).items() if name != "schema"}
    empty: Row = {name: [] for name in ("sentences", "times", "events")}
    return {
        "schema": "secondsource/reading/1",
        "article": whole,
        "doc": tokens,
        "entities": entities,
        "quotes": quotes,
        **empty,
    }


def _tell(library: Library, batch: list[Told], before: int) -> dict[str, list[str]]:
    """Keep briefs of the batch's first stories of five to thirty accounts."""
    made: dict[str, list[str]] = {}
    version = teller_version(library.settings)
    for row, rows in batch:
        if len(rows) < 5 or before + len(made) >= STORIES:
            continue
        story = library.story(str(row["id"]))
        values = _collation(story)
        with library._database.writing() as connection:
            connection.execute(
                insert(tables.briefs).values(
                    story=story.id,
                    version=version,
                    changed=row["changed"],
                    differing=1,
                    body=pack({**{k: encode(v) for k, v in values.items()}, "failures": []}),
                )
            )
        made[story.id] = [str(one["id"]) for one in rows]
    return made


def _collation(story: Story) -> Row:
    """A collation with shared and differing points, and points of each account's own."""

    def cite(article: Article, number: int) -> Citation:
        ends = [at + 1 for at, c in enumerate(article.text) if c == "."]
        start, end = (ends[number - 1] + 1 if number else 0), ends[number]
        return Citation(article.id, (Span(start, end),), article.text[start:end])

    articles = story.articles
    origins = tuple(Origin(f"o{n}", (a.id,), "independent") for n, a in enumerate(articles))
    points = [
        Point(kind, cite(articles[0], n).text, 2, tuple(cite(a, n) for a in articles[:4]), aspect)
        for n, (kind, aspect) in enumerate((("shared", None), ("shared", None), ("differing", "value")))
    ]
    points += [Point("only_here", cite(a, 4).text, 1, (cite(a, 4),)) for a in articles]
    whole = Story(story.id, story.title, articles, origins)
    dates = tuple(ArticleDate(a.id, a.published) for a in articles if a.published)
    return {"collation": Collation(whole, tuple(points)), "calendar": Calendar(dates)}


def renew(path: Path) -> None:
    """Make what another version of the code read and told this version's."""
    with Library(path) as library, library._database.writing() as connection:
        read, told = reader_version(library.settings), teller_version(library.settings)
        for table in (tables.readings, tables.quotes, tables.speakers, tables.voices, tables.events):
            connection.execute(update(table).where(table.c.version != read).values(version=read))
        connection.execute(update(tables.briefs).values(version=told))


def serve(path: str, port: int) -> None:
    """Serve the library, in a process of its own; `/spent` tells its processor time in seconds."""
    import uvicorn

    from secondsource.web import create_app

    app = create_app(Library(path))
    app.add_api_route("/spent", _spent)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def _spent() -> float:
    return time.process_time()


def requests(told: dict[str, list[str]], articles: int) -> dict[str, list[str]]:
    """What is asked for: kinds of pages, each with many addresses."""
    rng = random.Random(7)
    maker = Maker(0)
    ids = [rng.choice(told[story]) for story in rng.choices(sorted(told), k=ROUNDS)]
    strangers = [f"a{rng.randint(1, articles)}" for _ in range(ROUNDS)]
    frequent = maker.vocabulary[:2000]
    people = [quote(maker.people[rng.randrange(50)]) for _ in range(ROUNDS)]
    return {
        "today": ["/"] * ROUNDS,
        "today, by origins": ["/?order=origins&several=1"] * ROUNDS,
        "story": [f"/stories/{id}" for id in rng.choices(sorted(told), k=ROUNDS)],
        "article": [f"/articles/{id}" for id in ids],
        "article of a story that is not told": [f"/articles/{id}" for id in strangers],
        "a place in an article": [f"/articles/{id}?at=30" for id in ids],
        "people": ["/people"] * ROUNDS,
        "people, by part of a name": [f"/people?q={name[:4]}" for name in people],
        "a person": [f"/people/{name}" for name in people],
        "search, one word": [f"/search?q={rng.choice(frequent)}" for _ in range(ROUNDS)],
        "search, two words": [
            f"/search?q={rng.choice(frequent)}+{rng.choice(frequent)}" for _ in range(ROUNDS)
        ],
        "search, filters": [
            f"/search?q={rng.choice(frequent)}&from=2022-01-01&to=2022-12-31&type=AID" for _ in range(ROUNDS)
        ],
        "search, a speaker": [
            f"/search?q={rng.choice(frequent)}&speaker={rng.choice(people)}" for _ in range(ROUNDS)
        ],
        "search, newest first": [f"/search?q={rng.choice(frequent)}&order=newest" for _ in range(ROUNDS)],
        "search, an outlet": [f"/search?outlet={quote(rng.choice(maker.outlets))}" for _ in range(ROUNDS)],
        "health": ["/health"] * ROUNDS,
        "API: stories": ["/api/v1/stories"] * ROUNDS,
        "API: search": [f"/api/v1/search?q={rng.choice(frequent)}" for _ in range(ROUNDS)],
        "API: quotes": ["/api/v1/quotes"] * ROUNDS,
        "API: quotes with a word": [f"/api/v1/quotes?words={rng.choice(frequent)}" for _ in range(ROUNDS)],
        "API: quotes of a person": [f"/api/v1/quotes?speaker={name}" for name in people],
        "API: people": ["/api/v1/people"] * ROUNDS,
    }


def measure(base: str, kinds: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """The milliseconds of each request, as percentiles, the very first of each kind among them."""
    found = {}
    for kind, addresses in kinds.items():
        waited, worked = [], []
        for address in addresses:
            before = float(_get(base + "/spent"))
            begun = time.perf_counter()
            _get(base + address)
            waited.append(1000 * (time.perf_counter() - begun))
            worked.append(1000 * (float(_get(base + "/spent")) - before))
        found[kind] = {**_percentiles(waited, "ms"), **_percentiles(worked, "cpu_ms")}
    return found


def _get(address: str) -> bytes:
    with urlopen(Request(address), timeout=60) as answer:
        body: bytes = answer.read()
    return body


def _percentiles(spent: list[float], unit: str) -> dict[str, float]:
    ordered = sorted(spent)
    return {
        f"p50_{unit}": round(ordered[len(ordered) // 2], 1),
        f"p95_{unit}": round(ordered[int(len(ordered) * 0.95) - 1], 1),
        f"max_{unit}": round(ordered[-1], 1),
    }


def main() -> None:
    """Make the library, serve it, ask, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the library here, and use it if it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "news.db"
        begun = time.perf_counter()
        listed = path.with_suffix(".json")
        if not listed.exists():
            listed.write_text(json.dumps(seed(path, options.articles)))
        told = json.loads(listed.read_text())
        renew(path)
        seeded = time.perf_counter() - begun
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = multiprocessing.get_context("spawn").Process(
            target=serve, args=(str(path), port), daemon=True
        )
        server.start()
        base = f"http://127.0.0.1:{port}"
        _wait(base)
        figures = measure(base, requests(told, options.articles))
        server.terminate()
        slow = [kind for kind, spent in figures.items() if spent["p95_ms"] >= TARGET_MS]
        print(
            json.dumps(
                {
                    "articles": options.articles,
                    "seeded_s": round(seeded, 1),
                    "pages": figures,
                    "slower_than_200_ms": slow,
                },
                indent=1,
            )
        )


def _wait(base: str) -> None:
    """Until the server answers."""
    for _ in range(600):
        try:
            urlopen(base + "/static/web.css", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not begin to answer")


if __name__ == "__main__":
    main()
