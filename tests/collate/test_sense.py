"""Sense: what speaks for and against two sayings being one utterance in other words."""

from secondsource.collate.sense import Model, Sense, models, stem
from secondsource.collate.tiling import longest, tiles


def test_verbs_meet_the_nouns_and_adjectives_derived_from_them() -> None:
    assert stem("divide") == stem("dividing")
    assert stem("protect") == stem("protection") == stem("protective")
    assert stem("ferry") != stem("fire")


def test_both_models_weigh_shared_words_for_and_another_speaker_against() -> None:
    for model in models():
        assert model.weights["contained"] > 0
        assert model.weights["other_speaker"] < 0
    assert "cosine" in models()[0].weights
    assert "cosine" not in models()[1].weights


def test_a_model_gives_a_chance_that_grows_with_what_speaks_for_it() -> None:
    model = Model(bias=-1.0, weights={"alike": 4.0})
    assert 0 < model.chance({"alike": 0.0}) < 0.5 < model.chance({"alike": 1.0}) < 1


def test_a_sense_without_marks_has_no_fragment() -> None:
    sense = Sense({"harbour": 1.0}, 1.0, ("harbour",), (), frozenset(), False, frozenset(), frozenset(), None)
    assert sense.marked == {}


def test_tiles_match_moved_clauses_but_never_an_ellipsis() -> None:
    assert [t.length for t in tiles("a b c … d".split(), "… a b c".split())] == [3]
    assert longest("… …".split(), "… …".split()) == 0
