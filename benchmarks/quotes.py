"""What quotes cost beyond the reader: processor time of both on the same articles, and the share.

    python benchmarks/quotes.py [SIZE]

The articles are the first SIZE (100) of the background corpus by a hash of
their ids, after one more that loads weights and tables. They are read with one
thread, then their quotes are found, speakers and certainty included. Seconds
are processor time, so that other work on the machine counts little.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time

from secondsource.evaluate.corpora import background
from secondsource.find.quotes import find_quotes
from secondsource.model import Article
from secondsource.read import read
from secondsource.settings import Settings, settings


def articles(size: int) -> list[Article]:
    """The articles of the benchmark and one more, which warms up the reader."""
    of = background(settings().data).articles
    return sorted(of, key=lambda a: hashlib.sha256(a.id.encode()).digest())[: size + 1]


def main() -> None:
    """Read, find, and print what both took as JSON."""
    first, *others = articles(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
    find_quotes(next(iter(read([first], Settings(threads=1)))))
    start = time.process_time()
    readings = list(read(others, Settings(threads=1)))
    between = time.process_time()
    quotes = sum(len(find_quotes(reading)) for reading in readings)
    reader, beyond = between - start, time.process_time() - between
    print(
        json.dumps(
            {
                "articles": len(readings),
                "characters": sum(len(r.article.text) for r in readings),
                "quotes": quotes,
                "reader_seconds": round(reader, 2),
                "quote_seconds": round(beyond, 2),
                "share": round(beyond / reader, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
