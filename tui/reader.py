"""Everything that a front end may ask: lists, articles, marks, copies, refreshes. No network, no waiting.

What the first frame does not need (marks, searches, copies, the book) is imported and opened on first use.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

from tui.config import Config, load
from tui.config.wishes import refresh_request
from tui.fallback import Complaints, nothing, or_else
from tui.feed_values import FeedRow, FeedSpec
from tui.merchants import BookAnswer, BookQuery, Dealings, MerchantBrief, MerchantEntry, Standing
from tui.model import (
    ArticleRow,
    CategoryRow,
    Kind,
    ListQuery,
    OpenedList,
    Place,
    StoredArticle,
    Undone,
)
from tui.outside import Outside
from tui.protocol import BackupRequest, CodesRequest, Event, PageRequest, WorkerFailed
from tui.searching import Searching
from tui.store import book_reading, feeds, lists, paging
from tui.store.connection import version
from tui.store.read_thread import ReadThread
from tui.store.writer import Writer
from tui.worker_client import WorkerClient, worker_command


def today_start(now: float) -> int:
    """The Unix time of the last local midnight."""
    there = time.localtime(now)
    return int(time.mktime((there.tm_year, there.tm_mon, there.tm_mday, 0, 0, 0, 0, 0, -1)))


LINKS_LOOKED_AT, FEWEST_LINKS = 20, 3
"""Of a feed's latest articles, and how many must lead to a host before it counts as the feed's own."""


class Reader:
    """Reads answer at once from the reader's own connection; changes go through the writer as futures."""

    def __init__(
        self,
        database: Path,
        config: Config,
        environ: Mapping[str, str],
        clock: Callable[[], float] = time.time,
        worker: Callable[[Path], list[str]] = worker_command,
    ) -> None:
        self._database = database
        self.clock = clock
        self._connection = lists.opened(database, self._today())
        self._version = version(self._connection)
        self._known_categories, self._known_feeds = lists.known_categories(), feeds.known_feeds()
        self.complaints = Complaints(database, clock)
        self._writer = Writer(database)
        self._listener: Callable[[Event], object] | None = None
        self._worker = WorkerClient(worker(database), self._heard)
        self._book = ReadThread(database, "book")
        self.searching = Searching(database, self._today)
        self.outside = Outside(database, environ)
        try:
            self.use(config)
        except BaseException:
            # a damaged file is moved aside next, and whoever has it open would delete the next one's WAL
            self.close()
            raise

    def use(self, config: Config) -> None:
        """Take over the feeds of another feeds.toml; the store is written only where they differ."""
        self.config = config
        if not feeds.are_synced(self._connection, config.feeds):
            self._writer.submit(lambda db: feeds.sync_feeds(db, config.feeds, self._now())).result()

    def _now(self) -> int:
        return int(self.clock())

    def _today(self) -> int:
        return today_start(self.clock())

    @or_else(lambda: False)
    def has_news(self) -> bool:
        """Whether any other connection has written since this was last asked, of another process too."""
        before, self._version = self._version, version(self._connection)
        return before != self._version

    @or_else(lambda *_: ())
    def categories(self) -> tuple[CategoryRow, ...]:
        """The fixed lists and the categories with their counts."""
        return lists.categories(self._connection, self._today(), self._known_categories)

    @or_else(lambda *_: ())
    def feeds(self) -> tuple[FeedRow, ...]:
        """The feeds in the order of feeds.toml, with counts and health."""
        return feeds.feeds(self._connection, self._known_feeds)

    @or_else(lambda query: OpenedList(query, 0, 0, 0, 0, 0, 0, removed=False))
    def open_list(self, query: ListQuery) -> OpenedList:
        """A list with its length; what it shows is asked for by places."""
        return paging.open_list(self._connection, query, self._today())

    @or_else(lambda opened: (opened, []))
    def newer(self, opened: OpenedList) -> tuple[OpenedList, list[Place] | None]:
        """An opened list as it is now, with the places of what came in; None when those are too many."""
        return paging.newer(self._connection, opened)

    @or_else(lambda *_: [])
    def places(
        self, opened: OpenedList, beside: Place | None, skip: int, limit: int, *, back: bool
    ) -> list[Place]:
        """The places beside one of a list, or from its end, the nearest first, after passing over `skip`."""
        return paging.places(self._connection, opened, beside, skip=skip, limit=limit, back=back)

    @or_else(nothing)
    def place_of(self, opened: OpenedList, article: int) -> Place | None:
        """Where an article stands in an opened list; None when it is not in it."""
        return paging.place_of(self._connection, opened, article)

    @or_else(lambda *_: 0)
    def count_between(self, opened: OpenedList, low: Place | None, high: Place | None) -> int:
        """How many articles of an opened list stand between two places; None is its end."""
        return paging.count_between(self._connection, opened, low, high)

    @or_else(nothing)
    def next_unread(self, opened: OpenedList, beside: Place | None, *, back: bool) -> Place | None:
        """The place of the nearest unread article beside a place of an opened list."""
        return paging.next_unread(self._connection, opened, beside, back=back)

    @or_else(lambda *_: {})
    def rows(self, ids: Sequence[int]) -> dict[int, ArticleRow]:
        """The list rows of some articles."""
        return lists.rows(self._connection, ids)

    @or_else(nothing)
    def article(self, article: int) -> StoredArticle | None:
        """An article with body and contacts; None when it has gone."""
        return lists.article(self._connection, article)

    @or_else(nothing)
    def stamp(self, article: int) -> tuple[int, ...] | None:
        """The present `StoredArticle.stamp` of an article; None when it has gone."""
        return lists.stamp(self._connection, article)

    @or_else(nothing)
    def random_unread(self, query: ListQuery) -> int | None:
        """The id of some unread article of a list."""
        return lists.random_unread(self._connection, query, self._today())

    @or_else(nothing)
    def unread_among(self, ids: array[int], start: int, step: int) -> int | None:
        """The index of the next unread article in a list, searching from `start` by `step`."""
        return lists.unread_among(self._connection, ids, start, step)

    def mark_read(self, ids: Sequence[int], read: bool, *, opened: bool = False) -> Future[int]:
        """Mark articles read or unread, or read as they were opened; the future tells how many changed."""
        from tui.store import marks  # noqa: PLC0415

        # what is being marked read in bulk must not be marked unread before its turn
        submit = self._writer.submit_quick if read else self._writer.submit
        return submit(lambda db: marks.mark_read(db, ids, read, self._now(), opened=opened))

    def mark_favorite(self, ids: Sequence[int], favorite: bool) -> Future[int]:
        """Mark articles as favorites or not; the future tells how many changed."""
        from tui.store import marks  # noqa: PLC0415

        return self._writer.submit_quick(lambda db: marks.mark_favorite(db, ids, favorite, self._now()))

    def mark_hidden(self, ids: Sequence[int], hidden: bool) -> Future[int]:
        """Take articles out of the lists or put them back; the future tells how many changed."""
        from tui.store import marks  # noqa: PLC0415

        return self._writer.submit_quick(lambda db: marks.mark_hidden(db, ids, hidden, self._now()))

    def mark_all_read(self, query: ListQuery, upto: int) -> Future[int]:
        """Mark a whole list read, up to the newest article that the user has seen in it."""
        from tui.store import marks  # noqa: PLC0415

        today = self._today()
        return self._writer.submit_long(lambda db: marks.mark_all_steps(db, query, today, self._now(), upto))

    def undo(self) -> Future[Undone | None]:
        """Take back the last thing that was done to articles, merchants or feeds, in whichever reader."""
        from tui import feed_edits  # noqa: PLC0415

        path, now = self.config.path, self._now()
        return self._writer.submit_long(lambda db: feed_edits.undo_steps(db, path, now, self._go_by))

    def _go_by(self, config: Config) -> None:
        """Go by another feeds.toml, whose feeds the store has already."""
        self.config = config

    def add_feed(self, url: str, category: str) -> Future[None]:
        """Add a feed to feeds.toml and the lists."""
        from tui import feed_edits  # noqa: PLC0415

        path, spec = self.config.path, FeedSpec(url, "", category)
        return self._writer.submit(lambda db: self._go_by(feed_edits.add(db, path, spec, self._now())))

    def remove_feed(self, url: str) -> Future[None]:
        """Remove a feed from feeds.toml and the lists; all that the user did is kept."""
        from tui import feed_edits  # noqa: PLC0415

        path = self.config.path
        return self._writer.submit(lambda db: self._go_by(feed_edits.remove(db, path, url, self._now())))

    def is_own_site(self, feed: int, host: str) -> bool:
        """Whether a host is that of a feed, lies above or under it, or is where most of its articles are.

        The feed of a bridge has its articles elsewhere, all of them: that is no surprise to the user.
        """
        from tui import opener  # noqa: PLC0415

        if any(opener.leads_to(row.url, host) for row in self.feeds() if row.id == feed):
            return True
        links = self._links(feed)
        there = sum(opener.leads_to(link, host) for link in links)
        return there >= FEWEST_LINKS and 2 * there > len(links)

    @or_else(lambda *_: [])
    def _links(self, feed: int) -> list[str]:
        return lists.links(self._connection, feed, LINKS_LOOKED_AT)

    def reload(self) -> None:
        """Read feeds.toml again and take its feeds over."""
        self.use(load(self.config.path))

    def book(
        self, query: BookQuery, current: int | None = None, place: int = 0, *, keep: bool = False
    ) -> Future[BookAnswer]:
        """What a query finds in the contact book; with `keep` the current merchant stays whatever it asks."""
        from tui.store import book_query  # noqa: PLC0415

        return self._book.ask(lambda db: book_query.answer(db, query, current, place, keep=keep))

    def stop_book(self) -> None:
        """Interrupt what is read from the book: its futures are cancelled."""
        self._book.interrupt()

    def merchants(self, ids: Sequence[int]) -> Future[dict[int, MerchantEntry]]:
        """Merchants by their ids, without those that were joined to another or have gone."""
        return self._book.ask(lambda db: book_reading.merchants(db, ids))

    def merchant_articles(self, merchant: int) -> Future[array[int]]:
        """The ids of a merchant's articles, the newest first."""
        return self._book.ask(lambda db: book_reading.articles_of(db, merchant))

    @or_else(nothing)
    def merchant_of(self, article: int) -> MerchantBrief | None:
        """The merchant of an article's first contact."""
        return book_reading.merchant_of(self._connection, article)

    @or_else(lambda kind, value: Dealings(Standing.NEW, kind, value, 0))
    def dealings(self, kind: Kind, value: str) -> Dealings:
        """What the user did so far with the merchant of a contact."""
        return book_reading.dealings(self._connection, kind, value)

    @or_else(lambda *_: ())
    def book_categories(self) -> tuple[str, ...]:
        """The categories that occur in the book."""
        return book_reading.categories(self._connection)

    def set_standing(self, merchant: int, standing: Standing) -> Future[None]:
        """Note how the user stands with a merchant."""
        from tui.store import book_edits  # noqa: PLC0415

        return self._writer.submit(lambda db: book_edits.set_standing(db, merchant, standing, self._now()))

    def set_note(self, merchant: int, note: str) -> Future[None]:
        """Keep the user's own words about a merchant."""
        from tui.store import book_edits  # noqa: PLC0415

        return self._writer.submit(lambda db: book_edits.set_note(db, merchant, note, self._now()))

    def join_merchants(self, merchant: int, other: int) -> Future[bool]:
        """Make two merchants one; False when one of them is gone."""
        from tui.store import book_edits  # noqa: PLC0415

        return self._writer.submit(lambda db: book_edits.join(db, merchant, other, self._now()))

    def split_contact(self, contact: int) -> Future[None]:
        """Take a contact out of its merchant, for good."""
        from tui.store import book_edits  # noqa: PLC0415

        return self._writer.submit(lambda db: book_edits.split(db, contact, self._now()))

    def note_copy(self, kind: Kind, value: str) -> Future[None]:
        """Remember that a contact was copied."""
        from tui.store import book_edits  # noqa: PLC0415

        return self._writer.submit(lambda db: book_edits.note_copy(db, kind, value, self._now()))

    def back_up(self) -> None:
        """Have the worker make a backup where the newest is of some hours ago."""
        from tui.store.backup import is_due  # noqa: PLC0415

        if is_due(self._database, self._now()):
            self._worker.ask(BackupRequest())

    @or_else(lambda: False)
    def is_due(self) -> bool:
        """Whether it is time to ask any feed."""
        return feeds.is_any_due(self._connection, self._now())

    def listen(self, listener: Callable[[Event], object]) -> None:
        """Have the worker's events told to a listener, on another thread."""
        self._listener = listener

    def _heard(self, event: Event) -> None:
        if isinstance(event, WorkerFailed):
            self.complaints.note(event.problem)
        if self._listener is not None:
            self._listener(event)

    def refresh(self, feeds: Sequence[int] = (), *, force: bool) -> None:
        """Ask the worker to refresh some feeds, or all; by force even those that are not due."""
        self._worker.ask(refresh_request(self.config, feeds, force=force))

    def take_page(self, article: int) -> None:
        """Ask the worker to take an article's page; `PageTaken` tells what came of it."""
        self._worker.ask(PageRequest(article))

    def look_for_codes(self, article: int) -> None:
        """Ask the worker to look for QR codes in an article's images; `CodesFound` tells the rest."""
        self._worker.ask(CodesRequest(article))

    def close(self, *, wait: bool = True) -> None:
        """End the worker, finish what is to be written, close the store; `wait` for the worker to be gone."""
        self._worker.close(wait=wait)
        self.outside.close()
        self._book.close()
        self.searching.close()
        self._writer.close()
        self._connection.close()
