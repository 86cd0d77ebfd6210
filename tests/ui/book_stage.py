"""The contact book under a pilot, over a small stand-in for the reader."""

from __future__ import annotations

import time
from array import array
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from tui.errors import Code, HuoyuanError
from tui.i18n import load_words
from tui.merchants import (
    BookAnswer,
    BookContact,
    BookQuery,
    BookSort,
    Dealings,
    MerchantEntry,
    Signal,
    Standing,
)
from tui.model import ArticleRow, Copied, Kind, Undone
from tui.ui.book_screen import BookScreen
from tui.ui.themes import THEMES
from tui.ui.widgets.book_list import BookList

T = TypeVar("T")

SAY = load_words("zh")
NOW = int(time.mktime((2026, 8, 25, 12, 0, 0, 0, 0, -1)))
AUGUST_20 = int(time.mktime((2026, 8, 20, 9, 30, 0, 0, 0, -1)))
SIZES = [(120, 40), (80, 24), (50, 20)]


def contact(number: int, kind: Kind, value: str, copied_at: int = 0) -> BookContact:
    return BookContact(number, kind, value, 3, AUGUST_20, AUGUST_20, copied_at)


def merchant(number: int, name: str, *contacts: BookContact, **more: object) -> MerchantEntry:
    entry = MerchantEntry(number, name, contacts, 2, AUGUST_20, AUGUST_20, ("女装货源",))
    return replace(entry, **more)  # type: ignore[arg-type]


CHEN = merchant(
    1,
    "陈小姐",
    contact(11, Kind.WECHAT, "nzhuo_8862"),
    contact(12, Kind.MOBILE, "15464027195"),
    signals=frozenset({Signal.CHANGED_ID}),
)
LIN = merchant(2, "林老板", contact(21, Kind.QQ, "8840517396"), categories=("童装货源",))
WU = merchant(3, "吴姐", contact(31, Kind.WECHAT, "wu_shoes", AUGUST_20), standing=Standing.COPIED)


