"""Make `src/secondsource/words.tsv.gz`: in how many documents each English word occurs.

    python -m training.words ../shared/data

Counted over the tokens of PolNeAR's training part (840 news articles) and the
training parts of UD EWT and GUM, each document once a word; lower-cased words
of letters, seen in at least two documents. The table's first line is the
number of documents.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/secondsource/words.tsv.gz"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def documents(data: Path) -> Iterator[set[str]]:
    """The set of words of every document."""
    with (data / "quotes/polnear-train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield set(WORD.findall(json.loads(line)["text"].lower()))
    for name in ("ewt", "gum"):
        words: set[str] = set()
        with (data / f"parse/{name}-train.conllu").open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# newdoc"):
                    yield words
                    words = set()
                elif line.startswith("# text = "):
                    words.update(WORD.findall(line[9:].lower()))
        yield words


def main(data: Path) -> None:
    """Count and write the table, byte for byte the same from the same corpora."""
    counts: Counter[str] = Counter()
    total = 0
    for words in documents(data):
        if words:
            counts.update(words)
            total += 1
    rows = sorted((word, n) for word, n in counts.items() if n > 1)
    text = f"{total}\n" + "".join(f"{word}\t{n}\n" for word, n in rows)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(rows)} words of {total} documents")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
