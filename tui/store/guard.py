"""How the store's functions meet SQLite: its errors as codes, its transactions as blocks."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar

import apsw

from tui.errors import Code, HuoyuanError

BUSY_PAUSE_SECONDS = 0.001
"""How long a connection that found the lock taken waits before it asks again."""

LEAST_FREE_BYTES = 64 * 1024
"""With less room than this beside the store it is the disk that is in the way: its -shm alone takes half."""

P = ParamSpec("P")
T = TypeVar("T")

_CODES: Mapping[type[apsw.Error], Code] = MappingProxyType(
    {
        apsw.BusyError: Code.STORE_LOCKED,
        apsw.LockedError: Code.STORE_LOCKED,
        apsw.FullError: Code.STORE_FULL,
        apsw.NotADBError: Code.STORE_NOT_DATABASE,
        apsw.CorruptError: Code.STORE_CORRUPT,
        apsw.ReadOnlyError: Code.STORE_UNWRITABLE,
        apsw.CantOpenError: Code.STORE_UNWRITABLE,
        apsw.PermissionsError: Code.STORE_UNWRITABLE,
        apsw.IOError: Code.STORE_UNWRITABLE,
    }
)


class Interrupted(Exception):
    """Another thread called `interrupt()` on the connection: what was asked for is no longer wanted."""


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn what SQLite reports of the file at `path` to a HuoyuanError; mistakes of ours stay as they are."""
    try:
        yield
    except apsw.InterruptError as error:
        raise Interrupted from error
    except apsw.Error as error:
        code = _CODES.get(type(error))
        if code is None:
            raise
        if code is Code.STORE_UNWRITABLE:
            code = unwritable(path)
        raise HuoyuanError(code, path=path) from error


def unwritable(path: str) -> Code:
    """Why the file at `path` cannot be made or written: SQLite says "full" only of some of its files."""
    try:
        room = os.statvfs(os.path.dirname(path) or ".")
    except (OSError, AttributeError):  # Windows has no such call
        return Code.STORE_UNWRITABLE
    return Code.STORE_FULL if room.f_bavail * room.f_frsize < LEAST_FREE_BYTES else Code.STORE_UNWRITABLE


def checked(
    function: Callable[Concatenate[apsw.Connection, P], T],
) -> Callable[Concatenate[apsw.Connection, P], T]:
    """Let a function over a connection raise only what `translated` lets through."""

    @wraps(function)
    def call(db: apsw.Connection, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with translated(db.filename):
            return function(db, *args, **kwargs)

    return call


@contextmanager
def transaction(db: apsw.Connection) -> Iterator[None]:
    """Run the block in one BEGIN IMMEDIATE … COMMIT.

    Immediate, because a transaction that reads first and writes later is refused at once, without
    asking the busy handler, when another process wrote in between.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the error.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def polite_transaction(db: apsw.Connection) -> Iterator[None]:
    """A transaction of the background: behind it the lock stays free until whoever waits has asked again."""
    with transaction(db):
        yield
    time.sleep(2 * BUSY_PAUSE_SECONDS)
