"""Distances in words, in the ten classes that the trained scorers know."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

_LOWER_ENDS: Final = (0, 1, 2, 3, 4, 5, 8, 16, 32, 64)


def buckets(distance: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The class, 0 to 9, of each distance of 0 words or more."""
    return np.searchsorted(_LOWER_ENDS, distance, side="right") - 1
