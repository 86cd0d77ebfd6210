"""A hundred kills of readers and workers, as the nightly job does a thousand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nightly.jobs import JOBS

ROOT = Path(__file__).parents[2]
KILLS = 100


def nightly(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # what a kill leaves does not depend on the disk, which would only be waited for
    memory = Path("/dev/shm")
    environ = {**os.environ, "TMPDIR": str(memory if memory.is_dir() else folder)}
    command = [sys.executable, "-m", "tests.nightly", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    done = nightly("kill", "--count", str(KILLS), "--seed", "1", folder=tmp_path)
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.startswith(f"kill: {KILLS} kills, ")


def test_a_job_that_is_not_in_the_table(tmp_path: Path) -> None:
    done = nightly("no-such-job", folder=tmp_path)
    assert done.returncode == 2
    assert "no-such-job" in done.stderr


def test_every_job_of_the_table_is_there() -> None:
    assert all(callable(job.function()) and job.count for job in JOBS.values())
