"""What a decoder and its child process say to each other: images one way, lines of JSON the other."""

from __future__ import annotations

import json
from typing import BinaryIO, Final

from tui.errors import Code

UNREADABLE: Final = Code.IMAGE_UNREADABLE

LONGEST_ANSWER = 2**20
"""Bytes of a line; a QR code holds 3 KB, and a child that says more is not answering."""

Answer = tuple[str, ...] | Code
"""The payloads in an image, or why there are none to be had."""

_LENGTH_BYTES = 4


def encode_image(data: bytes) -> bytes:
    """An image behind its length."""
    return len(data).to_bytes(_LENGTH_BYTES) + data


def read_image(stream: BinaryIO) -> bytes:
    """The next image of a stream, empty at its end."""
    return stream.read(int.from_bytes(stream.read(_LENGTH_BYTES)))


def encode_answer(answer: Answer) -> bytes:
    """An answer as one line."""
    said = {"problem": answer} if isinstance(answer, Code) else {"codes": answer}
    return json.dumps(said).encode() + b"\n"


def decode_answer(line: bytes) -> Answer:
    """The answer of a line, ValueError when it is none: hostile bytes may have taken the child over."""
    try:
        found = json.loads(line)
        return Code(found["problem"]) if "problem" in found else tuple(map(str, found["codes"]))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(line) from error
