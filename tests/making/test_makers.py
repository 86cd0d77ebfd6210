"""Drafts made here and beside are the same, and a process that ends takes one feed with it at most."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, aclosing
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest

from tests.http_server import FeedServer
from tests.store.samples import NOW, SPECS
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec, Refreshed
from tui.making import beside
from tui.making.beside import Beside, Gone
from tui.making.home import Home
from tui.making.makers import LONG_BODY, MOST_WAITING, Makers
from tui.making.steps import Facts, Part, Slice, Task
from tui.refresh import Refresh
from tui.store import Connection, feeds
from tui.store.connection import open_store
from tui.store.saving import Brought, save_all, unchanged


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Connection]:
    connection = open_store(tmp_path / "huoyuan.db")
    feeds.sync_feeds(connection, SPECS, NOW)
    yield connection
    connection.close()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


def document(entries: int, words: str = "一手货源，加薇 nzhuo_8862，电话 13864027195") -> bytes:
    items = (
        f"<item><title>标题{n}</title><guid>{n}</guid><description>{words}</description></item>"
        for n in range(entries)
    )
    return f"<rss version='2.0'><channel><title>源</title>{''.join(items)}</channel></rss>".encode()


def task(body: bytes, feed: int = 1) -> Task:
    return Task(feed, SPECS[feed - 1].url, "女装货源", body, "", NOW)


async def started(stack: AsyncExitStack, words: list[str]) -> Beside:
    process = await beside.start(words)
    assert process is not None
    stack.push_async_callback(process.close)
    return process


def pretender(tmp_path: Path, then: str) -> list[str]:
    """The command of a process that says it is ready, reads one task and does something else."""
    program = f"""
    import sys
    from tui.making.wire import READY, framed, read_task
    def say(frame):
        sys.stdout.buffer.write(frame)
        sys.stdout.buffer.flush()
    say(framed(READY))
    read_task(sys.stdin.buffer)
    {then}
    """
    path = tmp_path / "pretender.py"
    path.write_text(dedent(program))
    return [sys.executable, "-P", str(path)]


async def all_of(parts: AsyncIterator[Part]) -> list[Part]:
    return [part if isinstance(part, Facts) else Slice(part.drafts, part.last) async for part in parts]


async def with_process(makers: Makers) -> None:
    """Have a process started, and wait until it is ready."""
    for _ in range(2):
        await all_of(makers.make(task(document(1))))
    while makers.idle < 2:
        await asyncio.sleep(0)


async def test_a_process_makes_what_the_worker_makes(store: Connection, stack: AsyncExitStack) -> None:
    process = await started(stack, beside.command(Path(store.filename)))
    home = Home(partial(unchanged, store))
    tasks = [task(document(250)), task(document(0)), task(b"<html>no feed</html>"), task(document(3), 2)]
    for one in tasks[:2]:
        assert await all_of(process.make(one)) == await all_of(home.make(one))
    with pytest.raises(HuoyuanError) as caught:
        await all_of(process.make(tasks[2]))
    assert caught.value.problem.code is Code.NOT_A_FEED
    made = await all_of(home.make(tasks[3]))
    assert await all_of(process.make(tasks[3])) == made
    # what is stored by then is not made again
    assert isinstance(made[1], Slice)
    assert len(made[1].drafts) == 3
    save_all(store, [Brought(2, made[1].drafts)], NOW)
    assert (await all_of(process.make(tasks[3])))[1:] == [Slice([], last=True)]


async def test_tasks_given_ahead_are_answered_in_their_order(
    store: Connection, stack: AsyncExitStack
) -> None:
    process = await started(stack, beside.command(Path(store.filename)))
    made = await asyncio.gather(*(all_of(process.make(task(document(n)))) for n in range(5)))
    assert [parts[0].kept for parts in made if isinstance(parts[0], Facts)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("then", ["sys.exit(1)", "say(b'noise, and no frame')", "say(framed('no part'))"])
async def test_a_process_that_fails_takes_one_task_with_it(
    tmp_path: Path, stack: AsyncExitStack, then: str
) -> None:
    process = await started(stack, pretender(tmp_path, then))
    one, other = await asyncio.gather(
        *(all_of(process.make(task(document(1)))) for _ in range(2)), return_exceptions=True
    )
    assert isinstance(one, HuoyuanError | ValueError)
    assert isinstance(other, Gone)
    assert not process.alive


async def test_one_that_hangs_is_ended(
    tmp_path: Path, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "PATIENCE", 0.05)
    process = await started(stack, pretender(tmp_path, "sys.stdin.buffer.read()"))
    with pytest.raises(HuoyuanError) as caught:
        await all_of(process.make(task(document(1))))
    assert caught.value.problem.details == {"what": "TimeoutError"}
    assert not process.alive


async def test_one_that_is_given_up_in_the_midst_leaves_nothing_behind(
    tmp_path: Path, stack: AsyncExitStack
) -> None:
    process = await started(stack, pretender(tmp_path, "for _ in range(999): say(framed((False, [])))"))
    parts = process.make(task(document(1)))
    assert await anext(parts) == Slice([], last=False)
    await parts.aclose()
    assert not process.alive
    await process.close()
    assert not any(thread.is_alive() for thread in process._threads)


@pytest.mark.parametrize("words", [["/no/such/program"], [sys.executable, "-c", ""]])
async def test_without_processes_the_worker_makes_all(
    store: Connection, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "command", lambda _: words)
    long = document(20, "长" * (LONG_BODY // 50))
    assert len(long) > LONG_BODY
    async with Makers(store, most=1, worth=0.0) as makers:
        made = await asyncio.gather(*(all_of(makers.make(task(body))) for body in (long, *[document(2)] * 9)))
    assert [len(parts) for parts in made] == [2] * 10


async def test_what_waits_behind_a_process_that_ends_is_made_all_the_same(
    store: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = pretender(tmp_path, "sys.exit(1)")
    monkeypatch.setattr(beside, "command", lambda _: words)
    async with Makers(store, most=1, worth=0.0) as makers:
        await with_process(makers)
        made = await asyncio.gather(
            *(all_of(makers.make(task(document(1)))) for _ in range(9)), return_exceptions=True
        )
    failed = [one for one in made if isinstance(one, BaseException)]
    assert len(failed) == 1
    assert isinstance(failed[0], HuoyuanError)


async def test_the_worker_hears_the_others_before_it_makes_something(store: Connection) -> None:
    said: list[str] = []

    async def in_three_rounds() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        said.append("what takes three rounds of the loop to be heard")

    other = asyncio.create_task(in_three_rounds())
    async with aclosing(Makers(store, most=0).make(task(document(1)))) as parts:
        await anext(parts)
        assert said
    await other


async def test_no_more_is_fetched_while_much_waits(store: Connection) -> None:
    async with Makers(store, most=0) as makers:
        await asyncio.wait_for(makers.room(), 1)
        body = document(1, "长" * 100_000)
        waiting = [
            asyncio.create_task(all_of(makers.make(task(body)))) for _ in range(MOST_WAITING // len(body) + 3)
        ]
        await asyncio.sleep(0)
        room = asyncio.create_task(makers.room())
        await asyncio.sleep(0)
        assert not room.done()
        await asyncio.gather(*waiting)
        await room


async def test_a_refresh_with_a_process_beside_stores_what_one_without_stores(
    tmp_path: Path, store: Connection
) -> None:
    with FeedServer() as server:
        server.routes |= {"/page": b"<html></html>", **{f"/{n}": document(n % 7) for n in range(40)}}
        alone = open_store(tmp_path / "alone.db")
        stores = {"alone": (alone, 0), "beside": (store, 1)}
        told: dict[str, list[Refreshed]] = {name: [] for name in stores}
        for name, (db, most) in stores.items():
            feeds.sync_feeds(db, [FeedSpec(server.url(path)) for path in server.routes], NOW)
            makers = Makers(db, most=most, worth=0.0)
            if most:
                await with_process(makers)
            await Refresh(db, told[name].append, lambda: NOW, makers=makers).run(feeds.states(db))
        counted = "SELECT feed_id, count(*), sum(read) FROM article GROUP BY feed_id ORDER BY count(*)"
        of_contacts = (
            "SELECT kind, value, count(*) FROM contact JOIN article_contact ON id = contact_id GROUP BY 1"
        )
        for query in (counted, of_contacts):
            rows = [[row[1:] for row in db.execute(query)] for db, _ in stores.values()]
            assert rows[0] == rows[1] != []
        alone.close()
    assert sorted(one.new for one in told["alone"]) == sorted(one.new for one in told["beside"])
