"""Processes of ours: how they find the package, and what those behind the screen may take."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from pathlib import Path

NICENESS = 10
MOST_MEMORY = 2 * 2**30

_WIDE = 1 << 20

_MANY = 20_000
"""New containers, of some 100 bytes, after which garbage is looked for."""


def environment() -> dict[str, str]:
    """The environment of a process of ours: in a checkout that is not installed it must find the package."""
    environ = dict(os.environ)
    home = Path(__file__).resolve().parent.parent
    if home.name not in {"site-packages", "dist-packages"}:
        environ["PYTHONPATH"] = os.pathsep.join(
            part for part in (str(home), environ.get("PYTHONPATH")) if part
        )
    return environ


def give_way() -> None:
    """Let the screen go first, which is not of this process's session."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)
        if os.getsid(0) == os.getpid():
            # Linux weighs sessions first (sched(7), "The autogroup feature"): within one of its own a process
            # would be as nice as it likes, and hold the screen up for milliseconds at every key
            Path("/proc/self/autogroup").write_text(str(NICENESS), encoding="ascii")


def limit_memory(most: int = MOST_MEMORY) -> None:
    """Die rather than fill the machine's memory; bytes."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def give_memory_back() -> None:
    """Hand back to the system what is free in this process; elsewhere than with glibc nothing."""
    with contextlib.suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes  # noqa: PLC0415 - of the reader, only at rest

        ctypes.CDLL(None).malloc_trim(0)


def limit_cpu(seconds: int) -> None:
    """Die after so many seconds of CPU from now: what hangs may have nobody left to kill it.

    The system does it, also where a search in C never comes back to Python.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - POSIX only

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, hard))


def collect_seldom() -> None:
    """Look for garbage in cycles seldom, and never in what is there now: what was imported stays.

    With Python's own numbers a tenth of a round of 304s goes into looking.
    """
    gc.freeze()
    gc.set_threshold(_MANY)
    gc.enable()


def widen(pipe: int) -> None:
    """Let a pipe hold a megabyte, where the system can: whoever writes need not wait for whoever reads."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - POSIX only

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WIDE)


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1
