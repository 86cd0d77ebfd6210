"""Damages a database at random, many times: `python -m tests.nightly.corruption 500`."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.store.corruption import Journey, go, make_original

COUNT = 500


def run(count: int, seed: int) -> str:
    """Damage a store in `count` ways from `seed` on; raises with all that were not come through."""
    ways: Counter[str] = Counter()
    failed: list[Journey | str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        original = make_original(folder / "original")
        for one in range(seed, seed + count):
            try:
                journey = go(original, folder / str(one), one)
            except Exception as error:
                failed.append(f"seed {one}: {error!r}")
                continue
            ways[journey.way] += 1
            if journey.complaints or journey.faults or journey.failed or journey.lost > 0:
                failed.append(journey)
    if failed:
        raise AssertionError("\n".join(map(str, failed)))
    return f"{count} damaged stores saved: {', '.join(f'{way} {times}' for way, times in ways.most_common())}"


def main(count: int = COUNT) -> None:
    """Run with the seeds from 0 on and tell the figures."""
    print(run(count, 0))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
