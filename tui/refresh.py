"""Brings feeds up to date: fetch, parse, find contacts, save; one `Refreshed` per feed as it ends."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from time import monotonic
from urllib.parse import urljoin

from tui import __version__
from tui.errors import Code, HuoyuanError, Problem
from tui.feed_values import FeedState, Refreshed
from tui.gathering import Gathering
from tui.local import is_local, read_local
from tui.making.makers import Makers
from tui.making.steps import Facts, Part, Slice, Task
from tui.net import policy
from tui.net.addresses import is_visibly_private
from tui.net.limits import Limits
from tui.protocol import RefreshRequest
from tui.store import Connection, lists
from tui.store.feeds import save_state, save_states
from tui.store.feeds import states as all_states
from tui.store.saving import Brought, Saved, save_all
from tui.text.secrets import without_user

DEFAULT_MINUTES = 60
MOST_ENRICHED = 20
"""Articles of one feed whose pages or images are fetched after one refresh."""

_BREATH = 0.001

WRITE_SECONDS = 0.2
"""How long the note that a feed has nothing new may wait for others to be written with."""

LIMITS = Limits()

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
    permanent_url: str = ""


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
        limits: Limits = LIMITS,
        makers: Makers | None = None,
    ) -> None:
        self._connection = connection
        self._report = report
        self._now = now
        self._minutes = minutes or DEFAULT_MINUTES
        self._page_feeds = frozenset(page_feeds)
        self._code_feeds = frozenset(code_feeds)
        self._limits = limits
        self._started = now()
        self._unwritten: list[FeedState] = []
        self._gathering = Gathering(connection, now)
        self._makers = makers or Makers(connection)

    async def run(self, states: Sequence[FeedState]) -> int:
        """Refresh feeds, the local ones first and the others all at once; gives how many failed."""
        local = [state for state in states if is_local(state.url)]
        remote = [state for state in states if not is_local(state.url)]
        failed = 0
        async with self._makers:
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
        from tui.net.fetch import Fetcher  # noqa: PLC0415

        paused = policy.pauses(all_states(self._connection), self._now())
        async with Fetcher(self._limits, USER_AGENT, paused=paused, room=self._makers.room) as fetcher:

            async def fetch(state: FeedState) -> Download:
                found = await fetcher.fetch(
                    state.address,
                    etag=state.etag,
                    last_modified=state.last_modified,
                    allow_private=_may_be_private(state),
                )
                return Download(
                    found.body,
                    found.not_modified,
                    found.charset,
                    found.etag,
                    found.last_modified,
                    found.max_age,
                    found.permanent_url,
                )

            return sum(await _together(self._one(state, fetch) for state in states))

    async def _one(self, state: FeedState, fetch: Fetch) -> int:
        """Refresh one feed; whatever happens to it stays its own. Gives 1 when it failed.

        Raises what the store has: no feed is to blame for it, and none could be saved.
        """
        try:
            with self._gathering.at_work():
                result = await self._take(state, await fetch(state))
        except HuoyuanError as error:
            if error.problem.is_of_store:
                raise
            result = self._fail(state, error.problem)
        except Exception as error:
            result = self._fail(state, Problem(Code.INTERNAL, {"what": type(error).__name__}))
        self._report(result)
        return int(result.failed)

    async def _take(self, state: FeedState, download: Download) -> Refreshed:
        if download.not_modified:
            return self._same(state, download)
        # what finds contacts takes a tenth of a second to import: a round of 304s needs none
        from tui.prepare import VERSION  # noqa: PLC0415

        digest = f"{VERSION}-{hashlib.blake2b(download.body, digest_size=16).hexdigest()}"
        if digest == state.body_hash:
            return self._same(state, download)
        task = Task(state.id, state.url, state.category, download.body, download.charset, self._now())
        async with aclosing(self._makers.make(task)) as parts:
            facts = await anext(parts)
            assert isinstance(facts, Facts)
            title = state.title or facts.title
            after = self._after(replace(state, title=title), download, digest, facts)
            saved = await self._keep(after, parts)
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

    async def _keep(self, after: FeedState, parts: AsyncIterator[Part]) -> Saved:
        """Save a feed's articles slice by slice, and with the last one what is known of it.

        The last one, of most feeds the only one, is saved along with those of others. Between slices the
        other feeds' answers are read, which would time out behind twenty thousand entries; and no more than
        a slice is in memory as articles.
        """
        new = changed = 0
        async for part in parts:
            assert isinstance(part, Slice)
            began = monotonic()
            if part.last:
                saving = self._gathering.save(Brought(after.id, part.drafts, after))
                spent = monotonic() - began
                saved = await saving
            else:
                saved = save_all(self._connection, [Brought(after.id, part.drafts)], self._now())[0]
                spent = monotonic() - began
            new, changed = new + saved.new, changed + saved.changed
            await _give_way(part.seconds + spent)
        return Saved(new, changed)

    def _interval(self, state: FeedState) -> int:
        return (state.refresh_minutes or self._minutes) * 60

    def _after(self, state: FeedState, download: Download, digest: str, facts: Facts | None) -> FeedState:
        """What is known of a feed once all that it brought is saved."""
        after = policy.answered(
            state,
            self._now(),
            interval_s=self._interval(state),
            schedule=facts.schedule if facts else None,
            max_age=download.max_age,
            etag=download.etag,
            last_modified=download.last_modified,
            not_modified=download.not_modified,
            permanent_url=download.permanent_url,
        )
        problem = _word_about(facts) if facts is not None else _still(state)
        due = after.last_checked + self._interval(state) if is_local(state.url) else after.next_check
        return replace(after, body_hash=digest, problem=problem, next_check=due)

    def _fail(self, state: FeedState, problem: Problem) -> Refreshed:
        problem = _told_fully(state, problem)
        after = policy.failed(state, self._now(), interval_s=self._interval(state), problem=problem)
        if is_local(state.url):
            after = replace(after, next_check=after.last_checked)
        save_state(self._connection, after)
        return Refreshed(state.id, state.title, problem=after.problem)


async def _give_way(seconds: float) -> None:
    """Let the other feeds work as long as they have work to do, at most for so many seconds."""
    end = monotonic() + seconds
    while (began := monotonic()) < end:
        await asyncio.sleep(_BREATH)
        if monotonic() - began < 2 * _BREATH:
            return


def _told_fully(state: FeedState, problem: Problem) -> Problem:
    """A problem with what only the feed's own address can tell: the host, and where its hint leads."""
    details = dict(problem.details)
    if hint := details.get("hint"):
        # the page names its feed as it likes
        details["hint"] = without_user(urljoin(state.address, str(hint)))
    if not details.get("host"):
        details["host"] = _place(state.address)
    return Problem(problem.code, details)


