"""Imports only go down, and stages do not know each other."""

import ast
from pathlib import Path

import pytest

import secondsource

PACKAGE = Path(secondsource.__file__).parent
STAGES = ("ingest", "read", "find", "group", "date", "collate", "brief")
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "progress"),
    ("settings", "words"),
    ("model",),
    STAGES,
    ("pipeline",),
    ("store", "bulk"),
    ("api", "evaluate", "export", "shelves", "show", "watch"),
    ("web",),
    ("cli",),
)
HEAVY = {"spacy", "onnxruntime", "trafilatura", "lxml", "sklearn", "networkx", "rich", "jinja2", "feedparser"}
HEAVY |= {"httpx2", "httpcore2", "protego", "sqlalchemy"}


def modules() -> list[Path]:
    return sorted(
        p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py" and p.name != "__main__.py"
    )


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """The top-level parts of the package that a module imports, anywhere in it."""
    depth = len(path.relative_to(PACKAGE).parts)
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level == depth or (node.level == 0 and (node.module or "").startswith("secondsource")):
                module = (node.module or "").removeprefix("secondsource").lstrip(".")
                rooms.update([module.split(".")[0]] if module else [alias.name for alias in node.names])
        elif isinstance(node, ast.Import):
            rooms.update(a.name.split(".")[1] for a in node.names if a.name.startswith("secondsource."))
    return rooms - {"__version__"}


def floor(name: str) -> int:
    return next(i for i, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_the_floors_below(path: Path) -> None:
    here = room(path)
    up = {other for other in imported_rooms(path) if other != here and floor(other) >= floor(here)}
    assert not up, f"{here} imports {sorted(up)}"


def test_importing_the_package_loads_no_heavy_library() -> None:
    import subprocess
    import sys

    code = "import sys, secondsource.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(loaded.split())
