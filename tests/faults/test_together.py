"""All faults and twenty good feeds at once, in a process of its own: nobody waits for anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.table import ALL
from tests.faults.together import GOOD, Run, run_together

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads /proc")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_together(ALL, tmp_path_factory.mktemp("together"))


def test_nothing_delays_a_good_feed_and_nothing_is_left_behind(run: Run) -> None:
    """One test, because each process that runs tests would run all feeds again."""
    names = [end.name for end in run.ends]
    assert sorted(names) == sorted(fault.name for fault in (*ALL, *GOOD))
    assert {(end.outcome, end.new) for end in run.of(GOOD)} == {("ok", 30)}
    first_given_up = min(names.index(fault.name) for fault in ALL if fault.outcomes == {"timeout"})
    assert max(names.index(good.name) for good in GOOD) < first_given_up
    right = {fault.name: fault.after_one_round for fault in ALL}
    assert [end for end in run.of(ALL) if end.outcome not in right[end.name]] == []
    assert run.left == {"files": 0, "tasks": 0}
    assert run.spent["peak_mb"] <= 150
    assert run.seen["canary"] == []
    assert all("authorization" not in asked.headers for asked in run.seen["redirect-creds+"])
    assert len(run.seen["redirect-creds+"]) == 1
