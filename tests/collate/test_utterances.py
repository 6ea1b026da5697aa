"""Utterances: one thing said, however each account cuts, spells or orders it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from secondsource.collate.utterances import align_utterances, misquotes
from secondsource.find.quotes import find_quotes
from secondsource.model import Article, Origin, Reading, Story, Utterance
from secondsource.read import read
from secondsource.settings import Settings

PLAIN = Settings(reader="rules")


def story_of(texts: Sequence[str], origins: Sequence[Sequence[int]] = ()) -> tuple[Story, dict[str, Reading]]:
    articles = tuple(Article(text=text, id=f"a{n}") for n, text in enumerate(texts))
    groups = origins or [[n] for n in range(len(texts))]
    found = tuple(
        Origin(
            id=f"o{n}",
            articles=tuple(f"a{i}" for i in group),
            why="independent" if len(group) == 1 else "copies",
        )
        for n, group in enumerate(groups)
    )
    story = Story(id="s", title="s", articles=articles, origins=found)
    readings = {r.article.id: replace(r, quotes=find_quotes(r)) for r in read(articles, settings=PLAIN)}
    return story, readings


def aligned(*texts: str) -> tuple[Utterance, ...]:
    return align_utterances(*story_of(texts))


def shared(*texts: str) -> list[Utterance]:
    return [u for u in aligned(*texts) if len(u.wordings) > 1]


LONG = "“We will build the harbour again, and we will build it higher,” said Mary Lee."


def test_a_truncated_quote_is_the_same_utterance() -> None:
    (utterance,) = shared(LONG, "“We will build the harbour again,” Lee said on Monday.")
    assert utterance.speaker == "Mary Lee"
    assert utterance.origins == 2
    assert utterance.text == "We will build the harbour again, and we will build it higher"


def test_an_ellipsis_brackets_and_spelling_do_not_part_an_utterance() -> None:
    other = '"We will build the harbor again … and we will build [the wall] higher," Lee said.'
    assert len(shared(LONG, other)) == 1


def test_moved_clauses_are_still_one_utterance() -> None:
    other = '"And we will build it higher," Lee said. "We will build the harbour again."'
    assert len(shared(LONG, other)) == 1


def test_two_persons_are_two_utterances_even_with_the_same_words() -> None:
    other = "“We will build the harbour again, and we will build it higher,” said Hugh Hill."
    assert shared(LONG, other) == []


def test_a_name_in_one_account_resolves_a_role_in_another() -> None:
    other = "The mayor said there was a plan to “build the harbour again, and we will build it higher.”"
    (utterance,) = shared(LONG, other)
    assert utterance.speaker == "Mary Lee"
    assert [w.source for w in utterance.wordings] == ["Mary Lee", "The mayor"]


def test_the_fullest_text_is_spliced_from_what_was_printed() -> None:
    one = "“I will go to the harbour, and the repair is late,” said Mary Lee."
    two = "“And the repair is late. I look forward to it,” said Mary Lee."
    (utterance,) = shared(
        one.replace("is late", "in my view is late"), two.replace("is late", "in my view is late")
    )
    assert (
        utterance.text == "I will go to the harbour, and the repair in my view is late. I look forward to it"
    )


def test_copies_of_one_origin_are_one_witness() -> None:
    story, readings = story_of(
        [LONG, LONG, LONG.replace("said Mary Lee", "Mary Lee told reporters")], [[0, 1], [2]]
    )
    (utterance,) = align_utterances(story, readings)
    assert utterance.origins == 2
    assert len(utterance.wordings) == 3


def test_a_quote_of_one_account_is_an_utterance_too() -> None:
    (utterance,) = aligned(LONG, "It rained on the hills all night, and nobody was seen there.")
    assert utterance.origins == 1


def test_common_phrases_do_not_join_quotes() -> None:
    assert shared("“I think that it is going to be a long night for the harbour,” said Mary Lee.",
                  "“I think that it is going to be good for schools,” a teacher said.") == []  # fmt: skip


def test_other_words_inside_the_marks_are_a_differing_wording() -> None:
    story, readings = story_of([LONG, LONG.replace("harbour", "tower")])
    (point,) = misquotes(story, align_utterances(story, readings))
    assert (point.kind, point.aspect) == ("differing", "wording")
    assert "harbor" in point.reason or "harbour" in point.reason
    assert "tower" in point.reason


def test_other_spelling_and_marked_omissions_are_no_misquotes() -> None:
    story, readings = story_of([LONG, LONG.replace("harbour again, and we", "harbor again … we")])
    assert misquotes(story, align_utterances(story, readings)) == ()


def test_each_wording_says_which_words_no_other_account_has() -> None:
    texts = [LONG.replace("it higher", "it very much higher"), LONG.replace("harbour", "harbor")]
    (utterance,) = shared(*texts)
    own = [[span.of(text) for span in w.own] for w, text in zip(utterance.wordings, texts, strict=True)]
    assert own == [["very much"], []]


def test_a_wording_of_one_account_alone_sets_no_words_apart() -> None:
    (utterance,) = aligned(LONG)
    assert utterance.wordings[0].own == ()


def test_the_order_of_the_accounts_changes_nothing() -> None:
    story, readings = story_of([LONG, "“We will build the harbour again,” Lee said on Monday."])
    turned = replace(story, articles=story.articles[::-1])
    ids = {w.citation for u in align_utterances(story, readings) for w in u.wordings}
    assert ids == {w.citation for u in align_utterances(turned, readings) for w in u.wordings}


def test_a_report_in_other_words_is_the_utterance_that_another_account_quotes() -> None:
    other = "Lee said that they would build the harbour again, only higher than the old harbour was."
    (utterance,) = shared(LONG, other)
    assert [w.form for w in utterance.wordings] == ["direct", "indirect"]


def test_reports_with_other_numbers_are_two_utterances() -> None:
    one = "Mary Lee said that 40 boats were lost in the harbour when the storm struck."
    two = "Mary Lee said that 65 boats were lost in the harbour when the storm struck."
    assert shared(one, two) == []


def test_a_report_has_one_partner_at_most_in_another_account() -> None:
    one = "Mary Lee said that the harbour would be rebuilt by the town before the winter."
    two = (
        "Mary Lee said that the harbour would be rebuilt by the town before winter. "
        "Mary Lee said that the harbour would be rebuilt higher by the town."
    )
    (utterance,) = shared(one, two)
    assert len(utterance.wordings) == 2


def test_a_short_report_counts_where_another_account_has_it_too() -> None:
    one, two = "Police said the ferry capsized.", "The ferry capsized near Ostrava Point, police said."
    assert aligned(one) == ()
    assert len(shared(one, two)) == 1


def test_a_plain_quote_that_another_account_prints_in_full_is_one_utterance() -> None:
    one = "“We did not sit on it,” said Mary Lee."
    two = "“We did not sit on it. The mayor had the survey in his hands by March,” Lee said."
    assert len(shared(one, two)) == 1


def test_a_report_joins_a_quote_that_an_account_prints_twice() -> None:
    post = "“We will build the harbour again, higher than the old harbour was,”"
    one = f"{post} said Mary Lee.\n\nIn a letter, Lee wrote: {post}"
    two = "Mary Lee said that they would build the harbour again, only higher than the old harbour was."
    (utterance,) = shared(one, two)
    assert sorted(w.form for w in utterance.wordings) == ["direct", "direct", "indirect"]


def test_the_seeds_share_one_utterance_whose_speaker_one_account_does_not_name(seeds: list[Path]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in seeds]
    both = [u for u in shared(*texts) if u.origins == 2]
    assert len(both) == 1
    assert len(both[0].wordings) == 3
