"""The accuracy of the reader, against its floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.evaluate.conllu import documents
from secondsource.evaluate.reader import evaluate, tag_spans

from .conftest import Sunk

GUM = """# newdoc id = one
# meta::genre = news
# newpar
1	Jane	Jane	PROPN	NNP	_	3	nsubj	_	Entity=(1-person
2	Roe	Roe	PROPN	NNP	_	1	flat	_	Entity=1)
3-4	isn't	_	_	_	_	_	_	_	_
3	is	be	AUX	VBZ	_	0	root	_	_
4	n't	not	PART	RB	_	3	advmod	_	SpaceAfter=No
5	.	.	PUNCT	.	_	3	punct	_	_

# newpar
1	She	she	PRON	PRP	_	2	nsubj	_	Entity=(1-person-ana)
2	left	leave	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


@pytest.mark.corpus
def test_the_reader_does_not_sink_below_its_floors(corpora: Path, sunk: Sunk) -> None:
    assert sunk(evaluate(corpora)) == {}


def test_a_treebank_is_read_with_its_text_and_chains(tmp_path: Path) -> None:
    (tmp_path / "gum.conllu").write_text(GUM, encoding="utf-8")
    (document,) = documents(tmp_path / "gum.conllu")
    assert document.genre == "news"
    assert document.text == "Jane Roe isn't .\n\nShe left. "
    assert [document.text[start : start + 4] for start in document.starts] == ["Jane", "She "]
    assert document.chains() == [{(0, 2), (5, 6)}]


def test_tags_are_read_as_spans() -> None:
    assert tag_spans(["B-PER", "I-PER", "B-PER", "O", "LOC", "LOC"]) == [
        (0, 2, "PER"),
        (2, 3, "PER"),
        (4, 6, "LOC"),
    ]
