"""What is watched: addresses, and files that list them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ..errors import Failure, InputError, Outcome
from ..ingest.feeds import read_feed
from ..ingest.places import is_address
from ..ingest.where import Where

_LONGEST_LIST: Final = 16_000_000


def feed_addresses(sources: Iterable[str]) -> Outcome[tuple[str, ...]]:
    """The addresses of feeds among addresses and OPML files, each once, in order."""
    found: dict[str, None] = {}
    failures: list[Failure] = []
    for source in sources:
        if is_address(source):
            found.setdefault(source)
            continue
        try:
            listed, notes = _listed(Path(source))
        except InputError as error:
            failures.append(Failure("ingest", source, str(error)))
        except OSError as error:
            reason = f"can't be read ({error.strerror}); give the address of a feed or a list in OPML"
            failures.append(Failure("ingest", source, reason))
        else:
            found.update(dict.fromkeys(listed))
            failures.extend(notes)
    return Outcome(tuple(found), tuple(failures))


def _listed(path: Path) -> tuple[list[str], tuple[Failure, ...]]:
    """The addresses in a list of feeds, and what could not be read of it.

    Raises:
        InputError: when it is no list.
        OSError: when it can't be read.
    """
    where = Where(str(path))
    with path.open("rb") as file:
        data = file.read(_LONGEST_LIST + 1)
    if len(data) > _LONGEST_LIST:
        raise InputError(f"longer than {_LONGEST_LIST:,} bytes; no list of feeds")
    feed = read_feed(data, where)
    if feed.entries:
        raise InputError("a feed, not a list of feeds; `secondsource add` takes saved feeds")
    return [part.url for part in feed.parts], feed.failures
