"""Served files become a network again, so that training can go on where no checkpoint was kept.

Weights in 8 bits come back with their rounding, which a few hundred steps of training undo. Parts
that the files do not have (a head added since) stay as they are in a new network.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .data import pretrained
from .network import LAYERS, Reader, segments

SCORERS = {
    "vec_W": "vec.weight",
    "vec_b": "vec.bias",
    "quote_V": "quote_V.weight",
    "quote_Q": "quote_Q.weight",
    "quote_D": "quote_D.weight",
    "quote_kb": "quote_conv.bias",
    "quote_O": "quote_out.weight",
    "quote_ob": "quote_out.bias",
    "coref_W1": "coref_W1.weight",
    "coref_W2": "coref_W2.weight",
    "coref_W3": "coref_W3.weight",
    "coref_dist": "coref_dist.weight",
    "coref_sent": "coref_sent.weight",
    "coref_same": "coref_same.weight",
}
PLAIN = ("root_arc", "root_lab", "lab_U", "lab_Wd", "lab_Wh", "lab_b", "coref_A", "deed_near")
TURNED = ("vec_W", "quote_V", "quote_Q", "quote_O", "coref_W1", "coref_W2", "coref_W3")


def dense(path: Path) -> dict[str, np.ndarray]:
    """The weights of an ONNX file by name, those in 8 bits scaled back."""
    found = {w.name: numpy_helper.to_array(w) for w in onnx.load(path).graph.initializer}
    for name in [n.removesuffix("_quantized") for n in found if n.endswith("_quantized")]:
        zero = found[f"{name}_zero_point"].astype(np.float32)
        found[name] = (found[f"{name}_quantized"].astype(np.float32) - zero) * found[f"{name}_scale"]
    return found


def served(folder: Path, maps: dict[str, dict[str, int]]) -> Reader:
    """The network of served files.

    Raises:
        ValueError: when the files were made for other label inventories.
    """
    told = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    for kind in ("xpos", "deprel"):
        if told[kind] != sorted(maps[kind], key=maps[kind].__getitem__):
            raise ValueError(f"{folder} has other {kind} labels than the corpora")
    net = Reader(len(maps["xpos"]), len(maps["deprel"]))
    net.encoder.load_pretrained(pretrained())
    state = net.state_dict()
    w = dense(folder / "reader.onnx")
    with torch.no_grad():
        _encoder(state, w)
        _heads(state, w, told["sizes"], segments(len(maps["xpos"])))
        with np.load(folder / "scorers.npz") as scorers:
            _scorers(state, scorers)
    net.load_state_dict(state)
    return net


def _put(state: dict[str, torch.Tensor], name: str, value: np.ndarray) -> None:
    state[name].copy_(torch.from_numpy(np.array(value, dtype=np.float32)))


def _encoder(state: dict[str, torch.Tensor], w: dict[str, np.ndarray]) -> None:
    places = w["positions"]
    state["encoder.positions.weight"][: len(places)] = torch.from_numpy(places.copy())
    _put(state, "encoder.case.weight", w["cases"])
    _put(state, "encoder.norm.weight", w["norm_g"])
    _put(state, "encoder.norm.bias", w["norm_b"])
    _put(state, "tail", w["tail"])
    for i in range(LAYERS):
        mine, theirs = f"encoder.layers.{i}.", f"layer{i}_"
        for part in ("qkv", "out", "up", "down"):
            weight = w[f"{theirs}{part}_w"]
            if f"{theirs}{part}_s" in w:  # smoothed: what the inputs were multiplied by
                weight = weight * w[f"{theirs}{part}_s"][:, None]
            _put(state, f"{mine}{part}.weight", weight.T)
            _put(state, f"{mine}{part}.bias", w[f"{theirs}{part}_b"])
        for part in ("norm1", "norm2"):
            _put(state, f"{mine}{part}.weight", w[f"{theirs}{part}_g"])
            _put(state, f"{mine}{part}.bias", w[f"{theirs}{part}_b"])


def _heads(
    state: dict[str, torch.Tensor], w: dict[str, np.ndarray], sizes: dict[str, int], now: dict[str, int]
) -> None:
    """Each head by its name, since their order and number may have changed."""
    _put(state, "arc_fold.weight", w["fold_w"].T)
    _put(state, "arc_fold.bias", w["fold_b"])
    theirs, at = {}, 0
    for name, size in sizes.items():
        if name != "word":
            theirs[name] = slice(at, at + size)
            at += size
    at = 0
    for name, size in now.items():
        if name in theirs:
            state["heads.weight"][at : at + size] = torch.from_numpy(w["heads_w"].T[theirs[name]].copy())
            state["heads.bias"][at : at + size] = torch.from_numpy(w["heads_b"][theirs[name]].copy())
        at += size


def _scorers(state: dict[str, torch.Tensor], scorers: np.lib.npyio.NpzFile) -> None:
    for name in PLAIN:
        if name in scorers:
            _put(state, name, scorers[name])
    for name, mine in SCORERS.items():
        _put(state, mine, scorers[name].T if name in TURNED else scorers[name])
    _put(state, "quote_conv.weight", scorers["quote_K"].transpose(2, 1, 0))
    _put(state, "coref_W1.bias", np.zeros(len(state["coref_W1.bias"])))  # folded into the distances
    _put(state, "coref_o.weight", scorers["coref_o"][None])
    _put(state, "coref_o.bias", scorers["coref_ob"][None])
    if "deed_S" in scorers:
        for name, mine in (("deed_S", "deed_S"), ("deed_T", "deed_T"), ("deed_O", "deed_out")):
            _put(state, f"{mine}.weight", scorers[name].T)
        _put(state, "deed_look.weight", scorers["deed_look"][None])
        _put(state, "deed_out.bias", scorers["deed_ob"])
