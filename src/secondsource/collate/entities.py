"""The cast: who and what is named, as one list across the accounts.

An entity of one account and one of another are the same when their full names
agree; when a person's last name agrees, no first or middle name conflicts and
no other person of the story has that last name; when one name is the acronym,
or the shorter form, of just one other. Conflicting first names veto. A capital
or a seat that stands for a government is apart from the place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..model import CastMember, Citation, Reading, Story
from ..model.reading import EntityLabel
from ..words import all_titles, rarity
from .names import edits
from .naming import Kind, Named, Naming, acronyms_of, comparable, labels_of, named_in, one_person

Words = tuple[str, ...]
Key = tuple[Kind, Words]

COMMON = 0.5
"""A bare word more common than this, taken for a person's name, is a title or a form of address."""
SPELT = 5
"""Words of a name from this length on may be spelt otherwise in another account."""


def find_cast(story: Story, readings: Mapping[str, Reading]) -> tuple[CastMember, ...]:
    """The named entities of all accounts, those that most accounts name first."""
    named = [one for a in story.articles if a.id in readings for one in named_in(readings[a.id])]
    groups = [g for g in _group(named) if any(not n.in_title for one in g.named for n in one.namings)]
    groups.sort(key=lambda g: (-len({n.article for n in g.named}), -_mentions(g.named), _display(g.named)))
    shown = {comparable(_display(group.named)) for group in groups}
    return tuple(_member(story, number, group, shown) for number, group in enumerate(groups, start=1))


def _mentions(group: Sequence[Named]) -> int:
    return sum(n.mentions for n in group)


@dataclass(frozen=True, slots=True)
class _Group:
    """Somebody or something: of what kind, and as what the accounts name it."""

    kind: Kind
    named: tuple[Named, ...]

    @property
    def label(self) -> EntityLabel:
        """The label most mentions have; what is no person by its name is none by a reader's slip."""
        if self.kind == "government":
            return "ORG"
        if self.kind == "person":
            return "PERSON"
        labels = labels_of(self.named)
        del labels["PERSON"]
        return max(labels, key=lambda label: (labels[label], label)) if labels else "MISC"


@dataclass(slots=True)
class _Register:
    """The names of a story, each with those that have it; names are moved to the name they stand for."""

    groups: dict[Key, list[Named]]

    def names(self, *kinds: Kind) -> list[Words]:
        """The names of these kinds, in order."""
        return sorted(words for kind, words in self.groups if kind in kinds)

    def move(self, old: Key, new: Key) -> None:
        """Let one name stand for another."""
        if old != new and old in self.groups:
            self.groups.setdefault(new, []).extend(self.groups.pop(old))

    def weight(self, key: Key) -> tuple[int, int]:
        """How many accounts have a name, and how often they mean it."""
        return len(self.accounts(key)), _mentions(self.groups.get(key, ()))

    def accounts(self, key: Key) -> set[str]:
        """The accounts that have a name."""
        return {one.article for one in self.groups.get(key, ())}


def _group(named: Iterable[Named]) -> list[_Group]:
    groups: dict[Key, list[Named]] = defaultdict(list)
    for one in named:
        groups[one.kind, _plural(one)].append(one)
    register = _Register(dict(groups))
    for step in (_join_kinds, _join_people, _join_last_names, _join_spellings, _join_bodies):
        step(register)
    return [_Group(kind, tuple(members)) for (kind, _), members in register.groups.items()]


def _plural(one: Named) -> Words:
    """A group's name as of one of it: "Estravians" and "Estravian"."""
    name = one.name
    return (*name[:-1], name[-1].removesuffix("s")) if one.kind == "group" else name


def _join_kinds(register: _Register) -> None:
    """One name read as a person in one place and as a body, group or place in another is one.

    A bare word that no full name has for its last is no person's, if anything
    else is called so and nobody gives it a title; of names of several words,
    the more usual reading wins.
    """
    last = {words[-1] for words in register.names("person") if len(words) > 1}
    kinds: tuple[Kind, Kind] = ("group", "person")
    for kind in kinds:
        for words in register.names(kind):
            here, there = (kind, words), ("thing", words)
            single = len(words) == 1
            if single and words[0] in last:
                continue
            if there in register.groups:
                titled = kind == "person" and _titled(register.groups[here])
                usual = register.weight(here) > register.weight(("thing", words))
                stays = titled or (usual and not (kind == "person" and single))
                register.move(*((("thing", words), here) if stays else (here, ("thing", words))))
            elif kind == "person" and single:
                _settle_bare(register, words)


def _titled(group: Iterable[Named]) -> bool:
    """Whether somebody gives a name a title."""
    starts = (comparable(naming.written) for one in group for naming in one.namings)
    return any(len(words) > 1 and words[0] in all_titles() for words in starts) or any(
        naming.titled != naming.span for one in group for naming in one.namings
    )


def _settle_bare(register: _Register, words: Words) -> None:
    """A bare word that only one reading takes for a person: a title, or the start of a body's name."""
    if words[0] in all_titles() or (words[0].isalpha() and rarity(words[0]) < COMMON):
        register.groups.pop(("person", words))
        return
    bodies = [w for w in register.names("thing") if len(w) > 1 and w[0] == words[0]]
    if len(bodies) == 1 and not _is_place(register.groups["thing", bodies[0]]):
        register.move(("person", words), ("thing", bodies[0]))


def _join_people(register: _Register) -> None:
    """Full names that can be one person's, unless a name fits two people who can't be one."""
    by_last: dict[str, list[Words]] = defaultdict(list)
    for words in register.names("person"):
        if len(words) > 1:
            by_last[words[-1]].append(words)
    for names in by_last.values():
        for cluster in _clusters(names, one_person):
            for words in cluster[1:]:
                register.move(("person", words), ("person", cluster[0]))


def _clusters(names: Sequence[Words], fits: Callable[[Words, Words], bool]) -> list[list[Words]]:
    """Names that fit one another, the longest first; a name that fits two clusters stays alone."""
    clusters: list[list[Words]] = []
    for words in sorted(names, key=lambda name: (-sum(map(len, name)), name)):
        homes = [cluster for cluster in clusters if all(fits(words, other) for other in cluster)]
        if len(homes) == 1:
            homes[0].append(words)
        else:
            clusters.append([words])
    return clusters


def _join_last_names(register: _Register) -> None:
    """A bare last name joins the one person who has it; a body so called in their account does, too."""
    owners: dict[str, list[Words]] = defaultdict(list)
    for words in register.names("person"):
        if len(words) > 1:
            owners[words[-1]].append(words)
    for last, names in sorted(owners.items()):
        if len(names) != 1:
            continue
        owner: Key = ("person", names[0])
        register.move(("person", (last,)), owner)
        for key in (("group", (last,)), ("thing", (last,))):
            _absorb(register, key, owner)


def _absorb(register: _Register, key: Key, owner: Key) -> None:
    """Move what one account takes for a body, but calls a person more often, to the person."""
    if key not in register.groups:
        return
    often = Counter[str]()
    for one in register.groups[owner]:
        often[one.article] += one.mentions
    kept: list[Named] = []
    for one in register.groups.pop(key):
        place = one.label in ("GPE", "LOC", "FAC")
        (kept if place or often[one.article] <= one.mentions else register.groups[owner]).append(one)
    if kept:
        register.groups[key] = kept


def _join_spellings(register: _Register) -> None:
    """Full names that differ in the spelling of one word, in accounts that know one spelling only."""
    alike: dict[str, list[Words]] = defaultdict(list)
    for words in register.names("person"):
        if len(words) > 1:
            alike[words[0]].append(words)
            alike[words[-1]].append(words)
    for name in sorted(alike):
        for one, two in combinations(alike[name], 2):
            key: Key = ("person", one)
            other: Key = ("person", two)
            there = other in register.groups and key in register.groups
            if there and _misspelt(one, two) and not register.accounts(key) & register.accounts(other):
                register.move(other, key)


def _misspelt(one: Words, two: Words) -> bool:
    odd = [(a, b) for a, b in zip(one, two, strict=False) if a != b]
    if len(one) != len(two) or len(odd) != 1:
        return False
    ((a, b),) = odd
    most = 1 if min(len(a), len(b)) < SPELT + 2 else 2
    # The last letter of a first name may make another one of it ("Paul", "Paula"; "Carlo", "Carla").
    inside = a != one[0] or (a[:-1] not in (b, b[:-1]) and b[:-1] != a)
    return min(len(a), len(b)) >= SPELT and a[0] == b[0] and inside and edits(a, b) <= most


def _join_bodies(register: _Register) -> None:
    """An acronym, or a shorter form of a name, joins the one longer name it can stand for."""
    known = {n.words for group in register.groups.values() for one in group for n in one.namings}
    _drop_pairs(register, known)
    _write_out(register)
    acronyms, endings = _acronyms(register), _shorter(register, known)
    for words in register.names("thing"):
        group = register.groups["thing", words]
        place = _is_place(group)
        fit = {*acronyms.get(words, ())} if _in_capitals(group) else set()
        fit |= set() if place else {*endings.get(words, ())}
        homes = [long for long in fit if ("thing", long) in register.groups]
        homes = [long for long in homes if _is_place(register.groups["thing", long]) == place]
        if len(homes) == 1:
            register.move(("thing", words), ("thing", homes[0]))
    _join_parts(register)


