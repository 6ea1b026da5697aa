"""Which addresses may be connected to: public ones, and hosts that a setting allows."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final, TypeAlias

from ...errors import InputError

Address: TypeAlias = IPv4Address | IPv6Address

_REFUSED: Final = (
    ("0.0.0.0/8", "an unspecified address"),
    ("10.0.0.0/8", "a private address"),
    ("100.64.0.0/10", "a carrier's private address"),
    ("127.0.0.0/8", "a loopback address"),
    ("168.63.129.16/32", "a cloud's metadata address"),
    ("169.254.0.0/16", "a link-local address, where clouds keep their metadata"),
    ("172.16.0.0/12", "a private address"),
    ("192.0.0.0/24", "a protocol's own address"),
    ("192.0.2.0/24", "an address for documentation"),
    ("192.88.99.0/24", "a relay's address"),
    ("192.168.0.0/16", "a private address"),
    ("198.18.0.0/15", "an address for benchmarks"),
    ("198.51.100.0/24", "an address for documentation"),
    ("203.0.113.0/24", "an address for documentation"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved address"),
    ("::/128", "an unspecified address"),
    ("::1/128", "a loopback address"),
    ("::ffff:0:0/96", "an IPv4 address in the guise of IPv6"),
    ("::ffff:0:0:0/96", "an IPv4 address in the guise of IPv6"),
    ("64:ff9b::/96", "an IPv4 address behind a translator"),
    ("64:ff9b:1::/48", "an IPv4 address behind a translator"),
    ("2001::/23", "a protocol's own address"),
    ("2001:db8::/32", "an address for documentation"),
    ("2002::/16", "an IPv4 address in a tunnel"),
    ("3fff::/20", "an address for documentation"),
    ("fc00::/7", "a private address"),
    ("fe80::/10", "a link-local address"),
    ("fec0::/10", "a private address"),
    ("ff00::/8", "a multicast address"),
)
"""The special-purpose registries of IANA, as far as nothing public can be behind an address."""

_PUBLIC_IPV6: Final = IPv6Network("2000::/3")
"""All of IPv6 that has been given out for the public internet; what lies outside is refused unseen."""

_NETWORKS: Final = tuple((ip_network(network), what) for network, what in _REFUSED)
_NETWORKS_4: Final = tuple(pair for pair in _NETWORKS if isinstance(pair[0], IPv4Network))
_NETWORKS_6: Final = tuple(pair for pair in _NETWORKS if isinstance(pair[0], IPv6Network))


def refusal(address: str) -> str | None:
    """What is wrong with connecting to an IP address, in words; `None` when it is a public one.

    >>> refusal("169.254.169.254")
    'a link-local address, where clouds keep their metadata'
    >>> refusal("93.184.215.14") is None
    True
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "no IP address"
    for network, what in _NETWORKS_4 if parsed.version == 4 else _NETWORKS_6:
        if parsed in network:
            return what
    if parsed.version == 6 and parsed not in _PUBLIC_IPV6:
        return "a reserved address"
    return None


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts that may be fetched from though their addresses are not public, by name and perhaps port.

    >>> allowed = Allowed.parse("127.0.0.1:8000, intranet.example")
    >>> allowed.has("127.0.0.1", 8000), allowed.has("127.0.0.1", 22), allowed.has("intranet.example", 443)
    (True, False, True)
    """

    hosts: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def parse(cls, stated: str) -> Allowed:
        """Hosts with or without a port, between commas or spaces; IPv6 addresses with a port in brackets.

        Raises:
            InputError: when a port is no number.
        """
        return cls(frozenset(_host(part) for part in stated.replace(",", " ").split()))

    def has(self, host: str, port: int) -> bool:
        """Whether this host may be fetched from at this port, wherever it leads."""
        name = host.strip("[]").lower()
        return (name, None) in self.hosts or (name, port) in self.hosts


def _host(stated: str) -> tuple[str, int | None]:
    name, colon, port = stated.rpartition(":")
    if not colon or "]" in port or (":" in name and not name.endswith("]")):
        name, port = stated, ""
    if port and not port.isdigit():
        raise InputError(f"not a host and a port: {stated!r}; write 127.0.0.1:8000")
    return name.strip("[]").lower(), int(port) if port else None
