"""Starts on a real terminal: the saved frame, keys typed before the reader is there, and what goes wrong."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest

import tui
from tests.e2e.conftest import Home, Start
from tests.e2e.pty_program import Program, changed_modes
from tui.kept_code import KeptCode
from tui.ui import main_screen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

ENTER = b"\x1b[?1049h\x1b[?25l\x1b[?7l"
DRIVER_STARTS = b"\x1b[?2004h"
HINT = "复制微信"
PLACE = "{}/9 "


def leave(program: Program) -> None:
    """Quit once the reader has the keys."""
    program.wait_for(DRIVER_STARTS)
    program.type(b"q")
    assert program.ended() == 0


def test_the_last_frame_stands_before_the_reader_and_keys_typed_meanwhile_count(home: Home) -> None:
    with home.start() as program:
        program.wait_for(HINT)
        program.type(b"j")
        program.wait_for(PLACE.format(2))
        leave(program)
    assert (home.data / "frame").stat().st_mode & 0o777 == 0o600
    with home.start() as program:
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
        assert changed_modes(program.written) == set()
        assert program.settings() == program.before


def test_a_start_keeps_the_code_of_what_it_imported(home: Home) -> None:
    with home.start(PYTHONDONTWRITEBYTECODE="") as program:
        leave(program)
    kept = KeptCode()
    assert kept.find_spec("tui.cli", list(tui.__path__)) is not None
    code = kept.code("tui.ui.main_screen")
    assert code is not None
    assert code.co_filename == main_screen.__file__


def test_nothing_but_the_whole_screen_takes_the_place_of_the_saved_frame(start: Start) -> None:
    with start() as program:
        program.wait_for(DRIVER_STARTS)
        program.forget()
        program.wait_for(HINT)
        assert "商户联系".encode() in program.written
        before, _, _ = program.written.partition(HINT.encode())
        assert before.count(b"\x1b[1;1H") == 1, "a blank screen was painted first"


@pytest.mark.parametrize(
    ("arguments", "settings"), [(("--no-splash",), {}), ((), {"columns": 100}), ((), {"NO_COLOR": "1"})]
)
def test_no_frame_where_it_would_not_fit(
    arguments: tuple[str, ...], settings: dict[str, int | str], start: Start
) -> None:
    with start(*arguments, **settings) as program:
        program.wait_for(DRIVER_STARTS)
        assert HINT.encode() not in program.written


@pytest.mark.parametrize("damage", ["of another program", "hostile"])
def test_a_frame_that_cannot_be_trusted_is_not_shown(damage: str, home: Home) -> None:
    frame = home.data / "frame"
    whole = frame.read_bytes()
    assert HINT.encode() in whole
    hostile = whole.replace(HINT.encode(), b"////") + b"\x1b]52;c;cm0gLXJm\x07"
    frame.write_bytes({"of another program": b"my thesis", "hostile": hostile}[damage])
    with home.start() as program:
        program.wait_for(DRIVER_STARTS)
        assert b"52;c" not in program.written
        assert b"////" not in program.written
        leave(program)


def test_the_option_turns_it_off(home: Home, tmp_path: Path) -> None:
    own = Home(tmp_path)
    shutil.copytree(home.data, own.data)
    written = (home.folder / "feeds.toml").read_text("utf-8")
    (tmp_path / "feeds.toml").write_text(written.replace("[reader]", "[reader]\nsplash = false"), "utf-8")
    with own.start() as program:
        leave(program)
    assert not (own.data / "frame").exists()


def test_an_error_at_the_start_is_read_on_the_users_own_screen(home: Home) -> None:
    # with a backup it would be taken for ours, and damaged
    shutil.rmtree(home.data / "backups", ignore_errors=True)
    (home.data / "huoyuan.db").write_bytes(b"my thesis\n" * 999)
    with home.start() as program:
        assert program.ended() == 2
        program.wait_for("huoyuan.db")
        assert program.written.index(b"\x1b[?1049l") < program.written.index(b"huoyuan.db")
        assert changed_modes(program.written) == set()
        assert program.settings() == program.before


def test_kill_9_leaves_a_program_that_starts_again(start: Start) -> None:
    with start() as program:
        program.wait_for(DRIVER_STARTS)
        program.signal(signal.SIGKILL)
        assert program.ended() == -signal.SIGKILL
    with start() as program:
        program.wait_for(HINT)
        leave(program)


def test_an_escape_is_told_by_itself_and_takes_no_key_along(start: Start) -> None:
    with start() as program:
        program.wait_for(HINT)
        for place, typed in ((2, (b"\x1bj",)), (3, (b"\x1b", b"j"))):
            program.type(b"?")
            program.wait_for("全部标为已读")
            program.forget()
            for keys in typed:
                program.type(keys)
            program.wait_for(PLACE.format(place))
        program.type(b"?")
        program.wait_for("全部标为已读")
        program.forget()
        program.type(b"\x1b")
        # the dialog covers every row of the list
        program.wait_for("●")
        program.rest()
        program.type(b"q")
        assert program.ended() == 0


def test_commands_are_left_alone(start: Start) -> None:
    with start("list") as program:
        assert program.ended() == 0
        assert ENTER not in program.written
        assert program.settings() == program.before