def _drop_pairs(register: _Register, known: set[Words]) -> None:
    """Leave out what two names are joined to ("Estravia-Halvora talks"): it is neither of them."""
    for words in register.names("thing"):
        parts = words[0].split("-") if len(words) == 1 else []
        if len(parts) == 2 and all((part,) in known for part in parts):
            del register.groups["thing", words]


def _acronyms(register: _Register) -> dict[Words, list[Words]]:
    """The names that one word of capitals can stand for, by that word."""
    found: dict[Words, list[Words]] = defaultdict(list)
    for long in register.names("thing"):
        for letters in acronyms_of(long):
            found[(letters,)].append(long)
    return found


def _shorter(register: _Register, known: set[Words]) -> dict[Words, list[Words]]:
    """The longer names that end in a name, or add "of" and a known name to it, by the shorter name.

    A single word must have a known name before it: "Senate", but not "Police".
    """
    found: dict[Words, list[Words]] = defaultdict(list)
    for long in register.names("thing"):
        for cut in range(1, len(long)):
            if len(long) - cut > 1 or long[:cut] in known:
                found[long[cut:]].append(long)
            if cut > 1 and long[cut] == "of" and long[cut + 1 :] in known:
                found[long[:cut]].append(long)
    return found


def _write_out(register: _Register) -> None:
    """Names that begin with an acronym join those that begin with the words it stands for."""
    acronyms = _acronyms(register)
    for words in register.names("thing"):
        fit = acronyms.get(words[:1], ()) if len(words) > 1 else ()
        if len(fit) == 1 and ("thing", (*fit[0], *words[1:])) in register.groups:
            register.move(("thing", words), ("thing", (*fit[0], *words[1:])))


def _join_parts(register: _Register) -> None:
    """A name without its last word joins the one longer name that an account calls so, too."""
    owners: dict[Words, set[Words]] = defaultdict(set)
    for long in register.names("thing"):
        for one in register.groups["thing", long]:
            for naming in one.namings:
                if 1 < len(naming.words) == len(one.name) - 1:
                    owners[naming.words].add(long)
    for words, longer in sorted(owners.items()):
        if len(longer) == 1:
            register.move(("thing", words), ("thing", min(longer)))


def _is_place(group: Sequence[Named]) -> bool:
    return labels_of(group).most_common(1)[0][0] in ("GPE", "LOC", "FAC")


def _in_capitals(group: Sequence[Named]) -> bool:
    return all(
        n.written.replace(".", "").isupper() for one in group for n in one.namings if len(n.words) == 1
    )


def _display(group: Sequence[Named]) -> str:
    """The name to show: a full one rather than an acronym or a last name, as most accounts write it."""
    accounts: dict[str, set[str]] = defaultdict(set)
    length: dict[str, int] = {}
    for one in group:
        for naming in one.namings:
            accounts[naming.written].add(one.article)
            length[naming.written] = len(naming.words)
    full = max(length.values())
    fit = [name for name in length if length[name] > 1] if full > 1 else list(length)
    return max(fit, key=lambda name: (len(accounts[name]), length[name], len(name), name))


def _member(story: Story, number: int, group: _Group, shown: set[Words]) -> CastMember:
    """The group as a member of the cast, with a citation for each account that names it."""
    by_article: dict[str, list[Naming]] = defaultdict(list)
    for one in group.named:
        by_article[one.article].extend(one.namings)
    name = _display(group.named)
    written: list[str] = [name]
    citations = []
    for article in (article for article in story.articles if article.id in by_article):
        namings = sorted(by_article[article.id], key=lambda n: n.span)
        for naming in namings:
            # What another member is called is not given as a name of this one: the town of a town's police.
            if group.kind == "person" or naming.words == comparable(name) or naming.words not in shown:
                written += [naming.titled.of(article.text), naming.written]
        first = max(namings, key=lambda n: (not n.in_title, len(n.words), -n.span.start))
        citations.append(Citation(article.id, (first.titled,), first.titled.of(article.text)))
    return CastMember(f"c{number}", name, group.label, _names(written), tuple(citations))


def _names(written: Iterable[str]) -> tuple[str, ...]:
    """Names once each, those that differ in capitals and periods alone taken for one; the longest first."""
    kept: dict[str, str] = {}
    for name in (" ".join(one.split()) for one in written):
        key = name.casefold().replace(".", "")
        if key not in kept or (kept[key].isupper() and not name.isupper()):
            kept[key] = name
    return tuple(sorted(kept.values(), key=lambda name: (-len(name), name)))
