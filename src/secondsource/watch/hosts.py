"""Hosts in trouble: who does not answer, or asks for rest, is not asked again in this round."""

from __future__ import annotations

import threading
from typing import Final
from urllib.parse import urlsplit

from ..errors import FetchError

SILENT: Final = 5
"""A host that gave no answer so many times in a row is given up for the round."""

_BUSY: Final = frozenset({429, 503})


class RestingError(FetchError):
    """A host is left alone for the rest of the round, and this address of it was not asked."""


class Hosts:
    """What is known of hosts in one round; safe to share among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._silent: dict[str, int] = {}
        self._resting: dict[str, FetchError] = {}

    def check(self, url: str) -> None:
        """Nothing, where the host of this address may be asked.

        Raises:
            RestingError: when it is left alone for the rest of the round.
        """
        with self._lock:
            found = self._resting.get(host_of(url))
        if found is not None:
            raise RestingError(f"not asked in this round: {found}", retry_after=found.retry_after)

    def answered(self, url: str) -> None:
        """Take note that a host answered."""
        with self._lock:
            self._silent.pop(host_of(url), None)

    def failed(self, url: str, error: FetchError) -> None:
        """Take note of what a host did instead of answering."""
        host = host_of(url)
        with self._lock:
            if not error.silent:
                self._silent.pop(host, None)
            if error.status in _BUSY and error.retry_after:
                self._resting[host] = error
            elif error.silent:
                self._silent[host] = self._silent.get(host, 0) + 1
                if self._silent[host] >= SILENT:
                    reason = f"the host gave no answer {SILENT} times in a row ({error})"
                    self._resting[host] = FetchError(reason)


def host_of(url: str) -> str:
    """The host of an address, with its port where one is named."""
    return urlsplit(url).netloc.lower()
