"""How long a story takes beyond the reader, by its accounts: `python benchmarks/points.py [N ...]`.

    python benchmarks/points.py 10 50 200      # of so many reports of the incidents corpus, told as one story
    python benchmarks/points.py --stories 20   # of so many stories of the round-ups, one after the other

Each row gives the processor seconds of the reader and, for each stage after it,
its seconds and its share of the reader's; "whole" is all stages together. The
network's scores of attributions are counted with the quotes. Weights and word
lists are loaded before the clock starts.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from secondsource.brief import select
from secondsource.collate import collate
from secondsource.date import date_story
from secondsource.evaluate import corpora
from secondsource.find.events import find_events
from secondsource.find.quotes import find_quotes
from secondsource.find.times import find_times
from secondsource.group import as_story
from secondsource.ingest import furnish
from secondsource.model import Article, Story
from secondsource.read import read
from secondsource.settings import settings

SIZES = (10, 25, 50, 100, 200)


class Watch:
    """Adds up processor seconds by what they went to."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._since = time.process_time()

    def lap(self, name: str) -> None:
        """What has passed since the last lap went to this."""
        now = time.process_time()
        self.spent[name] += now - self._since  # type: ignore[assignment]
        self._since = now


def tell(story: Story) -> Counter[str]:
    """The processor seconds of each stage of one story."""
    watch = Watch()
    readings = {reading.article.id: reading for reading in read(story.articles)}
    watch.lap("read")
    readings = {id: replace(one, times=find_times(one)) for id, one in readings.items()}
    watch.lap("times")
    readings = {id: replace(one, quotes=find_quotes(one)) for id, one in readings.items()}
    watch.lap("quotes")
    readings = {id: replace(one, events=find_events(one)) for id, one in readings.items()}
    watch.lap("events")
    calendar = date_story(story, readings).value
    watch.lap("date")
    collation = collate(story, readings, calendar).value
    watch.lap("collate")
    select(collation, calendar)
    watch.lap("brief")
    return watch.spent


def row(accounts: int, spent: Counter[str]) -> str:
    """The seconds and shares of one story, or of several together."""
    read_for = spent["read"]
    whole = sum(spent.values()) - read_for
    beyond = ((name, seconds) for name, seconds in (*spent.items(), ("whole", whole)) if name != "read")
    shares = (f"{name} {seconds:.2f} s ({seconds / read_for:.1%})" for name, seconds in beyond)
    return f"{accounts} accounts: read {read_for:.2f} s, {', '.join(shares)}"


def incidents(sizes: Iterable[int]) -> None:
    """Print a row for each number of reports told as one story."""
    wanted = list(sizes)
    articles = furnish(corpora.incidents(settings().data).articles[: max(wanted)])
    for size in wanted:
        print(row(size, tell(as_story(articles[:size]))), flush=True)


def roundups(count: int) -> None:
    """Print one row for so many stories, those of most articles first."""
    corpus = corpora.roundups(settings().data)
    stories: dict[str, list[Article]] = defaultdict(list)
    for article in corpus.articles:
        stories[corpus.labels[article.id]].append(article)
    chosen = sorted(stories, key=lambda key: (-len(stories[key]), key))[:count]
    spent: Counter[str] = Counter()
    for key in chosen:
        spent.update(tell(as_story(furnish(stories[key]))))
    print(row(sum(len(stories[key]) for key in chosen), spent))


def main(arguments: Sequence[str]) -> None:
    """Load what is loaded once, then measure and print."""
    tell(as_story(furnish(corpora.incidents(settings().data).articles[:2])))
    if arguments[:1] == ["--stories"]:
        roundups(int(arguments[1]))
    else:
        incidents([int(size) for size in arguments] or SIZES)


if __name__ == "__main__":
    main(sys.argv[1:])
