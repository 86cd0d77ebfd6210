"""The saved frame's file: shown only where it fits, and only when it is whole and harmless."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.frame import Frames, frames, is_harmless
from tui.launch import plain_launch

FRAME = "\x1b[1;1H\x1b[1;38;5;251m货源\x1b[0m".encode()


def frames_in(folder: Path, **environ: str) -> Frames:
    config = folder / "feeds.toml"
    if not config.exists():
        config.write_text("[reader]\n")
    launch = plain_launch(["--config", str(config), f"--data={folder}"])
    assert launch is not None
    found = frames(launch, environ)
    assert found is not None
    return found


def test_what_was_saved_is_shown_at_the_same_size_in_the_same_colours(tmp_path: Path) -> None:
    saved = frames_in(tmp_path, TERM="xterm")
    assert saved.save(80, 24, FRAME)
    assert frames_in(tmp_path, TERM="xterm").load(80, 24) == FRAME
    assert frames_in(tmp_path, TERM="xterm").load(80, 25) == b""
    assert frames_in(tmp_path, TERM="vt220").load(80, 24) == b""
    assert frames_in(tmp_path, TERM="xterm", LANG="en_US.UTF-8").load(80, 24) == b""
    (tmp_path / "feeds.toml").write_text("[reader]\ntheme = 'light'\n")
    assert frames_in(tmp_path, TERM="xterm").load(80, 24) == b""


@given(st.binary(min_size=1, max_size=8), st.data())
def test_a_damaged_frame_is_not_shown(new: bytes, data: st.DataObject) -> None:
    whole = Frames("unused", ("key",))._head(80, 24, FRAME) + b"\n" + FRAME
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + new + whole[place + len(new) :]
    head, _, frame = damaged.partition(b"\n")
    if damaged != whole:
        assert head != Frames("unused", ("key",))._head(80, 24, frame)


@pytest.mark.parametrize(
    "frame",
    [
        b"\x1b[2J",
        b"\x1b]0;title\x07",
        b"\x1bc",
        b"\x07",
        "\x9b2J".encode(),
        b"\x1b[6n",
        b"\x1b[1;1",
        b"a\x1b[0m\n",
    ],
)
def test_what_a_terminal_would_obey_is_neither_saved_nor_shown(frame: bytes, tmp_path: Path) -> None:
    assert not is_harmless(b"\x1b[0m" + frame)
    assert not frames_in(tmp_path).save(80, 24, b"\x1b[0m" + frame)


def test_it_is_its_owners_alone_and_can_be_forgotten(tmp_path: Path) -> None:
    saved = frames_in(tmp_path)
    assert saved.save(80, 24, FRAME)
    assert Path(saved.path).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("frame")] == ["frame"]
    saved.drop()
    saved.drop()
    assert saved.load(80, 24) == b""


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["--help"], ["--conf", "x"], ["--config"], ["--config", "x", "search"], ["--no-splash=1"]],
)
def test_what_is_not_a_plain_start_is_left_to_argparse(arguments: list[str]) -> None:
    assert plain_launch(arguments) is None


def test_a_plain_start(tmp_path: Path) -> None:
    launch = plain_launch(["--no-splash", "--config=a", "--data", "b"])
    assert launch is not None
    assert (launch.config, launch.data, launch.splash) == ("a", "b", False)
