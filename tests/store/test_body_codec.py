"""Bodies come back as they went in; damaged ones are found out."""

from __future__ import annotations

import json
import sys
import zlib

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import body
from tui.model import Block, BlockKind, Body, Mark, Span
from tui.store import body_codec

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
NUMBER = st.integers(-1, 500)
SPANS = st.builds(Span, NUMBER, NUMBER, st.sampled_from(Mark), NUMBER)
BLOCKS = st.builds(
    Block, st.sampled_from(BlockKind), TEXT, NUMBER, st.lists(SPANS, max_size=3).map(tuple), NUMBER
)
BODIES = st.builds(Body, *(st.lists(kind, max_size=4).map(tuple) for kind in (BLOCKS, TEXT, TEXT)))


@given(BODIES)
def test_round_trip(made: Body) -> None:
    data = body_codec.encode(made)
    assert body_codec.decode(data) == made
    assert body_codec.decode_text(data) == made.text


@given(BODIES)
def test_the_hashed_text_is_that_of_json(made: Body) -> None:
    blocks = [
        (one.kind, one.text, one.level, one.target, [(s.start, s.end, s.mark, s.target) for s in one.spans])
        for one in made.blocks
    ]
    said = json.dumps((blocks, made.links, made.images), ensure_ascii=False, separators=(",", ":"))
    assert body_codec.serialize(made) == said


@given(st.binary(max_size=60))
def test_other_bytes_are_corrupt(data: bytes) -> None:
    with pytest.raises(apsw.CorruptError):
        body_codec.decode(data)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"{",
        b"7",
        b"{}",
        b"[]",
        b"[[[]], [], []]",
        b"[7, 7, 7]",
        b'[[["no such kind", "", 0, 0, []]], [], []]',
    ],
)
def test_what_is_whole_and_yet_no_body_is_corrupt(content: bytes) -> None:
    with pytest.raises(apsw.CorruptError):
        body_codec.decode(zlib.compress(content))


@pytest.mark.parametrize(
    "content", [b"\xff", b"{", b"7", b"{}", b"[]", b"[[[]], [], []]", b"[[[0, 7]], [], []]"]
)
def test_what_has_no_text_is_corrupt(content: bytes) -> None:
    with pytest.raises(apsw.CorruptError):
        body_codec.decode_text(zlib.compress(content))


def test_a_flipped_bit_is_found() -> None:
    data = bytearray(body_codec.encode(body("一手货源" * 100)))
    data[len(data) // 2] ^= 1
    with pytest.raises(apsw.CorruptError):
        body_codec.decode_text(bytes(data))


def test_bodies_of_earlier_releases_are_read() -> None:
    made = body("一手货源 🙂\nlady1688")
    serialized = body_codec.serialize(made)
    assert body_codec.decode(zlib.compress(serialized.encode())) == made
    assert body_codec.decode(b"g" + zlib.compress(serialized.encode("gb18030"))) == made


def test_the_dictionary_is_part_of_the_format() -> None:
    packed = "68783f2c87b22343621e5d777dc3eeaf57b6285858981921fc02d3040065fa0f5e"
    assert body_codec.decode(bytes.fromhex(packed)) == body("女装货源 8862")


def test_what_every_body_has_takes_no_room() -> None:
    made = Body((Block(BlockKind.TEXT, "微信号："), Block(BlockKind.TEXT, "手机号：")))
    assert len(body_codec.encode(made)) < 40


def test_every_character_comes_back() -> None:
    text = "".join(chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert body_codec.decode_text(body_codec.encode(Body((Block(BlockKind.TEXT, text),)))) == text
