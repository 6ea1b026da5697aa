"""Speed of finding and coding events, beyond the reader: processor seconds against the reader's own.

    python benchmarks/events.py [SIZE]

The articles are the first SIZE (60) of the background corpus by a hash of their
ids. Seconds are processor time, so that other work on the machine does not
count; those of the events are the best of three.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from dataclasses import replace

from secondsource.evaluate.corpora import background
from secondsource.find.events import find_events
from secondsource.find.quotes import find_quotes
from secondsource.find.times import find_times
from secondsource.model import Reading
from secondsource.read import read
from secondsource.settings import settings


def readings(size: int) -> tuple[list[Reading], float]:
    """The articles, read; and the seconds that it took once the network was loaded."""
    found = background(settings().data).articles
    articles = sorted(found, key=lambda article: hashlib.sha256(article.id.encode()).digest())[:size]
    list(read(articles[:1]))
    start = time.process_time()
    held = list(read(articles))
    return held, time.process_time() - start


def measure(held: list[Reading]) -> tuple[float, int, int]:
    """The seconds that events take, how many there are, and how many PLOVER covers."""
    start = time.process_time()
    events = [event for reading in held for event in find_events(reading)]
    return time.process_time() - start, len(events), sum(event.type is not None for event in events)


def main() -> None:
    """Measure and print."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    held, reading = readings(size)
    timed = [replace(one, times=find_times(one)) for one in held]
    quoted = [replace(one, quotes=find_quotes(one)) for one in timed]
    seconds, events, coded = min(measure(quoted) for _ in range(3))
    print(
        json.dumps(
            {
                "articles": len(held),
                "words": sum(len(one.doc) for one in held),
                "reader_seconds": round(reading, 2),
                "events_seconds": round(seconds, 2),
                "share": round(seconds / reading, 3),
                "events": events,
                "coded": coded,
            }
        )
    )


if __name__ == "__main__":
    main()
