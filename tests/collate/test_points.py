"""Points: what independent accounts share, where they conflict, and what only one has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondsource.collate.points import find_points
from secondsource.model import Calendar, Citation, Origin, Point, Reading, Story, Utterance, Wording

from ..parsed import accounts, plain, reading

FILLER = (
    "The town council will debate the harbour budget on Thursday evening.",
    "Schools in the valley stayed open despite heavy snow on the passes.",
    "A brass band played outside the museum to mark its hundredth birthday.",
)


def told(*readings: Reading) -> tuple[Story, tuple[Point, ...]]:
    story, by_id = accounts(*readings)
    return story, find_points(story, by_id, Calendar(dates=()), ())


def kinds(points: tuple[Point, ...]) -> list[str]:
    return [point.kind for point in points]


def lines(one: str, two: str) -> tuple[Point, ...]:
    """The points of two accounts that tell one line each among unlike ones."""
    return told(plain("a", one, FILLER[0]), plain("b", two, FILLER[1]))[1]


def test_a_fact_told_in_nearly_the_same_words_is_shared_with_two_origins() -> None:
    points = lines(
        "The freighter's captain was questioned for five hours by harbour police in Vessmouth.",
        "Harbour police in Vessmouth questioned the captain of the freighter for five hours.",
    )
    (shared,) = [point for point in points if point.kind == "shared"]
    assert shared.origins == 2
    assert [citation.article for citation in shared.accounts] == ["a1", "a2"]
    assert shared.summary in {citation.text for citation in shared.accounts}


@pytest.mark.parametrize(
    "other",
    [
        "Harbour police in Vessmouth questioned the captain of the freighter for nine hours.",
        "Harbour police in Vessmouth never questioned the captain of the freighter.",
        "Harbour police in Vessmouth may have questioned the captain of the freighter.",
        "Vessmouth praised the harbour police and a freighter crew for the rescue of two swimmers.",
    ],
    ids=["another number", "negated", "hedged", "the same names only"],
)
def test_a_conflict_or_mere_likeness_is_not_shared(other: str) -> None:
    points = lines(
        "The freighter's captain was questioned for five hours by harbour police in Vessmouth.", other
    )
    assert "shared" not in kinds(points)


def test_two_copies_of_one_text_are_no_second_source() -> None:
    line = "Harbour police in Vessmouth questioned the captain of the freighter for five hours."
    story, by_id = accounts(plain("a", line), plain("b", line))
    one = replace(story, origins=(Origin(id="o", articles=("a1", "a2"), why="copies"),))
    assert find_points(one, by_id, Calendar(dates=()), ()) == ()


def test_what_two_accounts_quote_is_no_shared_point() -> None:
    line = "We questioned the captain of the freighter for five hours in the harbour office."
    other = "We questioned the freighter's captain for five hours in the harbour office."
    story, by_id = accounts(plain("a", line, FILLER[0]), plain("b", other, FILLER[1]))
    wordings = tuple(
        Wording(Citation(id, (by_id[id].sentences[0].span,), text), "direct")
        for id, text in (("a1", line), ("a2", other))
    )
    said = Utterance(speaker=None, how="unknown", text=line, origins=2, wordings=wordings)
    assert "shared" in kinds(find_points(story, by_id, Calendar(dates=()), ()))
    assert "shared" not in kinds(find_points(story, by_id, Calendar(dates=()), (said,)))


def test_what_nothing_else_comes_near_is_only_here() -> None:
    _, points = told(plain("a", *FILLER[:2]), plain("b", FILLER[2]))
    assert kinds(points) == ["only_here"] * 3
    assert {citation.text for point in points for citation in point.accounts} == set(FILLER)
    assert all(point.origins == 1 for point in points)


PLAN = """
Ana Ana PROPN NNP 2 compound
Velez Velez PROPN NNP 3 nsubj
returned return VERB VBD 0 root
to to ADP IN 5 case
Selby Selby PROPN NNP 3 obl
to to PART TO 7 mark
get get VERB VB 3 advcl
a a DET DT 10 det
fishing fishing NOUN NN 10 compound
licence licence NOUN NN 7 obj
"""
FAILURE = """
Velez Velez PROPN NNP 2 nsubj
returned return VERB VBD 0 root
to to PART TO 4 mark
obtain obtain VERB VB 2 advcl
a a DET DT 7 det
fishing fishing NOUN NN 7 compound
licence licence NOUN NN 4 obj
that that PRON WDT 11 obj
she she PRON PRP 11 nsubj
never never ADV RB 11 advmod
collected collect VERB VBD 7 acl:relcl
"""
KILLED = """
Nine nine NUM CD 2 nummod
sailors sailor NOUN NNS 4 nsubj:pass
were be AUX VBD 4 aux:pass
killed kill VERB VBN 0 root
in in ADP IN 8 case
the the DET DT 8 det
ferry ferry NOUN NN 8 compound
collision collision NOUN NN 4 obl
"""
MEETING = """
He he PRON PRP 3 nsubj
is be AUX VBZ 3 aux:pass
expected expect VERB VBN 0 root
to to PART TO 5 mark
meet meet VERB VB 3 xcomp
treasurer treasurer NOUN NN 7 compound
Harrow Harrow PROPN NNP 5 obj
in in ADP IN 9 case
Oslo Oslo PROPN NNP 5 obl
"""
DOUBT = """
It it PRON PRP 4 expl
was be AUX VBD 4 cop
not not PART RB 4 advmod
clear clear ADJ JJ 0 root
whether whether SCONJ IN 8 mark
he he PRON PRP 8 nsubj
would would AUX MD 8 aux
see see VERB VB 4 csubj
treasurer treasurer NOUN NN 10 compound
Harrow Harrow PROPN NNP 8 obj
there there ADV RB 8 advmod
"""


def aspects(*readings: Reading) -> list[str | None]:
    return [point.aspect for point in told(*readings)[1] if point.kind == "differing"]


def test_a_plan_in_one_account_and_its_failure_in_another_differ_in_outcome() -> None:
    assert aspects(reading(PLAN), reading(FAILURE)) == ["outcome"]


def test_expected_in_one_account_and_unclear_in_another_differ_in_certainty() -> None:
    assert aspects(reading(MEETING), reading(DOUBT)) == ["certainty"]


def test_counts_of_one_thing_without_a_number_in_common_differ_in_value() -> None:
    twelve = KILLED.replace("Nine nine", "Twelve twelve")
    assert aspects(reading(KILLED), reading(twelve)) == ["value"]


def test_at_least_nine_does_not_conflict_with_twelve() -> None:
    at_least = "At at ADP IN 2 advmod\nleast least ADJ JJS 3 advmod\n" + "\n".join(
        f"{word} {lemma} {pos} {tag} {int(head) + 2 if head != '0' else 0} {dep}"
        for word, lemma, pos, tag, head, dep in (line.split() for line in KILLED.strip().splitlines())
    )
    twelve = KILLED.replace("Nine nine", "Twelve twelve")
    assert aspects(reading(at_least), reading(twelve)) == []


def test_the_order_of_the_accounts_does_not_matter() -> None:
    one = {(p.kind, p.aspect, p.reason) for p in told(reading(PLAN), reading(FAILURE))[1]}
    two = {(p.kind, p.aspect, p.reason) for p in told(reading(FAILURE), reading(PLAN))[1]}
    assert one == two
