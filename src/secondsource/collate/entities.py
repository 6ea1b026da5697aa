"""The cast: who and what is named, as one list across the accounts.

An entity of one account and one of another are the same when their full names
agree, or when a person's last name agrees, no first name conflicts and no
other person of the story has that last name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model import CastMember, Citation, Entity, Reading, Story


@dataclass(frozen=True, slots=True)
class _Named:
    """One account's entity, with the words of its name."""

    article: str
    entity: Entity
    words: tuple[str, ...]


def find_cast(story: Story, readings: Mapping[str, Reading]) -> tuple[CastMember, ...]:
    """The named entities of all accounts, those that most accounts name first."""
    named = [
        _Named(article.id, entity, tuple(entity.name.lower().replace(".", "").split()))
        for article in story.articles
        if article.id in readings
        for entity in readings[article.id].entities
        if any(mention.form == "name" for mention in entity.mentions)
    ]
    groups = _group(named)
    groups.sort(key=lambda group: (-len({n.article for n in group}), -_mentions(group), _name(group)))
    return tuple(_member(story, number, group) for number, group in enumerate(groups, start=1))


def _mentions(group: Sequence[_Named]) -> int:
    return sum(len(n.entity.mentions) for n in group)


def _name(group: Sequence[_Named]) -> str:
    return max((n.entity.name for n in group), key=lambda name: (len(name), name))


def _group(named: Sequence[_Named]) -> list[list[_Named]]:
    full: dict[tuple[str, tuple[str, ...]], list[_Named]] = defaultdict(list)
    for one in named:
        full[_kind(one), one.words].append(one)
    people: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for kind, words in full:
        if kind == "PERSON" and len(words) > 1:
            people[words[-1]].add(words)
    groups: dict[tuple[str, tuple[str, ...]], list[_Named]] = defaultdict(list)
    for (kind, words), members in full.items():
        owners = people.get(words[-1], set()) if kind == "PERSON" else set()
        if len(words) == 1 and len(owners) == 1:
            words = next(iter(owners))
        groups[kind, words].extend(members)
    return list(groups.values())


def _kind(named: _Named) -> str:
    """Places and governments of one name are one member of the cast."""
    return "PLACE" if named.entity.label in ("GPE", "LOC", "FAC") else named.entity.label


def _member(story: Story, number: int, group: Sequence[_Named]) -> CastMember:
    names: set[str] = set()
    citations = []
    for article in sorted({n.article for n in group}, key=[a.id for a in story.articles].index):
        text = story.article(article).text
        mentions = sorted(m for n in group if n.article == article for m in n.entity.mentions)
        names.update(" ".join(m.span.of(text).split()) for m in mentions if m.form == "name")
        first = next((m for m in mentions if m.form == "name"), mentions[0])
        citations.append(Citation(article, (first.span,), first.span.of(text)))
    return CastMember(
        id=f"c{number}",
        name=_name(group),
        label=max(group, key=lambda n: (len(n.entity.mentions), n.entity.label)).entity.label,
        names=tuple(sorted(names, key=lambda name: (-len(name), name))),
        citations=tuple(citations),
    )
