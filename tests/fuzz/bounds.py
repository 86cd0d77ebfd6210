"""What one input may cost, and what it did cost."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

MOST_SECONDS = 1.0
"""Of CPU, for an input of the fuzzer."""

MOST_MEMORY = 200 * 2**20

BOMB_SECONDS = 2.0
"""Of CPU, for the largest that a feed may be."""


def cpu_of(work: Callable[[], object]) -> float:
    """Seconds of CPU that this thread takes for some work."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def peak_memory() -> int:
    """The most memory that this process has had so far, in bytes; 0 where nobody tells."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - POSIX only

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak
