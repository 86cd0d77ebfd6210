"""Starts and ends on a real terminal: the saved frame, early keys, and a terminal that is always restored."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.pty_program import HOME, Program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

ENTER = b"\x1b[?1049h\x1b[?25l\x1b[?7l"
DRIVER_STARTS = b"\x1b[?2004h"
HINT = "复制微信"
PLACE = "{}/9 "

Start = Callable[..., Program]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts the reader over the sample feeds, which were read before."""
    config = tmp_path / "feeds.toml"
    config.write_text(
        '[reader]\nrefresh_on_start = false\nrefresh_minutes = 0\n[[feed]]\nurl = "sample:huoyuan.xml"\n',
        "utf-8",
    )
    places = ("--config", str(config), "--data", str(tmp_path / "data"))
    subprocess.run(
        [sys.executable, "-m", "tui", *places, "refresh"], cwd=HOME, check=True, capture_output=True
    )
    return lambda *arguments, **settings: Program(*places, *arguments, **settings)


def leave(program: Program) -> None:
    """Quit once the reader has the keys."""
    program.wait_for(DRIVER_STARTS)
    program.type(b"q")
    assert program.ended() == 0


def save_a_frame(start: Start, tmp_path: Path) -> Path:
    with start() as program:
        leave(program)
    return tmp_path / "data" / "frame"


def test_the_last_frame_stands_before_the_reader_and_keys_typed_meanwhile_count(
    start: Start, tmp_path: Path
) -> None:
    with start() as program:
        program.wait_for(HINT)
        program.type(b"j")
        program.wait_for(PLACE.format(2))
        leave(program)
    assert (tmp_path / "data" / "frame").stat().st_mode & 0o777 == 0o600
    with start() as program:
        program.wait_for(HINT)
        assert program.written.startswith(ENTER)
        assert PLACE.format(2).encode() in program.written
        assert DRIVER_STARTS not in program.written
        program.type(b"jj")
        program.wait_for(PLACE.format(3))
        program.rest()
        assert PLACE.format(4).encode() not in program.written, "each key counts once"
        assert PLACE.format(5).encode() not in program.written
        # the reader's own frame takes the place of the saved one: nothing is cleared, entered or left between
        assert program.written.count(b"\x1b[?1049h") == 1
        assert b"\x1b[2J" not in program.written
        assert b"\x1b[?1049l" not in program.written
        leave(program)
        assert program.written.endswith(b"\x1b[?1004l")
        assert program.settings() == program.before


def test_nothing_but_the_whole_screen_takes_the_place_of_the_saved_frame(
    start: Start, tmp_path: Path
) -> None:
    save_a_frame(start, tmp_path)
    with start() as program:
        program.wait_for(DRIVER_STARTS)
        program.forget()
        program.wait_for(HINT)
        assert "商户联系".encode() in program.written
        before, _, _ = program.written.partition(HINT.encode())
        assert before.count(b"\x1b[1;1H") == 1, "a blank screen was painted first"


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (("--no-splash",), {}),
        ((), {"columns": 100}),
        ((), {"rows": 30}),
        ((), {"TERM": "xterm"}),
        ((), {"NO_COLOR": "1"}),
        ((), {"LANG": "en_US.UTF-8"}),
    ],
)
def test_no_frame_where_it_would_not_fit(
    arguments: tuple[str, ...], settings: dict[str, int | str], start: Start, tmp_path: Path
) -> None:
    save_a_frame(start, tmp_path)
    with start(*arguments, **settings) as program:
        program.wait_for(DRIVER_STARTS)
        assert HINT.encode() not in program.written


@pytest.mark.parametrize("damage", ["cut", "changed", "of another program", "hostile"])
def test_a_frame_that_cannot_be_trusted_is_not_shown(damage: str, start: Start, tmp_path: Path) -> None:
    frame = save_a_frame(start, tmp_path)
    whole = frame.read_bytes()
    frame.write_bytes(
        {
            "cut": whole[:-1],
            "changed": whole.replace(HINT.encode(), b"/" * len(HINT.encode())),
            "of another program": b"my thesis",
            "hostile": whole + b"\x1b]52;c;cm0gLXJm\x07",
        }[damage]
    )
    with start() as program:
        program.wait_for(DRIVER_STARTS)
        assert b"52;c" not in program.written
        assert b"////" not in program.written
        leave(program)


