"""The pictures of a brief: marks that fit the aspect, the grid's origins, the colours of the timeline."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from secondsource.brief import Brief, select, to_html, view
from secondsource.brief.contrast import contrast
from secondsource.brief.page import StoryPage, story_page
from secondsource.model import Article, Calendar, CastMember, Collation, Origin, Story, Wording

from .stories import cite, point, said


def marked(*texts: str, aspect: str, reason: str = "") -> list[list[str]]:
    return [[run.text for run in cell if run.marked] for cell in contrast(texts, aspect, reason)]


def page_of(brief: Brief) -> StoryPage:
    return story_page(brief, "b1")


def test_what_the_reason_quotes_is_what_is_marked() -> None:
    found = marked(
        "The fire hurt nine people and destroyed 12 boats.",
        "The fire, in which 12 people were hurt, took two days to put out.",
        aspect="value",
        reason="“nine people” against “12 people”",
    )
    assert found == [["nine people"], ["12 people"]]


def test_a_reason_that_one_text_has_nothing_of_marks_nothing_of_its_own() -> None:
    found = marked("nine people", "12 people", aspect="value", reason="“nine people” against “a dozen”")
    assert found == [["nine"], ["12"]]


def test_texts_with_little_in_common_are_marked_where_they_are_sure_or_unsure() -> None:
    found = marked(
        "It was not clear whether the captain would be questioned.",
        "Police questioned the captain of the freighter for five hours and let him go.",
        aspect="certainty",
    )
    assert found == [["not clear whether", "would"], []]


def test_of_a_negated_fact_the_negation_is_marked() -> None:
    found = marked("The gate was not forced.", "Somebody had forced a planned gate open.", aspect="polarity")
    assert found == [["not"], []]


def test_accounts_of_one_origin_stand_side_by_side_in_the_grid(fire: Brief) -> None:
    mixed = replace(
        fire.story,
        articles=tuple(fire.story.articles[place] for place in (1, 0, 2, 3, 4)),
    )
    grid = page_of(replace(fire, story=mixed)).grid
    assert grid is not None
    assert [chip.account.article.id for chip in grid.columns[:2]] == ["coast", "inland"]
    assert sum(grid.origins) == len(grid.columns) == len(grid.alone)
    assert max(grid.origins) == 2
    assert all(len(row.cells) == len(grid.columns) for row in grid.rows)


def test_the_grid_says_of_every_point_who_tells_it(fire: Brief) -> None:
    grid = page_of(fire).grid
    assert grid is not None
    told = [p for p in fire.points if p.kind == "shared"]
    for row, tells in zip(grid.rows, told, strict=False):
        here = {
            c.account.article.id for c, cell in zip(grid.columns, row.cells, strict=True) if cell == "told"
        }
        assert here == {citation.article for citation in tells.accounts}


def test_a_bar_of_the_timeline_has_a_lane_for_each_account(fire: Brief) -> None:
    rows = [row for row in page_of(fire).timeline if row.line is not None]
    assert any(len(row.lanes) > 1 for row in rows)
    for row in rows:
        assert row.line is not None
        assert [chip.colour for chip, _ in row.lanes] == [chip.colour for chip in row.line.chips]
        assert all(below - above == 4 for (_, above), (_, below) in pairwise(row.lanes))
        assert sum(height for _, height in row.lanes) == 8 * len(row.lanes)


def test_a_date_told_twice_is_shown_once_and_kept_for_who_can_t_see_it(fire: Brief) -> None:
    first = next(e for e in fire.timeline if e.status == "fact")
    other = replace(first, citations=(cite(fire.story.articles[0], "12 people"),), text="12 people")
    twice = replace(fire, timeline=(first, other))
    rows = [row for row in page_of(twice).timeline if row.line is not None]
    assert [row.again for row in rows] == [False, True]
    assert to_html([twice]).count(f'<span class="hidden">{rows[0].date}</span>') == 1


def test_a_shared_point_that_cites_a_better_one_s_sentence_is_not_printed_again() -> None:
    texts = (
        "The quay will stay closed until Sunday.",
        "The quay stays shut until Sunday.",
        "No quay till Sunday.",
    )
    articles = tuple(Article(text=text, id=f"a{n}") for n, text in enumerate(texts))
    origins = tuple(Origin(f"o{n}", (a.id,), "independent") for n, a in enumerate(articles))
    one, two, three = (cite(a, a.text) for a in articles)
    story = Story("s", "The quay", articles, origins)
    told = (point("shared", one, two, origins=2), point("shared", two, three, origins=2))
    brief = select(Collation(story, told), Calendar(()))
    assert len(brief.points) == 1
    assert brief.omitted == 1


def test_one_speaker_under_two_spellings_of_the_article_has_one_heading() -> None:
    article = Article(text="The police said it burned. Later police said it was out.", id="a")
    first = Wording(cite(article, "it burned"), "indirect", "The police")
    second = Wording(cite(article, "it was out"), "indirect", "police")
    story = Story("s", "A fire", (article,), (Origin("o", ("a",), "independent"),))
    utterances = (said("The police", first, how="role"), said("police", second, how="role"))
    brief = select(Collation(story, (), utterances), Calendar(()))
    (voice,) = view.voices(brief)
    assert (voice.name, len(voice.utterances)) == ("The police", 2)


def test_wordings_of_one_utterance_are_marked_where_they_part() -> None:
    a = Article(text='"We will keep the quay closed," she said.', id="a")
    b = Article(text='"We will keep the quay closed for now," she said.', id="b")
    wordings = (
        Wording(cite(a, "We will keep the quay closed"), "direct", "she"),
        Wording(cite(b, "We will keep the quay closed for now"), "direct", "she"),
    )
    origins = (Origin("o1", ("a",), "independent"), Origin("o2", ("b",), "independent"))
    story = Story("s", "A fire", (a, b), origins)
    brief = select(Collation(story, (), (said(None, *wordings, how="unknown", origins=2),)), Calendar(()))
    (group,) = page_of(brief).voices
    assert [[run.text for run in line.runs if run.marked] for line in group.lines] == [[], ["now"]]


def test_wordings_of_which_one_is_much_longer_are_not_marked() -> None:
    found = marked(
        "They have the power",
        "Nobody here denies that under our oldest law they have the power to close any quay they like",
        aspect="saying",
    )
    assert found == [[], []]


def test_a_speaker_whom_the_cast_knows_by_two_names_has_one_heading() -> None:
    text = "Tom Lund said it burned. Thomas Lund said it was out. Lund said it was safe."
    article = Article(text=text, id="a")
    names = ("Tom Lund", "Thomas Lund", "Lund")
    things = ("it burned", "it was out", "it was safe")
    told = [said(n, Wording(cite(article, t), "indirect", n)) for n, t in zip(names, things, strict=True)]
    member = CastMember("c1", "Thomas Lund", "PERSON", names, (cite(article, "Thomas Lund"),))
    story = Story("s", "A fire", (article,), (Origin("o", ("a",), "independent"),))
    brief = select(Collation(story, (), tuple(told), cast=(member,)), Calendar(()))
    (voice,) = view.voices(brief)
    assert (voice.name, len(voice.utterances)) == ("Thomas Lund", 3)


def test_a_last_name_of_two_people_is_nobody_s_heading() -> None:
    text = "Lund said it burned. Tom Lund and Mara Lund wept."
    article = Article(text=text, id="a")
    cast = tuple(
        CastMember(f"c{n}", name, "PERSON", (name, "Lund"), (cite(article, name),))
        for n, name in enumerate(("Tom Lund", "Mara Lund"))
    )
    told = said("Lund", Wording(cite(article, "it burned"), "indirect", "Lund"))
    story = Story("s", "A fire", (article,), (Origin("o", ("a",), "independent"),))
    (voice,) = view.voices(select(Collation(story, (), (told,), cast=cast), Calendar(())))
    assert voice.name == "Lund"
