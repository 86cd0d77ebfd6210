"""A program in a pseudo-terminal: type keys, wait for text on it, read its CPU time and memory."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.processes import children, clock, cpu_all, waits_for_disk

PATIENCE = 60.0

CALM = 0.001
"""Seconds of CPU within which a program counts as doing nothing."""


class Terminal:
    """Runs a command on a pty of 120×40 and drains what it writes."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], *, columns: int = 120, rows: int = 40
    ) -> None:
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(command[0], list(command), {**os.environ, **environ, "TERM": "xterm-256color"})
            finally:
                # a program that is not there: this process must not go on as a second one of the caller
                os._exit(127)
        self.resize(columns, rows)
        self.written = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def type(self, keys: str) -> None:
        """Send keys as a terminal does."""
        os.write(self._fd, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a user who drags its corner does."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def drain(self, seconds: float) -> bool:
        """Read what comes within some seconds; False when nothing came."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        self.written += os.read(self._fd, 1 << 20)
        return True

    def wait_for(self, text: str) -> None:
        """Read until a text has been written since the last `forget`."""
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.written:
            if time.monotonic() > end:
                raise TimeoutError(text)
            self.drain(0.5)

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing has come for a while."""
        while self.drain(quiet):
            pass

    def forget(self) -> None:
        """Drop what was written so far."""
        self.written = b""

    def rest(self, quiet: float = 0.3, patience: float = PATIENCE) -> float:
        """Read until nothing came, was computed or waited for of the disk for a while; give seconds to the
        last byte.

        A saved frame on the screen does not pass for a program that is ready: it computes behind it. Nor does
        one that reads its file for the first time.
        """
        began = last = calm_since = time.monotonic()
        spent = self.cpu_all()
        while (now := time.monotonic()) - calm_since < quiet:
            if now - began > patience:
                raise TimeoutError(f"no rest within {patience:.0f} s")
            if self.drain(quiet / 6):
                last = calm_since = time.monotonic()
            if (now_spent := self.cpu_all()) - spent > CALM:
                spent, calm_since = now_spent, time.monotonic()
            if waits_for_disk(self.pid):
                calm_since = time.monotonic()
        return last - began

    def cpu(self) -> float:
        """Seconds of CPU that all threads of the program have used, ended ones too; its children not."""
        return clock(self.pid)

    def cpu_all(self) -> float:
        """The same with all processes that the program started; of ended ones in steps of 10 ms."""
        return cpu_all(self.pid)

    def woken(self) -> int:
        """How often a thread of the program has woken up from waiting, ended threads not counted."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/status")
        return sum(
            int(re.findall(r"^voluntary_ctxt_switches:\s*(\d+)", status.read_text(), re.M)[0])
            for status in threads
        )

    def children(self) -> list[int]:
        """The processes that the program started and that still run, with theirs."""
        return children(self.pid)

    def peak(self) -> int:
        """Bytes of memory that the program held at most."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    def memory(self) -> int:
        """Bytes of memory that the program holds."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
