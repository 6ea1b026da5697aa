"""The network: trained weights, loaded once a process, and run over windows of words."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from ..errors import ModelError
from .pieces import CASES, Pieces
from .tags import TagScheme

T = TypeVar("T")
Floats: TypeAlias = npt.NDArray[np.float32]

_BEGIN: Final = 101
_END: Final = 102
_VERSION: Final = 1
_FILES: Final = ("reader.onnx", "tokenizer.json", "labels.json", "scorers.npz")


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the network's classes, in the order of its outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]
    ner: tuple[str, ...]
    etype: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words as the network takes them: their pieces, letter case and paragraph starts."""

    pieces: Sequence[tuple[tuple[int, ...], int]]
    paragraph: Sequence[bool]


class Network:
    """The trained reader: an ONNX session with its word pieces, labels and small scorers.

    Windows are run one by one, several side by side: what the network gives
    for a window then depends on that window alone, however inputs are
    ordered. (Quantised sums are scaled by the batch they are in.) Loading a
    network switches numpy's own threads off in the process: where windows run
    side by side already, they only make one another wait.

    Raises:
        ModelError: when a file of the weights is missing or of another version.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        from threadpoolctl import ThreadpoolController

        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"the reader's weights are incomplete: {folder} has no {', '.join(missing)}")
        self.labels = stored_labels(folder)
        self.names = TagScheme(self.labels.ner)
        self.pieces = Pieces(folder / "tokenizer.json")
        self.folder = folder
        self.scorers = stored_scorers(folder)
        self.threads = threads
        self._session = _session(folder / "reader.onnx")
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="secondsource-reader")
        ThreadpoolController().limit(limits=1, user_api="blas")

    def run(self, window: Window) -> dict[str, Floats]:
        """Run a window."""
        values = self._session.run(self._outputs, inputs(window))
        return {name: value[0] for name, value in zip(self._outputs, values, strict=True)}

    def each(self, jobs: Iterable[Callable[[], T]]) -> Iterator[T]:
        """Do jobs side by side; their results in order, few of them begun before their turn."""
        begun: deque[Future[T]] = deque()
        for job in jobs:
            begun.append(self._pool.submit(job))
            if len(begun) > 2 * self.threads:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


@lru_cache(maxsize=2)
def stored_labels(folder: Path) -> Labels:
    """The labels of a folder of weights; read once a process."""
    named = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    if named.get("version") != _VERSION:
        raise ModelError(f"{folder}: weights of version {named.get('version')}, not {_VERSION}")
    return Labels(*(tuple(named[name]) for name in ("upos", "xpos", "deprel", "ner", "etype")))


@lru_cache(maxsize=2)
def stored_scorers(folder: Path) -> Mapping[str, Floats]:
    """The small scorers' weights in a folder of weights, by name; loaded once a process."""
    with np.load(folder / "scorers.npz") as stored:
        return {name: np.ascontiguousarray(stored[name], np.float32) for name in stored.files}


def inputs(window: Window) -> dict[str, npt.NDArray[Any]]:
    """A window as the arrays of the network's inputs, a batch of one."""
    ids, case, first, last = [_BEGIN], [0], [], []
    for (pieces, letters), opens in zip(window.pieces, window.paragraph, strict=True):
        first.append(len(ids))
        ids += pieces
        case += [letters + CASES if opens else letters] * len(pieces)
        last.append(len(ids) - 1)
    ids.append(_END)
    case.append(0)
    return {
        "ids": np.array([ids], np.int64),
        "case": np.array([case], np.int64),
        "mask": np.ones((1, len(ids)), np.int32),
        "first": np.array([first], np.int64),
        "last": np.array([last], np.int64),
    }


def _session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no common base
        raise ModelError(f"{model} can't be loaded: {error}") from error


def weights_folder(given: Path | None = None) -> Path:
    """Where the weights are: the given folder, else the one in the package."""
    return given if given is not None else Path(str(files(__package__) / "weights"))


def load(folder: Path, threads: int) -> Network:
    """The network of a folder of weights, loaded once a process (a forked one loads its own)."""
    return _load(folder, threads, os.getpid())


@lru_cache(maxsize=2)
def _load(folder: Path, threads: int, process: int) -> Network:
    return Network(folder, threads)
