"""Bodies: unpacked while they arrive, and never more of them than asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from ...errors import FetchError

ACCEPTED: Final = "gzip, deflate"
"""What is asked for in `Accept-Encoding`."""

_PIECE: Final = 1 << 16
_MOST_CODINGS: Final = 3
_MOST_MEMBERS: Final = 1_000
_GZIP: Final = 31
_ZLIB: Final = 15
_RAW: Final = -15
GZIP_MAGIC: Final = b"\x1f\x8b"


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The body whose packed bytes arrive in chunks; `encoding` is its Content-Encoding.

    A body that is a gzip file in itself (`sitemap.xml.gz`) is unpacked, too.

    Raises:
        FetchError: when it is packed in an unknown way, damaged, cut off, or longer than
            `limit` bytes at any step of unpacking.
    """
    codings = [coding.strip().lower() for coding in encoding.split(",") if coding.strip()]
    codings = [coding for coding in codings if coding != "identity"]
    if len(codings) > _MOST_CODINGS:
        raise FetchError(f"packed {len(codings)} times over; not fetched", lasting=True)
    chunks = _bounded(chunks, limit)
    for coding in reversed(codings):
        chunks = _bounded(_unpack(chunks, coding), limit)
    body = b"".join(chunks)
    if body.startswith(GZIP_MAGIC):
        body = b"".join(_bounded(_unpack(_pieces(body), "gzip"), limit))
    return body


def _bounded(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > limit:
            raise FetchError(
                f"longer than {limit:,} bytes; left out (SECONDSOURCE_FETCH_BYTES is the limit)", lasting=True
            )
        yield chunk


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))


def _unpack(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    if coding in {"gzip", "x-gzip"}:
        return _inflate(chunks, "gzip", _GZIP)
    if coding == "deflate":
        return _deflate(chunks)
    raise FetchError(f"packed as {coding!r}, which was not asked for; not fetched", lasting=True)


def _deflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Deflated bytes, with the wrapper that the standard asks for or, as some servers send, without."""
    stream = iter(chunks)
    head = next(stream, b"")
    while len(head) < 2 and (more := next(stream, b"")):
        head += more
    wrapped = len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2]) % 31 == 0
    return _inflate(_joined(head, stream), "deflate", _ZLIB if wrapped else _RAW)


def _joined(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _inflate(chunks: Iterable[bytes], name: str, bits: int) -> Iterator[bytes]:
    """Inflated bytes, a piece at a time, so that a bomb is seen before it goes off."""
    inflater = zlib.decompressobj(bits)
    members = 0
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflater.eof or not members:
                if members and (bits != _GZIP or not rest.startswith(GZIP_MAGIC[:1])):
                    break  # padding behind the end is common, and no part of the body
                inflater, members = _next_member(bits, members)
            try:
                piece = inflater.decompress(rest, _PIECE)
            except zlib.error:
                raise FetchError(f"the {name} data is damaged; it may be whole the next time") from None
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if piece:
                yield piece
    if members and not inflater.eof:
        yield from _last(inflater)
        if not inflater.eof:
            raise FetchError(f"the {name} data is cut off; it may be whole the next time")


def _next_member(bits: int, members: int) -> tuple[zlib._Decompress, int]:
    if members == _MOST_MEMBERS:
        raise FetchError(f"gzip data in more than {_MOST_MEMBERS:,} parts; not fetched", lasting=True)
    return zlib.decompressobj(bits), members + 1


def _last(inflater: zlib._Decompress) -> Iterator[bytes]:
    """What the inflater still holds when its input is used up."""
    while piece := inflater.decompress(inflater.unconsumed_tail, _PIECE):
        yield piece
