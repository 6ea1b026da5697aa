"""Whether two tellings are one event: features, trees, clusters."""

from dataclasses import replace

import numpy as np
import pytest

from secondsource.collate.average import average_link
from secondsource.collate.forest import forest
from secondsource.collate.gist import alike, gist
from secondsource.collate.kin import family, kin
from secondsource.collate.same_event import Told, chances, features, told
from secondsource.find.events import event_at, find_events
from secondsource.model import Article, Reading, Span

from ..parsed import reading

CRASH = """
The the DET DT 2 det
ferry ferry NOUN NN 3 nsubj
collided collide VERB VBD 0 root
with with ADP IN 6 case
a a DET DT 6 det
freighter freighter NOUN NN 3 obl
off off ADP IN 8 case
Skarne Skarne PROPN NNP 3 obl
"""
STRUCK = """
A a DET DT 2 det
freighter freighter NOUN NN 3 nsubj
struck strike VERB VBD 0 root
the the DET DT 5 det
ferry ferry NOUN NN 3 obj
off off ADP IN 7 case
Skarne Skarne PROPN NNP 3 obl
"""
PRAISE = """
The the DET DT 2 det
mayor mayor NOUN NN 3 nsubj
praised praise VERB VBD 0 root
the the DET DT 5 det
bakers baker NOUN NNS 3 obj
"""


def tellings(sentence: str, id: str) -> tuple[Told, ...]:
    source = reading(sentence)
    named = replace(source, article=Article(text=source.article.text, id=id))
    return told(replace(named, events=find_events(named)))


def test_kin_predicates_with_shared_participants_are_likelier_one_than_strangers() -> None:
    (crash,), (struck,), (praise,) = (tellings(s, s[:9]) for s in (CRASH, STRUCK, PRAISE))
    near, far = chances([(crash, struck, 1.0), (crash, praise, 1.0)]).tolist()
    assert near > far
    assert far < 0.1


def test_the_order_of_two_tellings_makes_no_difference() -> None:
    (crash,), (struck,) = tellings(CRASH, "a"), tellings(STRUCK, "b")
    assert features(crash, struck, 0.5) == pytest.approx(features(struck, crash, 0.5))


def test_a_telling_knows_its_slots_and_its_words() -> None:
    (crash,) = tellings(CRASH, "a")
    assert (crash.lemma, crash.agents) == ("collide", frozenset({"ferry"}))
    assert "freighter" in crash.arguments


def test_an_event_can_be_told_at_any_words() -> None:
    source = reading(CRASH)
    event = event_at(source, (Span(4, 9),))
    assert event.trigger == (Span(4, 9),)
    assert told(source, [event])[0].lemma == "ferry"


def test_no_pairs_have_no_chances() -> None:
    assert chances([]).size == 0
    assert alike([]).size == 0


def gists(*sentences: str) -> list[Reading]:
    return [reading(sentence) for sentence in sentences]


def test_two_accounts_are_more_alike_than_two_stories() -> None:
    crash, struck, praise = (gist(source) for source in gists(CRASH, STRUCK, PRAISE))
    near, far = alike([(crash, struck), (crash, praise)]).tolist()
    assert near > far


def test_a_chain_of_likely_pairs_is_no_cluster() -> None:
    assert average_link(3, {(0, 1): 0.9, (1, 2): 0.8}, floor=0.5) == [[0, 1], [2]]


def test_a_pair_out_of_the_question_keeps_clusters_apart() -> None:
    pairs = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.1}
    assert average_link(3, pairs, floor=0.3) == [[0, 1, 2]]
    assert average_link(3, pairs, floor=0.3, veto=0.2) == [[0, 1], [2]]


def test_trees_add_up_their_leaves() -> None:
    stored = {
        "t_feature": np.array([0, 0, 0], np.int32),
        "t_threshold": np.array([0.5, 0, 0], np.float32),
        "t_left": np.array([1, 1, 2], np.int32),
        "t_right": np.array([2, 1, 2], np.int32),
        "t_value": np.array([0, -2, 2], np.float32),
        "t_roots": np.array([0], np.int32),
        "t_base": np.array(0.0),
    }
    low, high = forest(stored, "t").chances(np.array([[0.0], [1.0]], np.float32)).tolist()
    assert (low, high) == (pytest.approx(0.1192, abs=1e-3), pytest.approx(0.8808, abs=1e-3))


@pytest.mark.parametrize(("one", "two"), [("collide", "crash"), ("arrest", "apprehend"), ("die", "death")])
def test_kin_are_found_both_ways(one: str, two: str) -> None:
    assert kin(one, two) == kin(two, one) > 0


def test_a_verb_and_its_noun_are_of_one_family() -> None:
    assert family("resignation") != family("resident")
    assert family("shooting") == family("shoot")
