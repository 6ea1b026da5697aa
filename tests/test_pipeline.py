"""The composition is checked when it is built, and runs its stages in order."""

import pytest

from secondsource.errors import Failure, Outcome, PipelineError
from secondsource.pipeline import VALUES, Pipeline, Stage, corpus_pipeline, story_pipeline


def give(value: object, *failures: Failure) -> Stage:
    """A stage that gives articles from sources."""
    return Stage("ingest", ("sources",), "articles", lambda sources: Outcome(value, failures))


def test_a_need_that_nothing_gives_is_found_when_the_pipeline_is_built() -> None:
    with pytest.raises(PipelineError, match="'group' needs 'articles'"):
        Pipeline((Stage("group", ("articles",), "stories", Outcome),), given=("sources",))


def test_two_stages_giving_one_value_are_refused() -> None:
    with pytest.raises(PipelineError, match="there already"):
        Pipeline((give(()), give(())), given=("sources",))


def test_a_value_nobody_knows_is_refused() -> None:
    with pytest.raises(PipelineError, match="'soup' is no value"):
        Pipeline((Stage("cook", ("sources",), "soup", Outcome),), given=("sources",))


def test_values_other_than_those_declared_are_refused() -> None:
    with pytest.raises(PipelineError, match="declared"):
        Pipeline((give(()),), given=("sources",)).run(story=None)


def test_stages_run_in_order_and_their_failures_are_kept_once_and_sorted() -> None:
    late, early = Failure("ingest", "b.txt", "empty"), Failure("ingest", "a.txt", "empty")
    count = Stage("group", ("articles",), "stories", lambda articles: Outcome(len(articles), (early,)))
    outcome = Pipeline((give("abc", late, early), count), given=("sources",)).run(sources=())
    assert outcome.value["stories"] == 3
    assert outcome.failures == (early, late)


def test_progress_names_each_stage() -> None:
    seen: list[str] = []
    Pipeline((give(()),), given=("sources",)).run(lambda what, done, total: seen.append(what), sources=())
    assert seen == ["ingest"]


def test_the_shipped_pipelines_fit_together() -> None:
    gives = {s.gives for p in (corpus_pipeline(), story_pipeline()) for s in p.stages}
    assert gives | {"sources", "story"} == set(VALUES)
