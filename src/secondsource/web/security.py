"""What every request passes: host, origin, token and size are checked, and the content policy is set."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script or style but our own files, nothing from elsewhere, nobody frames us."""

HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    # `no-referrer` would have browsers send "Origin: null" with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN: Final = ("/enter", "/static/")
"""What can be asked for without the token: the page that asks for it, and what that page needs."""
COOKIE: Final = "secondsource_token"


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may ask: under which host names, with which token (none: anybody who can connect)."""

    hosts: frozenset[str] = frozenset()
    token: str | None = None
    max_body: int = 24_000_000

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server.

        A page elsewhere that points its own name at this address ("DNS
        rebinding") sends that name: so a name must be known, while an address
        can't be rebound.

        >>> Gate().knows("localhost:8000"), Gate().knows("elsewhere.example:8000")
        (True, False)
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name == "localhost" or name in self.hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def admits(self, given: str) -> bool:
        """Whether this is the token, compared in constant time."""
        return self.token is None or hmac.compare_digest(given.encode(), self.token.encode())

    @property
    def pass_(self) -> str:
        """What the cookie of an admitted browser holds: proof of the token, not the token."""
        return hmac.new((self.token or "").encode(), b"secondsource cookie", hashlib.sha256).hexdigest()

    def admits_cookie(self, given: str) -> bool:
        """Whether a cookie proves that its browser was admitted."""
        return self.token is None or hmac.compare_digest(given.encode(), self.pass_.encode())


def same_origin(method: str, headers: dict[str, str]) -> bool:
    """Whether a request that changes something comes from our own pages, or from no browser.

    Every browser of today says where a request comes from (Fetch Metadata);
    older ones send an Origin with each POST.

    >>> same_origin("POST", {"sec-fetch-site": "cross-site"}), same_origin("POST", {})
    (False, True)
    """
    if method in SAFE:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == headers.get("host", "")
    except ValueError:
        return False


class Guard:
    """ASGI middleware that refuses what the gate does not let in, and adds the security headers."""

    def __init__(self, app: App, gate: Gate) -> None:
        self.app = app
        self.gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with the reason why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        answer = _dressed(send, scope["path"])
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(answer, *refusal)
            return
        await self.app(scope, self._bounded(receive), answer)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        if not self.gate.knows(headers.get("host", "")):
            return 421, "this server does not answer to that host name; see --allow-host"
        if not same_origin(scope["method"], headers):
            return 403, "the request comes from another site"
        declared = headers.get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or int(declared) > self.gate.max_body:
            return 413, "the request is too large"
        if not self._admitted(scope["path"], headers):
            return 401, "this server asks for a token: open /enter, or send 'Authorization: Bearer TOKEN'"
        return None

    def _admitted(self, path: str, headers: dict[str, str]) -> bool:
        if self.gate.token is None or path.startswith(OPEN):
            return True
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self.gate.admits(given.strip()):
            return True
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        held = cookies.get(COOKIE)
        return held is not None and self.gate.admits_cookie(held.value)

    def _bounded(self, receive: Receive) -> Receive:
        """The body as it comes in, until it is more than is allowed (whatever length was declared)."""
        taken = 0

        async def take() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.gate.max_body:
                raise HTTPException(413, "the request is too large")
            return message

        return take


def _dressed(send: Send, path: str) -> Send:
    keep = path.startswith("/static/")

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            names = {name.lower() for name, _ in given}
            extra = [*HEADERS, (b"cache-control", b"public, max-age=300" if keep else b"no-store")]
            message["headers"] = [*given, *((n, v) for n, v in extra if n not in names)]
        await send(message)

    return answer


async def _refuse(send: Send, status: int, reason: str) -> None:
    body = f"{reason}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
