"""What all tests share: one time zone and language, nothing of the machine, no clock, warm processes."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests import warm as warm_module
from tui import processes

Warm = Callable[..., list[str]]
LONGEST_ID = 80

MACHINES_OWN = ("HUOYUAN_", "LC_")
MACHINES_OWN_NAMES = {
    *("COLUMNS", "FORCE_COLOR", "LANGUAGE", "LINES", "NO_COLOR", "PYTHONWARNINGS"),
    *("TEXTUAL", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DRIVER", "TEXTUAL_FPS", "TEXTUAL_THEME"),
}

for name in {*os.environ}:
    if name.startswith(MACHINES_OWN) or name in MACHINES_OWN_NAMES:
        del os.environ[name]
os.environ.update({"TZ": "CST-8", "LANG": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none", "COLORTERM": "truecolor"})
if hasattr(time, "tzset"):
    time.tzset()

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """The command that stands for `python -m` with a module of ours and arguments, fast where it can be."""
    if not hasattr(os, "fork"):
        yield lambda module, *arguments: [sys.executable, "-m", module, *arguments]
        return
    with TemporaryDirectory() as folder:
        path = f"{folder}/line"
        command = [sys.executable, "-P", warm_module.__file__, path]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=processes.environment()) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            # isolated and without site: a hundredth of a second to start
            yield lambda *arguments: [sys.executable, "-IS", warm_module.__file__, path, *arguments]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name what is long by its kind and length: megabytes of hostile text would be sent between processes."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_ID:
        return f"{type(val).__name__}-of-{len(val)}"
    return None


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: journeys wait for other processes, and terminals for being still."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spare each search for garbage the thousands of tests and their modules: they stay to the end."""
    gc.collect()
    gc.freeze()
