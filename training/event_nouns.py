"""Make `src/secondsource/find/events/event_nouns.txt`: English nouns that mostly tell an event.

    python -m training.event_nouns ../shared/data

A noun (by UD EWT and GUM training parts) is listed when at least three of its
occurrences, and more than 65 % of them, are marked as an action in ECB+'s
training topics, counted over the sentences that ECB+ lists as reliable.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import simplemma
from lxml import etree

TARGET = Path(__file__).resolve().parent.parent / "src/secondsource/find/events/event_nouns.txt"
DEVELOPMENT = {"2", "5", "12", "18", "21", "23", "34", "35"}


def nouns(data: Path) -> set[str]:
    """Lemmas that the treebanks tag NOUN at least as often as anything else."""
    noun: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for name in ("ewt", "gum"):
        with (data / f"parse/{name}-train.conllu").open(encoding="utf-8") as lines:
            for line in lines:
                columns = line.split("\t")
                if len(columns) == 10:
                    (noun if columns[3] == "NOUN" else other)[columns[1].lower()] += 1
    return {simplemma.lemmatize(word, lang="en") for word, n in noun.items() if n >= other[word]}


def tokens(data: Path) -> Iterator[tuple[str, bool]]:
    """Each token of the reliable sentences of the training topics, and whether it is in an action."""
    with (data / "coref/ecbplus/sentences.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    reliable = {(f"{topic}_{file}", sentence) for topic, file, sentence in (row[:3] for row in rows)}
    for path in sorted((data / "coref/ecbplus").glob("*/*.xml")):
        if path.parent.name in DEVELOPMENT:
            continue
        root = etree.parse(path).getroot()
        actions = {
            anchor.get("t_id")
            for mention in root.find("Markables")
            if "ACTION" in mention.tag and len(mention) == 1
            for anchor in mention
        }
        for token in root.iter("token"):
            if (path.stem, token.get("sentence")) in reliable:
                yield (token.text or "").lower(), token.get("t_id") in actions


def main(data: Path) -> None:
    """Count and write the list."""
    known = nouns(data)
    action: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for word, marked in tokens(data):
        lemma = simplemma.lemmatize(word, lang="en")
        if lemma in known and lemma.isalpha():
            total[lemma] += 1
            action[lemma] += marked
    found = sorted(lemma for lemma, n in action.items() if n >= 3 and n > total[lemma] * 0.65)
    head = "# Nouns that mostly tell an event; made by training/event_nouns.py from ECB+ training topics.\n"
    TARGET.write_text(head + "\n".join(found) + "\n", encoding="utf-8")
    print(len(found), "nouns")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
