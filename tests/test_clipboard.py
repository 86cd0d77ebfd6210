"""Copying with real programs: small scripts that record what they are given, tmux, and X's own tools."""

from __future__ import annotations

import base64
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.clipboard import OSC52_LIMIT, copy
from tui.errors import Code, HuoyuanError, Problem
from tui.model import Copied
from tui.text.clean import scrub

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")

TEXT = "微信 nzhuo_8862\n\t广州十三行  ☎️ 𠮷\n"
PATIENT = 30.0
"""Seconds for programs that answer: a busy machine must not fail a test."""
HASTY = 1.0
"""Seconds for programs that never do."""

COPIES = '/bin/cat > "$0.in"'
FAILS = "/bin/cat > /dev/null; exit 1"
HANGS = "exec /bin/sleep 600"
PAIRS = {"pbcopy": "pbpaste", "wl-copy": "wl-paste", "xclip": "xclip", "xsel": "xsel", "tmux": "tmux"}


class Tools:
    """A folder of stand-ins, the only one on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def add_pair(self, name: str) -> None:
        """A program that keeps what it is given and tells it back, under one name or two."""
        paste = f'/bin/cat "{self.folder}/{name}.in"'
        if PAIRS[name] == name:
            self.add(name, f'case "$*" in *-out|*--output|show-buffer) {paste};; *) {COPIES};; esac')
        else:
            self.add(name, COPIES)
            self.add(PAIRS[name], paste)

    def given(self, name: str) -> bytes:
        return (self.folder / f"{name}.in").read_bytes()

    def copy(self, text: str, platform: str = "linux", timeout: float = PATIENT, /, **environ: str) -> Copied:
        return copy(text, {"PATH": str(self.folder), **environ}, platform, timeout)


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    folder = tmp_path / "bin"
    folder.mkdir()
    return Tools(folder)


def osc52(text: str) -> str:
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


@pytest.mark.parametrize(
    ("platform", "environ", "way"),
    [
        ("darwin", "", "pbcopy"),
        ("darwin", "TMUX", "pbcopy"),
        ("darwin", "SSH_TTY", "osc52"),
        ("darwin", "SSH_TTY TMUX", "tmux"),
        ("win32", "", "clip.exe"),
        ("linux", "WSL_DISTRO_NAME DISPLAY", "clip.exe"),
        ("linux", "WSL_DISTRO_NAME SSH_CONNECTION", "osc52"),
        ("linux", "WAYLAND_DISPLAY DISPLAY", "wl-copy"),
        ("linux", "DISPLAY", "xclip"),
        ("linux", "DISPLAY TMUX", "xclip"),
        ("linux", "DISPLAY SSH_CONNECTION", "osc52"),
        ("linux", "DISPLAY SSH_CONNECTION TMUX", "tmux"),
        ("linux", "TMUX", "tmux"),
        ("linux", "", "osc52"),
    ],
)
def test_the_clipboard_before_the_users_eyes_comes_first(
    tools: Tools, platform: str, environ: str, way: str
) -> None:
    for name in PAIRS:
        tools.add_pair(name)
    tools.add("clip.exe", COPIES)
    copied = tools.copy(TEXT, platform, **dict.fromkeys(environ.split(), "set"))
    sequence = osc52(TEXT) if way == "osc52" else ""
    assert copied == Copied(TEXT, way, verified=way in PAIRS, sequence=sequence)
    if way in PAIRS:
        assert tools.given(way) == TEXT.encode()


def test_windows_is_given_utf16(tools: Tools) -> None:
    tools.add("clip.exe", COPIES)
    assert tools.copy(TEXT, "win32").way == "clip.exe"
    assert tools.given("clip.exe") == TEXT.encode("utf-16-le")


def test_macos_programs_run_in_a_utf8_locale(tools: Tools) -> None:
    tools.add("pbcopy", '/bin/cat > /dev/null; echo "$LC_ALL" > "$0.in"')
    assert tools.copy(TEXT, "darwin", LC_ALL="C").way == "pbcopy"
    assert tools.given("pbcopy") == b"en_US.UTF-8\n"


@pytest.mark.parametrize("script", ["", FAILS, "exit 1", COPIES + "; kill -9 $$"])
def test_a_missing_or_failing_program_is_passed_over(tools: Tools, script: str) -> None:
    if script:
        tools.add("xclip", script)
    tools.add_pair("xsel")
    assert tools.copy(TEXT, DISPLAY=":0") == Copied(TEXT, "xsel", verified=True)
    assert tools.given("xsel") == TEXT.encode()


def test_a_file_that_is_no_program_is_passed_over(tools: Tools) -> None:
    (tools.folder / "xclip").write_bytes(b"\x7fELF")
    (tools.folder / "xclip").chmod(0o755)
    assert tools.copy(TEXT, DISPLAY=":0").way == "osc52"


def test_a_program_that_reads_back_something_else_is_passed_over(tools: Tools) -> None:
    tools.add("wl-copy", COPIES)
    tools.add("wl-paste", "echo wxid_other")
    tools.add_pair("xclip")
    assert tools.copy(TEXT, WAYLAND_DISPLAY="w", DISPLAY=":0") == Copied(TEXT, "xclip", verified=True)


@pytest.mark.parametrize("paste", ["", "exit 1"])
def test_a_copy_that_cannot_be_read_back_is_not_called_verified(tools: Tools, paste: str) -> None:
    tools.add("wl-copy", COPIES)
    if paste:
        tools.add("wl-paste", paste)
    assert tools.copy(TEXT, WAYLAND_DISPLAY="w") == Copied(TEXT, "wl-copy", verified=False)


def test_a_read_back_that_hangs_is_abandoned(tools: Tools) -> None:
    tools.add("wl-copy", COPIES)
    tools.add("wl-paste", HANGS)
    copied = tools.copy(TEXT, "linux", HASTY, WAYLAND_DISPLAY="w")
    assert copied == Copied(TEXT, "wl-copy", verified=False)


def test_a_program_that_hangs_is_killed_with_its_children(tools: Tools, tmp_path: Path) -> None:
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    tools.add("xclip", f'exec 9> "{pipe}"; echo up >&9; /bin/sleep 600 & wait')
    tools.add_pair("tmux")
    copied = tools.copy(TEXT, "linux", HASTY, DISPLAY=":0", TMUX="set")
    assert copied == Copied(TEXT, "tmux", verified=True)
    assert os.read(reading, 10) == b"up\n"
    select.select([reading], [], [], PATIENT)
    assert os.read(reading, 10) == b""  # the end: nobody holds the pipe any more
    os.close(reading)


def test_without_groups_of_processes_the_program_itself_is_killed(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "killpg")
    tools.add("clip.exe", HANGS)
    assert tools.copy(TEXT, "win32", HASTY / 4).way == "osc52"


def test_a_program_may_leave_a_child_behind(tools: Tools) -> None:
    tools.add_pair("pbcopy")
    tools.add("pbcopy", COPIES + '; /bin/sleep 600 & echo $! > "$0.pid"')
    try:
        assert tools.copy(TEXT, "darwin") == Copied(TEXT, "pbcopy", verified=True)
    finally:
        os.kill(int((tools.folder / "pbcopy.pid").read_text()), 9)


def test_the_terminal_takes_so_much_and_no_more(tools: Tools) -> None:
    longest = "货" * (OSC52_LIMIT // 3)
    assert tools.copy(longest).sequence == osc52(longest)
    # it is the sequence, not the text, that terminals limit
    assert len(osc52(longest)) == 100_000
    assert tools.copy(longest + "a") == Copied(longest + "a", "")


def test_a_text_too_long_for_the_terminal_goes_to_the_far_clipboard(tools: Tools) -> None:
    tools.add_pair("xclip")
    copied = tools.copy("a" * (OSC52_LIMIT + 1), SSH_TTY="/dev/pts/1", DISPLAY=":10")
    assert (copied.way, copied.verified) == ("xclip", True)


@pytest.mark.parametrize("term", ["dumb", "linux"])
def test_a_terminal_without_a_clipboard_is_not_asked(tools: Tools, term: str) -> None:
    assert tools.copy(TEXT, TERM=term) == Copied(TEXT, "")


def test_gnu_screen_is_given_short_pieces(tools: Tools) -> None:
    text = TEXT * 40
    sequence = tools.copy(text, STY="1.pts", TERM="screen").sequence
    pieces = [piece.removeprefix("\x1bP") for piece in sequence.split("\x1b\\")]
    assert pieces.pop() == ""
    assert len(pieces) > 1
    assert max(map(len, pieces)) < 256
    assert "".join(pieces) == osc52(text)


JOINERS = "\u200d\ufe0e\ufe0f"
"""What stands in emoji, and alone is nothing."""


def is_allowed(char: str) -> bool:
    return char in "\n\t" or scrub(char) == char or char in JOINERS


@given(
    st.text(
        st.characters(exclude_categories=["Cs"])
        | st.sampled_from("\n\t\x1b\x07\x7f\x9b\r\u200b\u202e\u3164\u200d")
    )
)
def test_a_text_is_copied_exactly_or_refused(text: str) -> None:
    environ = {"PATH": "/nowhere"}
    if text and all(map(is_allowed, text)):
        assert copy(text, environ) == Copied(text, "osc52", sequence=osc52(text))
    else:
        with pytest.raises(HuoyuanError) as caught:
            copy(text, environ)
        assert caught.value.problem.code is Code.BAD_INPUT


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, ""),
        ("wx\x1b[2J", 1, "U+001B"),
        ("一\n二\t\x9b", 2, "U+009B"),
        ("wx\ud800", 1, "U+D800"),
        ("wx\u200b1", 1, "U+200B"),
        ("wx\U000e0041", 1, "U+E0041"),
    ],
)
def test_a_refusal_says_where_and_why(text: str, line: int, why: str) -> None:
    with pytest.raises(HuoyuanError) as caught:
        copy(text, {})
    assert caught.value.problem == Problem(Code.BAD_INPUT, {"line": line, "why": why})


@pytest.fixture
def tmux() -> Iterator[dict[str, str]]:
    """The environment of a program inside a tmux of its own."""
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("tmux is not installed")
    # -u: it tells the socket's path, whatever letters are in it
    server = [program, "-u", "-L", "huoyuan", "-f", "/dev/null"]
    with TemporaryDirectory() as folder:  # short: a socket's path must not exceed 100 bytes
        environ = {"PATH": os.environ["PATH"], "HOME": folder, "TMUX_TMPDIR": folder}
        subprocess.run([*server, "new-session", "-d", "/bin/sleep 600"], env=environ, check=True)
        try:
            where = subprocess.check_output(
                [*server, "display", "-p", "#{socket_path},#{pid},0"], env=environ
            )
            yield {**environ, "TMUX": where.decode().strip()}
        finally:
            subprocess.run([*server, "kill-server"], env=environ, check=True)


def buffer(tmux: dict[str, str]) -> bytes:
    return subprocess.check_output(["tmux", "show-buffer"], env=tmux)


def test_tmux_has_exactly_the_text(tmux: dict[str, str]) -> None:
    for text in (TEXT, "nzhuo_8862", "货源" * 100_000):
        assert copy(text, tmux, "linux", PATIENT) == Copied(text, "tmux", verified=True)
        assert buffer(tmux) == text.encode()


def test_a_dead_display_falls_through_to_tmux(tmux: dict[str, str]) -> None:
    environ = {**tmux, "DISPLAY": ":987", "WAYLAND_DISPLAY": "wayland-987", "XDG_RUNTIME_DIR": "/nowhere"}
    assert copy(TEXT, environ, "linux", PATIENT) == Copied(TEXT, "tmux", verified=True)
    assert buffer(tmux) == TEXT.encode()


def test_a_stale_tmux_falls_through(tmux: dict[str, str]) -> None:
    environ = {**tmux, "TMUX": "/nowhere/default,1,0"}
    assert copy(TEXT, environ, "linux", PATIENT) == Copied(TEXT, "osc52", sequence=osc52(TEXT))


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A real X display without a screen."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "64x64x8", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with open(reading) as answer:
            number = answer.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


@pytest.mark.parametrize(
    ("name", "tell"), [("xclip", ["-selection", "clipboard", "-o"]), ("xsel", ["-b", "-o"])]
)
def test_x_has_exactly_the_text(tools: Tools, display: str, name: str, tell: list[str]) -> None:
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    (tools.folder / name).symlink_to(program)
    home = str(tools.folder)  # where xsel keeps its log, without which it does not start
    assert tools.copy(TEXT, DISPLAY=display, HOME=home) == Copied(TEXT, name, verified=True)
    assert subprocess.check_output([program, *tell], env={"DISPLAY": display, "HOME": home}) == TEXT.encode()
