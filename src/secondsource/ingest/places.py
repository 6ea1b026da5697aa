"""From what was asked for to files: paths, folders, standard input and addresses, each once, by name."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import Failure
from .where import Where

STDIN = "-"
STDIN_NAME = "standard input"

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".warc": "warc",
}
"""The kinds of files that are read, by the end of their name; `.gz` may follow. Others are sniffed."""

_DOCUMENTS = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".zip", ".7z", ".tar", ".eml"})

_BESIDE = frozenset({"readme", "license", "licence", "notice", "copying", "changelog"})
"""Files that lie beside articles in a folder and tell about them; read only when given by name."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One input: a file, or standard input (no path)."""

    name: str
    path: Path | None

    @property
    def kind(self) -> str | None:
        """What the name says of the kind; `None` where it says nothing."""
        return KINDS.get(_suffix(self.name))


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One input that must be fetched."""

    name: str


def find_places(sources: Iterable[str | Path]) -> Iterator[Place | Address | Failure]:
    """What is behind the sources, sorted by name and each once, whatever order they were given in."""
    found: dict[object, Place | Address] = {}
    for item in sorted(_all(sources), key=_rank):
        if isinstance(item, Failure):
            yield item
            continue
        key = _identity(item)
        if key in found:
            first = found[key].name
            given = "given twice" if first == item.name else f"the same file as {first}"
            yield Where(item.name).failure(f"{given}; loaded once")
            continue
        found[key] = item
        yield item


def _rank(item: Place | Address | Failure) -> tuple[str, str]:
    return (item.where, item.reason) if isinstance(item, Failure) else (item.name, "")


def _identity(place: Place | Address) -> object:
    """What is the same for two names of one file."""
    if isinstance(place, Address):
        return place
    if place.path is None:
        return STDIN
    return os.path.realpath(place.path)


def is_address(source: str | Path) -> bool:
    """Whether a source is to be fetched from the web."""
    return str(source).lower().startswith(("http://", "https://"))


def _all(sources: Iterable[str | Path]) -> Iterator[Place | Address | Failure]:
    for source in sources:
        name = str(source)
        where = Where(name)
        if name == STDIN:
            yield Place(STDIN_NAME, None)
        elif is_address(name):
            yield Address(name)
        elif "\x00" in name or not name:
            yield where.failure("not a path; give a file or a folder")
        else:
            yield from _given(Path(source), where)


def _given(path: Path, where: Where) -> Iterator[Place | Failure]:
    try:
        if path.is_dir():
            yield from _folder(path, where)
        elif path.exists():
            yield Place(where.name, path)
        elif path.is_symlink():
            yield where.failure("a link that leads nowhere; give the file it should lead to")
        else:
            yield where.failure("no such file or folder; check the spelling")
    except OSError as error:
        yield where.failure(f"can't be opened ({error.strerror}); check its permissions")


def _folder(folder: Path, where: Where) -> Iterator[Place | Failure]:
    empty = True
    for item in _walk(folder, set()):
        empty = False
        yield item
    if empty:
        yield where.failure(
            f"no articles in this folder; files that end in {' '.join(sorted(KINDS))} are read"
        )


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Place | Failure]:
    """The readable files below a folder; links are followed, but no folder is entered twice."""
    try:
        here = folder.stat()
        if (here.st_dev, here.st_ino) in seen:
            return
        seen.add((here.st_dev, here.st_ino))
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Where(str(folder)).failure(f"can't be opened ({error.strerror}); check its permissions")
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _entry(entry, seen)


def _entry(entry: Path, seen: set[tuple[int, int]]) -> Iterator[Place | Failure]:
    name = str(entry)
    suffix = _suffix(name)
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        yield Where(name).failure(f"can't be opened ({error.strerror}); mend or remove the link")
        return
    if stat.S_ISDIR(mode):
        yield from _walk(entry, seen)
    elif stat.S_ISREG(mode) and (suffix in KINDS or not suffix) and entry.stem.lower() not in _BESIDE:
        yield Place(name, entry)
    elif suffix in _DOCUMENTS:
        yield Where(name).failure(f"{suffix} files are not read; save it as text or HTML")
    else:
        _log.info("%s: not a file that holds articles; left out", name)


def _suffix(name: str) -> str:
    """The end of a name that tells the kind, lower case, without a `.gz` behind it."""
    bare = name.lower().removesuffix(".gz")
    suffix = os.path.splitext(os.path.basename(bare))[1]
    # "report.2" or "v1.10 draft" end in no suffix: one is short and of letters.
    return suffix if suffix[1:].isalpha() or suffix in _DOCUMENTS else ""
