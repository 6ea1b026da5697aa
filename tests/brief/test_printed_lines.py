"""Printed lines of real stories: citations round-trip; numbers, names and dates stand in the cited spans."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondsource.api import load
from secondsource.brief import Brief
from secondsource.group import as_story
from secondsource.model import Citation, Story
from secondsource.pipeline import story_pipeline

EXAMPLES = ("ferry-collision", "lisbon-visit", "rail-ruling", "rate-decision")
SETS = (("roundups.jsonl", "story", 7, 2), ("incidents.jsonl", "incident", 8, 2))
"""File, its key of a story, how many stories to take, and the least number of accounts."""
LONGEST = 16_000
"""Stories of more characters take too long for a test."""
_TELLING = re.compile(r"\d[\d.,:]*\d|\d|\b[A-Z][\w’'-]*")


def drawn(folder: Path, file: str, key: str, number: int, least: int, tmp: Path) -> Iterator[Story]:
    """Stories of a corpus, drawn at random but always the same."""
    told: dict[str, list[str]] = defaultdict(list)
    for line in (folder / "stories" / file).read_text(encoding="utf-8").splitlines():
        story = json.loads(line).get(key)
        if story:
            told[story].append(line)
    fit = sorted(s for s, lines in told.items() if len(lines) >= least and sum(map(len, lines)) < LONGEST)
    for place, story in enumerate(random.Random(6).sample(fit, number)):
        saved = tmp / f"{key}-{place}.jsonl"
        saved.write_text("\n".join(told[story]), encoding="utf-8")
        yield as_story(load(saved))


@pytest.fixture(scope="module")
def briefs(examples: Path, corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Brief]:
    """Briefs of the invented stories and of real ones."""
    tmp = tmp_path_factory.mktemp("stories")
    stories = [as_story(load(examples / name)) for name in EXAMPLES]
    for file, key, number, least in SETS:
        stories += drawn(corpora, file, key, number, least, tmp)
    return [story_pipeline().run(story=story).value["brief"] for story in stories]


def printed(brief: Brief) -> Iterator[tuple[str, str, tuple[Citation, ...]]]:
    """Every line that a brief prints, by what it is, with what it cites."""
    for point in brief.points:
        yield point.kind, point.summary, point.accounts
    for utterance in brief.utterances:
        cited = tuple(wording.citation for wording in utterance.wordings)
        yield "utterance", utterance.text, cited
        for wording in utterance.wordings:
            yield "wording", wording.citation.text, (wording.citation,)
    for entry in brief.timeline:
        yield "timeline", entry.text, entry.citations
    for member in brief.cast:
        for name in (member.name, *member.names):
            yield "cast", name, member.citations


def words_of(text: str) -> set[str]:
    """The numbers and the capitalised words of a text: its figures, names and dates."""
    return {word.strip(".,:'’") for word in _TELLING.findall(text)}


def test_there_are_lines_of_every_kind(briefs: list[Brief]) -> None:
    kinds = {kind for brief in briefs for kind, _, _ in printed(brief)}
    assert kinds == {"shared", "differing", "only_here", "utterance", "wording", "timeline", "cast"}
    assert len(briefs) == len(EXAMPLES) + sum(number for _, _, number, _ in SETS)


def test_every_citation_round_trips(briefs: list[Brief]) -> None:
    checked = 0
    for brief in briefs:
        for kind, _, citations in printed(brief):
            assert citations, kind
            for citation in citations:
                text = brief.story.article(citation.article).text
                held = " ".join(span.of(text) for span in citation.spans)
                assert " ".join(held.split()) == " ".join(citation.text.split()), (kind, citation)
                checked += 1
    assert checked > 500


def test_every_number_name_and_date_of_a_line_stands_in_its_spans(briefs: list[Brief]) -> None:
    for brief in briefs:
        for kind, line, citations in printed(brief):
            if kind == "cast":
                continue
            cited = " ".join(
                span.of(brief.story.article(c.article).text) for c in citations for span in c.spans
            )
            missing = words_of(line) - words_of(cited)
            assert not missing, (kind, line, sorted(missing))


def test_every_name_of_the_cast_stands_in_an_account_that_it_cites(briefs: list[Brief]) -> None:
    for brief in briefs:
        for member in brief.cast:
            texts = [" ".join(brief.story.article(c.article).text.split()) for c in member.citations]
            for name in (member.name, *member.names):
                assert any(name in text for text in texts), (member.name, name)
            for citation in member.citations:
                assert set(citation.text.split()) & {w for n in member.names for w in n.split()}, citation


def test_every_speaker_is_named_in_the_story(briefs: list[Brief]) -> None:
    for brief in briefs:
        whole = " ".join(" ".join(article.text.split()) for article in brief.story.articles)
        for utterance in brief.utterances:
            assert utterance.speaker is None or utterance.speaker in whole


def test_every_count_of_origins_is_that_of_the_accounts_cited(briefs: list[Brief]) -> None:
    for brief in briefs:
        origin = {id: origin.id for origin in brief.story.origins for id in origin.articles}
        for point in brief.points:
            assert point.origins == len({origin[c.article] for c in point.accounts})
            assert point.kind != "shared" or point.origins >= 2
