"""Values worked out once and kept in a file, for as long as what they come from is the same."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast
from zlib import crc32

from tui import __version__

T = TypeVar("T")

MAGIC = b"huoyuan kept 1"
MOST_BYTES = 64 << 20


def kept(path: Path, origin: object, make: Callable[[], T]) -> T:
    """What `make` gives for an origin: from the file when that was made for it, else made and kept there.

    Both are values of the language's own plain types. What cannot be kept, in a folder that cannot be
    written, is made anew each time.
    """
    found = read_kept(path, origin)
    if found is not None:
        return cast("T", found)
    value = make()
    write_kept(path, origin, value)
    return value


def read_kept(path: Path, origin: object) -> Any:
    """What a file keeps for an origin; None where it keeps nothing, or something else."""
    found = _read(path)
    return found[1] if found is not None and found[0] == _stamp(origin) else None


def write_kept(path: Path, origin: object, value: object) -> None:
    """Keep a value for an origin, if the folder can be written."""
    whole: Any = (_stamp(origin), value)
    _write(path, marshal.dumps(whole))


def _stamp(origin: object) -> tuple[object, ...]:
    return (__version__, sys.version, origin)


def state_of(*files: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells that files are still the same, without reading them; raises OSError."""
    states = [(str(file), file.stat()) for file in files]
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


def _check(body: bytes) -> bytes:
    return b"%d %d" % (len(body), crc32(body))


def _read(path: Path) -> tuple[object, object] | None:
    try:
        with path.open("rb") as file:
            magic, check, body = file.read(MOST_BYTES).split(b"\n", 2)
        # marshal trusts what it reads; the folder is its owner's alone, and a damaged file fails the check
        if magic != MAGIC or check != _check(body):
            return None
        stamp, value = marshal.loads(body)  # noqa: S302
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return stamp, value


def _write(path: Path, body: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(b"\n".join((MAGIC, _check(body), body)))
        part.replace(path)
    except OSError:
        return
