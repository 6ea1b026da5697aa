"""The gate: requests to one host are spaced, and a host that asks for rest gets it."""

from __future__ import annotations

import threading
import time
from typing import Final

_MOST_HOSTS: Final = 10_000


class Gate:
    """Spaces the requests to each host by a delay in seconds; safe to share among threads."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def wait(self, host: str, delay: float | None = None) -> None:
        """Wait for this host's turn; `delay` is the host's own wish, taken when it is longer."""
        pause = self._reserve(host, max(self._delay, delay or 0.0))
        if pause > 0:
            time.sleep(pause)

    def _reserve(self, host: str, delay: float) -> float:
        """Seconds to wait now; the next one waits until `delay` after that."""
        with self._lock:
            now = time.monotonic()
            if len(self._free) > _MOST_HOSTS:
                self._free = {name: free for name, free in self._free.items() if free > now}
            start = max(now, self._free.get(host, now))
            self._free[host] = start + delay
            return start - now
