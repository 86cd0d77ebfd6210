"""The strict figures of all faults at once: `HUOYUAN_FAULT_ITEMS=20000 python -m tests.faults [rounds]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.faults.table import ALL
from tests.faults.together import GOOD, run_together

AT_ONCE = {fault.name: fault.after_one_round for fault in (*ALL, *GOOD)}
MOST_GOOD, MOST_ALL, MOST_MB = 5.0, 12.0, 150


def main(rounds: int) -> int:
    """Run all faults and the good feeds some times; 1 when a figure is over its limit."""
    missed = 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            run = run_together(ALL, Path(folder))
        good = run.of(GOOD)
        wrong = [(end.name, end.outcome) for end in run.ends if end.outcome not in AT_ONCE[end.name]]
        last = max(end.seconds for end in good)
        over = last > MOST_GOOD or run.spent["wall"] > MOST_ALL or run.spent["peak_mb"] > MOST_MB
        missed += bool(over or wrong or any(run.left.values()) or run.seen["canary"])
        spent = run.spent
        print(  # noqa: T201
            f"{len(run.ends)} feeds: good ones after {last:.2f} s, all after {spent['wall']:.2f} s,"
            f" {spent['cpu']:.2f} s of CPU, {spent['peak_mb']} MB, longest gap {spent['gap']:.2f} s,"
            f" left {run.left}, canary {len(run.seen['canary'])}, wrong {wrong}"
        )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
