"""The teller: briefs of a library's stories, made in a thread of its own, so that no page waits for one."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TYPE_CHECKING, Final

from ..brief import Brief
from ..errors import Failure, SecondsourceError, StoreError

if TYPE_CHECKING:
    from ..store import Library, StoryRow

log = logging.getLogger(__name__)

KEPT: Final = 128
AT_A_TIME: Final = 4
"""So many articles are read between two looks whether to end."""
LOOK: Final = 5.0
"""So many seconds pass between two looks whether the library has grown."""
MAX_ACCOUNTS: Final = 200
"""A story of more accounts is not told for a page; its accounts are listed."""


class Teller:
    """Briefs by story and by the position at which the story last changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[tuple[str, int], Future[Brief]] = OrderedDict()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="secondsource-teller")

    def brief(self, row: StoryRow, wait: float) -> Brief | None:
        """The brief of a story in its present state; None if it takes longer than so many seconds.

        Raises:
            SecondsourceError: what telling it raised.
        """
        key = (row.id, row.changed)
        with self._lock:
            future = self._kept.get(key)
            if future is None or (future.done() and future.exception() is not None):
                future = self._worker.submit(self._library.brief, row.id)
                self._kept[key] = future
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)[1].cancel()
            self._kept.move_to_end(key)
        try:
            return future.result(timeout=wait)
        except FutureTimeout:
            return None
        except SecondsourceError:
            raise
        except Exception as error:
            # A story that breaks a stage is named on its page; the other pages go on.
            log.exception("story %s can't be told", row.id)
            raise StoreError(f"story {row.id} can't be told: {error!r}") from error

    def begin_reading(self) -> None:
        """Read what waits in the library, article by article, until the teller is closed."""
        threading.Thread(target=self._read_on, name="secondsource-reader", daemon=True).start()

    def close(self) -> None:
        """Begin nothing more."""
        self._closed.set()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _read_on(self) -> None:
        seen = -1
        while not self._closed.is_set():
            position = self._library.position()
            if position != seen:
                try:
                    left = self._library.read(limit=AT_A_TIME)
                except Exception as error:  # the pages are served all the same
                    self._library.record([Failure("read", "the reader of serve", str(error))], "serve")
                    log.exception("what waits in the library can't be read")
                    return
                # Only a library that has grown is asked again.
                seen = seen if left else position
            else:
                self._closed.wait(LOOK)
