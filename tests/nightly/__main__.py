"""`python -m tests.nightly [JOB …] [--count N] [--seed S]`: a line of figures for each job."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Sequence

from tests.nightly.jobs import JOBS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the jobs one after the other, whether or not one fails; 1 when one did."""
    parser = argparse.ArgumentParser("python -m tests.nightly", description=__doc__)
    parser.add_argument(
        "jobs", nargs="*", metavar="JOB", help=f"of {', '.join(JOBS)}; all when none is named"
    )
    parser.add_argument("--count", type=int, help="in place of each job's own count")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the present, when none is given")
    given = parser.parse_args(arguments)
    if unknown := set(given.jobs) - set(JOBS):
        parser.error(f"no such job: {', '.join(sorted(unknown))}")
    failed = sum(not _run(name, given.count, given.seed) for name in given.jobs or JOBS)
    return int(failed > 0)


def _run(name: str, count: int | None, seed: int) -> bool:
    job = JOBS[name]
    began = time.monotonic()
    try:
        said = job.function()(count or job.count, seed)
    except Exception:
        traceback.print_exc()
        said = "FAILED"
    print(f"{name}: {said} (seed {seed}, {time.monotonic() - began:.0f} s)", flush=True)  # noqa: T201
    return said != "FAILED"


if __name__ == "__main__":
    sys.exit(main())
