"""Cuts the power at random moments while a user marks and a refresh brings, and looks at what is left."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread

import apsw

from tests.store.acknowledged import Acknowledged, faults
from tests.store.busy import Feeding, User, furnish, reader
from tests.store.power import Disk
from tui.store.connection import open_store, work_behind

CUTS = 8
"""Before the store is closed and opened again."""

NOTES = 10_000
"""More than a user writes until then: the next goes on beyond."""

APART = 40
"""Changes of the disk between two cuts, in the mean."""


@dataclass
class Figures:
    """What some cuts came to: marks that were acknowledged before one, and of all cuts what was wrong."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    faults: int = 0


class _Cutter:
    """Takes what each cut would leave, with what had been acknowledged until then."""

    def __init__(self, folder: Path, cuts: int, random: Random) -> None:
        self._folder = folder
        self._cuts = cuts
        self._random = random
        self._next = random.randint(1, APART)
        self.disk: Disk | None = None
        self.acknowledged = Acknowledged()
        self.left: list[tuple[Path, Acknowledged]] = []

    def watch(self, change: int) -> None:
        if change < self._next or self.is_done or self.disk is None:
            return
        self._next = change + self._random.randint(1, 2 * APART)
        folder = self._folder / str(len(self.left))
        folder.mkdir()
        # first what was acknowledged: the disk is held still, the user is not
        acknowledged = self.acknowledged.copy()
        self.disk.leave(folder, self._random)
        self.left.append((folder / "huoyuan.db", acknowledged))

    @property
    def is_done(self) -> bool:
        return len(self.left) >= self._cuts

    def tell(self, line: str) -> None:
        self.acknowledged.take(line)


def cut_often(
    folder: Path,
    cuts: int,
    seed: int,
    *,
    checkpoint: int = 1000,
    marks: str = "",
    behind: str = "",
    sync: int = apsw.SQLITE_SYNC_NORMAL,
) -> Figures:
    """Let a user mark and a refresh bring until the power was cut so often; look at what each cut left.

    The log is brought in every `checkpoint` pages. `marks` and `behind` say how the two connections wait
    for the disk, where another way than the program's own is tried; `sync` what the disk asks for.
    """
    path = folder / "huoyuan.db"
    furnish(path)
    random = Random(seed)
    cutter = _Cutter(folder, cuts, random)
    with Disk(f"cut {folder.name} {seed}", cutter.watch, sync) as disk:
        cutter.disk = disk
        _use(path, cutter, random, _Ways(checkpoint, marks, behind))
    figures = Figures(len(cutter.left), cutter.acknowledged.count)
    # a disk of the same kind, because it does not wait
    with Disk(f"look {folder.name} {seed}", lambda change: None):
        for left, acknowledged in cutter.left:
            _look(left, acknowledged, figures)
            shutil.rmtree(left.parent)
    return figures


@dataclass(frozen=True)
class _Ways:
    """How the log is kept; empty words leave the program's own."""

    checkpoint: int
    marks: str
    behind: str

    def take(self, db: apsw.Connection, synchronous: str) -> None:
        db.wal_autocheckpoint(self.checkpoint)
        if synchronous:
            db.pragma("synchronous", synchronous)


def _use(path: Path, cutter: _Cutter, random: Random, ways: _Ways) -> None:
    """Open and close the store again and again, as its last user brings the log in and deletes it."""
    for session in count():
        before = len(cutter.left)
        _session(path, cutter, random, ways, session)
        if cutter.is_done or len(cutter.left) == before:
            break


def _session(path: Path, cutter: _Cutter, random: Random, ways: _Ways, session: int) -> None:
    """Let a user mark and a refresh bring until the power was cut some times."""
    end = len(cutter.left) + CUTS
    user_random = Random(random.random())

    def goes_on() -> bool:
        return not cutter.is_done and len(cutter.left) < end

    def mark() -> None:
        with closing(reader(path)) as reading:
            reading._writer.submit(lambda db: ways.take(db, ways.marks)).result()
            user = User(reading, user_random, cutter.tell, session * NOTES)
            while goes_on():
                user.act()

    with closing(open_store(path)) as db:
        work_behind(db)
        ways.take(db, ways.behind)
        feeding = Feeding(db, Random(random.random()))
        marking = Thread(target=mark)
        marking.start()
        while goes_on() and marking.is_alive():
            feeding.bring()
        marking.join()


def _look(path: Path, acknowledged: Acknowledged, figures: Figures) -> None:
    try:
        with closing(open_store(path)) as db:
            figures.lost += len(acknowledged.lost(db))
            figures.faults += len(faults(db))
            Feeding(db, Random(1)).bring()
    except Exception:
        figures.faults += 1


def run(cuts: int, seed: int) -> str:
    """The nightly job: cuts in use, and with a log that is begun anew all the time."""
    said = []
    for number, checkpoint in enumerate((12, 60, 1000, 1000)):
        with TemporaryDirectory() as folder:
            figures = cut_often(Path(folder), -(-cuts // 4), seed + number, checkpoint=checkpoint)
        assert not figures.lost, figures
        assert not figures.faults, figures
        said.append(figures)
    marks = sum(figures.acknowledged for figures in said)
    return f"{sum(figures.cuts for figures in said)} cuts, {marks} acknowledged marks, none lost, files whole"
