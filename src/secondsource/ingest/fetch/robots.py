"""robots.txt: what a host asks of programs, read by Protego and kept for a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ...errors import FetchError

if TYPE_CHECKING:
    from protego import Protego

LONGEST_DELAY: Final = 30.0
"""Seconds between requests that a host may ask for at most; more would stop everything behind it."""

_LONGEST: Final = 512 * 1024
"""Bytes of the rules that are read (RFC 9309, 2.5)."""
_KEPT: Final = 3_600.0
_FAILURE_KEPT: Final = 300.0
_MOST_HOSTS: Final = 1_000

Rules = Callable[[str], bytes | None]
"""Gives the robots.txt at an address; `None` where there is none.

Raises:
    FetchError: when it can't be had.
"""


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    rules: Protego | None = None
    failure: FetchError | None = None


class Robots:
    """The rules of each host; safe to share among threads."""

    def __init__(self, fetch: Rules, agent: str) -> None:
        self._fetch = fetch
        self._agent = agent
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def check(self, url: str) -> None:
        """Nothing, where the host's rules let this program fetch the address.

        Raises:
            FetchError: when they do not, or when nobody knows what they are (RFC 9309, 2.3.1.4).
        """
        known = self._of(url)
        if known.failure:
            reason = f"its robots.txt can't be had ({known.failure}), so nothing may be fetched"
            raise FetchError(
                reason,
                lasting=known.failure.lasting,
                silent=known.failure.silent,
                retry_after=known.failure.retry_after,
            )
        if known.rules is not None and not known.rules.can_fetch(url, self._agent):
            raise FetchError("robots.txt does not allow it; not fetched", lasting=True)

    def delay(self, url: str) -> float:
        """Seconds that the host asks for between requests; at most half a minute."""
        rules = self._of(url).rules
        asked = rules.crawl_delay(self._agent) if rules is not None else None
        return min(float(asked or 0.0), LONGEST_DELAY)

    def _of(self, url: str) -> _Known:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        with self._lock:
            asking = self._asking.setdefault(place, threading.Lock())
        with asking:  # the first one asks, and the others wait for what it learns
            with self._lock:
                known = self._known.get(place)
                if known is not None and known.until > time.monotonic():
                    self._known.move_to_end(place)
                    return known
            known = self._ask(place)
            with self._lock:
                self._known[place] = known
                self._forget()
            return known

    def _ask(self, place: str) -> _Known:
        from protego import Protego

        try:
            body = self._fetch(place)
        except FetchError as error:
            return _Known(time.monotonic() + _FAILURE_KEPT, failure=error)
        rules = Protego.parse(body[:_LONGEST].decode("utf-8", "replace")) if body is not None else None
        return _Known(time.monotonic() + _KEPT, rules)

    def _forget(self) -> None:
        """Leave the hosts that were not asked for longest; the lock is held."""
        while len(self._known) > _MOST_HOSTS:
            place, _ = self._known.popitem(last=False)
            self._asking.pop(place, None)
