"""Bodies come back as they went in; damaged ones are found out."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from types import ModuleType

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import body
from tui.model import Block, BlockKind, Body, Mark, Span
from tui.store import body_codec
from tui.store.deflate import fast

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
    with pytest.raises(apsw.CorruptError):
        body_codec.unpack(data, fast)


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


PACKERS = pytest.mark.parametrize("packer", [zlib, fast])
UNPACKERS = pytest.mark.parametrize("unpacker", [zlib, fast])


@PACKERS
@UNPACKERS
@pytest.mark.parametrize("length", [0, 1, 700, 16_384, 100_000])
def test_each_unpacks_what_the_other_packed(packer: ModuleType, unpacker: ModuleType, length: int) -> None:
    text = "".join(chr(0x4E00 + number * number % 5000) for number in range(length))
    serialized = body_codec.serialize(body(text))
    assert body_codec.unpack(body_codec.compress(serialized, packer), unpacker) == serialized


@PACKERS
@UNPACKERS
def test_a_flipped_bit_is_found(packer: ModuleType, unpacker: ModuleType) -> None:
    serialized = body_codec.serialize(body("一手货源 lady1688"))
    data = body_codec.compress(serialized, packer)
    for place in range(8, len(data) * 8):
        flipped = bytearray(data)
        flipped[place // 8] ^= 1 << place % 8
        try:
            assert body_codec.unpack(bytes(flipped), unpacker) == serialized
        except apsw.CorruptError:
            continue
        # what follows the last bit of the text up to the checksum's first byte says nothing
        assert place // 8 == len(data) - 5, place


@PACKERS
@UNPACKERS
def test_what_is_cut_short_is_corrupt(packer: ModuleType, unpacker: ModuleType) -> None:
    data = body_codec.compress(body_codec.serialize(body("一手货源 lady1688")), packer)
    for length in range(len(data)):
        with pytest.raises(apsw.CorruptError):
            body_codec.inflate(data[:length], unpacker)


def test_bodies_are_packed_and_read_without_the_faster_module() -> None:
    program = """
import sys
sys.modules["isal"] = None
import zlib
from tui.store import body_codec, deflate
assert deflate.fast is zlib
packed = body_codec.compress("[[],[],[]]", deflate.fast)
assert body_codec.unpack(packed, deflate.fast) == "[[],[],[]]"
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@UNPACKERS
def test_bodies_of_earlier_releases_are_read(unpacker: ModuleType) -> None:
    serialized = body_codec.serialize(body("一手货源 🙂\nlady1688"))
    assert body_codec.unpack(zlib.compress(serialized.encode()), unpacker) == serialized
    assert body_codec.unpack(b"g" + zlib.compress(serialized.encode("gb18030")), unpacker) == serialized


def test_the_dictionary_is_part_of_the_format() -> None:
    packed = "68783f2c87b22343621e5d777dc3eeaf57b6285858981921fc02d3040065fa0f5e"
    assert body_codec.decode(bytes.fromhex(packed)) == body("女装货源 8862")


def test_what_every_body_has_takes_no_room() -> None:
    made = Body((Block(BlockKind.TEXT, "微信号："), Block(BlockKind.TEXT, "手机号：")))
    assert len(body_codec.encode(made)) < 40


def test_every_character_comes_back() -> None:
    text = "".join(chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert body_codec.decode_text(body_codec.encode(Body((Block(BlockKind.TEXT, text),)))) == text
