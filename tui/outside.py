"""What a front end does outside the store: clipboard, browser, editor, codes, exported files.

Each of these is imported on first use: a start need not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from tui.model import Copied
from tui.store import book_reading
from tui.store.connection import open_store
from tui.visits import Aim, Started


class Outside:
    """Does at once what only computes; what waits for other programs or for the disk is a future."""

    def __init__(self, database: Path, environ: Mapping[str, str]) -> None:
        self._database = database
        self._environ = environ
        self._pool = ThreadPoolExecutor(2, "outside")

    def copy(self, text: str) -> Future[Copied]:
        """Put a text on the clipboard."""
        from tui import clipboard  # noqa: PLC0415

        return self._pool.submit(clipboard.copy, text, self._environ)

    def aim_of(self, url: str) -> Aim:
        """Where a link would lead; raises LINK_REFUSED."""
        from tui import opener  # noqa: PLC0415

        return opener.aim_of(url)

    def visit(self, url: str) -> Future[Started]:
        """Open a link in the browser; one that needs the terminal is left to the caller to run."""
        from tui import opener  # noqa: PLC0415

        return self._pool.submit(opener.visit, url, self._environ)

    def editor_command(self, path: Path) -> list[str]:
        """The command that edits a file in the user's editor; raises NO_EDITOR."""
        from tui.editor import editor_command  # noqa: PLC0415

        return editor_command(path, self._environ)

    def draw_code(self, text: str, width: int, height: int) -> tuple[str, ...] | None:
        """A text as a QR code in half blocks, None where it does not fit."""
        from tui import qr_art  # noqa: PLC0415

        drawn = qr_art.art(text, width, height)
        return None if drawn is None else drawn.lines

    def save_code(self, text: str) -> Path:
        """A text as a QR code in a PNG file beside the database; gives its path."""
        from tui import qr_art  # noqa: PLC0415

        path = self._database.with_name("qr.png")
        qr_art.save_png(text, path)
        return path

    def export_book(self, ids: Sequence[int], path: Path, words: Callable[[str], str]) -> Future[int]:
        """Write merchants to a file, in the format of its suffix and the user's words; gives how many."""
        return self._pool.submit(self._export, ids, path, words)

    def _export(self, ids: Sequence[int], path: Path, words: Callable[[str], str]) -> int:
        from tui import export  # noqa: PLC0415

        with closing(open_store(self._database, write=False)) as db:
            return export.write(tuple(book_reading.merchants(db, ids).values()), path, words)

    def close(self) -> None:
        """Begin nothing more; what is under way is left to itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)
