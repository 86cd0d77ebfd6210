"""Terminals of every size, speed and language: one reader bears them all."""

from __future__ import annotations

import re
import sys
from random import Random

import pytest

from tests.e2e.conftest import Start
from tests.e2e.pty_program import Program
from tests.e2e.test_ends import HINT, assert_restored, reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

RESIZES = 200
GREYS = range(232, 256)


def at_size(program: Program, columns: int, rows: int, text: str) -> None:
    """Give the terminal a size and see a text at it."""
    program.forget()
    program.resize(columns, rows)
    program.wait_for(text)


def storm(program: Program) -> None:
    """Resize a hundred times a second, reading as a terminal would."""
    random = Random(20)
    for _ in range(RESIZES):
        program.resize(random.choice((1, 2, 20, 59, 60, 100, 200)), random.choice((1, 2, 5, 24, 40, 60)))
        program.glance(0.01)


def test_one_reader_through_all_of_it(start: Start) -> None:
    with start(LANG="C", LC_ALL="C", NO_COLOR="1", COLUMNS="33", LINES="7") as program:
        reading(program)
        colours = set(re.findall(rb"[34]8;5;(\d+)", program.written))
        assert {int(colour) for colour in colours} <= set(GREYS)
        assert b"8;2;" not in program.written
        program.type("货源".encode("gbk") + b"\x80\xff\xfej")
        program.wait_for("2/9 ")
        storm(program)
        at_size(program, 20, 5, "2/9 ")
        at_size(program, 1, 1, "\x1b[1;1H")
        program.type(b"j")
        at_size(program, 120, 40, HINT)
        program.wait_for("3/9 ")
        program.rest()
        # nobody reads for a while: it waits, and what was typed meanwhile is done when somebody does
        program.block(b"j", b"k")
        program.type(b"ggjjjj")
        program.forget()
        program.wait_for("5/9 ")
        program.rest()
        program.type(b"q")
        assert program.ended() == 0
        assert_restored(program)
