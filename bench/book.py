"""What the contact book takes of the screen's thread: `python -m bench.book [--articles N] [--seed S]`.

Every figure is CPU time of a thread: of the screen's, inside the book's own methods and in drawing its
rows; and of the book's own, from the question to the answer. What Textual spends on a new screen or dialog
is the same for any book and is not among them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from bench.make_store import fill
from tui.config import load
from tui.i18n import load_words
from tui.reader import Reader
from tui.store import book
from tui.ui.app import HuoyuanApp
from tui.ui.book_listing import BookListing
from tui.ui.book_source import MerchantSource
from tui.ui.widgets.book_list import BookList
from tui.ui.widgets.merchant_view import MerchantView

STEPS = {
    "open": ("C",),
    "filter by standing": ("f", "2"),
    "all again": ("escape",),
    "filter by category": ("c", "2"),
    "sort by name": ("escape", "o", "3"),
    "to the end": ("G",),
    "half pages": ("ctrl+u", "ctrl+u", "ctrl+u"),
    "search two characters": ("slash", "0", "4", "enter"),
}
PATIENCE = 60


class Watch:
    """Adds up the CPU time of this thread inside some methods; a call inside another counts once."""

    def __init__(self) -> None:
        self.sum = 0.0
        self._depth = 0

    def on(self, owner: type, *names: str) -> None:
        """Watch methods of a class."""
        for name in names:
            setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._depth += 1
            start = time.thread_time()
            try:
                return method(*args, **kwargs)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.sum += time.thread_time() - start

        return call


async def settle(pilot: Pilot[None], reader: Reader) -> None:
    """Wait until the book's thread has nothing to do and its answers are drawn."""
    await pilot.pause(0.15)
    await asyncio.wait_for(asyncio.wrap_future(reader.merchants([])), PATIENCE)
    await pilot.pause(0.1)


async def measure(folder: Path) -> None:
    """Print the figures of one database."""
    config = load(folder / "feeds.toml")
    reader = Reader(folder / "huoyuan.db", config, {})
    watch, drawn, asked = Watch(), Watch(), Watch()
    watch.on(BookListing, "open_query", "renew", "_answered", "follow", "_with_articles", "_arrived")
    watch.on(MerchantSource, "_take")
    drawn.on(BookList, "line")
    drawn.on(MerchantView, "line")
    app = HuoyuanApp(reader, load_words("zh"), config.keys)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        book.answer = asked._watched(book.answer)
        for name, keys in STEPS.items():
            watch.sum = drawn.sum = asked.sum = 0.0
            for key in keys:
                await pilot.press(key)
                await settle(pilot, reader)
            sys.stdout.write(
                f"{name:22} asking and taking {watch.sum * 1000:5.2f} ms, drawing rows "
                f"{drawn.sum * 1000:5.2f} ms; on the book's thread {asked.sum * 1000:6.1f} ms\n"
            )
    reader.close()


def main() -> None:
    """Fill a database, or take one that is there, and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.book", description=__doc__)
    parser.add_argument("--articles", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.data or Path(temporary)
        if given.data is None:
            fill(folder, given.articles, given.seed)
        asyncio.run(measure(folder))


if __name__ == "__main__":
    main()
