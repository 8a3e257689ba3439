from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.warc import coding
from archiver.warc.coding import Decoded, decode

TEXT = b"Ada Example wrote: the bridge is open again. " * 50


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-15)


PACKED = {
    "gzip": [gzip.compress(TEXT), gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])],
    "x-gzip": [gzip.compress(TEXT) + b"trailing rubbish"],
    "deflate": [zlib.compress(TEXT), raw_deflate(TEXT)],
    "br": [brotli.compress(TEXT)],
    "zstd": [coding.zstd.compress(TEXT)],
}
CASES = [
    pytest.param(name, packed, id=f"{name} {number}")
    for name, many in PACKED.items()
    for number, packed in enumerate(many, 1)
]


@pytest.mark.parametrize(("name", "packed"), CASES)
def test_every_coding_is_undone(name: str, packed: bytes) -> None:
    assert decode(packed, (name,)) == Decoded(TEXT)


@pytest.mark.parametrize(("name", "packed"), CASES)
def test_a_broken_body_is_read_as_far_as_it_goes_and_said_to_be_broken(name: str, packed: bytes) -> None:
    found = decode(packed[: len(packed) // 2], (name,))
    assert found.problem
    assert TEXT.startswith(found.body) or found.body == packed[: len(packed) // 2]


@pytest.mark.parametrize("name", PACKED)
@given(data=st.binary())
def test_arbitrary_bytes_never_fail(name: str, data: bytes) -> None:
    decode(data, (name,))


def test_codings_are_undone_in_reverse() -> None:
    assert decode(brotli.compress(gzip.compress(TEXT)), ("gzip", "br")) == Decoded(TEXT)


def test_a_coding_that_was_named_but_not_applied_leaves_the_body_as_it_is() -> None:
    found = decode(TEXT, ("gzip",))
    assert found.body == TEXT
    assert found.problem


def test_an_unknown_coding_is_named() -> None:
    assert "'mystery'" in (decode(TEXT, ("mystery",)).problem or "")


def test_an_empty_body_with_a_coding_is_empty() -> None:
    assert decode(b"", ("gzip",)) == Decoded(b"")


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_cut_at_the_limit_in_little_memory(name: str) -> None:
    zeros = bytes(50 << 20)
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": coding.zstd.compress}
    bomb = pack[name](zeros) if name in pack else brotli.compress(zeros, quality=1)
    tracemalloc.start()
    found = decode(bomb, (name,), limit=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.body) == 1 << 20
    assert found.problem
    assert peak < 8 << 20
