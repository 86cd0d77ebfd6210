"""The program on a pseudo-terminal of its own: keys go in, bytes come out, its settings can be read."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HOME = Path(__file__).parent.parent.parent
PATIENCE = 60.0


class Program:
    """`python -m tui` with some arguments; `written` is what it has written so far."""

    def __init__(self, *arguments: str, columns: int = 120, rows: int = 40, **environ: str) -> None:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = self.settings()
        own = {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(HOME),
            "PATH": os.environ["PATH"],
        }
        self.written = b""
        self.pid = os.fork()
        if self.pid == 0:
            _login(self._slave)
            # under nohup, which hands down that it is ignored
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os.execve(sys.executable, [sys.executable, "-P", "-m", "tui", *arguments], own | environ)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.hang_up()
        os.close(self._slave)

    def settings(self) -> list[Any]:
        """The terminal's settings (echo, line editing, …)."""
        return termios.tcgetattr(self._slave)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.signal(signal.SIGWINCH)

    def type(self, keys: bytes) -> None:
        """Send keys as a terminal does."""
        os.write(self._master, keys)

    def wait_for(self, text: str | bytes) -> None:
        """Read until a text has been written since the last `forget`."""
        wanted = text.encode() if isinstance(text, str) else text
        end = time.monotonic() + PATIENCE
        while wanted not in self.written:
            assert time.monotonic() < end, (text, self.written[-3000:])
            self._drain(0.5)

    def rest(self, quiet: float = 0.3) -> None:
        """Read until nothing has come for a while."""
        before = -1
        while len(self.written) != before:
            before = len(self.written)
            self._drain(quiet)

    def forget(self) -> None:
        """Drop what was written so far."""
        self.written = b""

    def signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def stopped(self) -> bool:
        """Wait until the program has been stopped by a signal."""
        return os.WIFSTOPPED(self._wait(os.WUNTRACED))

    def ended(self) -> int:
        """Wait until the program has ended; gives its exit code."""
        status = self._wait(0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def hang_up(self) -> None:
        """Close the terminal's other end."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _wait(self, options: int) -> int:
        end = time.monotonic() + PATIENCE
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG | options)
            if pid:
                return status
            assert time.monotonic() < end
            self._drain(0.02)

    def _drain(self, seconds: float) -> None:
        if self._master < 0:
            select.select([], [], [], seconds)
        elif select.select([self._master], [], [], seconds)[0]:
            self.written += os.read(self._master, 1 << 16)


def _login(slave: int) -> None:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
