"""Connections: each name is resolved once, the address checked, and that very address connected to.

The check is made where the socket is opened, so that no redirect, no other
spelling of an address and no second answer of a name server gets past it.
Every wait on the network ends at the deadline of the request.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import httpcore2

from ...errors import FetchError
from .addresses import Allowed, refusal

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host.

Raises:
    OSError: when it has none.
"""

_DEADLINE: ContextVar[float] = ContextVar("deadline")
_LONGEST: Final = 60.0
_LONGEST_CONNECT: Final = 10.0
_RESOLVERS: Final = 16


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Within it, whatever waits on the network gives up after so many seconds in all."""
    token = _DEADLINE.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def seconds_left() -> float:
    """Seconds to the deadline, above zero.

    Raises:
        httpcore2.ReadTimeout: when it has passed.
    """
    left = _DEADLINE.get(time.monotonic() + _LONGEST) - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the deadline has passed")
    return left


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system knows them, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens TCP connections to public addresses, and to allowed hosts wherever they are."""

    def __init__(self, allowed: Allowed, resolver: Resolver = resolve) -> None:
        self._allowed = allowed
        self._resolver = resolver
        self._plain = httpcore2.SyncBackend()
        self._names = ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="resolve")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first address of the host that may be connected to and answers.

        Raises:
            FetchError: when the host has no address, or none that may be connected to.
        """
        last: Exception | None = None
        for address in self._permitted(host, port):
            try:
                wait = min(seconds_left(), _LONGEST_CONNECT)
                stream = self._plain.connect_tcp(address, port, wait, None, socket_options or [])
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
                continue
            return GuardedStream(self._checked(stream, host, port))
        raise last or httpcore2.ConnectError("no address answers")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Never done: what is fetched is on the network."""
        raise FetchError("a local socket; only http and https are fetched", lasting=True)

    def _permitted(self, host: str, port: int) -> list[str]:
        addresses = self._resolved(host, port)
        if self._allowed.has(host, port):
            return addresses
        refused = {address: refusal(address) for address in addresses}
        permitted = [address for address in addresses if refused[address] is None]
        if not permitted:
            address, what = next(iter(refused.items()))
            raise FetchError(_refused(host, address, what or ""), lasting=True)
        return permitted

    def _resolved(self, host: str, port: int) -> list[str]:
        # A name server may keep silent for longer than the deadline, and the system's call can't be stopped.
        asked = self._names.submit(self._resolver, host, port)
        try:
            addresses = list(asked.result(seconds_left()))
        except FutureTimeoutError:
            raise httpcore2.ConnectTimeout(f"the name {host!r} is not resolved in time") from None
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            raise FetchError(f"no host named {host!r} is known; check the address", silent=True)
        return addresses

    def _checked(self, stream: httpcore2.NetworkStream, host: str, port: int) -> httpcore2.NetworkStream:
        """The stream, if its other end is where it may be: the kernel's word, whatever was asked for."""
        address = str(stream.get_extra_info("server_addr")[0])
        what = None if self._allowed.has(host, port) else refusal(address)
        if what:
            stream.close()
            raise FetchError(_refused(host, address, what), lasting=True)
        return stream


def _refused(host: str, address: str, what: str) -> str:
    leads = f"{address} is" if host.strip("[]") == address else f"{host} leads to {address},"
    return f"{leads} {what}; refused (SECONDSOURCE_FETCH_ALLOW can allow it)"


class GuardedStream(httpcore2.NetworkStream):
    """A connection whose every wait ends at the deadline, however few bytes the other end drips."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes; none at the end."""
        return self._stream.read(max_bytes, seconds_left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, seconds_left())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The connection, encrypted; the certificate must be that of the host's name."""
        return GuardedStream(self._stream.start_tls(ssl_context, server_hostname, seconds_left()))

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
