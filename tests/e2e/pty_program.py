"""The program on a pseudo-terminal of its own: keys go in, bytes come out, its settings can be read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HOME = Path(__file__).parent.parent.parent
PATIENCE = 60.0

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])|\x1b\[([<>=])([0-9;]*)u")
_ON_AT_FIRST = frozenset({b"7", b"25"})
"""Line wrap and the cursor."""


def changed_modes(written: bytes) -> set[bytes]:
    """The modes of a terminal that are not as they were before all this was written to it."""
    on = set(_ON_AT_FIRST)
    for numbers, way, kitty, _ in _MODE.findall(written):
        if kitty:
            (on.discard if kitty == b"<" else on.add)(b"kitty keys")
        else:
            (on.update if way == b"h" else on.difference_update)(numbers.split(b";"))
    return on ^ _ON_AT_FIRST


class Program:
    """`python -m tui`, or another program, with some arguments; `written` is what it has written so far.

    A terminal that is not `controlling` sends no signals: it is only gone when it is gone. The descriptor
    `apart` leads nowhere instead of to the terminal.
    """

    def __init__(
        self,
        *arguments: str,
        columns: int = 120,
        rows: int = 40,
        controlling: bool = True,
        apart: int = -1,
        program: Sequence[str] = (sys.executable, "-P", "-m", "tui"),
        **environ: str,
    ) -> None:
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
            _login(self._slave, controlling, apart)
            # under nohup, which hands down that it is ignored
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os.execve(program[0], [*program, *arguments], own | environ)

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

    def glance(self, seconds: float = 0.0) -> None:
        """Read what is there, or comes within some time."""
        self._drain(seconds)

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

    def block(self, *keys: bytes) -> None:
        """Type keys in turn, reading nothing, until what they have painted fills the terminal."""
        end = time.monotonic() + PATIENCE
        for key in cycle(keys):
            self.type(key)
            # as fast as one types, for keys that come together are painted together
            select.select([], [], [], 0.03)
            # a terminal that is being written to cannot be written to by others
            if not select.select([], [self._slave], [], 0.1)[1]:
                return
            assert time.monotonic() < end

    def children(self) -> list[int]:
        """The processes that it has started and not ended; only Linux tells."""
        found: list[int] = []
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
        return found

    def code(self) -> int | None:
        """Its exit code, None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if not pid:
            return None
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def ended_unread(self) -> int:
        """The same, reading nothing of what it still writes."""
        _, status = os.waitpid(self.pid, 0)
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
                # its last words may not have been read yet
                self.rest(0.02)
                return status
            assert time.monotonic() < end
            self._drain(0.02)

    def _drain(self, seconds: float) -> None:
        if self._master < 0:
            select.select([], [], [], seconds)
        elif select.select([self._master], [], [], seconds)[0]:
            self.written += os.read(self._master, 1 << 16)


def _login(slave: int, controlling: bool, apart: int) -> None:
    os.setsid()
    if controlling:
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR) if descriptor == apart else slave, descriptor)
