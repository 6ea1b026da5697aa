"""Bodies are unpacked as they arrive and within bounds."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import FetchError
from secondsource.ingest.fetch.unpack import unpacked

TEXT = b"The only bridge to the island was closed on Tuesday. " * 50


def chunks(data: bytes, size: int = 7) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("", gzip.compress(TEXT)),
        ("gzip", gzip.compress(gzip.compress(TEXT))),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_every_way_of_packing_gives_the_body(encoding: str, packed: bytes, size: int) -> None:
    assert unpacked(chunks(packed, size), encoding, 10_000) == TEXT


@given(st.binary(max_size=300_000), st.integers(1, 100_000))
def test_what_was_packed_comes_back(data: bytes, size: int) -> None:
    packed = gzip.compress(data)
    expected = data if not data.startswith(b"\x1f\x8b") else None
    if expected is not None:
        assert unpacked(chunks(packed, size), "gzip", 1_000_000) == expected


@pytest.mark.parametrize("cut", [5, 12, 40])
def test_gzip_that_is_cut_off_is_named(cut: int) -> None:
    with pytest.raises(FetchError, match="gzip data is cut off"):
        unpacked(chunks(gzip.compress(TEXT)[:cut]), "gzip", 10_000)


def test_damaged_gzip_is_named() -> None:
    with pytest.raises(FetchError, match="gzip data is damaged"):
        unpacked([b"no gzip at all"], "gzip", 10_000)


def test_deflate_that_is_cut_off_is_named() -> None:
    with pytest.raises(FetchError, match="deflate data is cut off"):
        unpacked([zlib.compress(TEXT)[:-20]], "deflate", 10_000)


def test_an_empty_packed_body_is_empty() -> None:
    assert unpacked([], "gzip", 10_000) == b""


def test_padding_behind_the_end_is_no_part_of_the_body() -> None:
    assert unpacked([gzip.compress(TEXT), b"\0\0\0\0"], "gzip", 10_000) == TEXT


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(bytes(50_000_000))),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(50_000_000)))),
        ("", gzip.compress(bytes(50_000_000))),
    ],
)
def test_a_bomb_is_seen_at_the_limit_and_not_unpacked(encoding: str, packed: bytes) -> None:
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(FetchError, match="longer than 1,000,000 bytes"):
        unpacked(chunks(packed, 65_536), encoding, 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_body_that_never_ends_is_left_at_the_limit() -> None:
    endless = iter(lambda: b"x" * 1_000, None)
    with pytest.raises(FetchError, match="longer than"):
        unpacked(endless, "", 100_000)


def test_many_empty_gzip_parts_are_refused() -> None:
    with pytest.raises(FetchError, match="more than 1,000 parts"):
        unpacked(chunks(gzip.compress(b"") * 2_000, 65_536), "gzip", 1_000_000)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip, gzip, gzip"])
def test_packing_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(FetchError, match=r"not asked for|times over") as caught:
        unpacked([b"x"], encoding, 10_000)
    assert caught.value.lasting
