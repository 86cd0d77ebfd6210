"""Looks at what the program runs on: versions, the terminal, the clipboard, the worker."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui import __version__, processes
from tui.doctor.finding import Finding, error, fine, warning
from tui.store import sqlite_version
from tui.worker_client import worker_command

WORKER_SECONDS = 20.0

CLIPBOARDS = ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe")


def look_at_versions() -> Iterator[Finding]:
    """Ours, Python's, SQLite's and the system's."""
    yield fine(
        "version",
        "version",
        huoyuan=__version__,
        python=platform.python_version(),
        sqlite=sqlite_version(),
        system=f"{platform.system()} {platform.machine()}",
    )


def look_at_worker(database: Path) -> Iterator[Finding]:
    """Whether the process that refreshes starts, and ends when it is told to."""
    try:
        done = subprocess.run(
            worker_command(database),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=processes.environment(),
            timeout=WORKER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        yield error("worker", "worker_dead", what=type(problem).__name__)
        return
    if done.returncode:
        yield error("worker", "worker_dead", what=str(done.returncode))
    else:
        yield fine("worker", "worker")


def look_at_clipboard(environ: Mapping[str, str]) -> Iterator[Finding]:
    """By which ways a copy can go."""
    ways = [name for name in CLIPBOARDS if shutil.which(name, path=environ.get("PATH"))]
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin"):
        ways = [name for name in ways if name == "clip.exe"]
    if environ.get("TMUX"):
        ways.append("tmux")
    if environ.get("TERM", "dumb") not in {"dumb", "linux"}:
        ways.append("OSC 52")
    if ways:
        yield fine("clipboard", "clipboard", ways=", ".join(ways))
    else:
        yield warning("clipboard", "clipboard_none", "clipboard")


def look_at_terminal(environ: Mapping[str, str]) -> Iterator[Finding]:
    """What the terminal says of itself."""
    term = environ.get("TERM", "")
    size = shutil.get_terminal_size()
    said = [term or "–", f"{size.columns}×{size.lines}"]
    said += [name for name in ("COLORTERM", "TERM_PROGRAM", "NO_COLOR") if environ.get(name)]
    said += [
        name
        for name, variable in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_TTY"))
        if environ.get(variable)
    ]
    encoding = (sys.stdout.encoding or "").lower()
    values = {"said": ", ".join(said), "encoding": encoding}
    if term in {"", "dumb"}:
        yield warning("terminal", "terminal", "terminal", **values)
    elif encoding.replace("-", "") != "utf8":
        yield warning("terminal", "terminal", "encoding", **values)
    else:
        yield fine("terminal", "terminal", **values)
