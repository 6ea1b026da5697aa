"""PLOVER: patterns, scenes, actors and the coding of events."""

from dataclasses import replace

import numpy as np
import pytest

from secondsource.find.events import find_events
from secondsource.find.events.actors import ActorCoder, countries, parts
from secondsource.find.events.coder import Weights, code, mode_of
from secondsource.find.events.deeds import deeds_of
from secondsource.find.events.scene import Scene, features_of, is_ahead, is_negated, scene_of
from secondsource.model import Argument, Event, Reading, Span

from ..parsed import reading

ARREST = """
French french ADJ JJ 2 amod
police police NOUN NNS 3 nsubj
arrested arrest VERB VBD 0 root
two two NUM CD 5 nummod
Norwegian norwegian ADJ JJ 6 amod
sailors sailor NOUN NNS 3 obj
"""
REFUSAL = """
The the DET DT 2 det
army army NOUN NN 3 nsubj
refused refuse VERB VBD 0 root
to to PART TO 5 mark
release release VERB VB 3 xcomp
the the DET DT 7 det
villagers villager NOUN NNS 5 obj
"""
FUTURE = """
The the DET DT 2 det
minister minister NOUN NN 4 nsubj
will will AUX MD 4 aux
visit visit VERB VB 0 root
Norway Norway PROPN NNP 4 obj
"""
SAID = """
Police police NOUN NNS 2 nsubj
said say VERB VBD 0 root
they they PRON PRP 5 nsubj
had have AUX VBD 5 aux
freed free VERB VBN 2 ccomp
the the DET DT 7 det
sailors sailor NOUN NNS 5 obj
"""


def scene(source: Reading, actor: int, target: int) -> Scene:
    return scene_of(tuple(source.doc), frozenset([actor]), frozenset([target]))


def told(source: Reading) -> dict[str, Event]:
    return {event.predicate: event for event in find_events(source)}


def test_the_longest_pattern_of_a_predicate_counts() -> None:
    deeds = {(d.type, d.mode) for d in deeds_of(tuple(reading(REFUSAL).doc)) if d.at == 2}
    assert deeds == {("REJECT", "yield")}


def test_what_a_reporting_verb_governs_is_the_deed() -> None:
    said = scene(reading(SAID), 0, 6)
    assert said.predicate is not None
    assert said.predicate.lemma_ == "free"
    assert said.reported_by == {"say"}


def test_features_tell_which_deed_stands_at_the_predicate() -> None:
    features = features_of(scene(reading(ARREST), 1, 5))
    assert features["COERCE@P"] == 1.0
    assert features["P=arrest"] == 1.0
    assert "P=refuse" not in features


def test_a_deed_still_to_come_is_ahead_and_codes_as_agreement() -> None:
    visit = scene(reading(FUTURE), 1, 4)
    model = Weights({"P=visit": 0}, np.array([[2.0, 0.0]], np.float32), np.zeros(2), ("CONSULT", "AID"), 1.0)
    assert is_ahead(visit)
    assert not is_negated(visit)
    assert code(visit, model=model).type == "AGREE"
    assert mode_of(visit, "CONSULT") == "visit"


def test_chances_add_up_to_one_and_unknown_features_weigh_nothing() -> None:
    model = Weights({"a": 0}, np.array([[1.0, -1.0]], np.float32), np.zeros(2, np.float32), ("X", "Y"), 1.0)
    chances = model.chances({"a": 1.0, "never seen": 5.0})
    assert chances.sum() == pytest.approx(1.0)
    assert chances[0] > chances[1]


def test_police_who_arrest_sailors_coerce_them() -> None:
    event = told(reading(ARREST))["arrest"]
    assert (event.type, event.mode) == ("COERCE", "arrest")
    assert [argument.code for argument in event.actors] == ["FRACOP"]
    assert [argument.code for argument in event.recipients] == ["NOR"]


def test_what_a_refusal_governs_is_not_coded_by_itself() -> None:
    assert told(reading(REFUSAL))["release"].type is None


def coded(source: Reading, first: int, last: int) -> str | None:
    doc = source.doc
    head = doc[last]
    span = Span(doc[first].idx, head.idx + len(head))
    return ActorCoder(source).code(Argument("agent", span, Span(head.idx, head.idx + len(head))))


def test_an_actor_is_coded_by_country_and_sector() -> None:
    assert coded(reading(ARREST), 0, 1) == "FRACOP"
    assert coded(reading(REFUSAL), 0, 1) == "MIL"
    assert coded(reading(FUTURE), 4, 4) == "NOR"


def test_a_common_noun_that_tells_no_sector_is_no_actor() -> None:
    assert coded(reading(ARREST.replace("police police", "fog fog")), 0, 1) is None


@pytest.mark.parametrize(
    ("words", "country"), [("american", "USA"), ("america", "USA"), ("UK", "GBR"), ("dutch", "NLD")]
)
def test_countries_go_by_their_names_and_peoples(words: str, country: str) -> None:
    assert countries().names[words] == country


@pytest.mark.parametrize("code", ["FRAGOV", "FRA", "COP"])
def test_a_code_is_its_parts(code: str) -> None:
    assert "".join(parts(code)) == code


def test_events_that_tell_no_deed_stay_as_they_are() -> None:
    event = told(reading(SAID))["say"]
    assert event == replace(event, type=None, mode=None, contexts=())
