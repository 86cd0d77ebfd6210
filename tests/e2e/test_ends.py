"""However it ends: the terminal is as it was, the code says why, and what the user did is on the disk."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys

import pytest

from tests.e2e.conftest import Home, Start
from tests.e2e.pty_program import Program, changed_modes
from tui.model import ListQuery
from tui.store import lists
from tui.store.connection import open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

DRIVER_STARTS = b"\x1b[?2004h"
HINT = "复制微信"
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def favorites(home: Home) -> int:
    """How many articles are marked, as another program reads it."""
    connection = open_store(home.data / "huoyuan.db")
    try:
        return len(lists.article_ids(connection, ListQuery(favorites_only=True), 0))
    finally:
        connection.close()


def reading(program: Program) -> None:
    """Wait until the reader itself has painted the screen."""
    program.wait_for(DRIVER_STARTS)
    program.written = program.written.replace(HINT.encode(), b"", 1)
    program.wait_for(HINT)


def mark(program: Program) -> None:
    """Mark the article under the cursor, and see the mark."""
    kept, program.written = program.written, b""
    program.type(b"f")
    program.wait_for("★")
    program.written = kept + program.written


def assert_restored(program: Program) -> None:
    assert program.settings() == program.before
    assert changed_modes(program.written) == set()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_amid_the_reading(number: signal.Signals, home: Home) -> None:
    with home.start() as program:
        reading(program)
        mark(program)
        program.signal(number)
        assert program.ended() == 128 + number
        assert_restored(program)
    assert favorites(home) == 1


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_while_the_saved_frame_stands(number: signal.Signals, start: Start) -> None:
    with start() as program:
        program.wait_for(HINT)
        program.signal(number)
        assert program.ended() == 128 + number
        assert_restored(program)


@pytest.mark.parametrize("controlling", [True, False])
def test_a_window_that_is_closed(controlling: bool, home: Home) -> None:
    with home.start(controlling=controlling) as program:
        reading(program)
        mark(program)
        program.hang_up()
        assert program.ended() == 128 + signal.SIGHUP
    assert favorites(home) == 1


def test_the_key_for_it(home: Home) -> None:
    with home.start() as program:
        reading(program)
        mark(program)
        program.type(b"q")
        assert program.ended() == 0
        assert_restored(program)
    assert favorites(home) == 1


def test_a_terminal_that_takes_nothing_holds_up_nothing_but_the_painting(home: Home) -> None:
    with home.start() as program:
        reading(program)
        mark(program)
        program.block(b"?", b"\x1b")
        # nobody reads any more: what waits to be written does not keep it from ending
        program.signal(signal.SIGTERM)
        assert program.ended_unread() == 128 + signal.SIGTERM
        assert program.settings() == program.before
    assert favorites(home) == 1


def test_stops_and_goes_on_as_a_shell_has_it(home: Home) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    command = shlex.join((sys.executable, "-P", "-m", "tui", *home.places))
    with Program(program=(bash, "--norc", "--noprofile", "-i"), PS1="ready> ") as shell:
        shell.wait_for("ready> ")
        shell.rest()
        before = shell.settings()
        shell.type(f"{command}\n".encode())
        reading(shell)
        shell.type(b"\x1a")
        shell.wait_for("Stopped")
        shell.rest()
        assert shell.settings() == before
        assert changed_modes(shell.written) - {b"2004"} == set(), "bash has a use for pastes of its own"
        shell.forget()
        shell.type(b"fg\n")
        shell.wait_for(HINT)
        mark(shell)
        shell.type(b"q")
        shell.wait_for("ready> ")
        shell.type(b"echo code $?.\n")
        shell.wait_for("code 0.")
        # bash takes the terminal's settings over with each of its lines
        shell.rest()
        assert changed_modes(shell.written) - {b"2004"} == set()
        assert shell.settings() == before
    assert favorites(home) == 1


def test_a_stop_by_a_signal_gives_the_terminal_back_too(start: Start) -> None:
    with start() as program:
        reading(program)
        program.signal(signal.SIGTSTP)
        assert program.stopped()
        assert_restored(program)
        program.forget()
        program.signal(signal.SIGCONT)
        program.wait_for("商户联系")
        assert program.settings() != program.before
        program.type(b"q")
        assert program.ended() == 0
        assert_restored(program)


@pytest.mark.parametrize(
    "settings", [{"apart": 0}, {"apart": 1}, {"apart": 2}, {"TERM": "dumb"}, {"TERM": ""}]
)
def test_without_a_terminal_that_can_show_it_no_sequence_is_written(
    settings: dict[str, int | str], start: Start
) -> None:
    with start(**settings) as program:
        assert program.ended() == 2
        program.rest(0.0)
        assert b"\x1b" not in program.written
        assert program.written.count(b"\n") == (settings.get("apart") != 2)
        assert program.settings() == program.before
