"""The process that decodes images: images on standard input, answers on standard output, limits around it."""

from __future__ import annotations

import sys

from tui import processes
from tui.codes.wire import Answer, encode_answer, read_image
from tui.errors import Code, HuoyuanError

MOST_MEMORY = 512 * 2**20
MOST_CPU = 120
"""Seconds after which a child ends that hangs in an image when nobody is left to kill it."""


def main() -> None:
    """Say whether images can be decoded, then answer each until the input ends."""
    processes.limit_cpu(MOST_CPU)
    processes.limit_memory(MOST_MEMORY)
    try:
        from tui.codes.images import decode  # noqa: PLC0415 - an optional extra
    except ImportError:
        _say(Code.QR_MISSING)
        return
    _say(())
    while data := read_image(sys.stdin.buffer):
        try:
            _say(decode(data))
        except HuoyuanError as error:
            _say(error.problem.code)


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(encode_answer(answer))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
