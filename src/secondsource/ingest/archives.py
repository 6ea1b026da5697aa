"""Web archives: the HTML pages of a WARC file."""

from __future__ import annotations

import logging
from io import SEEK_CUR, SEEK_SET, BufferedReader, UnsupportedOperation
from typing import Any

from .decode import decode
from .pages import read_page
from .records import Limits
from .where import Loaded, Where

_log = logging.getLogger(__name__)


def read_warc(stream: BufferedReader, where: Where, limits: Limits) -> Loaded:
    """The article of every HTML page that was answered with 200; other records are left out."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number = pages = 0
    try:
        records = ArchiveIterator(
            _Forward(stream), record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
        )
        for record in records:
            number += 1
            if _is_page(record):
                pages += 1
                yield from _page(record, where.at_item(number), limits)
    except OSError as error:
        yield where.failure(f"damaged WARC after response {number} ({error}); the rest is left out")
    if not pages:
        yield where.failure("no HTML page in this WARC file; responses of type text/html are read")
    _log.info("%s: %d pages among %d responses", where.name, pages, number)


class _Forward:
    """A stream that can't go back but says where it is, which FastWARC asks of every stream."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._position += len(data)
        return data

    def close(self) -> None:
        """Whoever opened the stream closes it."""

    def tell(self) -> int:
        """How many bytes were read."""
        return self._position

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Where the stream is; a place elsewhere can't be had."""
        if offset != (0 if whence == SEEK_CUR else self._position):
            raise UnsupportedOperation("seek")
        return self._position


def _page(record: Any, where: Where, limits: Limits) -> Loaded:
    data = record.reader.read(limits.line + 1)
    if len(data) > limits.line:
        yield where.failure(f"a page longer than {limits.line:,} bytes; left out")
        return
    decoded = decode(data, declared=record.http_charset, markup=True)
    if decoded.note:
        yield where.failure(decoded.note)
    yield from read_page(decoded, where, url=record.headers.get("WARC-Target-URI"))


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    kind = (record.http_content_type or "").lower()
    return headers is not None and headers.status_code == 200 and "html" in kind
