"""Kills readers and workers at random moments, and looks at the store after each time.

Each is a real process, forked from this one, which has imported all that they need: a hundred cost a few
seconds. Some are killed from outside, some die just before their n-th change of a file.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from itertools import count as numbers
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.store.acknowledged import Acknowledged, faults
from tests.store.busy import MERCHANTS, SOME, Feeding, User, furnish, reader, text
from tests.store.power import Disk
from tui import prepare, processes, worker
from tui.feed_values import FeedSpec
from tui.feeds import parse
from tui.protocol import RefreshRequest, encode_request
from tui.store import bulk
from tui.store.connection import open_store, work_behind

IMPORTED = (parse, prepare)
"""What the worker imports on first need: here once, for all of them."""

CYCLES = 25
"""Kills of one store."""

FEEDS = 4
ENTRIES = 6
LONGEST = 0.015
"""Seconds that a process lives at most once it has written something, where it is killed from outside."""

MOST_CHANGES = 150
NOTES = 10_000
"""More than a user writes until it is killed: the next goes on beyond."""

PATIENCE = 30.0

Tell = Callable[[str], object]


class Process:
    """A forked process that tells lines on its standard output until it is killed, or done."""

    def __init__(self, work: Callable[[Tell], None]) -> None:
        ours, theirs = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.dup2(theirs, sys.stdout.fileno())
            code = 1
            try:
                work(lambda line: os.write(sys.stdout.fileno(), f"{line}\n".encode()))
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(theirs)
        self._end = ours
        self._said = b""

    def wait(self) -> bool:
        """Wait until it has told something since the last time; False when it is dead."""
        ready, _, _ = select.select([self._end], [], [], PATIENCE)
        assert ready, "a process neither writes nor ends"
        said = os.read(self._end, 65536)
        self._said += said
        return bool(said)

    def kill(self) -> list[str]:
        """Kill it, if it still lives; return all lines that it told."""
        os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        assert os.WIFSIGNALED(status) or status == 0, "a process has failed"
        while self.wait():
            pass
        os.close(self._end)
        return self._said.decode().splitlines()


class Place:
    """A store whose feeds are files, and what was acknowledged of it."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.path = folder / "huoyuan.db"
        self.acknowledged = Acknowledged()
        self._files = [folder / f"{number}.xml" for number in range(FEEDS)]
        self._specs = tuple(FeedSpec(file.as_uri(), "", "女装货源") for file in self._files)
        self._random = random
        self._numbers = numbers()
        self._users = numbers()
        furnish(self.path, self._specs)

    def publish(self) -> None:
        """Write something new into all the feeds."""
        for file in self._files:
            items = "".join(self._item(next(self._numbers)) for _ in range(ENTRIES))
            file.write_text(f'<rss version="2.0"><channel><title>源</title>{items}</channel></rss>', "utf-8")

    def _item(self, number: int) -> str:
        said = f"{text(self._random)} 微信：shop_{number % MERCHANTS}abc"
        return f"<item><guid>{number}</guid><title>{number}</title><description>{said}</description></item>"

    def user(self, random: Random) -> Callable[[Tell], None]:
        """A reader's process: what the user does there."""
        first_note = NOTES * next(self._users)

        def work(tell: Tell) -> None:
            # a few marks go the way of many
            bulk.LEAST = SOME // 2
            with closing(reader(self.path, self._specs)) as reading:
                user = User(reading, random, tell, first_note)
                while True:
                    user.act()

        return work

    def feeding(self, random: Random) -> Callable[[Tell], None]:
        """A process that saves and indexes without end."""

        def work(tell: Tell) -> None:
            with closing(open_store(self.path)) as db:
                work_behind(db)
                # now and then a log that is brought in and begun anew all the time
                db.wal_autocheckpoint(random.choice([12, 1000]))
                feeding = Feeding(db, random)
                while True:
                    feeding.bring()
                    tell("brought")

        return work

    def worker(self, _: Tell) -> None:
        """The program's own worker, asked for refreshes of all feeds one after the other."""
        ours, theirs = os.pipe()
        os.write(theirs, encode_request(RefreshRequest(force=True)).encode() * 3)
        os.close(theirs)
        sys.stdin = os.fdopen(ours, encoding="utf-8")
        # as important as the user here, who would starve it with marks without end
        processes.NICENESS = 0
        worker.main(self.path)

    def look(self) -> None:
        """Assert that nothing is lost and nothing broken."""
        with closing(open_store(self.path)) as db:
            assert not (lost := self.acknowledged.lost(db)), lost
            assert not (found := faults(db)), found


def _doomed(work: Callable[[Tell], None], change: int) -> Callable[[Tell], None]:
    """What a process does until just before its n-th change of a file."""

    def die(number: int) -> None:
        if number == change:
            os.kill(os.getpid(), signal.SIGKILL)

    def doomed(tell: Tell) -> None:
        with Disk("doomed", die):
            work(tell)

    return doomed


def _cycle(place: Place, random: Random) -> None:
    """Let a user and a refresh work side by side, kill one of them or both, and look."""
    place.publish()
    user = place.user(Random(random.random()))
    bringer = random.choice([place.worker, place.feeding(Random(random.random()))])
    is_user_first, is_inside = random.random() < 0.5, random.random() < 0.5
    change, delay = random.randint(1, MOST_CHANGES), random.uniform(0, LONGEST)
    first, second = (user, bringer) if is_user_first else (bringer, user)
    victim = Process(_doomed(first, change) if is_inside else first)
    other = Process(second)
    if is_inside:
        while victim.wait():
            pass
    else:
        victim.wait()
        time.sleep(delay)
    told = victim.kill()
    if not is_user_first and random.random() < 0.5:
        # whom the dead one leaves alone must not wait for it
        other.wait()
    told += other.kill()
    for line in told:
        if line.startswith(("read ", "favorite ", "note ")):
            place.acknowledged.take(line)
    place.look()


def run(count: int, seed: int) -> str:
    """The job: so many kills; raises AssertionError when something was lost or broken."""
    random = Random(seed)
    marks = 0
    for start in range(0, count, CYCLES):
        with TemporaryDirectory() as folder:
            place = Place(Path(folder), random)
            for _ in range(min(CYCLES, count - start)):
                _cycle(place, random)
            marks += place.acknowledged.count
    return f"{count} kills, {marks} acknowledged marks, none lost, files whole"
