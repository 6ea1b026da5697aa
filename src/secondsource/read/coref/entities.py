"""Entities: chains as the model has them, with an id, the fullest name and a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast, get_args

from ...model import Entity, Mention, Span
from ...model.reading import EntityLabel
from .mentions import Candidate
from .names import bare
from .words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

_LABELS: Final = frozenset(get_args(EntityLabel))
_OF_KIND: Final[dict[str, EntityLabel]] = {
    "person": "PERSON",
    "organization": "ORG",
    "place": "LOC",
    "event": "EVENT",
}
_NOT_OURS: Final[dict[str, EntityLabel]] = {"PER": "PERSON", "FACILITY": "FAC", "NAT_REL_POL": "NORP"}
_LONGEST_DESCRIPTION: Final = 80


def entities(doc: Doc, chains: Iterable[Sequence[Candidate]]) -> tuple[Entity, ...]:
    """The entities of a Doc: what is named, and what is mentioned more than once; e1, e2... in text order."""
    names = {token: span for span in doc.ents for token in range(span.start, span.end)}
    told = [chain for chain in chains if any(m.label for m in chain) or _is_told(chain)]
    return tuple(_entity(doc, f"e{number}", chain, names) for number, chain in enumerate(told, start=1))


def _is_told(chain: Sequence[Candidate]) -> bool:
    """Whether something without a name is mentioned more than once, and is no time or quantity."""
    kinds = Counter(candidate.kind for candidate in chain)
    several = len({(mention.start, mention.end) for mention in chain}) > 1
    return several and kinds.most_common(1)[0][0] != "time"


def _entity(doc: Doc, id: str, chain: Sequence[Candidate], names: Mapping[int, SpacySpan]) -> Entity:
    mentions = sorted({_mention(doc, candidate) for candidate in chain})
    label = _label(chain)
    return Entity(id=id, name=_name(doc, chain, label, names), label=label, mentions=tuple(mentions))


def _mention(doc: Doc, candidate: Candidate) -> Mention:
    last = doc[candidate.end - 1]
    return Mention(Span(doc[candidate.start].idx, last.idx + len(last.text)), candidate.form)


def _name(doc: Doc, chain: Sequence[Candidate], label: EntityLabel, names: Mapping[int, SpacySpan]) -> str:
    """The proper name with the most words, the first of these; else the longest fair description."""
    named = [candidate for candidate in chain if candidate.label]
    if named:
        fullest = max(named, key=lambda c: (c.label == label, len(bare(c.name)), -c.start))
        written = names[fullest.head].text if fullest.head in names else " ".join(fullest.name)
        return _without_possessive(" ".join(written.split()))
    described = [c for c in chain if c.form != "pronoun"] or list(chain)
    texts = [" ".join(doc[c.start : c.end].text.split()) for c in described]
    fair = [text for text in texts if len(text) <= _LONGEST_DESCRIPTION] or [texts[0][:_LONGEST_DESCRIPTION]]
    return max(fair, key=len)


def _without_possessive(name: str) -> str:
    for mark in ("'s", "’s", "'", "’"):
        name = name.removesuffix(mark)
    return name.strip()


def _label(chain: Sequence[Candidate]) -> EntityLabel:
    """The label most of the names have, the earlier of equals; governments and their seats are ORG."""
    if chain[0].government and " ".join(bare(chain[0].name)) in words().capitals:
        return "ORG"
    labels = [_NOT_OURS.get(c.label, c.label) for c in chain if c.label]
    seat = any(" ".join(bare(c.name)) in words().seats for c in chain if c.name)
    known = [label for label in labels if label in _LABELS]
    if known:
        return "ORG" if seat else cast("EntityLabel", Counter(known).most_common(1)[0][0])
    if labels:
        return "MISC"
    kinds = Counter(c.kind for c in chain if c.kind)
    return _OF_KIND.get(kinds.most_common(1)[0][0], "MISC") if kinds else _by_gender(chain)


def _by_gender(chain: Sequence[Candidate]) -> EntityLabel:
    return "PERSON" if any(c.gender in ("m", "f", "p") for c in chain) else "MISC"
