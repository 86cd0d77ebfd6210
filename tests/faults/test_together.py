"""All faults and twenty good feeds at once, in a process of its own: nobody waits for anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.table import ALL
from tests.faults.together import GOOD, Run, run_together

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads /proc")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_together(ALL, tmp_path_factory.mktemp("together"), total=250, release=True)


def test_nothing_delays_a_good_feed_and_nothing_is_left_behind(run: Run) -> None:
    """What hangs does so until the last good feed has ended, however slow this machine is.

    One test, because each process that runs tests would run all feeds again.
    """
    names = [end.name for end in run.ends]
    assert sorted(names) == sorted(fault.name for fault in (*ALL, *GOOD))
    assert {(end.outcome, end.new) for end in run.of(GOOD)} == {("ok", 30)}
    hanging = [fault for fault in ALL if fault.hangs]
    last_good = max(names.index(good.name) for good in GOOD)
    assert last_good < min(names.index(fault.name) for fault in hanging)
    right = {fault.name: fault.after_one_round for fault in ALL if not fault.hangs}
    assert [end for end in run.ends if end.outcome not in right.get(end.name, {end.outcome})] == []
    assert run.left == {"files": 0, "tasks": 0}
    assert run.spent["peak_mb"] <= 150
    assert run.seen["canary"] == []
    assert all("authorization" not in asked.headers for asked in run.seen["redirect-creds+"])
    assert len(run.seen["redirect-creds+"]) == 1
