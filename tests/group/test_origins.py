"""Origins: who is one source with whom, and why."""

from __future__ import annotations

import pytest

from secondsource.group import as_story, find_copies, find_origins
from secondsource.model import Article, CopyLink, Origin, Passage, Span

from .prose import BUDGET, OWN, TOUCHED_UP, WIRE, article, landslide


def origins(*articles: Article) -> list[Origin]:
    return list(find_origins(articles, find_copies(articles)))


def linked(left: str, right: str, left_share: float, right_share: float) -> CopyLink:
    return CopyLink(left, right, (Passage(Span(0, 5), Span(0, 5)),), left_share, right_share)


def grouped(ids: str, *links: CopyLink) -> list[set[str]]:
    articles = [article(f"Report {id}.", id) for id in ids]
    return [set(origin.articles) for origin in find_origins(articles, links)]


def test_reprints_and_an_edited_version_are_one_origin_with_the_agency() -> None:
    agency, *rest = as_story(landslide()).origins
    assert set(agency.articles) == {"wire", "gazette", "courier"}
    assert (agency.why, agency.name) == ("agency", "Meridian")
    assert all(share > 0.5 for share in agency.copied)
    assert {origin.why for origin in rest} == {"independent"}


def test_a_copied_text_without_a_credit_is_an_origin_by_copies() -> None:
    bare = WIRE.removeprefix("PORT ALDERN (Meridian) - ")
    (found,) = origins(article(bare, "a", outlet="One"), article(bare, "b", outlet="Two"))
    assert found.why == "copies"
    assert found.name is None


def test_two_reports_that_credit_one_agency_are_that_agency() -> None:
    (found,) = origins(
        article(f"OSLO (Reuters) - {OWN}", "a", outlet="One"),
        article(f"By Reuters\n\n{BUDGET}", "b", outlet="Two"),
    )
    assert (found.why, found.name) == ("agency", "Reuters")
    assert found.copied == (0.0, 0.0)


def test_an_agency_that_contributed_to_a_report_does_not_own_it() -> None:
    own = article(f"{OWN}\n\nThe Associated Press contributed to this report.", "own", outlet="One")
    wire = article(f"OSLO (AP) — {BUDGET}", "wire", outlet="Two")
    assert {origin.why for origin in origins(own, wire)} == {"agency", "independent"}


def test_two_reports_of_one_house_are_one_origin() -> None:
    (found,) = origins(
        article(OWN, "a", outlet="bbc.co.uk"),
        article(BUDGET, "b", outlet="BBC News"),
    )
    assert (found.why, found.name) == ("publisher", "BBC")


def test_reports_that_one_aggregator_passes_on_are_not_one_house() -> None:
    found = origins(article(OWN, "a", outlet="yahoo.com/news"), article(BUDGET, "b", outlet="yahoo.com/news"))
    assert len(found) == 2


def test_articles_without_an_outlet_are_not_one_house() -> None:
    assert len(origins(article(OWN, "a"), article(BUDGET, "b"))) == 2


def test_a_house_that_reprints_the_wire_is_still_a_source_of_its_own_reports() -> None:
    found = origins(
        article(WIRE, "wire", outlet="Meridian"),
        article(WIRE, "reprint", outlet="Harn Herald"),
        article(OWN, "own", outlet="Harn Herald"),
    )
    assert [set(origin.articles) for origin in found] == [{"reprint", "wire"}, {"own"}]


def test_a_weak_second_link_does_not_chain() -> None:
    assert grouped("abc", linked("a", "b", 0.6, 0.6), linked("b", "c", 0.2, 0.2)) == [{"a", "b"}, {"c"}]


def test_a_digest_does_not_glue_the_reports_it_contains() -> None:
    digest = (linked("a", "d", 0.9, 0.2), linked("b", "d", 0.9, 0.2), linked("c", "d", 0.9, 0.2))
    found = grouped("abcd", *digest)
    assert max(map(len, found)) <= 2


def test_a_page_that_holds_two_long_reports_is_one_with_only_one_of_them() -> None:
    found = grouped("abd", linked("a", "d", 0.95, 0.5), linked("b", "d", 0.9, 0.45))
    assert sorted(map(len, found)) == [1, 2]


def test_every_article_has_exactly_one_origin() -> None:
    story = as_story(landslide())
    assert sorted(id for origin in story.origins for id in origin.articles) == sorted(
        one.id for one in story.articles
    )
    for origin in story.origins:
        assert len(origin.copied) == len(origin.articles)


def test_origins_do_not_hang_on_the_order() -> None:
    articles = landslide()
    links = find_copies(articles)
    assert find_origins(articles[::-1], links[::-1]) == find_origins(articles, links)


def test_links_to_articles_elsewhere_do_not_matter() -> None:
    assert grouped("a", linked("a", "z", 0.9, 0.9)) == [{"a"}]


@pytest.mark.corpus
def test_the_two_seeds_are_one_story_of_two_origins(seeds: list) -> None:
    from secondsource.group import group
    from secondsource.ingest import furnish

    articles = furnish([Article(text=place.read_text("utf-8"), id=place.name) for place in seeds])
    (story,) = group(articles).value
    assert len(story.origins) == 2
    assert story.links == ()


def test_an_edited_version_alone_with_the_wire_is_its_copy() -> None:
    (found,) = origins(article(WIRE, "a"), article(TOUCHED_UP, "b"))
    assert found.why == "agency"
