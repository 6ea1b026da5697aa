"""A checkpoint becomes the files that serving reads: `python -m training.export CHECKPOINT FOLDER`.

The ONNX graph is written operator by operator, with onnxruntime's fused ones (attention, skip and
layer norm, bias and GELU), so that nothing has to be fused when the session starts. With `--int8`
the dense weights are stored in 8 bits per output channel; the word embeddings always are.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from . import labels
from .batches import collate, windows
from .data import data_dir, inventories, pretrained, treebank
from .network import BENT, HEADS, Layer, Reader

FUSED = "com.microsoft"
FLAT = ("sent", "event", "mention")
SMOOTHED = ("qkv", "out", "up")  # the inputs of "down" are already even: smoothing them costs .1 LAS


class Graph:
    """Nodes and weights of an ONNX graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: torch.Tensor | np.ndarray) -> str:
        """Store a weight; returns its name."""
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes) -> str:
        """Add a node with one output; returns the output's name."""
        node = helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes)
        self.nodes.append(node)
        return output


def embeddings(g: Graph, net: Reader) -> str:
    """Word pieces (8 bits a number, one scale a row), positions, letter case, norm."""
    e = net.encoder
    table = e.words.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
    g.weight("words", np.round(table / scale).astype(np.int8))
    g.weight("words_scale", scale.astype(np.float32))
    g.weight("positions", e.positions.weight[:258])
    g.weight("cases", e.case.weight)
    for name, value in (("zero", [0]), ("one", [1]), ("two", [2])):
        g.weight(name, np.array(value, np.int64))
    g.add("Gather", ["words", "ids"], "words_8")
    g.add("Cast", ["words_8"], "words_f", to=TensorProto.FLOAT)
    g.add("Gather", ["words_scale", "ids"], "scale")
    g.add("Mul", ["words_f", "scale"], "word_pieces")
    g.add("Shape", ["ids"], "shape")
    g.add("Slice", ["shape", "one", "two", "zero"], "length")
    g.add("Slice", ["positions", "zero", "length", "zero"], "places")
    g.add("Gather", ["cases", "case"], "letter_case")
    g.add("Add", ["word_pieces", "places"], "placed")
    g.add("Add", ["placed", "letter_case"], "cased")
    g.weight("norm_g", e.norm.weight)
    g.weight("norm_b", e.norm.bias)
    return g.add("LayerNormalization", ["cased", "norm_g", "norm_b"], "x", axis=-1, epsilon=1e-12)


@dataclass
class Smoothing:
    """The largest input of each channel per dense product, and how far weights make up for it."""

    most: dict[str, np.ndarray]
    power: float = 0.5

    def divide(self, g: Graph, x: str, name: str, weight: np.ndarray) -> str:
        """Divide the inputs `x` per channel and multiply `weight` [in, out] by the same, in place.

        Large channels shrink, and one 8-bit scale fits all of them better (SmoothQuant, Xiao et al.
        2023). Products that were not measured stay as they are.
        """
        if name not in self.most:
            return x
        large = np.maximum(self.most[name], 1e-5) ** self.power
        scale = large / np.maximum(np.abs(weight).max(1), 1e-5) ** (1 - self.power)
        scale /= np.exp(np.log(scale).mean())
        weight *= scale[:, None]
        return g.add("Mul", [x, g.weight(name + "_s", (1 / scale).astype(np.float32))], name + "_in")


def measure(net: Reader, batches: Sequence[dict]) -> dict[str, np.ndarray]:
    """The largest input of each channel of the smoothed parts of every layer, over some batches."""
    most: dict[str, torch.Tensor] = {}

    def watch(name: str, given: torch.Tensor) -> None:
        top = given.detach().abs().amax((0, 1))
        most[name] = torch.maximum(most[name], top) if name in most else top

    handles = [
        getattr(layer, part).register_forward_pre_hook(
            lambda _, given, name=f"layer{i}_{part}": watch(name, given[0])
        )
        for i, layer in enumerate(net.encoder.layers)
        for part in SMOOTHED
    ]
    with torch.no_grad():
        for batch in batches:
            net.words(batch)
    for handle in handles:
        handle.remove()
    return {name: top.numpy() for name, top in most.items()}


def layers(g: Graph, net: Reader, x: str, smoothing: Smoothing) -> str:
    """The transformer layers."""
    for i, layer in enumerate(net.encoder.layers):
        n = f"layer{i}_"
        for part in ("norm1", "norm2"):
            norm = getattr(layer, part)
            g.weight(n + part + "_g", norm.weight)
            g.weight(n + part + "_b", norm.bias)

        def dense(part: str, x: str, layer: Layer = layer, n: str = n) -> list[str]:
            linear = getattr(layer, part)
            weight = linear.weight.detach().numpy().T.copy()
            given = smoothing.divide(g, x, n + part, weight)
            g.weight(n + part + "_b", linear.bias)
            return [given, g.weight(n + part + "_w", weight)]

        a = [*dense("qkv", x), n + "qkv_b", "mask"]
        a = g.add("Attention", a, n + "a", FUSED, num_heads=HEADS)
        o = g.add("MatMul", dense("out", a), n + "o")
        skip = [o, x, n + "norm1_g", n + "norm1_b", n + "out_b"]
        x = g.add("SkipLayerNormalization", skip, n + "y", FUSED, epsilon=1e-12)
        u = g.add("MatMul", dense("up", x), n + "u")
        u = g.add("BiasGelu", [u, n + "up_b"], n + "g", FUSED)
        d = g.add("MatMul", dense("down", u), n + "d")
        skip = [d, x, n + "norm2_g", n + "norm2_b", n + "down_b"]
        x = g.add("SkipLayerNormalization", skip, n + "x", FUSED, epsilon=1e-12)
    return x


