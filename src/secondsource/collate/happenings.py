"""Happenings: events of different accounts that may be one, and how they conflict.

Two tellings can be one happening when their predicates are the same or of one
class (`predicates.toml`) and they share a participant worth the name. On ECB+,
the same lemma with a shared name is right in about 87 of 100 pairs; a likeness
of sentences without it in 7. Conflicting names, quantities or times speak
against it.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from ..model import Argument, Calendar, Entity, Event, Interval, Quantity, Reading, Story
from ..words import lemma, rarity
from .align import Line

PARTICIPANT_RARITY = 0.2
"""A common noun rarer than this is a participant worth the name."""
PEOPLE = frozenset({"people", "person", "victim", "other"})
"""Units that count people without saying which."""
MAX_TELLINGS_A_PARTICIPANT = 40
"""A participant of more tellings than this brings up no pairs by itself: the story's hero does everything."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One account's telling of an event; `line` is the place of its sentence in the story's lines.

    `key` is the predicate's class; `agents` and `others` are what its slots
    are filled with: lemmas of head words, last words of names.
    """

    article: str
    origin: str
    line: int
    event: Event
    key: str
    agents: frozenset[str]
    others: frozenset[str]
    people: frozenset[str]
    when: tuple[Interval, ...]

    @property
    def participants(self) -> frozenset[str]:
        """What fills any of its slots."""
        return self.agents | self.others


@cache
def _predicates() -> tuple[dict[str, str], frozenset[str]]:
    raw = tomllib.loads(files(__package__).joinpath("predicates.toml").read_text(encoding="utf-8"))
    classes = {word: name for name, words in raw["classes"].items() for word in words}
    return classes, frozenset(raw["silent"]["words"])


def class_of(predicate: str) -> str | None:
    """The class a predicate is compared by: its own key where it has no class, None where it is silent."""
    classes, silent = _predicates()
    if predicate in classes:
        return classes[predicate]
    return None if predicate in silent else predicate


def tellings_of(
    story: Story, readings: Mapping[str, Reading], lines: Sequence[Line], calendar: Calendar
) -> tuple[Telling, ...]:
    """The tellings of all accounts that can be compared, in the order of the story's lines."""
    grounded = {(g.article, g.mention): g.interval for g in calendar.groundings}
    by_article: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        by_article[line.article].append(index)
    found = []
    for article in story.articles:
        reading = readings.get(article.id)
        for event in reading.events if reading else ():
            key = class_of(event.predicate)
            at = next(
                (i for i in by_article[article.id] if lines[i].sentence.span.contains(event.trigger[0])), None
            )
            if reading is None or key is None or at is None:
                continue
            found.append(_telling(reading, lines[at], at, event, key, grounded))
    return tuple(found)


def _telling(
    reading: Reading,
    line: Line,
    at: int,
    event: Event,
    key: str,
    grounded: Mapping[tuple[str, int], Interval],
) -> Telling:
    agents: set[str] = set()
    others: set[str] = set()
    people: set[str] = set()
    entities = {entity.id: entity for entity in reading.entities}
    for argument in event.arguments:
        telling = filler_words(argument, entities, reading.article.text)
        (agents if argument.role == "agent" else others).update(telling)
        if argument.entity in entities and entities[argument.entity].label == "PERSON":
            people.update(telling)
    intervals = [grounded[line.article, i] for i in event.when if (line.article, i) in grounded]
    return Telling(
        article=line.article,
        origin=line.origin,
        line=at,
        event=event,
        key=key,
        agents=frozenset(agents),
        others=frozenset(others),
        people=frozenset(people),
        when=tuple(i for i in intervals if i.earliest and i.latest),
    )


def filler_words(argument: Argument, entities: Mapping[str, Entity], text: str) -> frozenset[str]:
    """The telling words of what fills a slot: last words of the entity's name, else the head's lemma."""
    entity = entities.get(argument.entity or "")
    words: set[str] = set()
    if entity is not None and entity.label != "NORP" and entity.name.split():
        words = {entity.name.split()[-1].lower()}
    words = words or {lemma(argument.head.of(text))}
    return frozenset(word for word in words if rarity(word) >= PARTICIPANT_RARITY)


def pairs_of(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Tellings of different origins with one key and a shared participant, each pair once.

    That both count people ("killed nine", "twelve died") is a participant, too.
    """
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, telling in enumerate(tellings):
        for participant in telling.participants:
            holders[telling.key, participant].append(index)
    for index, telling in enumerate(tellings):
        if any(quantity.unit in PEOPLE for quantity in telling.event.quantities):
            holders[telling.key, ""].append(index)
    pairs = {
        pair
        for indices in holders.values()
        if 2 <= len(indices) <= MAX_TELLINGS_A_PARTICIPANT
        for pair in combinations(indices, 2)
        if tellings[pair[0]].origin != tellings[pair[1]].origin
    }
    for left, right in sorted(pairs):
        yield tellings[left], tellings[right]


def participants_conflict(left: Telling, right: Telling) -> bool:
    """Whether both name people in one slot, and none in common."""
    for one, two in ((left.agents, right.agents), (left.others, right.others)):
        mine, theirs = one & left.people, two & right.people
        if mine and theirs and mine.isdisjoint(theirs):
            return True
    return False


def times_conflict(left: Telling, right: Telling) -> bool:
    """Whether both are dated, and no date of one can be a date of the other."""
    if not left.when or not right.when:
        return False
    return not any(_overlap(a, b) for a in left.when for b in right.when)


def _overlap(left: Interval, right: Interval) -> bool:
    if not (left.earliest and left.latest and right.earliest and right.latest):
        return True
    return left.earliest <= right.latest and right.earliest <= left.latest


def quantity_conflicts(left: Telling, right: Telling) -> Iterator[tuple[Quantity, Quantity]]:
    """Quantities of one unit in one slot whose intervals have no number in common."""
    for one in left.event.quantities:
        for two in right.event.quantities:
            if _one_unit(one, two) and not _meets(one, two):
                yield one, two


def _one_unit(left: Quantity, right: Quantity) -> bool:
    """Whether both count people, in any slot ("killed nine", "nine died"), or one unit in one slot."""
    if left.unit in PEOPLE and right.unit in PEOPLE:
        return True
    return left.unit == right.unit and left.role == right.role


def _meets(left: Quantity, right: Quantity) -> bool:
    low = max(left.low if left.low is not None else -1e308, right.low if right.low is not None else -1e308)
    high = min(left.high if left.high is not None else 1e308, right.high if right.high is not None else 1e308)
    return low <= high


def standing(telling: Telling) -> str:
    """How sure an account is of an event; see `step_of`."""
    return step_of(telling.event)


def step_of(event: Event) -> str:
    """How sure an event is told, in six steps: sure, ahead, expected, open, unclear, no."""
    if event.modality in ("negated", "denied") or (event.negated and event.modality != "possible"):
        return "no"
    if event.modality in ("happened", "ongoing"):
        return "sure"
    return {"planned": "ahead", "expected": "expected", "unclear": "unclear"}.get(event.modality, "open")
