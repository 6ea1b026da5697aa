"""Evaluation of events: PLOVER's records, ECB+'s documents, macro F1."""

import json
from pathlib import Path

import pytest

from secondsource.errors import InputError
from secondsource.evaluate.ecbplus import documents
from secondsource.evaluate.events import macro_f1
from secondsource.evaluate.plover import read_records
from secondsource.evaluate.scores import ceaf_e

XML = """<Document doc_name="3_1ecb.xml">
<token t_id="1" sentence="0" number="0">Ann</token>
<token t_id="2" sentence="0" number="1">resigned</token>
<token t_id="3" sentence="0" number="2">.</token>
<token t_id="4" sentence="1" number="0">Unlisted</token>
<token t_id="5" sentence="1" number="1">fell</token>
<Markables>
<ACTION_OCCURRENCE m_id="7"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="8"><token_anchor t_id="5"/></ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="9"><token_anchor t_id="1"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="10" instance_id="ACT1"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="1" note="ACT1"><source m_id="7"/><target m_id="10"/></CROSS_DOC_COREF>
</Relations></Document>"""


def test_a_records_source_and_target_are_spans_of_the_sentence(tmp_path: Path) -> None:
    marked = "<s>Ann</s> thanked <t>the crew</t>."
    row = {"marked_sentence": marked, "gold_root": "SUPPORT", "root_L2": "AID"}
    (tmp_path / "events").mkdir()
    (tmp_path / "events/plover-train.jsonl").write_text(json.dumps(row) + "\n")
    (record,) = read_records(tmp_path)
    assert record.sentence == "Ann thanked the crew."
    assert [span.of(record.sentence) for span in (*record.source, *record.target)] == ["Ann", "the crew"]
    assert (record.type, record.machine) == ("SUPPORT", "AID")


def test_reliable_event_mentions_lie_in_a_text_put_together_again(tmp_path: Path) -> None:
    folder = tmp_path / "coref/ecbplus/3"
    folder.mkdir(parents=True)
    (folder / "3_1ecb.xml").write_text(XML)
    (folder.parent / "sentences.csv").write_text("Topic,File,Sentence Number\n3,1ecb,0\n")
    (document,) = documents(tmp_path)
    assert document.article.text == "Ann resigned.\nUnlisted fell"
    (mention,) = document.mentions
    assert [span.of(document.article.text) for span in mention.spans] == ["resigned"]
    assert mention.chain == "ACT1"


@pytest.mark.parametrize("read", [read_records, documents])
def test_a_corpus_that_is_not_there_is_an_input_error(read: object, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such corpus"):
        read(tmp_path)  # type: ignore[operator]


def test_macro_f1_weighs_every_type_alike() -> None:
    assert macro_f1(["A", "A", "A"], ["A", "A", "B"]) == pytest.approx(0.4)


def test_chains_apart_are_aligned_as_if_together() -> None:
    score = ceaf_e([{1, 2}, {3}, {9}], [{1, 2, 3}, {4}])
    assert (score.precision, score.recall) == (pytest.approx(0.8 / 3), pytest.approx(0.4))
