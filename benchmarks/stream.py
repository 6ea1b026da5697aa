"""Speed and memory of a library as it grows: articles that keep coming, a few hundred a day.

    python benchmarks/stream.py [ARTICLES [A_DAY]]

The stream is made of the round-ups and the background in order of days, over
and over, A_DAY articles a day. In each round every word that is written with a
capital inside a sentence is exchanged for a made-up name, another one in each
round, so that no round is like another; the stories of the corpus stay whole.
Each day is one `Library.add` into SQLite. The table tells, for each tenth of
the stream, the processor time an article took: for grouping with copies and
origins (what `Grouping.add` does, the database's part in it included), and
for all of `add`.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ARTICLES, A_DAY = 100_000, 300
START = date(2020, 1, 1)
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
SYLLABLES = "ba da fo ga hu ka li mo na pe ro su ta vi zo mer lan dor wick ston".split()


def made_up(name: str, number: int) -> str:
    """A name for a name, another one in each round."""
    value = zlib.crc32(f"{name} {number}".encode())
    parts = [SYLLABLES[(value >> shift) % len(SYLLABLES)] for shift in (0, 7, 14, 21)]
    return "".join(parts[: 2 + value % 3]).capitalize()


def renamed(text: str, number: int) -> str:
    """A text with the names of a round."""
    return NAME.sub(lambda match: made_up(match.group(), number), text)


def stream(size: int, a_day: int) -> Iterator[list]:
    """Days of articles."""
    from secondsource.evaluate import corpora
    from secondsource.group.tokens import canonical
    from secondsource.model import Article
    from secondsource.settings import settings

    data = settings().data
    found = canonical([*corpora.roundups(data).articles, *corpora.background(data).articles])
    day: list[Article] = []
    for n in range(size):
        number, at = divmod(n, len(found))
        one = found[at]
        day.append(
            Article(
                text=renamed(one.text, number),
                title=renamed(one.title or "", number),
                outlet=one.outlet,
                published=START + timedelta(days=n // a_day),
                id=f"{number}-{one.id}",
            )
        )
        if len(day) == a_day or n == size - 1:
            yield day
            day = []


class Clock:
    """Processor time spent in a function that it stands in for."""

    def __init__(self, plain: object) -> None:
        self.plain, self.spent = plain, 0.0

    def __call__(self, *given: object) -> object:
        """Call it, and count what it took."""
        start = time.process_time()
        found = self.plain(*given)
        self.spent += time.process_time() - start
        return found


def main() -> None:
    """Feed the stream to a library and print a table."""
    from secondsource.ingest import furnish
    from secondsource.store import Library

    size = int(sys.argv[1]) if sys.argv[1:] else ARTICLES
    a_day = int(sys.argv[2]) if sys.argv[2:] else A_DAY
    print("| articles | grouping, cpu ms an article | a second | all of `add`, cpu ms | peak MB | file MB |")
    print("|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "news.db") as library:
        clock = library._grouping.add = Clock(library._grouping.add)
        done = since = 0
        total = 0.0
        for day in stream(size, a_day):
            ready = furnish(day)
            start = time.process_time()
            done += len(library.add(ready).new)
            total += time.process_time() - start
            n = done - since
            if n >= size // 10:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                each = clock.spent * 1000 / n
                print(
                    f"| {done:,} | {each:.2f} | {1000 / each:.0f} | {total * 1000 / n:.2f}"
                    f" | {peak:.0f} | {library.health().bytes / 1e6:.0f} |",
                    flush=True,
                )
                since, total, clock.spent = done, 0.0, 0.0


if __name__ == "__main__":
    main()
