"""By which version of the code and the weights a reading or a brief was made.

A version is a hash of the sources of the stages that make it and of the
weights: a change of either makes a new version, and what was made by another
version is never mixed with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from ..settings import Settings

_READS: Final = ("model", "read", "find")
_TELLS: Final = ("date", "collate", "brief")


def reader_version(settings: Settings) -> str:
    """The version of readings and their findings."""
    return _version(_READS, settings.reader, settings.weights, settings.max_read_characters)


def teller_version(settings: Settings) -> str:
    """The version of briefs."""
    return _version(_READS + _TELLS, settings.reader, settings.weights, settings.max_read_characters)


@lru_cache(maxsize=8)
def _version(rooms: tuple[str, ...], reader: str, weights: Path | None, most: int) -> str:
    found = hashlib.sha256(f"{reader}\0{most}\0{_installed(reader)}".encode())
    for room in rooms:
        for name, content in _files(files("secondsource").joinpath(room), room):
            found.update(name.encode() + b"\0" + content + b"\0")
    for path in sorted(weights.iterdir()) if weights and weights.is_dir() else ():
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for child in sorted(folder.iterdir(), key=lambda child: child.name):
        path = f"{name}/{child.name}"
        if child.is_dir():
            if child.name != "__pycache__":
                yield from _files(child, path)
        else:
            yield path, child.read_bytes()


def _installed(reader: str) -> str:
    """The version of a spaCy pipeline that reads in our reader's place."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(reader)
    except PackageNotFoundError:
        return ""
