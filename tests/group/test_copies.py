"""Copies: shared passages are found where they are, and what is no copy is not taken for one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.group import find_copies
from secondsource.model import Article, Block, Span

from .prose import BUDGET, COLUMN, OWN, TOUCHED_UP, WIRE, article, landslide

PARAGRAPHS = [part for text in (WIRE, OWN, BUDGET) for part in text.split("\n\n")]


def shares(left: str, right: str) -> tuple[float, float]:
    (link,) = find_copies([article(left, "a"), article(right, "b")])
    return link.left_share, link.right_share


def test_two_printings_of_one_text_copy_each_other_whole() -> None:
    left, right = shares(WIRE, WIRE)
    assert left > 0.99
    assert right > 0.99


def test_a_text_that_was_cut_is_whole_in_the_other_but_not_the_other_way_round() -> None:
    cut = "\n\n".join(WIRE.split("\n\n")[:2])
    whole, part = shares(WIRE, cut)
    assert part > 0.99
    assert 0.3 < whole < 0.7


def test_paragraphs_in_another_order_are_still_found() -> None:
    turned = "\n\n".join(reversed(WIRE.split("\n\n")))
    assert min(shares(WIRE, turned)) > 0.9


def test_a_passage_runs_across_small_edits() -> None:
    wire, courier = article(WIRE, "a"), article(TOUCHED_UP, "b")
    (link,) = find_copies([wire, courier])
    found = [passage.right.of(courier.text) for passage in link.passages]
    assert any(text.startswith("Rescue teams") or "reached" not in text for text in found)
    assert any("said that it would take at least nine days" in text for text in found)
    assert link.right_share > 0.6


def test_a_quotation_that_both_print_is_no_copy() -> None:
    assert find_copies([article(WIRE, "a"), article(OWN, "b")]) == ()


def test_a_quotation_is_none_in_any_convention() -> None:
    said = "we heard a sound like thunder and then the lights went out and we all sat in the dark for hours"
    for opening, closing in ("“”", '""', "«»", "‘’", "''", ("‘‘", "’’"), ("``", "''")):
        one = article(
            f"On the first train, {opening}{said},{closing} a nurse told a reporter at the school.", "a"
        )
        other = article(
            f"A passenger spoke of fear: {opening}{said}.{closing} Others wept when it was over.", "b"
        )
        assert find_copies([one, other]) == (), opening


def test_what_others_put_in_quotation_marks_is_a_quotation_without_them_too() -> None:
    said = "the valley will rise again and whoever doubts it should come and see how our people work together"
    quoted = [
        article(f'Report {n} came from the valley: "{said}." It was late by then.', f"q{n}") for n in (1, 2)
    ]
    bare = article(f"The governor wrote on a network.\n\n{said}\n\nFew had expected that.", "bare")
    other = article(f"She was blunt about it.\n\n{said}\n\nThen she left for the capital.", "other")
    assert find_copies([*quoted, bare, other]) == ()


def test_a_statement_in_the_first_person_is_no_copy_of_the_report_around_it() -> None:
    post = "I will come to Brisk tomorrow and I promise that my government will pay for every lost house"
    one = article(f"{WIRE}\n\n{post}", "a")
    other = article(f"{BUDGET}\n\n{post}", "b")
    assert find_copies([one, other]) == ()


def test_a_column_in_the_first_person_that_is_printed_twice_is_a_copy() -> None:
    assert min(shares(COLUMN, COLUMN)) > 0.9


def test_furniture_that_two_pages_share_is_no_copy() -> None:
    notice = (
        "Sign up to our morning letter and never miss the stories that matter to you and to your family again"
    )

    def page(text: str, id: str) -> Article:
        whole = f"{notice}\n\n{text}"
        blocks = (
            Block(Span(0, len(notice)), "boilerplate"),
            Block(Span(len(notice) + 2, len(whole)), "body"),
        )
        return Article(text=whole, id=id, blocks=blocks)

    assert find_copies([page(OWN, "a"), page(BUDGET, "b")]) == ()


def test_articles_of_furniture_only_copy_nothing() -> None:
    blocks = (Block(Span(0, len(WIRE)), "boilerplate"),)
    pages = [Article(text=WIRE, id=id, blocks=blocks) for id in "ab"]
    assert find_copies(pages) == ()


def test_a_stock_phrase_is_no_copy() -> None:
    one = article(OWN + " The railway company did not immediately respond to a request for comment.", "a")
    other = article(BUDGET + " The mayor's office did not immediately respond to a request for comment.", "b")
    assert find_copies([one, other]) == ()


def test_copies_far_apart_in_time_are_not_linked() -> None:
    early = article(WIRE, "early", published="2024-03-05")
    late = article(WIRE, "late", published="2024-05-05")
    assert find_copies([early, late]) == ()


def test_the_earlier_article_is_on_the_left() -> None:
    early = article(WIRE, "z", published="2024-03-05")
    late = article(WIRE, "a", published="2024-03-06")
    (link,) = find_copies([late, early])
    assert (link.left, link.right) == ("z", "a")


def test_links_are_the_same_whatever_the_order() -> None:
    articles = landslide()
    assert find_copies(articles[::-1]) == find_copies(articles)


def test_a_page_of_millions_of_characters_is_read_only_so_far() -> None:
    long = article("\n\n".join([WIRE] * 5_000), "long")
    links = find_copies([long, article(BUDGET, "b")])
    assert links == ()


@given(
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6),
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6),
    st.sampled_from(["\n\n", "\n", " "]),
)
@settings(max_examples=60, deadline=None)
def test_passages_lie_in_the_texts_and_shares_are_shares(
    left: list[str], right: list[str], between: str
) -> None:
    one, other = article(between.join(left), "a"), article(between.join(right), "b")
    for link in find_copies([one, other]):
        assert 0 < link.left_share <= 1
        assert 0 < link.right_share <= 1
        for passage in link.passages:
            ours, theirs = passage.left.of(one.text), passage.right.of(other.text)
            assert ours.split()[0].strip('"').lower() == theirs.split()[0].strip('"').lower()
            assert ours == ours.strip()


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_survived(left: str, right: str) -> None:
    for link in find_copies([article(left, "a"), article(right, "b")]):
        for passage in link.passages:
            assert passage.left.of(left)
            assert passage.right.of(right)
