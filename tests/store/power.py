"""A disk that holds for sure only what was synced, and what it has left when the power goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import RLock

import apsw

SECTOR = 512
SYSTEM = apsw.vfs_names()[0]
DRIVE = apsw.SQLITE_SYNC_FULL
"""The sync that empties the drive's own memory too, on systems where that is another one (macOS)."""


@dataclass
class Medium:
    """One file: what the disk holds for sure, and what was written since, in order."""

    sure: bytearray
    later: list[tuple[int, bytes] | int] = field(default_factory=list)

    def settle(self) -> None:
        """All that was written is on the disk."""
        for change in self.later:
            _apply(self.sure, change)
        self.later = []

    def left(self, random: Random) -> bytes:
        """What a cut leaves: of what was not synced nothing, all, a beginning, or any of it in parts."""
        left = bytearray(self.sure)
        way = random.randrange(5)
        beginning = random.randint(0, len(self.later))
        for number, change in enumerate(self.later):
            if way == 1 or (way == 2 and number < beginning) or (way == 3 and random.random() < 0.5):
                _apply(left, change)
            elif way == 4 and not isinstance(change, int):
                for part in _sectors(*change):
                    if random.random() < 0.7:
                        _apply(left, part)
        return bytes(left)


def _apply(content: bytearray, change: tuple[int, bytes] | int) -> None:
    if isinstance(change, int):
        del content[change:]
        return
    offset, data = change
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _sectors(offset: int, data: bytes) -> list[tuple[int, bytes]]:
    """A write as the pieces that a disk writes whole."""
    ends = [*range(SECTOR - offset % SECTOR, len(data), SECTOR), len(data)]
    return [(offset + low, data[low:high]) for low, high in zip([0, *ends], ends, strict=False)]


class Disk(apsw.VFS):
    """Passes all on to the system, and remembers what of it a power cut could take back.

    While it is open it is what every new connection uses. `watch` is called before each change with the
    number of it, under the lock that all changes take. `room` are the bytes by which files may still grow.
    """

    def __init__(
        self, name: str, watch: Callable[[int], object], sync: int = apsw.SQLITE_SYNC_NORMAL
    ) -> None:
        super().__init__(name, SYSTEM, makedefault=True)
        self._name = name
        self._watch = watch
        self._sync = sync
        self._lock = RLock()
        self.room: int | None = None
        self._media: dict[str, Medium] = {}
        self._deleted: dict[str, Medium] = {}
        self.changes = 0

    def __enter__(self) -> Disk:
        return self

    def __exit__(self, *_: object) -> None:
        apsw.set_default_vfs(SYSTEM)
        self.unregister()

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        file = _File(self, path, name, flags)
        with self._lock:
            if path is not None and path not in self._media:
                self._media[path] = Medium(bytearray(Path(path).read_bytes()))
        return file

    def xDelete(self, name: str, syncdir: bool) -> None:
        with self._lock:
            self._note()
            super().xDelete(name, syncdir)
            medium = self._media.pop(name, None)
            # not gone for sure before the folder is synced
            if medium is not None and not syncdir:
                self._deleted[name] = medium

    def _note(self) -> None:
        self.changes += 1
        self._watch(self.changes)

    def change(self, path: str | None, what: tuple[int, bytes] | int, do: Callable[[], None]) -> None:
        """A change of a file."""
        with self._lock:
            self._note()
            if path is not None and not isinstance(what, int):
                self._take_room(path, what[0] + len(what[1]))
            do()
            if path is not None:
                self._media[path].later.append(what)

    def _take_room(self, path: str, end: int) -> None:
        grown = end - Path(path).stat().st_size
        if self.room is not None and grown > 0:
            if grown > self.room:
                raise apsw.FullError("no room")
            self.room -= grown

    def sync(self, path: str | None, flags: int) -> None:
        """All changes of a file so far are on the disk, whichever connection made them.

        The real one is not asked: it would only take its time.
        """
        with self._lock:
            self._note()
            if path is not None and flags & DRIVE >= self._sync:
                self._media[path].settle()

    def leave(self, folder: Path, random: Random) -> None:
        """Write to a folder what there is when the power goes now."""
        with self._lock:
            returned = self._deleted if random.random() < 0.5 else {}
            for path, medium in {**returned, **self._media}.items():
                (folder / Path(path).name).write_bytes(medium.left(random))


class _File(apsw.VFSFile):
    def __init__(
        self, disk: Disk, path: str | None, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> None:
        super().__init__(SYSTEM, name, flags)
        self._disk = disk
        self._path = path

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.change(self._path, (offset, bytes(data)), lambda: apsw.VFSFile.xWrite(self, data, offset))

    def xTruncate(self, newsize: int) -> None:
        self._disk.change(self._path, newsize, lambda: apsw.VFSFile.xTruncate(self, newsize))

    def xSync(self, flags: int) -> None:
        self._disk.sync(self._path, flags)
