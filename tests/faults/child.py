"""A process of its own that refreshes many feeds at once and tells what it took.

Reads {"urls": {name: URL}, "folder", "total"} from standard input; writes a line of JSON for each feed that
ends (name, outcome, new articles, seconds), then one with what was left open and spent.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.faults.running import outcome
from tui.feed_values import FeedSpec, Refreshed
from tui.net.limits import Limits
from tui.refresh import Refresh
from tui.store import feeds
from tui.store.connection import open_store, work_behind

TICK = 0.02


def open_files() -> int:
    """How many descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))


def peak_mb() -> int:
    """The most memory this process has ever had, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def say(value: Any) -> None:
    """Write a line of JSON."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


async def longest_gap(gaps: list[float]) -> None:
    """Note how late the loop gives a turn."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(TICK)
        gaps.append(time.perf_counter() - asked - TICK)


async def run(urls: Mapping[str, str], folder: Path, total: float) -> dict[str, Any]:
    """Refresh all feeds, telling of each as it ends; then what is left open, and what was spent."""
    store = open_store(folder / "huoyuan.db")
    work_behind(store)
    feeds.sync_feeds(store, [FeedSpec(url) for url in urls.values()], 0)
    names = dict(zip((state.id for state in feeds.states(store)), urls, strict=True))
    gaps: list[float] = []
    files = open_files()
    watch = asyncio.create_task(longest_gap(gaps))
    began = time.perf_counter()

    def report(result: Refreshed) -> None:
        seconds = round(time.perf_counter() - began, 3)
        say([names[result.feed_id], outcome(result), result.new, seconds])

    limits = Limits(connect=max(10, total), read=max(20, total), total=total)
    refresh = Refresh(store, report, lambda: int(time.time()), limits=limits)
    await refresh.run(feeds.states(store))
    wall = time.perf_counter() - began
    watch.cancel()
    await asyncio.gather(watch, return_exceptions=True)
    # what was cancelled last may still be on its way out
    others = asyncio.all_tasks() - {asyncio.current_task()}
    pending = (await asyncio.wait(others, timeout=5))[1] if others else ()
    left = {"files": open_files() - files, "tasks": len(pending)}
    store.close()
    spent = {"wall": wall, "cpu": time.process_time(), "gap": max(gaps), "peak_mb": peak_mb()}
    return {"left": left, "spent": spent}


def main() -> None:
    """Do what standard input says."""
    wanted = json.load(sys.stdin)
    say(asyncio.run(run(wanted["urls"], Path(wanted["folder"]), wanted["total"])))


if __name__ == "__main__":
    main()
