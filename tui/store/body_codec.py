"""An article's body as bytes for the store and back.

Packed and unpacked by zlib, or `by` another module of its functions and streams: `deflate.fast` is cheaper,
but takes a start longer to import than the one body takes that is read at a start.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from json.encoder import encode_basestring as _string
from types import ModuleType
from typing import Any

import apsw

from tui.model import Block, BlockKind, Body, Mark, Span

FASTEST = 1
"""zlib's level: on bodies of a few KB its usual one makes 1 % less for a sixth more of CPU."""

_WINDOW = 14
"""Bits of zlib's window: with 15 its buffers are so large that the system gives and takes them each time,
a quarter of the whole packing."""

CODECS = "gb18030", "utf-8"

_PREPARED = b"h"
"""Before a body in GB18030 that was packed with a dictionary: a twentieth less for an article of 2 KB."""

DICTIONARY = (
    '",0,-1,[]],["row","",0,-1,[]],["pre","",0,-1,[]],["quote","",1,-1,[]],["rule","",0,-1,[]],["heading","",3,-1,[]],["heading",'
    '"",2,-1,[]],["item","",1,-1,[]],["item","",0,-1,[]],["text","",0,-1,[[0,4,"emphasis",-1],[0,4,"strong",-1],'
    '[8,16,"link",0]]],["text","类目：",0,-1,[]],["text","联系人：",0,-1,[]],["text","微信号：",0,-1,[]],["text",'
    '"QQ号：",0,-1,[]],["text","手机号：13",0,-1,[]],["text","浏览量：",0,-1,[]],["image","",0,1,[]],["image","",0,'
    '0,[]]],["https://www.",".com/","https://mp.weixin.qq.com/s/",".html","http://"],["https://img",".cn/",".png",'
    '".jpg"]],[],[]][[["text","'
).encode("gb18030")
"""How a body's JSON begins, goes on and ends, and the names of a merchant's fields: the likeliest last.

Bodies are packed with it, so it stays as it is; another one needs another letter.
"""

_DICTIONARY_ID = zlib.adler32(DICTIONARY).to_bytes(4, "big")

_SHORT = b"g"
"""Before a body in GB18030, which has all of Unicode and most of Chinese in two bytes: a fifth less on disk
than UTF-8, after packing too. Bodies of the first release begin with zlib's own byte and are UTF-8."""


def encode(body: Body) -> bytes:
    """The body as the store keeps it."""
    return compress(serialize(body))


def compress(serialized: str, by: ModuleType = zlib) -> bytes:
    """A serialized body packed; the checksum in it also finds flipped bits that SQLite does not see."""
    packer = by.compressobj(FASTEST, wbits=_WINDOW, zdict=DICTIONARY)
    packed: bytes = packer.compress(serialized.encode("gb18030")) + packer.flush()
    return _PREPARED + packed


def serialize(body: Body) -> str:
    """The body as compact JSON: the same text for the same body, as a hash needs it.

    Written here, as the encoder of `json` would take a list for each block.
    """
    blocks = ",".join(
        [
            f'["{block.kind}",{_string(block.text)},{block.level},{block.target},[{_spans(block.spans)}]]'
            for block in body.blocks
        ]
    )
    links, images = (",".join(map(_string, addresses)) for addresses in (body.links, body.images))
    return f"[[{blocks}],[{links}],[{images}]]"


def _spans(spans: Sequence[Span]) -> str:
    return (
        ",".join([f'[{span.start},{span.end},"{span.mark}",{span.target}]' for span in spans])
        if spans
        else ""
    )


def decode(data: bytes) -> Body:
    """The body that `data` was made from; raises apsw.CorruptError, which becomes STORE_CORRUPT."""
    try:
        blocks, links, images = _parse(unpack(data))
        return Body(tuple(_block(*fields) for fields in blocks), tuple(links), tuple(images))
    except (TypeError, ValueError) as error:
        raise apsw.CorruptError("an article's body") from error


def decode_text(data: bytes, by: ModuleType = zlib) -> str:
    """`Body.text` of the body that `data` was made from, without making the body; raises as `decode`."""
    return text_of(unpack(data, by))


def unpack(data: bytes, by: ModuleType = zlib) -> str:
    """The JSON that `data` was made from, in which a body's texts stand as they are; raises as `decode`."""
    return decoded(*inflate(data, by))


def inflate(data: bytes, by: ModuleType = zlib) -> tuple[bytes, str]:
    """The bytes that `unpack` decodes, and by which of `CODECS`; raises as `decode`."""
    try:
        if data.startswith(_PREPARED):
            return _unpacked(data, by), CODECS[0]
        if data.startswith(_SHORT):
            return by.decompress(memoryview(data)[1:]), CODECS[0]
        return by.decompress(data), CODECS[1]
    except by.error as error:
        raise apsw.CorruptError("an article's body") from error


def _unpacked(data: bytes, by: ModuleType) -> bytes:
    unpacker = by.decompressobj(zdict=DICTIONARY)
    raw: bytes = unpacker.decompress(memoryview(data)[1:])
    # ISA-L leaves it to us to ask for the dictionary that is named behind the two bytes of the header
    if not unpacker.eof or data[3:7] != _DICTIONARY_ID:
        raise by.error("cut short, or of another dictionary")
    return raw


def decoded(raw: bytes, codec: str) -> str:
    """What `inflate` gave as text; raises as `decode`."""
    try:
        return raw.decode(codec)
    except ValueError as error:
        raise apsw.CorruptError("an article's body") from error


def text_of(unpacked: str) -> str:
    """`Body.text` of what `unpack` gave; raises as `decode`."""
    try:
        return "\n".join(fields[1] for fields in _parse(unpacked)[0])
    except (TypeError, LookupError) as error:
        raise apsw.CorruptError("an article's body") from error


def _parse(unpacked: str) -> Any:
    try:
        return json.loads(unpacked)
    except ValueError as error:
        raise apsw.CorruptError("an article's body") from error


def _block(kind: str, text: str, level: int, target: int, spans: list[tuple[int, int, str, int]]) -> Block:
    made = tuple(Span(start, end, Mark(mark), link) for start, end, mark, link in spans)
    return Block(BlockKind(kind), text, level, made, target)
