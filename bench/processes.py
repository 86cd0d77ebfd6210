"""What a process takes, with all that it started."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path


def clock(pid: int) -> float:
    """Seconds of CPU of a process, by the kernel's clock of it, in nanoseconds; 0 when it has gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run, with theirs."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(entry.name)] = int(_stat(int(entry.name))[1])
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family[1:]


def cpu_all(pid: int) -> float:
    """Seconds of CPU of a process and of all that it started; of ended ones in steps of 10 ms."""
    ended = _ended(pid)
    while True:
        running = sum(map(clock, (pid, *children(pid))))
        before, ended = ended, _ended(pid)
        if ended == before:
            # else one ended meanwhile, and was missed both among the running and the ended
            return ended + running


def waits_for_disk(pid: int) -> bool:
    """Whether a process or one that it started waits for what is on the disk (proc(5), "state")."""
    states = []
    for member in (pid, *children(pid)):
        with suppress(OSError):
            states.append(_stat(member)[0])
    return "D" in states


def _ended(pid: int) -> float:
    """Seconds of CPU of the children that a process has waited for."""
    return sum(map(int, _stat(pid)[13:15])) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """What /proc tells of a process behind its name: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
