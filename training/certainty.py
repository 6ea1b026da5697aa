"""The grammar's certainty values: `python -m training.certainty FOLDER_OF_WEIGHTS`.

The sentences of UW's training part are read with the shipped weights; for each
surrounding of a predicate (find/predicates.py) the median of the annotated
values is kept where it was met often enough. Writes find/certainty.toml.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

from secondsource.find.predicates import surroundings
from secondsource.read import pipeline

from .data import data_dir

LEAST = 20
NETWORK = 0.8
PLACE = Path(__file__).resolve().parents[1] / "src" / "secondsource" / "find" / "certainty.toml"
HEAD = """# How certain a predicate is by its surroundings: the median over the training part of UW (unified
# factuality), by training/certainty.py. A key is form | modal | negation | cue above | clause | that
# cue's negation or modal, or a coarser part of these. `network` is the weight of the network's value.

"""


def main(weights: Path) -> None:
    """Count, take medians, write the file."""
    from spacy.tokens import Doc

    nlp = pipeline("secondsource", weights)
    seen: dict[str, list[float]] = defaultdict(list)
    rows = [json.loads(line) for line in (data_dir() / "certainty" / "uw-train.jsonl").open(encoding="utf-8")]
    docs = [Doc(nlp.vocab, words=row["text"].split()) for row in rows]
    for row, doc in zip(rows, nlp.pipe(docs), strict=True):
        for target in row["targets"]:
            for key in surroundings(doc[target["span1"][0]]):
                seen[key].append(target["label"])
    lines = [f"network = {NETWORK}", "", "[values]"]
    for key, values in sorted(seen.items()):
        if len(values) >= LEAST:
            lines.append(f"{json.dumps(key)} = {round(median(values), 2)}")
    PLACE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
