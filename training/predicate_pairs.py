"""Print the trigger lemma pairs that ECB+'s training topics hold to be one event, with counts.

    python -m training.predicate_pairs ../shared/data

A pair counts once for each topic's coreference chain that has both. The list is
what `src/secondsource/collate/predicates.toml` was drawn up from.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import simplemma
from lxml import etree

DEVELOPMENT = {"2", "5", "12", "18", "21", "23", "34", "35"}


def chains(data: Path) -> dict[str, set[str]]:
    """The lemmas of single-word triggers of every cross-document chain."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((data / "coref/ecbplus").glob("*/*.xml")):
        if path.parent.name in DEVELOPMENT:
            continue
        root = etree.parse(path).getroot()
        words = {token.get("t_id"): token.text for token in root.iter("token")}
        lemmas = {}
        for mention in root.find("Markables"):
            if "ACTION" in mention.tag and len(mention) == 1:
                word = words[mention[0].get("t_id")]
                lemmas[mention.get("m_id")] = simplemma.lemmatize(word.lower(), lang="en")
        for relation in root.find("Relations"):
            name = f"{path.parent.name}/{relation.get('note')}"
            found[name].update(
                lemmas[s.get("m_id")] for s in relation.iter("source") if s.get("m_id") in lemmas
            )
    return found


def main(data: Path) -> None:
    """Count pairs of different lemmas over chains."""
    pairs: Counter[tuple[str, str]] = Counter()
    for lemmas in chains(data).values():
        pairs.update(combinations(sorted(lemmas), 2))
    for (left, right), n in pairs.most_common(250):
        print(n, left, right)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
