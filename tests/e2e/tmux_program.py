"""A tmux of a test's own: what runs in it gets keys, and its screen, title and buffer can be read."""

from __future__ import annotations

import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path

PATIENCE = 30.0


class Tmux:
    """A tmux server of its own with one window, in which a command runs."""

    def __init__(self, folder: Path, *, columns: int = 120, rows: int = 40) -> None:
        self._socket = f"huoyuan-{uuid.uuid4().hex[:8]}"
        self._size = ("-x", str(columns), "-y", str(rows))
        self._folder = folder

    def _run(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._socket, "-f", "/dev/null", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def start(self, environ: dict[str, str]) -> None:
        settings = [part for name, value in environ.items() for part in ("-e", f"{name}={value}")]
        self._run("new-session", "-d", *self._size, *settings, "sh")

    def keys(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def screen(self) -> str:
        return self._run("capture-pane", "-p")

    def type(self, text: str) -> None:
        """Send bytes as a terminal does."""
        self._run("send-keys", "-l", text)

    def set(self, option: str, value: str) -> None:
        """Set an option of the whole server."""
        self._run("set-option", "-g", option, value)

    def put(self, text: str) -> None:
        """Fill the buffer."""
        self._run("set-buffer", text)

    def told(self, name: str) -> str:
        """What tmux knows of the pane by a name."""
        return self._run("display-message", "-p", f"#{{{name}}}").strip()

    def buffer(self) -> str:
        return self._run("show-buffer")

    def alternate(self) -> str:
        return self.told("alternate_on")

    def wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, self.screen()
            # tmux answers in milliseconds: asking is the wait

    def shows(self, text: str) -> None:
        self.wait(lambda: text in self.screen())

    def kill(self) -> None:
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True, check=False)
