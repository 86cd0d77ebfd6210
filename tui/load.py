"""Fetches pages and images for an article, wherever they lie: the web, or the bundled samples."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tui import __version__
from tui.enrich import Load
from tui.local import read_local
from tui.net.fetch import Fetcher
from tui.net.limits import Limits

USER_AGENT = f"huoyuan/{__version__} (feed reader)"
LIMITS = Limits(total=30.0, size=10 * 2**20)


@asynccontextmanager
async def loader() -> AsyncIterator[Load]:
    """A fetch for one request, within the limits for pages and images."""
    async with Fetcher(LIMITS, USER_AGENT) as fetcher:

        async def load(url: str, private: bool) -> tuple[bytes, str]:
            if url.startswith("sample:"):
                return read_local(url), ""
            fetched = await fetcher.fetch(url, allow_private=private)
            return fetched.body, fetched.charset

        yield load
