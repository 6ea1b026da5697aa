"""The cast across accounts: titles, acronyms, spellings, vetoes, governments, and what is no name at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.tokens import Span as SpacySpan

from secondsource.collate.entities import find_cast
from secondsource.model import Article, CastMember, Entity, Mention, Reading, Sentence, Span
from secondsource.pipeline import story_pipeline

from ..parsed import accounts, plain

Chain = tuple[str, list[tuple[str, str | None]]]
"""A chain's label, and each name mention with the marked name within it (None: the mention itself)."""


def naming(text: str, *chains: Chain, role: str = "body") -> Reading:
    """A reading of a text whose chains are given; names are marked with the chain's label."""
    made = plain("x", text)
    entities, ents = [], []
    for number, (label, mentions) in enumerate(chains, start=1):
        label, _, marked_as = label.partition("/")
        spans = []
        for phrase, name in mentions:
            start = text.index(phrase)
            spans.append(Mention(Span(start, start + len(phrase)), "name"))
            inner = start + phrase.index(name or phrase)
            found = made.doc.char_span(inner, inner + len(name or phrase), label=marked_as or label)
            assert isinstance(found, SpacySpan)
            ents.append(found)
        entities.append(Entity(f"e{number}", mentions[0][1] or mentions[0][0], label, tuple(spans)))  # type: ignore[arg-type]
    made.doc.set_ents(ents)
    sentences = tuple(Sentence(s.span, role, s.paragraph) for s in made.sentences)  # type: ignore[arg-type]
    return replace(made, entities=tuple(entities), sentences=sentences)


def person(phrase: str, name: str | None = None) -> Chain:
    return "PERSON", [(phrase, name)]


def body(phrase: str) -> Chain:
    return "ORG", [(phrase, None)]


def cast(*readings: Reading) -> dict[str, CastMember]:
    story, by_id = accounts(*readings)
    return {member.name: member for member in find_cast(story, by_id)}


def test_a_title_is_no_part_of_a_name_but_is_shown_with_it() -> None:
    found = cast(
        naming("Sen. Mara Lund resigned.", person("Sen. Mara Lund", "Mara Lund")),
        naming("Senator Lund has gone.", person("Senator Lund")),
        naming("Ms. Lund will not be back.", person("Ms. Lund")),
    )
    assert set(found) == {"Mara Lund"}
    assert found["Mara Lund"].names == ("Sen. Mara Lund", "Senator Lund", "Mara Lund", "Ms. Lund")
    assert [c.text for c in found["Mara Lund"].citations] == ["Sen. Mara Lund", "Senator Lund", "Ms. Lund"]


@pytest.mark.parametrize(
    "other",
    ["Mara T. Lund", "Mara Tove Lund", "M. Lund", "Mára Lund", "Mara Lund Jr."],
    ids=["middle initial", "middle name", "initial", "accent", "suffix"],
)
def test_one_person_written_in_two_ways_is_one_member(other: str) -> None:
    found = cast(
        naming("Mara Lund resigned.", person("Mara Lund")),
        naming(f"{other} resigned.", person(other)),
    )
    assert len(found) == 1


@pytest.mark.parametrize("other", ["Tor Lund", "Maria Lund", "Mara Lunde-Holm"])
def test_other_first_or_last_names_are_other_people(other: str) -> None:
    found = cast(
        naming("Mara Lund resigned.", person("Mara Lund")),
        naming(f"{other} resigned.", person(other)),
    )
    assert set(found) == {"Mara Lund", other}


def test_a_name_that_fits_two_people_is_neither() -> None:
    found = cast(
        naming("Mara Lund resigned.", person("Mara Lund")),
        naming("Magnus Lund stayed.", person("Magnus Lund")),
        naming("M. Lund spoke.", person("M. Lund")),
    )
    assert set(found) == {"Mara Lund", "Magnus Lund", "M. Lund"}


def test_a_last_name_spelt_otherwise_in_another_account_is_one_person() -> None:
    found = cast(
        naming("Officer Dag Wellborn spoke.", person("Officer Dag Wellborn", "Dag Wellborn")),
        naming("Dag Welborn spoke.", person("Dag Welborn")),
    )
    assert len(found) == 1
    (member,) = found.values()
    assert {"Dag Wellborn", "Dag Welborn"} <= set(member.names)


def test_two_spellings_in_one_account_are_two_people() -> None:
    found = cast(
        naming("Dag Wellborn met Dag Welborn.", person("Dag Wellborn"), person("Dag Welborn")),
        naming("Dag Welborn spoke.", person("Dag Welborn")),
    )
    assert set(found) == {"Dag Wellborn", "Dag Welborn"}


def test_first_names_of_a_man_and_a_woman_are_no_spellings() -> None:
    found = cast(
        naming("Carlo Wellborn spoke.", person("Carlo Wellborn")),
        naming("Carla Wellborn spoke.", person("Carla Wellborn")),
    )
    assert set(found) == {"Carlo Wellborn", "Carla Wellborn"}


def test_a_chain_that_holds_two_people_of_one_last_name_is_taken_apart() -> None:
    found = cast(
        naming(
            "Mara Lund spoke. Lund said no more. Tor Lund, her brother, wept.",
            ("PERSON", [("Mara Lund", None), ("Lund said", "Lund"), ("Tor Lund, her brother", "Tor Lund")]),
        )
    )
    assert set(found) == {"Mara Lund", "Tor Lund"}
    assert found["Tor Lund"].names == ("Tor Lund",)


