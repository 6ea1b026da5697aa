"""Attributions with the network: the best labelling under costs, and what the shipped weights find."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from secondsource.find.quotes import find_quotes
from secondsource.find.quotes.network import best_paths
from secondsource.model import Article, Quote
from secondsource.read import read

LABELS = 5
INSIDE = {2: 1, 4: 3}
WORDS = 4


def cost_of(path: tuple[int, ...], scores: np.ndarray, edges: np.ndarray) -> float | None:
    """The score of a labelling less what the edges of its spans cost; None where it is not allowed."""
    total, before = 0.0, 0
    for at, label in enumerate(path):
        if label in INSIDE:
            if before not in (label, INSIDE[label]):
                return None
        elif before or label:
            total -= float(edges[at])
        total += float(scores[at, label])
        before = label
    return total - (float(edges[len(path)]) if before else 0.0)


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_labelling_is_the_best_of_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(1, WORDS, LABELS)).astype(np.float32)
    edges = random.choice([0.0, 0.5, 2.0], size=(1, WORDS + 1)).astype(np.float32)
    found = tuple(best_paths(scores, edges)[0].tolist())
    every = [cost_of(path, scores[0], edges[0]) for path in product(range(LABELS), repeat=WORDS)]
    best = max(value for value in every if value is not None)
    own = cost_of(found, scores[0], edges[0])
    assert own is not None
    assert own == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize("cues", [1, 7])
def test_labelling_cues_together_is_labelling_each_and_leaves_the_scores_alone(cues: int) -> None:
    random = np.random.default_rng(cues)
    scores = random.normal(size=(cues, 30, LABELS)).astype(np.float32)
    edges = random.choice([0.0, 0.5, 2.0], size=(cues, 31)).astype(np.float32)
    before = scores.copy()
    together = best_paths(scores, edges)
    assert (scores == before).all()
    for at in range(cues):
        assert (together[at] == best_paths(scores[at : at + 1], edges[at : at + 1])[0]).all()


def quotes(text: str) -> tuple[Quote, ...]:
    (reading,) = read([Article(text=text)])
    return find_quotes(reading)


def only(text: str) -> Quote:
    (quote,) = quotes(text)
    return quote


def test_indirect_speech_has_its_whole_clause() -> None:
    text = "The mayor, Mary Lee, said on Monday that the bridge would be closed for a week."
    quote = only(text)
    assert [span.of(text) for span in quote.content] == ["that the bridge would be closed for a week"]
    assert (quote.form, quote.speaker.name) == ("indirect", "Mary Lee")


def test_a_plan_and_a_call_are_attributed_too() -> None:
    text = "Mary Lee called for a new bridge. Hugh Hill vowed to build it within a year."
    assert [(q.speaker.name, q.certainty) for q in quotes(text)] == [
        ("Mary Lee", "asked"),
        ("Hugh Hill", "planned"),
    ]


def test_a_pronoun_takes_the_speaker_of_the_sentence_before() -> None:
    text = 'Mary Lee opened the bridge on Monday. "It is safe," she said. "We tested it twice."'
    quote = only(text)
    assert (quote.speaker.name, quote.speaker.how) == ("Mary Lee", "pronoun")
    assert [span.of(text) for span in quote.content] == ['"It is safe,"', '"We tested it twice."']


def test_a_post_shown_within_an_article_is_its_authors() -> None:
    text = (
        "The mayor answered on Monday.\n\n"
        "The bridge is safe and open to all. We tested it twice! — Mary Lee (@marylee) May 1, 2016"
    )
    posted = [q for q in quotes(text) if q.form == "direct"]
    assert [q.speaker.name for q in posted] == ["Mary Lee"]
    assert posted[0].content[0].of(text).endswith("twice!")


def test_an_article_that_repeats_itself_a_hundred_times_is_read_in_parts_that_agree() -> None:
    one = '"The bridge is safe," said Mary Lee.\n\n'
    assert len(quotes(one * 100)) == 100


def kept(text: str) -> str:
    """Everything that some quote holds, in the order of the text."""
    return " ".join(span.of(text) for q in quotes(text) for span in q.content)


def test_marks_that_do_not_balance_lose_no_quote_and_stay_in_their_paragraphs() -> None:
    text = (
        'The mayor spoke on Monday. "The bridge is safe, he said on the steps of the hall.\n\n'
        'Hugh Hill disagreed. "It is not safe," he said. "We measured it twice.\n\n'
        'The council will vote on Friday. "Nobody asked us," said Mary Lee.'
    )
    for said in ("The bridge", "It is not safe,", "We measured it twice.", "Nobody asked us,"):
        assert said in kept(text)
    assert not any("\n" in span.of(text) for q in quotes(text) for span in q.content)


def test_a_quote_of_twenty_paragraphs_is_one_quote_of_the_speaker_named_at_its_end() -> None:
    body = "\n\n".join(f"“The wall gave way on day {n}, and we waited." for n in range(1, 20))
    text = f"The council met.\n\n{body}\n\n“That is all I know,” Mary Lee said.\n\nIt met again."
    longest = max(quotes(text), key=lambda q: len(q.content))
    assert len(longest.content) == 20
    assert longest.speaker.name == "Mary Lee"


def test_quotes_within_quotes_to_depth_four_are_one_quote_of_the_outer_speaker() -> None:
    text = "Mary Lee said, “He told me, ‘She wrote, “They cried, ‘Run now,’ and we ran,” to us,’ and I ran.”"
    outer = max(quotes(text), key=lambda q: len(q.content[0]))
    assert outer.speaker.name == "Mary Lee"
    assert outer.content[0].of(text).startswith("“He told me")
    assert text.endswith(outer.content[0].of(text))


def test_a_transcript_is_kept_line_by_line() -> None:
    lines = [
        ("Q", "Did you see the boat?"),
        ("A", "I saw it at nine."),
        ("Q", "Who was on it?"),
        ("A", "No one."),
    ]
    text = "\n\n".join(f"{who}: {said}" for who, said in lines)
    assert [(q.speaker.name, q.content[0].of(text)) for q in quotes(text)] == lines


def test_in_an_article_of_quotes_only_nothing_is_lost_and_nobody_is_made_up() -> None:
    said = ["We leave at dawn.", "Nobody leaves before the tide.", "Then we wait for the tide.", "Fine."]
    text = "\n\n".join(f'"{line}"' for line in said)
    assert all(line in kept(text) for line in said)
    assert {q.speaker.how for q in quotes(text)} == {"unknown"}


def quotes_of(text: str) -> tuple[Quote, ...]:
    (reading,) = read([Article(text=text)])
    return find_quotes(reading)


def test_a_quote_of_twenty_paragraphs_goes_to_the_speaker_named_before_it() -> None:
    parts = [f"“Paragraph {n} of the letter tells of the harbour and its boats." for n in range(20)]
    found = quotes_of("Mary Lee said:\n\n" + "\n\n".join(parts) + "”\n\nThen she left.")
    assert [(len(q.content), q.speaker.name) for q in found] == [(20, "Mary Lee")]


def test_so_called_is_no_cue() -> None:
    assert quotes_of('The so-called "reform" cost the town its "golden" harbour.') == ()


def test_from_on_a_line_of_its_own_gives_the_next_paragraph_to_its_name() -> None:
    text = "From Mary Lee:\n\nWe will build the harbour again, and higher.\n\nThe council met later."
    (quote,) = quotes_of(text)
    assert (quote.speaker.name, quote.content[0].of(text)) == (
        "Mary Lee",
        "We will build the harbour again, and higher.",
    )


def test_a_list_of_posts_is_given_to_those_who_posted_them() -> None:
    text = "Mary Lee (@marylee): The quay will be built!\n\nTom Hale (@tomhale): The bridge was never safe."
    said = {q.content[0].of(text): q.speaker.name for q in quotes_of(text)}
    assert said["The quay will be built!"] == "Mary Lee"
    assert said["The bridge was never safe."] == "Tom Hale"
