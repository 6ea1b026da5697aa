"""How certain a predicate is, from -3 (certainly not so) to 3 (certainly so), by its grammar and the network.

The grammar gives a value by what was usual for the predicate's surroundings in
annotated news: its own negation, modal and form, and what governs it (the
class of the cue, its negation, the kind of clause). `certainty.toml` holds
these values (training/certainty.py makes it). Where a rare surrounding has no
value of its own, the next coarser one stands for it. The network's value and
the grammar's are averaged.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..words import lemma as bare
from .cues import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

SEP = "|"
NEGATIONS = frozenset("not n't n’t never no neither nor hardly without".split())
MODALS = {
    word: name
    for name, words in {
        "will": "will 'll ’ll wo shall",
        "would": "would 'd ’d",
        "may": "may might could",
        "can": "can ca",
        "should": "should must ought",
    }.items()
    for word in words.split()
}
CLAUSES = frozenset(
    "ccomp xcomp advcl acl csubj conj parataxis acl:relcl relcl nmod obl obj dobj pobj".split()
)
CONDITIONS = frozenset("if unless whether until before".split())


@lru_cache(maxsize=1)
def _table() -> tuple[float, dict[str, float]]:
    raw = tomllib.loads(files(__package__).joinpath("certainty.toml").read_text(encoding="utf-8"))
    values: dict[str, float] = raw["values"]
    return float(raw["network"]), values


def value_of(token: Token) -> float:
    """How certain it is that what this predicate tells happened: the network's and the grammar's mean."""
    share, _ = _table()
    told, own = of_grammar(token), of_network(token)
    return told if own is None else share * own + (1 - share) * told


def of_grammar(token: Token) -> float:
    """What is usual for the predicate's surroundings."""
    _, values = _table()
    return next((values[key] for key in surroundings(token) if key in values), 3.0)


def surroundings(token: Token) -> Iterator[str]:
    """The surroundings of a predicate, as keys from the finest to the coarsest."""
    own = (_form(token), _modal(token), "neg" if _negated(token) else "")
    above = _above(token)
    yield SEP.join((*own, *above))
    yield SEP.join((*own, *above[:2]))
    yield SEP.join((own[1], own[2], *above[:2]))
    yield SEP.join((*own, above[0]))
    yield SEP.join((own[1], own[2], above[0]))
    yield SEP.join(own)
    yield SEP.join(own[1:])
    yield ""


def of_network(token: Token) -> float | None:
    """The network's value; None where no network has read the text."""
    kept = token.doc.user_data
    values, word_of = kept.get("secondsource.certainty"), kept.get("secondsource.word_of")
    if values is None or word_of is None or word_of[token.i] < 0:
        return None
    return float(values[word_of[token.i]])


def _form(token: Token) -> str:
    if any(child.lower_ == "to" and child.dep_ in ("mark", "aux") for child in token.children):
        return "TO"
    return token.tag_[:3] if token.tag_[:1] in "VNJ" else "X"


def _modal(token: Token) -> str:
    for child in token.children:
        if child.dep_.startswith("aux") and child.lower_ in MODALS:
            return MODALS[child.lower_]
    return ""


def _negated(token: Token) -> bool:
    return any(child.lower_ in NEGATIONS and child.i < token.i + 3 for child in token.children)


def _above(token: Token) -> tuple[str, str, str]:
    """What governs a predicate: the class of the nearest cue above it, its clause, and their negation."""
    node, steps, clause, condition = token, 0, token.dep_, ""
    while node.head.i != node.i and steps < 4:
        if any(c.lower_ in CONDITIONS and c.dep_ == "mark" for c in node.children):
            condition = "if"
        head = node.head
        kind = _class(head) if node.dep_ in CLAUSES else None
        if kind and node.dep_ != "conj":
            return kind, clause + condition, "neg" if _negated(head) else _modal(head)
        node, steps = head, steps + 1
    return "root" if condition == "" else "if", clause, ""


def _class(token: Token) -> str | None:
    known = lexicon()
    word = token.lemma_.lower() or bare(token.text)
    if token.pos_ in ("VERB", "AUX"):
        return known.verbs.get(word)
    if token.pos_ == "NOUN":
        return known.nouns.get(word)
    return known.adjectives.get(word) if token.pos_ == "ADJ" else None
