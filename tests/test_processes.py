"""What processes behind the screen may take of the machine."""

from __future__ import annotations

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


def niceness(own_session: bool) -> list[int]:
    """How nice a process's session is to others before and after it gives way."""
    said = subprocess.run(
        [sys.executable, "-c", GIVES_WAY],
        env=processes.environment(),
        capture_output=True,
        check=True,
        text=True,
        start_new_session=own_session,
    ).stdout
    return [int(nice) for nice in re.findall(r"nice (-?\d+)", said)]


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this kernel does not weigh sessions")
def test_a_session_of_ones_own_gives_way_to_others_and_no_other_session_does() -> None:
    assert niceness(own_session=True) == [0, processes.NICENESS]
    before, after = niceness(own_session=False)
    assert before == after
