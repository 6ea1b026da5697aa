"""By which version of the code and the weights a reading or a brief was made.

A version is a hash of the code that decides what a reading or a brief says,
its tables of words and its weights: a change of any makes a new version, and
what was made by another version is never mixed with it. How a brief is drawn
does not count: its templates, styles and JSON are made each time it is shown.
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

_READS: Final = ("words.py", "words.tsv.gz", "titles.toml", "model", "read", "find")
_TELLS: Final = ("pipeline.py", "date", "collate")
_SELECTS: Final = ("brief/brief.py", "brief/select.py", "brief/verbatim.py", "brief/words.py")


def reader_version(settings: Settings) -> str:
    """The version of readings and their findings."""
    return _version(_READS, settings.reader, settings.weights, settings.max_read_characters)


def teller_version(settings: Settings) -> str:
    """The version of briefs."""
    return _version(
        _READS + _TELLS + _SELECTS, settings.reader, settings.weights, settings.max_read_characters
    )


@lru_cache(maxsize=8)
def _version(parts: tuple[str, ...], reader: str, weights: Path | None, most: int) -> str:
    found = hashlib.sha256(f"{reader}\0{most}\0{_installed(reader)}".encode())
    for part in parts:
        for name, content in _files(files("secondsource").joinpath(part), part):
            found.update(name.encode() + b"\0" + content + b"\0")
    for path in sorted(weights.iterdir()) if weights and weights.is_dir() else ():
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _files(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    """A file, or all files of a folder, with their contents."""
    if place.is_file():
        yield name, place.read_bytes()
        return
    for child in sorted(place.iterdir(), key=lambda child: child.name):
        if child.name != "__pycache__":
            yield from _files(child, f"{name}/{child.name}")


def _installed(reader: str) -> str:
    """The version of a spaCy pipeline that reads in our reader's place."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(reader)
    except PackageNotFoundError:
        return ""
