"""Puts a text on the user's clipboard and says by which way, and whether that could be checked."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress

from tui.errors import Code, HuoyuanError
from tui.model import Copied
from tui.text.clean import UNSEEN
from tui.values import frozen

OSC52_LIMIT = 74_994
"""Bytes of text that terminals take in one OSC 52: base64 makes 100,000 bytes of them (hterm's limit)."""

SCREEN_PIECE = 250
"""Characters in one DCS string: GNU screen before 4.2 drops strings longer than 256."""


@frozen
class _Tool:
    """A program that takes the text on stdin, and the one that tells it back (none: it cannot be checked)."""

    copy: tuple[str, ...]
    paste: tuple[str, ...] = ()
    encoding: str = "utf-8"


_MACOS = _Tool(("pbcopy",), ("pbpaste",))
_WINDOWS = _Tool(("clip.exe",), encoding="utf-16-le")
_WAYLAND = _Tool(("wl-copy", "--type", "text/plain"), ("wl-paste", "--no-newline"))
_XCLIP = _Tool(("xclip", "-selection", "clipboard", "-in"), ("xclip", "-selection", "clipboard", "-out"))
_XSEL = _Tool(("xsel", "--clipboard", "--input"), ("xsel", "--clipboard", "--output"))
# OSC 52 written by a program is dropped by tmux's default settings; its own command gets through.
_TMUX = _Tool(("tmux", "load-buffer", "-w", "-"), ("tmux", "show-buffer"))


def copy(text: str, environ: Mapping[str, str], platform: str = sys.platform, timeout: float = 2.0) -> Copied:
    """Copies exactly `text`; each program it asks may take `timeout` seconds.

    On the user's own machine its clipboard comes first, as only that can be verified; over ssh the
    terminal does, as the local clipboard is another machine's.
    Raises BAD_INPUT for an empty text, for control characters other than newline and tab, and for
    characters that nobody sees.
    """
    _check(text)
    env = _tool_environ(environ, platform)
    local = _local_tools(environ, platform)
    tmux = [_TMUX] if environ.get("TMUX") else []
    if environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"):
        copied = _by_tools(text, tmux, env, timeout)
        copied = copied or _by_terminal(text, environ) or _by_tools(text, local, env, timeout)
    else:
        copied = _by_tools(text, [*local, *tmux], env, timeout) or _by_terminal(text, environ)
    return copied or Copied(text, way="")


def _check(text: str) -> None:
    """Refuses what a paste could run, and what is not seen where the text is shown; surrogates too."""
    if not text:
        raise HuoyuanError(Code.BAD_INPUT, line=1, why="")
    for number, line in enumerate(text.split("\n"), 1):
        found = UNSEEN.search(line)
        if found is not None:
            raise HuoyuanError(Code.BAD_INPUT, line=number, why=f"U+{ord(found[0]):04X}")


def _tool_environ(environ: Mapping[str, str], platform: str) -> dict[str, str]:
    """What the programs see of the environment."""
    if platform == "darwin":
        # pbcopy and pbpaste use MacRoman outside a UTF-8 locale, and would agree with each other on mojibake.
        return {**environ, "LC_ALL": "en_US.UTF-8"}
    return dict(environ)


def _local_tools(environ: Mapping[str, str], platform: str) -> list[_Tool]:
    """The programs for this machine's own clipboard, the best first."""
    if platform == "darwin":
        return [_MACOS]
    if platform == "win32":
        return [_WINDOWS]
    tools = [_WINDOWS] if environ.get("WSL_DISTRO_NAME") else []
    if environ.get("WAYLAND_DISPLAY"):
        tools.append(_WAYLAND)
    if environ.get("DISPLAY"):
        tools += [_XCLIP, _XSEL]
    return tools


def _by_tools(text: str, tools: Iterable[_Tool], env: dict[str, str], timeout: float) -> Copied | None:
    """Tries one program after the other; one that reads back something else has failed."""
    for tool in tools:
        data = text.encode(tool.encoding)
        if _run(tool.copy, env, timeout, stdin=data) is None:
            continue
        found = _run(tool.paste, env, timeout) if tool.paste else None
        if found is None or found == data:
            return Copied(text, way=tool.copy[0], verified=found is not None)
    return None


def _run(
    argv: tuple[str, ...], env: dict[str, str], timeout: float, stdin: bytes | None = None
) -> bytes | None:
    """What a program wrote; None when it is missing, fails or takes too long (then it is killed).

    A program that is given stdin writes to nowhere: xclip and wl-copy leave a child behind that keeps
    a pipe open, and whoever reads the pipe waits for ever.
    """
    program = shutil.which(argv[0], path=env.get("PATH", os.defpath))
    if program is None:
        return None
    try:
        with subprocess.Popen(
            [program, *argv[1:]],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE if stdin is None else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=env,
            start_new_session=True,
        ) as process:
            try:
                output, _ = process.communicate(stdin, timeout)
            except subprocess.TimeoutExpired:
                _kill(process)
                return None
    except OSError:
        return None
    return (output or b"") if process.returncode == 0 else None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and its children, whose group it leads."""
    kill_group = getattr(os, "killpg", None)  # Windows has none
    with suppress(ProcessLookupError, PermissionError):
        if kill_group is None:
            process.kill()
        else:
            kill_group(process.pid, signal.SIGKILL)


def _by_terminal(text: str, environ: Mapping[str, str]) -> Copied | None:
    """Leaves the copy to the terminal by OSC 52, which has no answer; None if it is known to be no use."""
    data = text.encode()
    if len(data) > OSC52_LIMIT or environ.get("TERM") in {"dumb", "linux"}:
        return None
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    if environ.get("STY"):
        pieces = (sequence[at : at + SCREEN_PIECE] for at in range(0, len(sequence), SCREEN_PIECE))
        sequence = "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return Copied(text, way="osc52", sequence=sequence)
