"""Speed of finding and grounding time expressions, beyond the reader: articles a second on one core.

    python benchmarks/times.py [SIZE]

The articles are the first SIZE (300) of the background corpus by a hash of
their ids, read beforehand by fixed rules. Seconds are processor time, best of
three, so that other work on the machine does not count.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from dataclasses import replace

from secondsource.date.ground import ground_reading
from secondsource.evaluate.corpora import background
from secondsource.find.times import find_times
from secondsource.model import Reading
from secondsource.read import read
from secondsource.settings import Settings, settings


def readings(size: int) -> list[Reading]:
    """The articles, read."""
    articles = sorted(
        background(settings().data).articles, key=lambda a: hashlib.sha256(a.id.encode()).digest()
    )
    return list(read(articles[:size], Settings(reader="rules")))


def measure(held: list[Reading]) -> dict[str, float]:
    """Find and ground the times of the readings, and say what it took."""
    start = time.process_time()
    timed = [replace(reading, times=find_times(reading)) for reading in held]
    found = time.process_time()
    for reading in timed:
        stated = reading.article.published
        ground_reading(reading, stated.earliest if stated else None)
    done = time.process_time()
    return {
        "articles": len(held),
        "characters": sum(len(r.article.text) for r in held),
        "expressions": sum(len(r.times) for r in timed),
        "find_seconds": round(found - start, 3),
        "ground_seconds": round(done - found, 3),
        "articles_per_second": round(len(held) / (done - start), 1),
    }


def main() -> None:
    """Measure three times; print the fastest as JSON."""
    held = readings(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
    runs = [measure(held) for _ in range(3)]
    print(json.dumps(max(runs, key=lambda run: run["articles_per_second"])))


if __name__ == "__main__":
    main()
