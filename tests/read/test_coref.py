"""References: who is who in an article, by rules and by the trained scorer."""

from __future__ import annotations

import pytest
from spacy.language import Language

from secondsource.model import Article, Entity
from secondsource.read import read
from secondsource.read.coref import resolve
from secondsource.read.coref.names import bare, is_acronym


def entities(text: str) -> tuple[str, tuple[Entity, ...]]:
    (reading,) = read([Article(text=text)])
    return text, reading.entities


def mentions_of(name: str, told: tuple[str, tuple[Entity, ...]]) -> list[str]:
    text, found = told
    (entity,) = [entity for entity in found if entity.name == name]
    return [mention.span.of(text) for mention in entity.mentions]


@pytest.mark.usefixtures("trained")
class TestResolved:
    def test_a_last_name_is_the_full_name_again(self) -> None:
        told = entities("Jane Roe won the race. Roe thanked her team. Mr. Doe did not.")
        assert {"Jane Roe", "Roe"} <= set(mentions_of("Jane Roe", told))

    def test_an_acronym_is_its_name(self) -> None:
        told = entities("The World Trade Organization met in Geneva. The WTO said it was pleased.")
        assert "The WTO" in mentions_of("World Trade Organization", told)

    def test_an_apposition_is_the_name_it_stands_by(self) -> None:
        told = entities("Jane Roe, the mayor of Springfield, resigned. The mayor gave no reason.")
        assert "The mayor" in mentions_of("Jane Roe", told)

    def test_a_capital_that_acts_is_a_government_and_not_a_place(self) -> None:
        told = entities("They met in Oslo on Monday. Oslo rejected the plan, officials said.")
        labels = [(entity.name, entity.label) for entity in told[1] if entity.name == "Oslo"]
        assert sorted(labels) == [("Oslo", "GPE"), ("Oslo", "ORG")]

    def test_ids_follow_the_order_of_first_mention(self) -> None:
        _, found = entities("Jane Roe met John Doe in Springfield. Roe left.")
        assert [entity.id for entity in found] == [f"e{n}" for n in range(1, len(found) + 1)]
        firsts = [entity.mentions[0].span for entity in found]
        assert firsts == sorted(firsts)

    def test_two_people_of_one_last_name_stay_two(self) -> None:
        _, found = entities("Jane Roe met Richard Roe on Monday. Jane Roe spoke first.")
        assert {"Jane Roe", "Richard Roe"} <= {entity.name for entity in found}


@pytest.mark.parametrize(
    ("short", "long", "right"),
    [
        (("nato",), ("North", "Atlantic", "Treaty", "Organization"), True),
        (("U.N.",), ("United", "Nations"), True),
        (("fbi",), ("Federal", "Bureau", "of", "Investigation"), True),
        (("eu",), ("United", "States"), False),
        (("a",), ("Acme", "Corp"), False),
    ],
)
def test_acronyms_are_made_of_initials(short: tuple[str, ...], long: tuple[str, ...], right: bool) -> None:
    assert is_acronym(short, long) is right


def test_titles_and_endings_are_no_part_of_a_name() -> None:
    assert bare(("Sen.", "Jane", "Roe")) == ("jane", "roe")
    assert bare(("Acme", "Corp.")) == ("acme",)
    assert bare(("the", "Pentagon", "'s")) == ("pentagon",)


def test_rules_alone_resolve_where_there_is_no_trained_scorer(trained: Language) -> None:
    doc = trained("Jane Roe met the mayor. Roe left early, and she did not return.")
    doc.user_data.clear()
    chains = [{doc[m.start : m.end].text for m in chain} for chain in resolve(doc)]
    assert any({"Jane Roe", "Roe"} <= chain for chain in chains)


def test_one_person_is_never_two_names(trained: Language) -> None:
    text = "Foreign Minister Ivan Doe met his counterpart, Jane Roe, in Springfield. Roe said Doe agreed."
    chains = [{text[m] for m in chain} for chain in _spans(trained, text)]
    assert not any({"Doe", "Roe"} <= chain for chain in chains)


def _spans(nlp: Language, text: str) -> list[list[slice]]:
    doc = nlp(text)
    return [
        [slice(doc[a].idx, doc[b - 1].idx + len(doc[b - 1].text)) for a, b, _ in chain]
        for chain in doc._.chains
    ]
