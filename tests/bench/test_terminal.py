"""The measuring terminal: rest is not the first sight of something, and all that computes is counted."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from bench.terminal import Terminal

FRAME_FIRST = """
import time
print("a saved frame", flush=True)
while time.process_time() < 0.6:
    pass
print("ready", flush=True)
input()
"""
WORK_ELSEWHERE = """
import subprocess, sys, threading, time
def work():
    end = time.thread_time() + 0.3
    while time.thread_time() < end:
        pass
thread = threading.Thread(target=work)
thread.start()
thread.join()
program = "import time\\nwhile time.process_time() < 0.3: pass\\ninput()"
child = subprocess.Popen([sys.executable, "-c", program])
child.wait()
"""

WAITS_DEEP = """
import os, sys
print("a saved frame", flush=True)
# until the other end of the pipe is opened the child has not begun, and this process sleeps as for a disk
actions = [(os.POSIX_SPAWN_OPEN, 0, sys.argv[1], os.O_RDONLY, 0)]
os.posix_spawn("/bin/true", ["true"], {}, file_actions=actions)
print("ready", flush=True)
input()
"""


def test_a_program_that_waits_for_the_disk_is_not_at_rest(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with Terminal([sys.executable, "-c", WAITS_DEEP, str(pipe)], {}) as terminal:
        terminal.wait_for("a saved frame")
        opening = threading.Timer(0.8, lambda: os.close(os.open(pipe, os.O_WRONLY)))
        opening.start()
        terminal.rest()
        opening.join()
        assert b"ready" in terminal.written


def test_a_program_that_computes_behind_its_first_frame_is_not_at_rest() -> None:
    with Terminal([sys.executable, "-c", FRAME_FIRST], {}) as terminal:
        terminal.rest()
        assert b"ready" in terminal.written
        assert terminal.cpu() >= 0.6


def test_ended_threads_and_children_are_counted() -> None:
    with Terminal([sys.executable, "-c", WORK_ELSEWHERE], {}) as terminal:
        while not terminal.children():
            terminal.drain(0.01)
        terminal.rest()
        assert len(terminal.children()) == 1
        assert terminal.cpu() >= 0.3
        assert terminal.cpu_all() >= terminal.cpu() + 0.3
        assert terminal.peak() >= terminal.memory() > 0


def test_a_program_that_is_not_there_leaves_no_second_copy_of_the_caller() -> None:
    with Terminal(["huoyuan-is-not-here"], {}) as terminal:
        ended = os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        assert ended.si_status == 127
