"""Speed and memory of the whole reader on articles of 600 words.

    python benchmarks/reader.py [--data ../shared/data] [--articles 200] [--threads 2] [--weights FOLDER]

Articles are cut from the running text of stories/background.jsonl, paragraphs
kept. Prints, as JSON: articles a second of wall time and of CPU time, the time
from the start of the process to the first reading, and the peak memory. Let
nothing else run on the cores.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path

START = time.perf_counter()
WORDS = 600


def articles(data: Path, count: int) -> Iterator[str]:
    """Texts of exactly 600 words each, joined or cut from the articles of the file."""
    pieces: list[str] = []
    words = 0
    with (data / "stories" / "background.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            for piece in re.findall(r"\S+\s*", json.loads(line)["text"] + "\n\n"):
                pieces.append(piece)
                words += 1
                if words == WORDS:
                    yield "".join(pieces)
                    pieces, words, count = [], 0, count - 1
                    if count == 0:
                        return


def main() -> None:
    """Read the articles and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--weights", type=Path)
    told = parser.parse_args()

    from secondsource.model import Article
    from secondsource.read import read
    from secondsource.settings import Settings

    texts = [Article(text=text, id=str(n)) for n, text in enumerate(articles(told.data, told.articles + 1))]
    prepared = time.perf_counter()
    readings = read(texts, Settings(threads=told.threads, weights=told.weights))
    next(readings)
    first = time.perf_counter()
    cpu = time.process_time()
    done = sum(1 for _ in readings)
    wall, spent = time.perf_counter() - first, time.process_time() - cpu
    print(
        json.dumps(
            {
                "articles": done,
                "threads": told.threads,
                "articles_per_second": round(done / wall, 2),
                "cpu_seconds_per_article": round(spent / done, 4),
                "first_reading_seconds": round(first - prepared, 2),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


if __name__ == "__main__":
    main()