def test_a_clause_after_a_name_is_no_part_of_it() -> None:
    text = "Mara Lund, who flew in by night, spoke."
    found = cast(naming(text, person("Mara Lund, who flew in by night", "Mara Lund")))
    assert found["Mara Lund"].names == ("Mara Lund",)
    assert found["Mara Lund"].citations[0].text == "Mara Lund"


@pytest.mark.parametrize("short", ["VPA", "V.P.A."])
def test_an_acronym_with_or_without_periods_joins_the_name_it_stands_for(short: str) -> None:
    found = cast(
        naming("The Vellmar Port Authority closed the quay.", body("The Vellmar Port Authority")),
        naming(f"The {short} closed it.", body(f"The {short}")),
    )
    assert set(found) == {"Vellmar Port Authority"}
    assert found["Vellmar Port Authority"].names == ("Vellmar Port Authority", short)


def test_an_acronym_of_two_names_joins_neither() -> None:
    found = cast(
        naming("The Vellmar Port Authority spoke.", body("Vellmar Port Authority")),
        naming("The Vellmar Press Agency heard it.", body("Vellmar Press Agency")),
        naming("The VPA closed it.", body("VPA")),
    )
    assert "VPA" in found
    assert len(found) == 3


def test_a_body_named_with_its_place_and_without_it_is_one() -> None:
    found = cast(
        naming("The National Bank of Estravia spoke.", body("National Bank of Estravia")),
        naming(
            "The National Bank in Estravia spoke.",
            body("National Bank"),
            ("GPE", [("Estravia", None)]),
        ),
    )
    assert set(found) == {"National Bank of Estravia", "Estravia"}


def test_the_town_in_a_body_s_chain_is_the_town() -> None:
    text = "Selby police spoke. The Selby Police Department came. All of Selby woke."
    found = cast(
        naming(text, ("ORG", [("The Selby Police Department", None)]), ("GPE", [("Selby woke", "Selby")])),
    )
    assert found["Selby"].label == "GPE"
    assert found["Selby Police Department"].names == ("Selby Police Department",)


def test_a_capital_that_acts_is_apart_from_the_capital_as_a_place() -> None:
    found = find_cast(
        *accounts(
            naming("Vessmouth rejected the offer.", ("ORG/GPE", [("Vessmouth", None)])),
            naming("Crowds gathered in Vessmouth.", ("GPE", [("Vessmouth", None)])),
        )
    )
    assert sorted((m.name, m.label) for m in found) == [("Vessmouth", "GPE"), ("Vessmouth", "ORG")]


def test_the_reader_tells_a_government_from_its_capital() -> None:
    text = (
        "Oslo rejected the demand on Friday and accused its neighbour of bad faith. "
        "Tens of thousands of people gathered in Oslo for the concert."
    )
    story, _ = accounts(
        plain("a", text), plain("b", "The harbour froze over for the first time in a decade.")
    )
    found = story_pipeline().run(story=story).value["collation"].cast
    assert {member.label for member in found if "Oslo" in member.names} == {"ORG", "GPE"}


@pytest.mark.parametrize("word", ["President", "Sheriff", "PLX.N", "https://vellmar.example"])
def test_titles_and_codes_alone_are_no_members(word: str) -> None:
    assert cast(naming(f"{word} spoke.", person(word))) == {}


def test_names_in_captions_are_no_members() -> None:
    assert cast(naming("Mara Lund waves.", person("Mara Lund"), role="caption")) == {}


def test_a_place_that_only_a_title_holds_is_no_member() -> None:
    text = "Selby Sheriff Mara Lund spoke."
    held = naming(text, person("Selby Sheriff Mara Lund", "Mara Lund"), ("GPE", [("Selby", None)]))
    assert set(cast(held)) == {"Mara Lund"}


def test_the_cast_is_the_same_whatever_the_order_of_the_accounts() -> None:
    told = [
        naming("Sen. Mara Lund resigned.", person("Sen. Mara Lund", "Mara Lund")),
        naming("Lund has gone.", person("Lund")),
        naming("The Vellmar Port Authority spoke.", body("Vellmar Port Authority")),
        naming("The VPA spoke of Mara T. Lund.", body("VPA"), person("Mara T. Lund")),
    ]
    there, back = cast(*told), cast(*reversed(told))
    assert {(n, m.names, m.label) for n, m in there.items()} == {
        (n, m.names, m.label) for n, m in back.items()
    }


def test_every_citation_of_the_cast_is_verbatim() -> None:
    story, by_id = accounts(
        naming("Sen. Mara\nLund resigned.", person("Sen. Mara\nLund", "Mara\nLund")),
        naming("Lund's aides wept.", person("Lund's", "Lund's")),
    )
    (member,) = find_cast(story, by_id)
    assert member.names == ("Sen. Mara Lund", "Mara Lund", "Lund")
    for citation in member.citations:
        article: Article = story.article(citation.article)
        assert [span.of(article.text) for span in citation.spans] == [citation.text]


def test_two_names_joined_by_a_hyphen_are_no_third() -> None:
    found = cast(
        naming("Estravia and Halvora met.", ("GPE", [("Estravia", None)]), ("GPE", [("Halvora", None)])),
        naming("The Estravia-Halvora talks began.", ("GPE", [("Estravia-Halvora", None)])),
    )
    assert set(found) == {"Estravia", "Halvora"}
