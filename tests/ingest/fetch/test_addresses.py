"""Which addresses are public."""

from __future__ import annotations

import pytest

from secondsource.errors import InputError
from secondsource.ingest.fetch.addresses import Allowed, refusal


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
        "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
        "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1",
        "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
        "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "192.0.1.1", "2606:2800:21f::1", "2a00:1450::5"]
)
def test_public_addresses_are_not(address: str) -> None:
    assert refusal(address) is None


def test_what_is_no_address_is_refused() -> None:
    assert refusal("localhost") == "no IP address"


@pytest.mark.parametrize(
    ("stated", "host", "port"),
    [
        ("127.0.0.1:8000", "127.0.0.1", 8000),
        ("Intranet.Example", "intranet.example", 443),
        ("[::1]:81, a.example", "::1", 81),
        ("::1", "[::1]", 80),
    ],
)
def test_an_allowed_host_has_a_name_and_perhaps_a_port(stated: str, host: str, port: int) -> None:
    assert Allowed.parse(stated).has(host, port)


def test_another_port_of_an_allowed_host_is_not_allowed() -> None:
    assert not Allowed.parse("127.0.0.1:8000").has("127.0.0.1", 8001)


def test_a_port_that_is_no_number_is_an_error() -> None:
    with pytest.raises(InputError, match="not a host and a port"):
        Allowed.parse("127.0.0.1:http")
