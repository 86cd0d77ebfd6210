"""The decoder lives on, whatever becomes of its child; the real child keeps its limits."""

from __future__ import annotations

import asyncio
import os
import sys

import pytest

from tui.codes.decoder import MOST_BYTES, Decoder
from tui.codes.wire import UNREADABLE
from tui.errors import Code, HuoyuanError

STAND_IN = """
import os, sys
from tui.codes.wire import encode_answer, read_image

def say(line):
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()

say(encode_answer(()))
while image := read_image(sys.stdin.buffer):
    match image:
        case b"die":
            os._exit(1)
        case b"hang":
            sys.stdin.buffer.read()
        case b"noise":
            say(b"no answer\\n")
        case b"flood":
            say(b"x" * 2**21)
        case _:
            say(encode_answer((str(os.getpid()),)))
"""

WITHOUT_ZXING = """
import sys
sys.modules["zxingcpp"] = None
from tui.codes.child import main
main()
"""


def running(program: str, patience: float = 30) -> Decoder:
    """A decoder whose child is another program."""
    return Decoder((sys.executable, "-c", program), patience)


async def pid_of_child(decoder: Decoder) -> int:
    """Which process answers now."""
    (payload,) = await decoder.decode(b"who are you")
    return int(payload)


async def problem_with(decoder: Decoder, data: bytes) -> Code:
    """The code that an image gives."""
    with pytest.raises(HuoyuanError) as refusal:
        await decoder.decode(data)
    return refusal.value.problem.code


async def test_one_child_decodes_all_images_and_ends_with_the_decoder() -> None:
    async with running(STAND_IN) as decoder:
        await decoder.ready()
        pids = {await pid_of_child(decoder) for _ in range(5)}
    assert len(pids) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(pids.pop(), 0)


@pytest.mark.parametrize("image", [b"die", b"noise", b"flood", b""])
async def test_a_child_that_fails_is_replaced(image: bytes) -> None:
    async with running(STAND_IN) as decoder:
        before = await pid_of_child(decoder)
        assert await problem_with(decoder, image) is UNREADABLE
        assert await pid_of_child(decoder) != before


async def test_a_child_that_never_answers_is_killed() -> None:
    async with running(STAND_IN, patience=1) as decoder:
        before = await pid_of_child(decoder)
        assert await problem_with(decoder, b"hang") is UNREADABLE
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
        assert await pid_of_child(decoder) != before


async def test_a_decoding_that_is_cut_off_gives_its_answer_to_nobody() -> None:
    async with running(STAND_IN) as decoder:
        before = await pid_of_child(decoder)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(decoder.decode(b"hang"), 0.1)
        assert await pid_of_child(decoder) != before


async def test_images_at_once_take_turns() -> None:
    async with running(STAND_IN) as decoder:
        images = (b"a", b"die", b"b", b"noise", b"c")
        seen = await asyncio.gather(*map(decoder.decode, images), return_exceptions=True)
    assert [isinstance(one, HuoyuanError) for one in seen] == [False, True, False, True, False]


async def test_too_many_bytes_never_reach_a_child() -> None:
    async with Decoder(("/no/such/program",)) as decoder:
        assert await problem_with(decoder, bytes(MOST_BYTES + 1)) is Code.TOO_LARGE


@pytest.mark.parametrize("program", [WITHOUT_ZXING, "import sys; sys.exit(3)", "print('hello')"])
async def test_without_the_libraries_it_says_so_at_once(program: str) -> None:
    async with running(program) as decoder:
        with pytest.raises(HuoyuanError) as refusal:
            await decoder.ready()
    assert refusal.value.problem.code is Code.QR_MISSING


async def test_a_child_that_cannot_be_started_is_told() -> None:
    async with Decoder(("/no/such/program",)) as decoder:
        with pytest.raises(HuoyuanError) as refusal:
            await decoder.ready()
    assert refusal.value.problem.details == {"what": "FileNotFoundError"}
