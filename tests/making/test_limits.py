"""A process that hangs ends by itself, when nobody is left to end it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="a limit of POSIX")
def test_a_search_that_never_ends_is_ended_by_the_system() -> None:
    program = "import re; from tui.processes import limit_cpu; limit_cpu(1); re.search('(a+)+b', 'a' * 60)"
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert done.returncode == -signal.SIGXCPU
