"""Speed and memory of grouping and copies as the input grows: 1,000, 3,000 and 10,000 articles.

    python benchmarks/group.py [SIZE...]

Articles are drawn by a fixed order from four corpora together (background,
round-ups, incidents, Helsinki: 10,037 articles, none repeated). Each size runs
in a process of its own, on one thread, so that its peak memory is its own.
Seconds are given by the wall clock and as processor time, since a machine may
have other work to do.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

SIZES = (1_000, 3_000, 10_000)


def articles(size: int) -> list:
    """The first `size` articles of the four corpora, in the order of a hash of their ids."""
    from secondsource.evaluate import corpora
    from secondsource.ingest import furnish
    from secondsource.settings import settings

    data: Path = settings().data
    found = [
        article
        for load in (corpora.background, corpora.roundups, corpora.incidents, corpora.helsinki)
        for article in load(data).articles
    ]
    found.sort(key=lambda article: hashlib.sha256(article.id.encode()).digest())
    return list(furnish(found[:size]))


def measure(size: int) -> dict[str, float]:
    """Group so many articles, and say what it took."""
    from secondsource.group import group

    given = articles(size)
    before = _peak()
    wall, processor = time.perf_counter(), time.process_time()
    stories = group(given, progress=_progress).value
    return {
        "articles": len(given),
        "stories": len(stories),
        "links": sum(len(story.links) for story in stories),
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - processor,
        "peak_mb": _peak(),
        "peak_before_mb": before,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _progress(what: str, done: int, total: int) -> None:
    print(f"\r{what}: {done}/{total}      ", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Measure each size in a fresh process and print a table."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print("| articles | stories | seconds | cpu seconds | cpu ms an article | peak MB | of it input |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        run = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], check=True, stdout=subprocess.PIPE, text=True
        )
        got = json.loads(run.stdout)
        each = 1000 * got["cpu_s"] / got["articles"]
        print(
            f"| {got['articles']:,} | {got['stories']:,} | {got['wall_s']:.1f} | {got['cpu_s']:.1f} "
            f"| {each:.2f} | {got['peak_mb']:.0f} | {got['peak_before_mb']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
