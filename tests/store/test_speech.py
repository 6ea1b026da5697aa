"""Quotes by speaker and words, people with their stories: counted however articles move."""

from __future__ import annotations

import pytest
import spacy

from secondsource.errors import InputError
from secondsource.model import Article, Quote, Reading, Span, Speaker
from secondsource.model.finding import SpeakerHow
from secondsource.store import Library, analysis, found, ledger, speech
from secondsource.store.versions import reader_version

ABOUT = {
    "quay": "Engineers found cracks in nine granite blocks under the northern crane of the quay.",
    "mole": "Parents in Selby had asked for smaller classes, warmer rooms and a mole of their own.",
    "pier": "Beekeepers lost forty hives to frost in Tarn, and the honey fair on the pier is off.",
    "dock": "The orchestra plays Bruckner tonight, without its conductor, in the old dock hall.",
}


def keep(library: Library, id: str, name: str, how: SpeakerHow = "named", said: str = "It stays shut") -> str:
    """Add an article with one quote, and its reading, as if the reader had found just this; its story."""
    text = f'"{said}," said {name}. {ABOUT[id]}'
    library.add([Article(text=text, id=id, published=f"2024-{3 + list(ABOUT).index(id) * 2:02}-04")])
    quote = Quote("direct", (Span(1, 1 + len(said)),), (), (), Speaker(name, how))
    reading = Reading(library.article(id), spacy.blank("en")(text), (), quotes=(quote,))
    with library._database.writing() as connection:
        analysis.put_reading(connection, reading, reader_version(library.settings))
    return library.story_of(id) or ""


def told(library: Library) -> dict[str, tuple[int, int]]:
    return {person.name: (person.articles, person.stories) for person in library.people()}


def test_a_person_is_counted_in_each_story_once(library: Library) -> None:
    first, second = keep(library, "quay", "Ada Lorne"), keep(library, "mole", "Ada Lorne")
    assert first != second
    assert told(library) == {"Ada Lorne": (2, 2)}


def test_the_stories_of_a_person_follow_their_articles(library: Library) -> None:
    first, _ = keep(library, "quay", "Ada Lorne"), keep(library, "mole", "Ada Lorne")
    keep(library, "pier", "Bo Finch")
    with library._database.writing() as connection:
        ledger.move(connection, dict.fromkeys(["mole", "pier"], first))
    assert told(library) == {"Ada Lorne": (2, 1), "Bo Finch": (1, 1)}


def test_the_stories_of_a_person_are_those_counted_from_the_quotes(library: Library) -> None:
    one, other = keep(library, "quay", "Ada Lorne"), keep(library, "mole", "Ada Lorne")
    for target in (other, other, one):
        with library._database.writing() as connection:
            ledger.move(connection, dict.fromkeys(["quay", "mole"], target))
        assert told(library) == {"Ada Lorne": (2, 1)}


def test_a_role_is_found_as_a_speaker_but_is_nobody_with_a_name(library: Library) -> None:
    keep(library, "quay", "the harbour master", "role")
    assert library.people().items == ()
    assert [hit.article.id for hit in library.search("", speaker="harbour master")] == ["quay"]
    assert [quote.speaker for quote in library.quotes(speaker="MASTER")] == ["the harbour master"]
    keep(library, "mole", "The Harbour Master", "named")
    assert told(library)["the harbour master"] == (1, 1)


def test_quotes_have_all_the_words_asked_for_whatever_their_letters(library: Library) -> None:
    keep(library, "quay", "Ada Lorne", said="The École stays shut")
    keep(library, "mole", "Bo Finch", said="The quay is open")
    assert [quote.article.id for quote in library.quotes(words="école SHUT")] == ["quay"]
    assert [quote.article.id for quote in library.quotes(words="the")] == ["mole", "quay"]
    # "mole" stands in its article, but is not said.
    assert library.quotes(words="mole").items == ()
    assert library.quotes(words="shut open").items == ()


def test_quotes_go_on_where_they_ended(library: Library) -> None:
    for id in ("quay", "mole", "pier", "dock"):
        keep(library, id, "Ada Lorne")
    seen, after = [], None
    while True:
        page = library.quotes(speaker="lorne", limit=1, after=after)
        seen += [quote.article.id for quote in page]
        after = page.next
        if after is None:
            break
    assert seen == ["dock", "pier", "mole", "quay"]


def test_quotes_with_words_say_where_not_all_were_looked_at(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id in ("quay", "mole", "pier"):
        keep(library, id, "Ada Lorne")
    for place in (found, speech):
        monkeypatch.setattr(place, "RANKED", 2)
    page = library.quotes(words="stays")
    assert ([quote.article.id for quote in page], page.complete) == (["pier", "mole"], False)
    assert library.quotes(speaker="lorne").complete


@pytest.mark.parametrize(
    "after", ["[]", "nonsense", '["", 1]', "[1, 1, 1]", '["", "", 0]', '["\\ud800", 1, 0]']
)
def test_a_place_that_no_page_of_quotes_gave_is_refused(library: Library, after: str) -> None:
    with pytest.raises(InputError, match="go on from"):
        library.quotes(after=after)
