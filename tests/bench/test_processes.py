"""What a process takes is counted with what it started, also while one of these ends."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

from bench.processes import cpu_all

ONE_AFTER_ANOTHER = """
import os, time
for _ in range(8):
    child = os.fork()
    if not child:
        while time.process_time() < 0.1:
            pass
        os._exit(0)
    os.waitpid(child, 0)
print("done", flush=True)
input()
"""
TICKS = 0.03
"""Seconds by which what has ended may be rounded down."""


def test_nothing_is_lost_of_a_process_that_ends_while_it_is_counted() -> None:
    command = [sys.executable, "-c", ONE_AFTER_ANOTHER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        counted = [cpu_all(process.pid)]
        while counted[-1] < 0.6:
            counted.append(cpu_all(process.pid))
        assert all(before <= after + TICKS for before, after in pairwise(counted))
        process.communicate(b"\n")
