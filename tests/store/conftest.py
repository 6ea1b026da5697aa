"""Libraries to test: on SQLite always, on PostgreSQL where Debian's server is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondsource.store import Library


def _tool(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A PostgreSQL server of the tests' own, reached through a socket in this folder."""
    initdb, control = _tool("initdb"), _tool("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("PostgreSQL is not installed; on Debian: make postgres")
    folder = tmp_path_factory.mktemp("pg")
    for part in (folder, folder.parent, folder.parent.parent):
        part.chmod(0o755)
    # The server refuses to run as root.
    root = subprocess.run(["id", "-u"], capture_output=True, text=True, check=True).stdout.strip() == "0"
    prefix = ["runuser", "-u", "postgres", "--"] if root else []
    if root:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    subprocess.run(
        [*prefix, initdb, "-D", data, "-A", "trust", "-U", "postgres"], check=True, capture_output=True
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    start = [*prefix, control, "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
    yield folder
    subprocess.run([*prefix, control, "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty library."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    folder = request.getfixturevalue("server_folder")
    import psycopg

    name = f"news{abs(hash(tmp_path))}"
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://postgres@/{name}?host={folder}"


@pytest.fixture
def library(place: str) -> Iterator[Library]:
    """An empty library."""
    with Library(place) as made:
        yield made
