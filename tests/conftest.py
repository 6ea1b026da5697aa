"""Shared by all tests: where the corpora and the examples are, and how tests that need them skip."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of invented stories."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of evaluation corpora; the test is skipped where it is absent."""
    folder = Settings().data
    folder = folder if folder.is_absolute() else ROOT / folder
    if not folder.is_dir():
        pytest.skip("the evaluation corpora are not here; set SECONDSOURCE_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def seeds(corpora: Path) -> list[Path]:
    """Two real accounts of one announcement."""
    found = sorted((corpora.parent / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the two seed articles are not beside the evaluation corpora")
    return found
