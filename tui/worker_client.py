"""The reader's end of the worker process: starts it on first need, hears it, ends it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui import processes
from tui.errors import Code, Problem
from tui.protocol import (
    BackedUp,
    CodesFound,
    Event,
    PageTaken,
    RefreshFinished,
    Request,
    WorkerFailed,
    decode_event,
    encode_request,
)

LONGEST_SILENCE = 120.0
"""Seconds without a word during a refresh after which the worker is taken to hang."""

LONGEST_LINE = 1 << 24
"""Characters; a worker that says more in one line is not speaking to us."""

GRACE = 0.5


def worker_command(database: Path) -> list[str]:
    """The command that runs the worker; -P keeps the current folder out of its imports."""
    return [sys.executable, "-P", "-m", "tui.worker", str(database)]


class WorkerClient:
    """Sends requests to one worker process; `hear` gets its events on another thread."""

    def __init__(self, command: list[str], hear: Callable[[Event], None]) -> None:
        self._command = command
        self._hear = hear
        self._process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None
        self._watchdog: threading.Timer | None = None
        # asked on the screen's thread, heard on the listener's: a timer lost between them would kill later
        self._lock = threading.RLock()
        self._asked = 0
        self._closed = False

    def ask(self, request: Request) -> None:
        """Ask for something, starting the worker when none runs."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        self._asked += 1
        self._watch()
        try:
            process.stdin.write(encode_request(request))
            process.stdin.flush()
        except OSError:
            self._hear(WorkerFailed(Problem(Code.WORKER_DIED)))

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=processes.environment(),
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._listener.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in iter(partial(lines.readline, LONGEST_LINE), ""):
                # what is no event is noise of a library, or of hostile bytes that took the worker over
                with contextlib.suppress(ValueError):
                    event = decode_event(line)
                    self._note(event)
                    self._hear(event)
        # its output has ended before it has: a request must not go to one that is about to vanish
        process.kill()
        process.wait()
        self._rest()
        if self._asked and not self._closed:
            self._asked = 0
            self._hear(WorkerFailed(Problem(Code.WORKER_DIED)))

    def _note(self, event: Event) -> None:
        self._rest()
        if isinstance(event, RefreshFinished | PageTaken | CodesFound | BackedUp | WorkerFailed):
            self._asked = max(0, self._asked - 1)
        if self._asked:
            self._watch()

    def _watch(self) -> None:
        """Give the worker so long to say something, from the asking on: it may hang before its first word."""
        with self._lock:
            self._rest()
            self._watchdog = threading.Timer(LONGEST_SILENCE, self._kill)
            self._watchdog.daemon = True
            self._watchdog.start()

    def _rest(self) -> None:
        with self._lock:
            if self._watchdog is not None:
                self._watchdog.cancel()
                self._watchdog = None

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def close(self, *, wait: bool = True) -> None:
        """End the worker: an idle one ends with its input, a busy one is stopped."""
        self._closed = True
        self._rest()
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        if self._asked:
            # each feed is one transaction: what is cut off here is fetched again next time
            process.terminate()
        if not wait:
            return
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._listener is not None:
            self._listener.join()
