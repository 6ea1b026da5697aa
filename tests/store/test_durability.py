"""Nothing that was acknowledged is lost, whenever the process is killed and however many write."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from secondsource.model import Article
from secondsource.store import Library

WRITER = """
import sys
from secondsource.model import Article
from secondsource.store import Library

library = Library(sys.argv[1])
number = int(sys.argv[2])
while True:
    text = f"The harbour office counted {number} ships on the quay before the storm of the week."
    for id in library.add([Article(text=text, id=str(number))]).new:
        print(id, flush=True)
    number += 1
"""
KILLS = 50


def test_what_was_acknowledged_outlives_fifty_kills(tmp_path: Path) -> None:
    place, chance = str(tmp_path / "news.db"), random.Random(9)
    told: list[str] = []
    for _ in range(KILLS):
        command = [sys.executable, "-c", WRITER, place, str(len(told) + 1000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told.append(process.stdout.readline().strip())
            time.sleep(chance.random() * 0.05)
            process.kill()
            told += process.stdout.read().split()
    with Library(place) as library:
        for id in told:
            assert library.article(id).id == id
            assert library.story_of(id) is not None
        with library._database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_two_writers_and_ten_readers_use_one_library(place: str) -> None:
    errors: list[BaseException] = []
    added: list[str] = []
    done = threading.Event()

    def write(name: str) -> None:
        try:
            with Library(place) as library:
                for n in range(20):
                    text = f"Office {name} counted {n} ships on the quay before the storm."
                    added.extend(
                        library.add([Article(text=text, id=f"{name}{n}", published="2024-03-04")]).new
                    )
        except BaseException as error:
            errors.append(error)

    def look(library: Library) -> None:
        try:
            while not done.is_set():
                rows = library.stories(limit=5)
                for row in rows:
                    assert library.story_row(row.id).articles >= 0
                library.search("ships storm", limit=5)
        except BaseException as error:
            errors.append(error)

    with Library(place) as shared:
        writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
        readers = [threading.Thread(target=look, args=(shared,)) for _ in range(10)]
        for thread in (*writers, *readers):
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        for thread in readers:
            thread.join()
        assert errors == []
        assert shared.health().articles == len(added) == 40
        assert sum(row.articles for row in shared.stories(limit=100)) == 40
