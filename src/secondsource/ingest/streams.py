"""Bytes of a place, unpacked when gzipped, and never more of them than asked for."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ..errors import InputError
from .places import Place

_FREE = 16 * 1024 * 1024
_SWELL = 250
"""Text shrinks by gzip to a third or, repeated, to a fiftieth; what swells more is no news."""


class StreamError(InputError):
    """Bytes that can't be had; the message says why and what to do."""


@contextmanager
def open_place(place: Place) -> Iterator[io.BufferedReader]:
    """The bytes of a file or of standard input, gunzipped where they are gzipped.

    Raises:
        StreamError: when they can't be opened, or while reading: when the gzip
            data is cut off, damaged, or swells beyond all measure.
    """
    try:
        if place.path is None:
            yield _unpacked(_buffered(sys.stdin.buffer))
        else:
            with place.path.open("rb") as file:
                yield _unpacked(_buffered(file))
    except OSError as error:
        raise StreamError(f"can't be read ({error.strerror or error}); check its permissions") from error


def read_all(stream: BinaryIO, limit: int) -> bytes:
    """All the bytes.

    Raises:
        StreamError: when there are more than `limit`.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise StreamError(f"longer than {limit:,} bytes; split it, or raise SECONDSOURCE_MAX_CHARACTERS")
    return data


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(io.BytesIO(stream.read()))


def _unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    if stream.peek(2)[:2] != b"\x1f\x8b":
        return stream
    return io.BufferedReader(_Gunzip(stream), 1 << 16)


class _Gunzip(io.RawIOBase):
    """Gunzipped bytes, with the errors of gzip in words."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = _Counted(packed)
        self._plain = gzip.GzipFile(fileobj=self._packed)
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._plain.read(len(buffer))
        except EOFError:
            raise StreamError("the gzip data is cut off; fetch or pack it again") from None
        except (gzip.BadGzipFile, zlib.error):
            raise StreamError("the gzip data is damaged; fetch or pack it again") from None
        self._given += len(data)
        if self._given > _FREE and self._given > _SWELL * self._packed.taken:
            raise StreamError(f"the gzip data swells more than {_SWELL} times; unpack it if you trust it")
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    """A stream that knows how many bytes were taken; standard input can't tell."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.taken += len(data)
        return data
