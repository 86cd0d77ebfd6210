"""Processes of ours: how they find the package, and what those behind the screen may take."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

MOST_MEMORY = 2 * 2**30

_WIDE = 1 << 20


def environment() -> dict[str, str]:
    """The environment of a process of ours: in a checkout that is not installed it must find the package."""
    environ = dict(os.environ)
    home = Path(__file__).resolve().parent.parent
    if home.name not in {"site-packages", "dist-packages"}:
        environ["PYTHONPATH"] = os.pathsep.join(
            part for part in (str(home), environ.get("PYTHONPATH")) if part
        )
    return environ


def limit_memory() -> None:
    """Die rather than fill the machine's memory."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


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