def test_the_option_turns_it_off(start: Start, tmp_path: Path) -> None:
    frame = save_a_frame(start, tmp_path)
    config = tmp_path / "feeds.toml"
    config.write_text(config.read_text("utf-8").replace("[reader]", "[reader]\nsplash = false"), "utf-8")
    save_a_frame(start, tmp_path)
    assert not frame.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", ["importing", "reading"])
def test_a_signal_restores_the_terminal(number: int, moment: str, start: Start, tmp_path: Path) -> None:
    save_a_frame(start, tmp_path)
    with start() as program:
        program.wait_for(HINT)
        if moment == "reading":
            program.forget()
            program.wait_for(DRIVER_STARTS)
            program.wait_for(HINT)
        program.signal(number)
        assert program.ended() == 128 + number
        assert program.settings() == program.before
        assert b"\x1b[?1049l" in program.written
        assert b"\x1b[?25h" in program.written


def test_an_error_at_the_start_is_read_on_the_users_own_screen(start: Start, tmp_path: Path) -> None:
    save_a_frame(start, tmp_path)
    (tmp_path / "data" / "huoyuan.db").write_bytes(b"my thesis\n" * 999)
    with start() as program:
        assert program.ended() == 2
        program.wait_for("huoyuan.db")
        assert program.written.index(b"\x1b[?1049l") < program.written.index(b"huoyuan.db")
        assert program.settings() == program.before


def test_kill_9_leaves_a_program_that_starts_again(start: Start, tmp_path: Path) -> None:
    save_a_frame(start, tmp_path)
    with start() as program:
        program.wait_for(DRIVER_STARTS)
        program.signal(signal.SIGKILL)
        assert program.ended() == -signal.SIGKILL
    with start() as program:
        program.wait_for(HINT)
        leave(program)


def test_bytes_that_are_no_utf_8_end_nothing(start: Start) -> None:
    with start() as program:
        program.wait_for(HINT)
        program.type("货源".encode("gbk") + b"\x80\xff\xfej")
        program.wait_for(PLACE.format(2))
        leave(program)


def test_escape_alone_is_told_without_another_key(start: Start) -> None:
    with start() as program:
        program.wait_for(HINT)
        program.type(b"?")
        program.wait_for("全部标为已读")
        program.forget()
        program.type(b"\x1b")
        # the dialog covers every row of the list
        program.wait_for("●")
        program.rest()
        program.type(b"q")
        assert program.ended() == 0


@pytest.mark.parametrize("typed", [(b"\x1bj",), (b"\x1b", b"j")])
def test_a_key_typed_at_once_behind_an_escape_is_taken(start: Start, typed: tuple[bytes, ...]) -> None:
    with start() as program:
        program.wait_for(HINT)
        program.type(b"?")
        program.wait_for("全部标为已读")
        program.forget()
        for keys in typed:
            program.type(keys)
        program.wait_for(PLACE.format(2))
        program.type(b"q")
        assert program.ended() == 0


def test_a_stop_gives_the_terminal_back_and_a_continue_paints_it_anew(start: Start) -> None:
    with start() as program:
        program.wait_for(HINT)
        program.type(b"\x1a")
        assert program.stopped()
        assert program.settings() == program.before
        program.forget()
        program.signal(signal.SIGCONT)
        program.wait_for("商户联系")
        assert program.settings() != program.before
        leave(program)


def test_a_terminal_that_goes_ends_the_program(start: Start) -> None:
    with start(PYTHONUNBUFFERED="1") as program:
        program.wait_for(HINT)
        program.hang_up()
        assert program.ended() in {0, 128 + signal.SIGHUP}


def test_a_terminal_that_takes_nothing_does_not_hold_up_the_end(start: Start) -> None:
    with start() as program:
        program.wait_for(HINT)
        # nobody reads: the terminal's buffer fills, and the screen waits with it
        for _ in range(200):
            program.type(b"jk")
        program.signal(signal.SIGTERM)
        _, status = os.waitpid(program.pid, 0)
        program.pid = 0
        assert os.waitstatus_to_exitcode(status) == 128 + signal.SIGTERM
        assert program.settings() == program.before


def test_textual_serve_and_commands_are_left_alone(start: Start, tmp_path: Path) -> None:
    save_a_frame(start, tmp_path)
    with start("list") as program:
        assert program.ended() == 0
        assert ENTER not in program.written
        assert program.settings() == program.before
