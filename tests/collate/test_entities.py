"""The cast: one list of who is named across the accounts."""

from __future__ import annotations

from dataclasses import replace

from secondsource.collate.entities import find_cast
from secondsource.model import CastMember, Entity, Mention, Reading, Span

from ..parsed import accounts, plain


def naming(text: str, *named: tuple[str, str]) -> Reading:
    """A reading of one sentence with entities named in it."""
    entities = []
    for number, (name, label) in enumerate(named, start=1):
        start = text.index(name)
        mention = Mention(Span(start, start + len(name)), "name")
        entities.append(Entity(f"e{number}", name, label, (mention,)))  # type: ignore[arg-type]
    return replace(plain("x", text), entities=tuple(entities))


def cast(*readings: Reading) -> dict[str, CastMember]:
    story, by_id = accounts(*readings)
    return {member.name: member for member in find_cast(story, by_id)}


def test_a_last_name_joins_the_one_full_name_that_has_it() -> None:
    found = cast(
        naming("Ilse Brandvold resigned.", ("Ilse Brandvold", "PERSON")),
        naming("Brandvold has gone.", ("Brandvold", "PERSON")),
    )
    assert set(found) == {"Ilse Brandvold"}
    assert found["Ilse Brandvold"].names == ("Ilse Brandvold", "Brandvold")
    assert [c.text for c in found["Ilse Brandvold"].citations] == ["Ilse Brandvold", "Brandvold"]


def test_conflicting_first_names_stay_apart_and_a_bare_last_name_joins_neither() -> None:
    found = cast(
        naming("Ilse Brandvold resigned.", ("Ilse Brandvold", "PERSON")),
        naming("Tor Brandvold stayed.", ("Tor Brandvold", "PERSON")),
        naming("Brandvold has gone.", ("Brandvold", "PERSON")),
    )
    assert set(found) == {"Ilse Brandvold", "Tor Brandvold", "Brandvold"}


def test_a_place_and_a_person_of_one_name_stay_apart() -> None:
    found = cast(
        naming("Selby voted.", ("Selby", "GPE")),
        naming("Anna Selby voted.", ("Anna Selby", "PERSON")),
    )
    assert set(found) == {"Selby", "Anna Selby"}


def test_who_most_accounts_name_comes_first() -> None:
    story, by_id = accounts(
        naming("Anna Selby met Tor Lund.", ("Anna Selby", "PERSON"), ("Tor Lund", "PERSON")),
        naming("Tor Lund spoke.", ("Tor Lund", "PERSON")),
    )
    assert [member.name for member in find_cast(story, by_id)] == ["Tor Lund", "Anna Selby"]
