"""How long points take by the number of accounts: `python benchmarks/points.py [N ...]` (default 25 to 200).

The accounts are the reports of the incidents corpus, told as one story; reading is timed apart.
"""

from __future__ import annotations

import sys
import time

from secondsource.collate import collate
from secondsource.evaluate import corpora
from secondsource.group import as_story
from secondsource.ingest import furnish
from secondsource.pipeline import story_pipeline
from secondsource.settings import settings


def main(sizes: list[int]) -> None:
    """Print the processor time of reading, and of collating, for each number of accounts."""
    stages = [stage for stage in story_pipeline().stages if stage.name in ("read", "find", "date")]
    articles = furnish(corpora.incidents(settings().data).articles[: max(sizes)])
    for size in sizes:
        values: dict[str, object] = {"story": as_story(articles[:size])}
        spent = {}
        for stage in stages:
            start = time.process_time()
            values[stage.gives] = stage.run(**{need: values[need] for need in stage.needs}).value
            spent[stage.name] = time.process_time() - start
        start = time.process_time()
        collate(values["story"], values["findings"], values["calendar"])  # type: ignore[arg-type]
        spent["collate"] = time.process_time() - start
        print(size, *(f"{name} {seconds:.1f} s" for name, seconds in spent.items()))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [25, 50, 100, 200])
