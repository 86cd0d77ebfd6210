"""Bodies are inflated whole or not at all, and never beyond their bound."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import Code, HuoyuanError
from tui.net.bounds import BoundedBody

FEED = "<rss>代理名鞋 微信 ppzs0316</rss>".encode() * 50
LIMIT = 10_000


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-zlib.MAX_WBITS)


def read(encoding: str, *chunks: bytes, limit: int = LIMIT) -> bytes:
    body = BoundedBody(encoding, limit)
    for chunk in chunks:
        body.add(chunk)
    return body.finish()


def code(encoding: str, *chunks: bytes, limit: int = LIMIT) -> Code:
    with pytest.raises(HuoyuanError) as caught:
        read(encoding, *chunks, limit=limit)
    return caught.value.problem.code


@pytest.mark.parametrize(
    ("encoding", "compress"),
    [
        ("", bytes),
        ("identity", bytes),
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("identity, gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
    ],
)
def test_each_encoding_gives_the_body_back_however_it_is_cut(
    encoding: str, compress: Callable[[bytes], bytes]
) -> None:
    sent = compress(FEED)
    assert read(encoding, sent) == FEED
    assert read(encoding, *(sent[at : at + 1] for at in range(len(sent)))) == FEED


def test_streams_in_a_row_are_one_body_and_dirt_behind_them_is_none() -> None:
    sent = gzip.compress(FEED[:99]) + gzip.compress(b"") + gzip.compress(FEED[99:])
    for chunks in ([sent], [sent[at : at + 1] for at in range(len(sent))], [sent, b"dirt"], [sent + b"\x1f"]):
        assert read("gzip", *chunks) == FEED
    assert code("gzip", sent + gzip.compress(FEED)[:-9]) is Code.TRUNCATED
    assert code("gzip", gzip.compress(bytes(LIMIT)) * 2) is Code.TOO_LARGE
    assert code("gzip", gzip.compress(b"") * 1001, limit=99_999) is Code.DECODE_ERROR


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", ", ".join(["gzip"] * 50), "货"])
def test_unknown_and_stacked_encodings_are_refused(encoding: str) -> None:
    assert code(encoding) is Code.DECODE_ERROR


def test_a_body_of_exactly_the_limit_passes_and_one_byte_more_does_not() -> None:
    assert read("gzip", gzip.compress(bytes(LIMIT))) == bytes(LIMIT)
    assert code("gzip", gzip.compress(bytes(LIMIT + 1))) is Code.TOO_LARGE
    assert read("", bytes(LIMIT)) == bytes(LIMIT)
    assert code("", bytes(LIMIT + 1)) is Code.TOO_LARGE


def test_a_bomb_is_not_inflated_beyond_the_limit() -> None:
    body = BoundedBody("gzip", LIMIT)
    with pytest.raises(HuoyuanError) as caught:
        body.add(gzip.compress(bytes(50_000_000)))
    assert caught.value.problem.code is Code.TOO_LARGE
    assert body.size == LIMIT + 1


def test_compressed_data_that_inflates_to_nothing_still_counts() -> None:
    empty_blocks = b"\x00\x00\x00\xff\xff" * (LIMIT // 5 + 1)
    assert code("deflate", empty_blocks) is Code.TOO_LARGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_cut_stream_is_truncated_wherever_it_was_cut(encoding: str) -> None:
    sent = (gzip.compress if encoding == "gzip" else zlib.compress)(FEED)
    assert {code(encoding, sent[:end]) for end in range(1, len(sent))} == {Code.TRUNCATED}


def test_plain_text_labelled_gzip_is_a_decode_error() -> None:
    assert code("gzip", FEED) is Code.DECODE_ERROR


def test_what_follows_the_end_of_the_stream_is_ignored_within_the_limit() -> None:
    assert read("gzip", gzip.compress(FEED), b"\0" * 100) == FEED
    assert code("gzip", gzip.compress(FEED), bytes(LIMIT)) is Code.TOO_LARGE


@given(st.sampled_from(["", "gzip", "deflate"]), st.lists(st.binary(max_size=200)))
def test_noise_gives_bytes_within_the_limit_or_a_typed_error(encoding: str, chunks: list[bytes]) -> None:
    def outcome() -> str:
        try:
            return "within the limit" if len(read(encoding, *chunks, limit=300)) <= 300 else "beyond it"
        except HuoyuanError as error:
            return error.problem.code

    assert outcome() in {"within the limit", Code.TOO_LARGE, Code.DECODE_ERROR, Code.TRUNCATED}
