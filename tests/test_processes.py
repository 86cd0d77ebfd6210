"""What processes behind the screen may take of the machine."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tui import processes

AUTOGROUP = Path("/proc/self/autogroup")
GIVES_WAY = """
import os
from pathlib import Path
from tui import processes
group = Path("/proc/self/autogroup")
before = group.read_text()
# Linux lets no more than ten processes a second that are not root's change this
for _ in range(100_000):
    processes.give_way()
    if os.getsid(0) != os.getpid() or group.read_text() != before:
        break
print(before, group.read_text())
"""
GIVES_BACK = """
from pathlib import Path
from tui import processes
def pages(): return int(Path("/proc/self/statm").read_text().split()[1])
kept = [bytes(1000) for _ in range(40_000)]
last = kept[-1]
kept.clear()
before = pages()
processes.give_memory_back()
print(before - pages())
"""
WITHIN = "import subprocess, sys; subprocess.run(sys.argv[1:], check=True)"


def niceness(*within: str) -> list[int]:
    """How nice a session made for this is to others, before and after a process of it gives way.

    A session that is there already may be weighed by none, as that of the first process is (sched(7)).
    """
    said = subprocess.run(
        [*within, sys.executable, "-c", GIVES_WAY],
        env=processes.environment(),
        capture_output=True,
        check=True,
        text=True,
        start_new_session=True,
    ).stdout
    return [int(nice) for nice in re.findall(r"nice (-?\d+)", said)]


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this kernel does not weigh sessions")
def test_a_session_of_ones_own_gives_way_to_others_and_no_other_session_does() -> None:
    leader = niceness()
    if not leader:
        pytest.skip("this system does not weigh sessions")
    assert leader == [0, processes.NICENESS]
    assert niceness(sys.executable, "-c", WITHIN) == [0, 0]


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="others do not keep what is free, or cannot be asked"
)
def test_what_is_free_below_what_is_not_is_given_back() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", GIVES_BACK], env=processes.environment(), capture_output=True, check=True
    )
    assert int(ran.stdout) > 5_000
