"""A version stands for the code that decides what a reading or a brief says, and for no other."""

from __future__ import annotations

import ast
from pathlib import Path

import secondsource
from secondsource.store.versions import _READS, _SELECTS, _TELLS

PACKAGE = Path(secondsource.__file__).parent
FACES = {PACKAGE / "__init__.py", PACKAGE / "brief" / "__init__.py"}
PARTS = (*_READS, *_TELLS, *_SELECTS)
NEUTRAL = {"errors.py", "progress.py", "settings.py"}
"""What decides nothing by itself: of the settings, those that count are hashed by their values."""


def hashed() -> set[Path]:
    """The files of the package that a brief's version is made of."""
    named = [PACKAGE / part for part in PARTS]
    return {path for part in named for path in ([part] if part.is_file() else part.rglob("*"))}


def imported(path: Path) -> set[Path]:
    """The modules of the package that a module imports where it is loaded."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            candidates = [base.with_suffix(".py"), base / "__init__.py"]
            candidates += [(base / alias.name).with_suffix(".py") for alias in node.names]
            found |= {candidate for candidate in candidates if candidate.is_file()}
    return found - FACES


def test_whatever_selecting_a_brief_imports_is_part_of_its_version() -> None:
    neutral = {PACKAGE / name for name in NEUTRAL}
    selecting = [PACKAGE / part for part in _SELECTS]
    missing = {module for path in selecting for module in imported(path)} - hashed() - neutral
    assert not missing


def test_whatever_reads_and_collates_imports_is_part_of_its_version() -> None:
    neutral = {PACKAGE / name for name in NEUTRAL}
    modules = [path for path in hashed() if path.suffix == ".py" and path.name != "pipeline.py"]
    missing = {module for path in modules for module in imported(path)} - hashed() - neutral
    assert not missing


def test_how_a_brief_is_drawn_is_no_part_of_its_version() -> None:
    drawn = {"html.py", "terminal.py", "page.py", "record.py", "templates"}
    assert not {path for path in hashed() if {path.name, path.parent.name} & drawn}
