"""The worker process and the reader's end of it: what it says, and what happens when it dies."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.http_server import FeedServer, Reply
from tests.ui.stage import feed_xml
from tui import worker_client
from tui.config import load
from tui.config.wishes import refresh_request
from tui.errors import Code, Problem
from tui.feed_values import FeedSpec, Refreshed
from tui.model import ListQuery
from tui.processes import MOST_MEMORY
from tui.protocol import (
    BackedUp,
    BackupRequest,
    CodesFound,
    CodesRequest,
    Event,
    PageRequest,
    PageTaken,
    Progress,
    RefreshFinished,
    RefreshRequest,
    RefreshStarted,
    Request,
    WorkerFailed,
    decode_event,
    decode_request,
    encode_event,
    encode_request,
)
from tui.store import lists, search
from tui.store.connection import open_store
from tui.store.feeds import states, sync_feeds
from tui.worker import SAY_SECONDS
from tui.worker_client import WorkerClient, worker_command

PATIENCE = 30


class Ear:
    """Hears a worker's events and gives them one by one."""

    def __init__(self, command: list[str]) -> None:
        self._events: queue.Queue[Event] = queue.Queue()
        self.client = WorkerClient(command, self._events.put)

    def next(self) -> Event:
        return self._events.get(timeout=PATIENCE)

    def until_finished(self) -> list[Event]:
        events = [self.next()]
        while not isinstance(events[-1], RefreshFinished | WorkerFailed):
            events.append(self.next())
        return events


def results(events: list[Event]) -> list[Refreshed]:
    """The results of feeds in what a worker said."""
    return [result for event in events if isinstance(event, Progress) for result in event.results]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "huoyuan.db"
    connection = open_store(path)
    sync_feeds(connection, [FeedSpec("sample:huoyuan.xml"), FeedSpec("file:///no/such/file")], 1)
    connection.close()
    return path


@pytest.fixture
def ear(database: Path) -> Iterator[Ear]:
    listening = Ear(worker_command(database))
    yield listening
    listening.client.close()


def test_a_refresh_from_request_to_the_store(ear: Ear, database: Path) -> None:
    ear.client.ask(RefreshRequest())
    started, *spoken, finished = ear.until_finished()
    assert started == RefreshStarted((1, 2))
    first, second = results(spoken)
    assert (first.new, first.problem) == (9, None)
    assert second.problem is not None
    assert finished == RefreshFinished(1)
    connection = open_store(database)
    assert len(lists.article_ids(connection, ListQuery(), 0)) == 9
    assert len(search.search_ids(connection, ListQuery(search="微店"), 0)) >= 1
    connection.close()