def done(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


@dataclass
class Shelf:
    """Stands in for the reader and its `outside`: holds merchants and remembers what it was asked for."""

    entries: list[MerchantEntry]
    before: list[list[MerchantEntry]] = field(default_factory=list)
    copies: list[tuple[Kind, str]] = field(default_factory=list)
    exports: list[tuple[list[int], Path]] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    stopped: int = 0
    held: list[Future[BookAnswer]] | None = None
    way: str = "xclip"
    slow_copy: Future[Copied] | None = None

    def clock(self) -> float:
        return NOW

    @property
    def outside(self) -> Shelf:
        return self

    def book(
        self, query: BookQuery, current: int | None = None, place: int = 0, *, keep: bool = False
    ) -> Future[BookAnswer]:
        found = self._found(query)
        ids = array("q", [entry.id for entry in found])
        if current is not None and current in ids:
            place = ids.index(current)
        elif current is not None and keep and any(entry.id == current for entry in self.entries):
            ids.insert(place, current)
        place = max(0, min(place, len(ids) - 1))
        near = set(ids[max(0, place - 64) : place + 64])
        around = {entry.id: entry for entry in self.entries if entry.id in near}
        answer = done(BookAnswer(ids, len(self.entries), place, around))
        if self.held is None:
            return answer
        self.held.append(Future())
        return self.held[-1]

    def stop_book(self) -> None:
        self.stopped += 1

    def merchants(self, ids: Sequence[int]) -> Future[dict[int, MerchantEntry]]:
        wanted = set(ids)
        return done({entry.id: entry for entry in self.entries if entry.id in wanted})

    def _found(self, query: BookQuery) -> tuple[MerchantEntry, ...]:
        found = [
            entry
            for entry in self.entries
            if query.search in entry.name + entry.note + "".join(c.value for c in entry.contacts)
            and query.standing in (None, entry.standing)
            and (not query.category or query.category in entry.categories)
        ]
        return tuple(sorted(found, key=lambda entry: entry.name) if query.sort is BookSort.NAME else found)

    def dealings(self, kind: Kind, value: str) -> Dealings:
        owner = next(entry for entry in self.entries if value in {one.value for one in entry.contacts})
        last = max(owner.contacts, key=lambda one: (one.copied_at, one.value == value))
        return Dealings(owner.standing, last.kind, last.value, last.copied_at)

    def merchant_articles(self, merchant: int) -> Future[array[int]]:
        return done(array("q", [merchant * 100 + 1, merchant * 100]))

    def join_merchants(self, merchant: int, other: int) -> Future[bool]:
        kept, gone = (
            next(entry for entry in self.entries if entry.id == number)
            for number in sorted((merchant, other))
        )
        self._change(kept.id, lambda entry: replace(entry, contacts=(*kept.contacts, *gone.contacts)))
        self.entries.remove(gone)
        return done(True)

    def book_categories(self) -> tuple[str, ...]:
        return tuple(sorted({name for entry in self.entries for name in entry.categories}))

    def rows(self, ids: Sequence[int]) -> dict[int, ArticleRow]:
        kinds = frozenset({Kind.WECHAT})
        return {
            id: ArticleRow(id, f"第{id}篇 早秋新款", AUGUST_20, "源", "", False, False, None, kinds)
            for id in ids
        }

    def _change(self, merchant: int, change: Callable[[MerchantEntry], MerchantEntry]) -> Future[None]:
        self.before.append(list(self.entries))
        self.entries = [change(entry) if entry.id == merchant else entry for entry in self.entries]
        return done(None)

    def set_standing(self, merchant: int, standing: Standing) -> Future[None]:
        return self._change(merchant, lambda entry: replace(entry, standing=standing))

    def set_note(self, merchant: int, note: str) -> Future[None]:
        return self._change(merchant, lambda entry: replace(entry, note=note))

    def split_contact(self, contact: int) -> Future[None]:
        owner = next(entry for entry in self.entries if contact in {one.id for one in entry.contacts})
        parts = [[one for one in owner.contacts if (one.id == contact) is split] for split in (False, True)]
        self._change(owner.id, lambda entry: replace(entry, contacts=tuple(parts[0])))
        self.entries.append(replace(owner, id=owner.id + 1000, name="拆出来的", contacts=tuple(parts[1])))
        return done(None)

    def undo(self) -> Future[Undone | None]:
        if not self.before:
            return done(None)
        self.entries = self.before.pop()
        return done(Undone("mark_read", 1))

    def draw_code(self, text: str, width: int, height: int) -> tuple[str, ...] | None:
        self.drawn.append(text)
        return ("█" * 40,) * 3 if height > 20 else None

    def save_code(self, text: str) -> Path:
        return Path("/somewhere/qr.png")

    def copy(self, text: str) -> Future[Copied]:
        return self.slow_copy or done(Copied(text, self.way, verified=True))

    def note_copy(self, kind: Kind, value: str) -> Future[None]:
        self.copies.append((kind, value))
        owner = next(entry for entry in self.entries if value in {one.value for one in entry.contacts})
        contacts = tuple(replace(one, copied_at=NOW) if one.value == value else one for one in owner.contacts)
        standing = Standing.COPIED if owner.standing is Standing.NEW else owner.standing
        return self._change(owner.id, lambda entry: replace(entry, contacts=contacts, standing=standing))

    def export_book(self, ids: Sequence[int], path: Path, words: object) -> Future[int]:
        self.exports.append((list(ids), path))
        if path.suffix == ".txt":
            refused: Future[int] = Future()
            refused.set_exception(HuoyuanError(Code.BAD_INPUT, what="export"))
            return refused
        return done(len(ids))


class BookApp(App[None]):
    """Shows nothing but the book; keeps what it was left with."""

    CSS_PATH = Path(__file__).parents[2] / "tui" / "ui" / "style.tcss"

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf
        self.left_with: list[int | None] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"

    def on_mount(self) -> None:
        self.push_screen(BookScreen(self.shelf, SAY), self.left_with.append)


@dataclass(frozen=True, slots=True)
class BookStage:
    """The book under a pilot."""

    app: BookApp
    pilot: Pilot[None]

    @property
    def shelf(self) -> Shelf:
        return self.app.shelf

    async def press(self, keys: str) -> None:
        await self.pilot.press(*keys.split())
        await self.pilot.pause()

    async def fill_in(self, text: str) -> None:
        self.app.screen.query_one(Input).value = text
        await self.pilot.pause()

    async def shows(self, text: str, *, gone: bool = False) -> None:
        end = time.monotonic() + 10
        while (text in self.text()) is gone:
            assert time.monotonic() < end, self.text()
            await self.pilot.pause(0.01)

    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def toasts(self) -> list[str]:
        return [str(toast.message) for toast in self.app._notifications]

    def names(self) -> list[str]:
        entries = {entry.id: entry for entry in self.shelf.entries}
        return [entries[merchant].name for merchant in self.app.screen.query_one(BookList).ids]


@asynccontextmanager
async def open_book(
    *entries: MerchantEntry, size: tuple[int, int] = (120, 40), way: str = "xclip"
) -> AsyncIterator[BookStage]:
    app = BookApp(Shelf(list(entries or (CHEN, LIN, WU)), way=way))
    async with app.run_test(size=size) as pilot:
        stage = BookStage(app, pilot)
        await stage.shows("08-20")
        yield stage
