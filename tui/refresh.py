"""Brings feeds up to date: fetch, parse, find contacts, save; one `Refreshed` per feed as it ends."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from tui import __version__
from tui.errors import Code, HuoyuanError, Problem
from tui.local import is_local, read_local
from tui.model import FeedState, ParsedFeed, Refreshed, Schedule
from tui.net import policy
from tui.net.addresses import is_visibly_private
from tui.protocol import RefreshRequest
from tui.store import Connection, lists
from tui.store.feeds import save_state, save_states, states
from tui.store.saving import Saved, save, unchanged

DEFAULT_MINUTES = 60
MOST_ENRICHED = 20
"""Articles of one feed whose pages or images are fetched after one refresh."""

SLICE = 250
"""Entries of one feed that are prepared and saved before the others get a turn."""

WRITE_SECONDS = 0.2
"""How long the note that a feed has nothing new may wait for others to be written with."""

USER_AGENT = f"huoyuan/{__version__} (feed reader)"


@dataclass(frozen=True, slots=True)
class Download:
    """What a fetch gave, whatever the feed's scheme: bytes, or nothing new."""

    body: bytes = b""
    not_modified: bool = False
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    max_age: int | None = None


Fetch = Callable[[FeedState], Awaitable[Download]]


class Refresh:
    """One refresh of some feeds over one connection; the time is given, so that tests own the clock."""

    def __init__(
        self,
        connection: Connection,
        report: Callable[[Refreshed], None],
        now: Callable[[], int],
        *,
        minutes: int = DEFAULT_MINUTES,
        page_feeds: Sequence[str] = (),
        code_feeds: Sequence[str] = (),
    ) -> None:
        self._connection = connection
        self._report = report
        self._now = now
        self._minutes = minutes or DEFAULT_MINUTES
        self._page_feeds = frozenset(page_feeds)
        self._code_feeds = frozenset(code_feeds)
        self._started = now()
        self._unwritten: list[FeedState] = []

    async def run(self, states: Sequence[FeedState]) -> int:
        """Refresh feeds, the local ones first and the others all at once; gives how many failed."""
        local = [state for state in states if is_local(state.url)]
        remote = [state for state in states if not is_local(state.url)]
        failed = 0
        for state in local:
            failed += await self._one(state, _read)
        if remote:
            failed += await self._remote(remote)
        self._write()
        await self._enrich(states)
        return failed

    async def _enrich(self, states: Sequence[FeedState]) -> None:
        """Take the pages and look at the images of new articles where feeds.toml asks for it."""
        pages = [state for state in states if state.url in self._page_feeds]
        codes = [state for state in states if state.url in self._code_feeds]
        if not pages and not codes:
            return
        from tui import enrich  # noqa: PLC0415 - imported only where a feed asks for it
        from tui.load import loader  # noqa: PLC0415

        async with loader() as load:
            for state in pages:
                wanting = lists.wanting_page(self._connection, state.id, MOST_ENRICHED)
                for article in self._new(article for article, _ in wanting):
                    await enrich.take_page(self._connection, article, load, self._now())
            for state in codes:
                wanted = lists.wanting_codes(self._connection, state.id, MOST_ENRICHED)
                for article in self._new(wanted):
                    await enrich.look_for_codes(self._connection, article, load, self._now())

    def _new(self, articles: Iterable[int]) -> Iterator[int]:
        """Those that came with this refresh: one that could not be had is not asked for at every other."""
        for article in articles:
            stored = lists.article(self._connection, article)
            if stored is not None and stored.first_seen >= self._started:
                yield article

    async def _remote(self, states: Sequence[FeedState]) -> int:
        # httpx costs 90 ms to import: a start with nothing but local feeds must not pay for it
        from tui.net.fetch import Fetcher, Limits  # noqa: PLC0415

        async with Fetcher(Limits(), USER_AGENT) as fetcher:

            async def fetch(state: FeedState) -> Download:
                found = await fetcher.fetch(
                    state.url,
                    etag=state.etag,
                    last_modified=state.last_modified,
                    allow_private=is_visibly_private(urlsplit(state.url).hostname or ""),
                )
                return Download(
                    found.body,
                    found.not_modified,
                    found.charset,
                    found.etag,
                    found.last_modified,
                    found.max_age,
                )

            return sum(await asyncio.gather(*(self._one(state, fetch) for state in states)))

    async def _one(self, state: FeedState, fetch: Fetch) -> int:
        """Refresh one feed; whatever happens to it stays its own. Gives 1 when it failed."""
        try:
            result = await self._take(state, await fetch(state))
        except HuoyuanError as error:
            result = self._fail(state, error.problem)
        except Exception as error:
            result = self._fail(state, Problem(Code.INTERNAL, {"what": type(error).__name__}))
        self._report(result)
        return int(result.failed)

    async def _take(self, state: FeedState, download: Download) -> Refreshed:
        if download.not_modified:
            return self._same(state, download)
        # What parses and finds contacts takes a tenth of a second to import: a round of 304s needs none.
        from tui.feeds.parse import parse  # noqa: PLC0415
        from tui.prepare import VERSION  # noqa: PLC0415

        digest = f"{VERSION}-{hashlib.blake2b(download.body, digest_size=16).hexdigest()}"
        if digest == state.body_hash:
            return self._same(state, download)
        feed = parse(download.body, charset=download.charset, now=self._now())
        title = state.title or feed.title
        after = self._after(replace(state, title=title), download, digest, feed)
        saved = await self._keep(after, feed)
        return Refreshed(state.id, title, new=saved.new, changed=saved.changed, problem=after.problem)

    def _same(self, state: FeedState, download: Download) -> Refreshed:
        """Note that a feed has nothing new; the notes of many feeds are written at once."""
        after = self._after(state, download, state.body_hash, None)
        self._unwritten.append(after)
        if len(self._unwritten) == 1:
            asyncio.get_running_loop().call_later(WRITE_SECONDS, self._write)
        return Refreshed(state.id, state.title, not_modified=True, problem=after.problem)

    def _write(self) -> None:
        states, self._unwritten = self._unwritten, []
        if states:
            save_states(self._connection, states)

    async def _keep(self, after: FeedState, feed: ParsedFeed) -> Saved:
        """Save a feed's entries in slices, the oldest first, and with the last one what is known of it.

        Between slices the other feeds' answers are read, which would time out behind twenty thousand
        entries; and no more than a slice is in memory as articles.
        """
        from tui.prepare import origin_of, prepare  # noqa: PLC0415

        base = feed.link or after.url
        entries = list(feed.entries)
        # Before the sort, so that among entries of one time the first of the feed is the newest.
        entries.reverse()
        entries.sort(key=lambda entry: entry.published or self._now())
        new = changed = 0
        for start in range(0, max(1, len(entries)), SLICE):
            some = entries[start : start + SLICE]
            origins = {entry.uid: origin_of(entry, after.category, base) for entry in some}
            same = unchanged(self._connection, after.id, origins)
            articles = [
                prepare(entry, after.category, base, origins[entry.uid])
                for entry in some
                if entry.uid not in same
            ]
            is_last = start + SLICE >= len(entries)
            saved = save(self._connection, after.id, articles[::-1], self._now(), after if is_last else None)
            new, changed = new + saved.new, changed + saved.changed
            await asyncio.sleep(0)
        return Saved(new, changed)

    def _interval(self, state: FeedState) -> int:
        return (state.refresh_minutes or self._minutes) * 60

    def _after(self, state: FeedState, download: Download, digest: str, feed: ParsedFeed | None) -> FeedState:
        """What is known of a feed once all that it brought is saved."""
        now = self._now()
        due = now + self._interval(state)
        if not is_local(state.url):
            due = policy.next_check(
                now,
                interval_s=self._interval(state),
                max_age=download.max_age,
                schedule=feed.schedule if feed else Schedule(),
                url=state.url,
            )
        return replace(
            state,
            etag=download.etag or (state.etag if download.not_modified else ""),
            last_modified=download.last_modified or (state.last_modified if download.not_modified else ""),
            body_hash=digest,
            last_checked=now,
            last_success=now,
            next_check=due,
            failures=0,
            gone=False,
            problem=_word_about(feed) if feed is not None else _still(state),
        )

    def _fail(self, state: FeedState, problem: Problem) -> Refreshed:
        if hint := problem.details.get("hint"):
            # the page names its feed as it likes; its own address is known only here
            problem = replace(problem, details=problem.details | {"hint": urljoin(state.url, str(hint))})
        now = self._now()
        failures = state.failures + 1
        due = now
        if not is_local(state.url):
            due = policy.after_failure(
                now, interval_s=self._interval(state), failures=failures, problem=problem, url=state.url
            )
        gone = problem.code is Code.GONE
        save_state(
            self._connection,
            replace(state, last_checked=now, next_check=due, failures=failures, gone=gone, problem=problem),
        )
        return Refreshed(state.id, state.title, problem=problem)


def _word_about(feed: ParsedFeed) -> Problem | None:
    """What is to be said of a feed although it was read: that it is too long to be kept whole."""
    if not feed.left_out:
        return None
    kept = len(feed.entries)
    return Problem(Code.ENTRIES_CUT, {"kept": kept, "count": kept + feed.left_out})


def _still(state: FeedState) -> Problem | None:
    """What was said of a feed that is as it was."""
    return state.problem if state.problem is not None and state.problem.is_note else None


async def _read(state: FeedState) -> Download:
    return Download(read_local(state.url))


def due_feeds(db: Connection, request: RefreshRequest, now: int) -> list[FeedState]:
    """The feeds that a request is to refresh now.

    A host that asked to be left alone is known from any of its feeds, so all of them are looked at.
    """
    ready = policy.due(states(db), now, explicit=request.force)
    return [state for state in ready if not request.feeds or state.id in request.feeds]