def test_a_refresh_of_many_feeds_wakes_the_screen_a_few_times(
    ear: Ear, database: Path, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.xml" for number in range(200)]
    for file in files:
        file.write_bytes(feed_xml(1))
    connection = open_store(database)
    sync_feeds(connection, [FeedSpec(file.as_uri()) for file in files], 1)
    connection.close()
    began = time.monotonic()
    ear.client.ask(RefreshRequest())
    _, *spoken, _ = ear.until_finished()
    assert sum(result.new for result in results(spoken)) == 200
    assert len(spoken) <= 2 + (time.monotonic() - began) / SAY_SECONDS


def test_backups_asked_for_at_once_are_one(ear: Ear, database: Path) -> None:
    ear.client.ask(RefreshRequest())
    ear.until_finished()
    for _ in range(4):
        ear.client.ask(BackupRequest())
    assert [ear.next() for _ in range(4)] == [BackedUp(None)] * 4
    (backup,) = (database.parent / "backups").iterdir()
    assert backup.suffix == ".db"


def test_a_worker_with_nothing_else_to_do_tidies_the_index_up(ear: Ear, database: Path) -> None:
    connection = open_store(database)
    # so many articles have come and gone
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('status', 10000)")
    ear.client.ask(RefreshRequest())
    ear.until_finished()
    end = time.monotonic() + PATIENCE
    merged = "SELECT value FROM meta WHERE name = 'merged'"
    while connection.execute(merged).get != "10009":
        assert time.monotonic() < end
    assert connection.execute("SELECT count(*) FROM unindexed").get == 0
    connection.close()


def test_the_users_interval_reaches_the_worker(ear: Ear, database: Path) -> None:
    """Feeds that name none have that of [reader]."""
    with FeedServer({"/f": feed_xml(1)}) as server:
        connection = open_store(database)
        sync_feeds(connection, [FeedSpec(server.url("/f"))], 1)
        config = load(Path("feeds.toml"), "[reader]\nrefresh_minutes = 600\n")
        ear.client.ask(refresh_request(config, force=True))
        ear.until_finished()
        (state,) = states(connection)
        connection.close()
    assert 9 * 3600 <= state.next_check - state.last_checked <= 11 * 3600


def test_one_worker_serves_many_requests_and_only_named_feeds(ear: Ear) -> None:
    ear.client.ask(RefreshRequest((2,), force=True))
    assert ear.until_finished()[0] == RefreshStarted((2,))
    ear.client.ask(RefreshRequest((1,), force=True))
    assert ear.until_finished()[0] == RefreshStarted((1,))


def test_a_worker_that_is_killed_is_told_and_the_next_refresh_works(database: Path) -> None:
    hold = threading.Event()
    with FeedServer({"/slow": Reply(feed_xml(2), hold=hold)}) as server:
        connection = open_store(database)
        sync_feeds(connection, [FeedSpec(server.url("/slow"))], 1)
        connection.close()
        ear = Ear(worker_command(database))
        ear.client.ask(RefreshRequest())
        assert isinstance(ear.next(), RefreshStarted)
        process = ear.client._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        assert ear.next() == WorkerFailed(Problem(Code.WORKER_DIED))
        hold.set()
        ear.client.ask(RefreshRequest(force=True))
        assert ear.until_finished()[-1] == RefreshFinished(0)
        ear.client.close()


def test_closing_amid_a_refresh_ends_the_worker(database: Path) -> None:
    hold = threading.Event()
    with FeedServer({"/slow": Reply(feed_xml(2), hold=hold)}) as server:
        connection = open_store(database)
        sync_feeds(connection, [FeedSpec(server.url("/slow"))], 1)
        connection.close()
        ear = Ear(worker_command(database))
        ear.client.ask(RefreshRequest())
        assert isinstance(ear.next(), RefreshStarted)
        ear.client.close()
        process = ear.client._process
        assert process is not None
        assert process.poll() is not None


@pytest.mark.parametrize(
    ("program", "problem"),
    [("import sys; sys.exit(3)", Code.WORKER_DIED), ("print('noise'); print('{}')", Code.WORKER_DIED)],
)
def test_a_program_that_is_no_worker_is_told(program: str, problem: Code) -> None:
    ear = Ear([sys.executable, "-c", program])
    ear.client.ask(RefreshRequest())
    event = ear.next()
    assert isinstance(event, WorkerFailed)
    assert event.problem.code is problem
    ear.client.close()


NOISE = r"""
import sys
out = sys.stdout.buffer
for line in (
    b'"x"', b"[]", b"[" * 100_000, b"\xff\xfe", b'{"event": []}',
    b'{"event": "RefreshFinished", "failed": "1"}',
    b'{"event": "RefreshStarted", "feeds": 5}', b'{"event": "WorkerFailed", "problem": null}',
    b'{"event": "Progress", "results": [{"feed_id": 1, "title": 2}]}',
    b'{"event": "WorkerFailed", "problem": {"code": "timeout", "details": {"host": []}}}',
    b'{"event": "RefreshFinished", "failed": 7}',
):
    out.write(line + b"\n")
out.flush()
sys.stdin.read()
"""


def test_lines_that_are_no_events_leave_the_reader_listening() -> None:
    ear = Ear([sys.executable, "-c", NOISE])
    ear.client.ask(RefreshRequest())
    assert ear.next() == RefreshFinished(7)
    ear.client.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep RLIMIT_AS")
def test_a_worker_has_a_limit_of_memory(ear: Ear) -> None:
    ear.client.ask(RefreshRequest((2,), force=True))
    ear.until_finished()
    process = ear.client._process
    assert process is not None
    limits = Path(f"/proc/{process.pid}/limits").read_text("ascii").splitlines()
    (memory,) = (line.split() for line in limits if line.startswith("Max address space"))
    assert memory[3:5] == [str(MOST_MEMORY)] * 2


def test_a_worker_that_hangs_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_client, "LONGEST_SILENCE", 0.2)
    ear = Ear([sys.executable, "-c", "import signal; signal.signal(15, 1); signal.pause()"])
    ear.client.ask(RefreshRequest())
    assert ear.next() == WorkerFailed(Problem(Code.WORKER_DIED))
    process = ear.client._process
    assert process is not None
    assert process.wait() == -signal.SIGKILL
    ear.client.close()


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "huoyuan.db"
    path.write_bytes(b"no database at all" * 1000)
    ear = Ear(worker_command(path))
    ear.client.ask(RefreshRequest())
    event = ear.next()
    assert isinstance(event, WorkerFailed)
    assert event.problem.code is Code.STORE_NOT_DATABASE
    ear.client.close()


texts = st.text(max_size=20)
problems = st.builds(Problem, st.sampled_from(list(Code)), st.dictionaries(texts, texts | st.integers()))
events = st.one_of(
    st.builds(RefreshStarted, st.lists(st.integers()).map(tuple)),
    st.builds(
        Progress,
        st.lists(st.builds(Refreshed, st.integers(), texts, problem=st.none() | problems)).map(tuple),
    ),
    st.builds(RefreshFinished, st.integers()),
    st.builds(PageTaken, st.integers(), problem=st.none() | problems),
    st.builds(CodesFound, st.integers(), st.integers()),
    st.builds(WorkerFailed, problems),
)


@given(events)
def test_every_event_survives_its_line(event: Event) -> None:
    line = encode_event(event)
    assert line.count("\n") == 1
    assert decode_event(line) == event


requests = st.one_of(
    st.builds(RefreshRequest, st.lists(st.integers()).map(tuple), st.booleans(), st.lists(texts).map(tuple)),
    st.builds(PageRequest, st.integers()),
    st.builds(CodesRequest, st.integers()),
)


@given(requests)
def test_every_request_survives_its_line(request: Request) -> None:
    assert decode_request(encode_request(request)) == request