def _place(url: str) -> str:
    """The host of a URL, the name of a file: nothing that could have a password in it."""
    return policy.host_of(url) or url.rpartition("@")[2].partition("?")[0].rpartition("/")[2]


def _may_be_private(state: FeedState) -> bool:
    """Whether a feed may lie in the user's own network: only where the user typed that very host."""
    host = policy.host_of(state.url)
    stayed = not state.move.taken or policy.host_of(state.address) == host
    return bool(host) and is_visibly_private(host) and stayed


async def _together(jobs: Iterable[Coroutine[None, None, int]]) -> list[int]:
    """Do jobs side by side; when one raises, the others are ended before it is told."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _word_about(facts: Facts) -> Problem | None:
    """What is to be said of a feed although it was read: that it is too long to be kept whole."""
    if not facts.left_out:
        return None
    return Problem(Code.ENTRIES_CUT, {"kept": facts.kept, "count": facts.kept + facts.left_out})


def _still(state: FeedState) -> Problem | None:
    """What was said of a feed that is as it was."""
    return state.problem if state.problem is not None and state.problem.is_note else None


async def _read(state: FeedState) -> Download:
    return Download(read_local(state.url))


def due_feeds(db: Connection, request: RefreshRequest, now: int) -> list[FeedState]:
    """The feeds that a request is to refresh now.

    A host that asked to be left alone is known from any of its feeds, so all of them are looked at.
    """
    ready = policy.due(all_states(db), now, explicit=request.force, named=request.feeds)
    return [state for state in ready if not request.feeds or state.id in request.feeds]
