"""Threads enough for the names that are resolved, so that dead ones keep no other waiting."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tui.net.limits import Limits

_BESIDE = 8
"""Threads for what else is done in one, such as parsing a long feed."""


def make_room_for_resolving() -> None:
    """Give the running loop a thread for every fetch that may wait for the resolver.

    Python's own number is six on a machine of two cores: as many names whose server is silent, and no
    feed gets its address for ten seconds and more.
    """
    threads = ThreadPoolExecutor(Limits().concurrent + _BESIDE, "resolve")
    asyncio.get_running_loop().set_default_executor(threads)