def outputs(g: Graph, net: Reader, x: str) -> list[str]:
    """Word states and all heads."""
    g.weight("minus", np.array([-1], np.int64))
    g.weight("tail", net.tail)
    for name in ("first", "last"):
        g.add("Unsqueeze", [name, "minus"], name + "_at")
        g.add("GatherND", [x, name + "_at"], name + "_x", batch_dims=1)
    g.add("Mul", ["last_x", "tail"], "tailed")
    g.add("Add", ["first_x", "tailed"], "word")
    g.weight("heads_w", net.heads.weight.T)
    g.weight("heads_b", net.heads.bias)
    g.add("MatMul", ["word", "heads_w"], "heads_m")
    g.add("Add", ["heads_m", "heads_b"], "heads")
    g.weight("sizes", np.array(list(net.sizes.values()), np.int64))
    raw = [n + "_raw" if n in BENT or n in FLAT else n for n in net.sizes]
    g.nodes.append(helper.make_node("Split", ["heads", "sizes"], raw, name="split", axis=-1))
    for name in BENT:
        bent = name if name != "arc_dep" else "arc_bent"
        g.add("Gelu", [name + "_raw"], bent, FUSED)
    g.weight("fold_w", net.arc_fold.weight.T)
    g.weight("fold_b", net.arc_fold.bias)
    g.add("MatMul", ["arc_bent", "fold_w"], "arc_folded")
    g.add("Add", ["arc_folded", "fold_b"], "arc_dep")
    for name in FLAT:
        g.add("Squeeze", [name + "_raw", "minus"], name)
    return ["word", *net.sizes]


def build(net: Reader, smoothing: Smoothing) -> onnx.ModelProto:
    """The whole network as an ONNX model in fp32."""
    g = Graph()
    names = outputs(g, net, layers(g, net, embeddings(g, net), smoothing))
    info = helper.make_tensor_value_info
    inputs = [info(n, TensorProto.INT64, ["B", "T"]) for n in ("ids", "case")]
    inputs.append(info("mask", TensorProto.INT32, ["B", "T"]))
    inputs += [info(n, TensorProto.INT64, ["B", "W"]) for n in ("first", "last")]
    width = {**net.sizes, "word": 384}
    made = [info(n, TensorProto.FLOAT, ["B", "W"] if n in FLAT else ["B", "W", width[n]]) for n in names]
    graph = helper.make_graph(g.nodes, "reader", inputs, made, g.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def quantise(source: Path, target: Path, keep: list[str]) -> None:
    """Dense weights in 8 bits, activations quantised as they come; `keep` names nodes left alone."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        reduce_range=True,  # 7 bits: processors without VNNI add pairs in 16 bits and would clip
        weight_type=QuantType.QInt8,
        nodes_to_exclude=keep,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )


def calibration(docs: int = 60) -> list[dict]:
    """Some treebank training documents as batches, one each."""
    parse = data_dir() / "parse"
    maps = inventories([parse / "ewt-train.conllu", parse / "gum-train.conllu"])
    some = treebank(parse / "ewt-train.conllu", "ewt", maps)[::5][:docs]
    return [collate(windows(doc, None)) for doc in some]


def write(checkpoint: Path, folder: Path, int8: bool, keep: list[str], batches: Sequence[dict] = ()) -> None:
    """Write all files of the interface to `folder`; inputs are smoothed by what they are in `batches`."""
    from .train import restore

    net, kept = restore(checkpoint)
    folder.mkdir(parents=True, exist_ok=True)
    model = build(net, Smoothing(measure(net, batches)))
    onnx.checker.check_model(model)
    plain = folder / "plain.onnx"
    onnx.save(model, plain)
    if int8:
        quantise(plain, folder / "part.onnx", keep)
        plain.unlink()
        plain = folder / "part.onnx"
    maps = kept["maps"]
    deprel = sorted(maps["deprel"], key=maps["deprel"].get)
    scorers = {k: v.detach().numpy().astype(np.float16) for k, v in net.scorers().items()}
    scorers["root_label"] = np.array(deprel.index("root"))
    np.savez(folder / "scorers.npz", **scorers)
    names = {
        "version": 1,
        "upos": labels.UPOS,
        "xpos": sorted(maps["xpos"], key=maps["xpos"].get),
        "deprel": deprel,
        "ner": list(labels.NER),
        "etype": labels.ETYPES,
        "roles": list(labels.ROLES),
        "sizes": {"word": 384, **net.sizes},
    }
    (folder / "labels.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    tok = json.loads((pretrained() / "tokenizer.json").read_text(encoding="utf-8"))
    tok["padding"] = tok["truncation"] = None
    (folder / "tokenizer.json").write_text(json.dumps(tok, ensure_ascii=False), encoding="utf-8")
    shutil.move(plain, folder / "reader.onnx")


def main() -> None:
    """Command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("checkpoint", type=Path)
    p.add_argument("folder", type=Path)
    p.add_argument("--int8", action="store_true")
    p.add_argument(
        "--keep",
        nargs="*",
        default=["layer0_d"],
        help="nodes that stay in fp32; the default halves what 8 bits cost in LAS for 2 MB",
    )
    args = p.parse_args()
    write(args.checkpoint, args.folder, args.int8, args.keep, calibration() if args.int8 else ())


if __name__ == "__main__":
    main()
