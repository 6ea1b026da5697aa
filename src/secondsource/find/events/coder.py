"""The coder: PLOVER's type and mode of what a source does to a target, by a linear model over a scene.

The model's weights are in `coder.npz` (training/coder.py makes it from PLOVER's
training records). The mode is that of the patterns in `deeds.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .deeds import Deed
from .scene import Scene, features_of, is_ahead, weighted

Floats: TypeAlias = npt.NDArray[np.float32]

YIELD = "YIELD"
"""The model's type for both CONCEDE and RETREAT, which its training records do not tell apart."""
FUTURE_TYPES = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}
"""What a deed that is still to come is coded as."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A type, its mode ("" for none) and how sure the model is of the type, 0 to 1."""

    type: str
    mode: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: the row of each feature's name, the weights [features, types], and the types."""

    rows: Mapping[str, int]
    matrix: Floats
    bias: Floats
    types: tuple[str, ...]
    scale: float

    def chances(self, features: Mapping[str, float]) -> Floats:
        """How likely each type is; the chances add up to 1."""
        rows, values = weighted(features, self.rows)
        margins = np.asarray(values, np.float32) @ self.matrix[rows] + self.bias
        raised = np.exp(self.scale * (margins - margins.max()))
        return np.asarray(raised / raised.sum(), np.float32)


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights in the package, loaded once a process."""
    with (files(__package__) / "coder.npz").open("rb") as file, np.load(file) as stored:
        names = bytes(stored["names"]).decode("utf-8").split("\n")
        return Weights(
            rows={name: row for row, name in enumerate(names)},
            matrix=stored["matrix"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
            types=tuple(str(name) for name in stored["types"]),
            scale=float(stored["scale"]),
        )


def code(scene: Scene, ahead: bool = False, model: Weights | None = None) -> Coding:
    """The likeliest type of a scene and its mode; `ahead` says that the deed is known to be still to come."""
    model = model or weights()
    chances = model.chances(features_of(scene))
    best = int(chances.argmax())
    type = model.types[best]
    if type == YIELD:
        type = _conceded_or_retreated(scene)
    if ahead or is_ahead(scene):
        type = FUTURE_TYPES.get(type, type)
    return Coding(type, mode_of(scene, type), float(chances[best]))


def _conceded_or_retreated(scene: Scene) -> str:
    """Which half of YIELD a scene is: the one of its nearest pattern; CONCEDE where there is none."""
    near = [deed for deed in ranked(scene) if deed.type in ("CONCEDE", "RETREAT")]
    return near[0].type if near else "CONCEDE"


def mode_of(scene: Scene, type: str) -> str:
    """The mode of the nearest, longest pattern of this type; "" where none has one."""
    return next((deed.mode for deed in ranked(scene) if deed.type == type and deed.mode), "")


def ranked(scene: Scene) -> list[Deed]:
    """The scene's deeds, those of its predicate first, then those above the target, longer ones first."""
    over = {token.i for token in scene.over_target}
    predicate = scene.predicate.i if scene.predicate is not None else -1

    def key(deed: Deed) -> tuple[int, int, int]:
        place = 0 if deed.at == predicate else 1 if deed.at in over else 2
        return place, -deed.size, deed.at

    return sorted((d for d in scene.deeds if d.at not in scene.source), key=key)
