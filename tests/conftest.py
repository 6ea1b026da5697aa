"""Shared by all tests: where the corpora and the examples are, and how tests that need them skip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondsource.settings import Settings

from .server import Server

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


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on 127.0.0.1 that answers as the test tells it to."""
    made = Server()
    yield made
    made.close()


@pytest.fixture
def allowing(server: Server) -> Settings:
    """Settings that let the test's own server be fetched from."""
    return Settings(fetch_allow=server.host, fetch_delay=0, fetch_timeout=5, fetch_bytes=200_000)
