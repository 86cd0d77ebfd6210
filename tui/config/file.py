"""The user's feeds.toml on the disk: its text to the letter, and a change of it that cannot be half done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui.config.places import default_source
from tui.config.reading import load
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec

_BOM = "\ufeff"


def read_source(path: Path) -> str:
    """The text with the line ends that it has; the shipped one where there is no file yet.

    Raises CONFIG_UNREADABLE, CONFIG_NOT_UTF8.
    """
    try:
        return path.read_bytes().decode().removeprefix(_BOM)
    except FileNotFoundError:
        return default_source()
    except OSError as error:
        raise HuoyuanError(Code.CONFIG_UNREADABLE, file=str(path), why=error.strerror or "") from error
    except ValueError:
        raise HuoyuanError(Code.CONFIG_NOT_UTF8, file=str(path)) from None


def check_source(path: Path, source: str, wanted: Sequence[FeedSpec], but: str = "") -> None:
    """Raise CONFIG_UNEDITABLE unless a changed text has just the wanted feeds, and maybe that of URL `but`.

    So a file of a form that we do not foresee is never spoilt.
    """
    try:
        found = [feed for feed in load(path, source).feeds if feed.url != but]
    except HuoyuanError:
        found = None
    if found != [*wanted]:
        raise HuoyuanError(Code.CONFIG_UNEDITABLE, file=str(path))


def write_source(path: Path, source: str) -> None:
    """Put a text in the file's place at one stroke, its rights kept and links followed.

    Raises FILE_UNWRITABLE.
    """
    target = Path(os.path.realpath(path))
    # of this process alone: another may be writing the file too
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        had_mark = target.exists() and target.read_bytes().startswith(_BOM.encode())
        with part.open("wb") as file:
            if target.exists():
                os.chmod(part, target.stat().st_mode & 0o7777)
            file.write(((_BOM if had_mark else "") + source).encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise HuoyuanError(Code.FILE_UNWRITABLE, path=str(path), why=error.strerror or "") from error
