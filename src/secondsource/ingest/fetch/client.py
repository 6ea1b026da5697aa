"""The client: one address fetched, its redirects followed, each step guarded and all of it bounded."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final

import httpcore2
import httpx2

from ... import __version__
from ...errors import FetchError
from ...settings import Settings
from .addresses import Allowed
from .gate import Gate
from .network import GuardedBackend, Resolver, deadline, resolve, seconds_left
from .robots import Robots
from .unpack import ACCEPTED, unpacked

AGENT: Final = "secondsource"
"""The name that robots.txt may speak to."""

MOST_REDIRECTS: Final = 5
LONGEST_ADDRESS: Final = 4_096

_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_LASTING: Final = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 414, 451})
"""Answers that will be the same in ten minutes; all others may be otherwise."""
_PIECE: Final = 1 << 16
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LOWEST_FREE_PORT: Final = 1_024


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a body, to ask later whether that has changed (RFC 9110, 13.1)."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; none when nothing is known."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in stated.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `url` is where the redirects led; `body` is `None` when nothing has changed."""

    url: str
    body: bytes | None
    kind: str
    charset: str | None
    validators: Validators


class Fetcher:
    """Fetches over http and https from public hosts; safe to share among threads.

    It keeps no cookies, sends no credentials and uses no proxy, since behind
    one nobody could tell which address is connected to.
    """

    def __init__(self, settings: Settings, resolver: Resolver = resolve) -> None:
        self._allowed = Allowed.parse(settings.fetch_allow)
        self._limit = settings.fetch_bytes
        self._seconds = settings.fetch_timeout
        self._gate = Gate(settings.fetch_delay)
        self._robots = Robots(self._rules, AGENT)
        backend = GuardedBackend(self._allowed, resolver)
        self._client = httpx2.Client(
            transport=_Transport(backend, settings.fetch_workers),
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": f"{AGENT}/{__version__}", "Accept": "*/*", "Accept-Encoding": ACCEPTED},
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def get(self, address: str, validators: Validators | None = None, *, robots: bool = True) -> Fetched:
        """What is at an address; with `validators`, only if it has changed since.

        `robots=False` is for an address that a person named and asked for once.

        Raises:
            FetchError: when it can't be had, or may not be.
        """
        url = self._checked(address)
        host = _host(url)
        self._gate.wait(host, self._robots.delay(str(url)) if robots else None)
        headers = (validators or Validators()).headers()
        left = self._seconds
        seen = {str(url)}
        for _ in range(MOST_REDIRECTS + 1):
            if robots:
                self._robots.check(str(url))
            start = time.monotonic()
            answer = self._ask(url, headers, left)
            if isinstance(answer, Fetched):
                return answer
            left -= time.monotonic() - start
            url = self._checked(str(answer))
            if str(url) in seen:
                raise FetchError(f"redirects in a circle, back to {url}")
            seen.add(str(url))
        raise FetchError(f"more than {MOST_REDIRECTS} redirects, the last to {url}")

    def _checked(self, address: str) -> httpx2.URL:
        """The address as one that may be asked.

        Raises:
            FetchError: when it is no address, or not of the web.
        """
        try:
            url = httpx2.URL(address.strip()) if len(address) <= LONGEST_ADDRESS else None
        except (httpx2.InvalidURL, ValueError):
            url = None
        if url is not None and url.scheme not in {"", "http", "https"}:
            raise FetchError(f"{url.scheme!r} is not fetched; only http and https are", lasting=True)
        if url is None or not url.scheme or not url.host:
            raise FetchError("not an address that can be fetched; check it", lasting=True)
        if url.userinfo:
            raise FetchError("a name or password stands in the address; not fetched", lasting=True)
        port = _port(url)
        if port < _LOWEST_FREE_PORT and port not in {80, 443} and not self._allowed.has(url.host, port):
            raise FetchError(f"port {port} is another service's, not the web's; refused", lasting=True)
        return url.copy_with(fragment=None)

    def _ask(self, url: httpx2.URL, headers: Mapping[str, str], seconds: float) -> Fetched | httpx2.URL:
        """What one request gives: a body, or where to ask instead."""
        try:
            with deadline(seconds), self._client.stream("GET", url, headers=dict(headers)) as response:
                return self._answer(response, url)
        except (httpcore2.TimeoutException, TimeoutError):
            reason = f"timed out after {self._seconds:g} s; it may answer the next time"
            raise FetchError(reason, silent=True) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            raise FetchError(_broken(error), silent=isinstance(error, httpcore2.ConnectError)) from error
        except (httpx2.InvalidURL, httpx2.HTTPError, httpcore2.UnsupportedProtocol, ValueError) as error:
            raise FetchError(f"an answer that can't be read ({error})") from error

    def _answer(self, response: httpx2.Response, url: httpx2.URL) -> Fetched | httpx2.URL:
        status, headers = response.status_code, response.headers
        if status in _MOVED and "location" in headers:
            return url.join(headers["location"])
        validators = Validators(headers.get("etag"), headers.get("last-modified"))
        kind = headers.get("content-type", "")
        charset = _CHARSET.search(kind)
        name = kind.partition(";")[0].strip().lower()
        if status == 304:
            return Fetched(str(url), None, name, None, validators)
        if status != 200:
            raise _refusal(response)
        stated = headers.get("content-length", "")
        if stated.isdigit() and int(stated) > self._limit:
            raise FetchError(
                f"{int(stated):,} bytes; the limit is {self._limit:,} (SECONDSOURCE_FETCH_BYTES)",
                lasting=True,
            )
        body = unpacked(_chunks(response), headers.get("content-encoding", ""), self._limit)
        return Fetched(str(url), body, name, charset[1] if charset else None, validators)

    def _rules(self, address: str) -> bytes | None:
        """A robots.txt, for `Robots`; `None` where there is none.

        Raises:
            FetchError: when it can't be had, so that nobody knows what it says.
        """
        try:
            return self.get(address, robots=False).body
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return None
            raise


class _Transport(httpx2.BaseTransport):
    """Requests over the guarded backend; errors are those of httpcore2."""

    def __init__(self, backend: GuardedBackend, workers: int) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpcore2.default_ssl_context(),
            max_connections=2 * workers,
            max_keepalive_connections=workers,
            keepalive_expiry=5.0,
            network_backend=backend,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to one request."""
        url = request.url
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions={"timeout": {"pool": seconds_left()}},
        )
        answer = self._pool.handle_request(asked)
        return httpx2.Response(status_code=answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Any:
        return iter(self._stream)

    def close(self) -> None:
        self._stream.close()


def _chunks(response: httpx2.Response) -> Any:
    """The packed bytes as they arrive; the deadline holds between them, too."""
    for chunk in response.iter_raw(_PIECE):
        seconds_left()
        yield chunk


def _refusal(response: httpx2.Response) -> FetchError:
    status = response.status_code
    name = httpx2.codes.get_reason_phrase(status)
    what = f"HTTP {status} {name}".strip()
    wait = retry_after(response.headers.get("retry-after"), datetime.now(UTC))
    asked = f"; asks to wait {wait:.0f} s" if wait else ""
    return FetchError(f"{what}{asked}", lasting=status in _LASTING, status=status, retry_after=wait)


def retry_after(stated: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header, which gives seconds or a date; `None` where it gives neither.

    >>> retry_after("120", datetime(2031, 3, 5, tzinfo=UTC))
    120.0
    """
    text = (stated or "").strip()
    if text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _broken(error: Exception) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, httpcore2.ConnectError):
        return f"no connection ({said})"
    if "without sending complete message body" in said or "incomplete chunked read" in said:
        return f"the answer is cut off ({said})"
    if isinstance(error, httpcore2.ProtocolError):
        return f"an answer that is no HTTP ({said})"
    return f"the connection broke ({said})"


def _port(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _host(url: httpx2.URL) -> str:
    return f"{url.host}:{_port(url)}"
