"""Feeds that need no network: the bundled samples, and files that the user's own feeds.toml names."""

from __future__ import annotations

import errno
import os
import re
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tui.errors import Code, HuoyuanError

MOST_BYTES = 16 * 2**20
SAMPLE_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


def is_local(url: str) -> bool:
    """Whether a feed is read from this machine."""
    return url.startswith(("sample:", "file:"))


def read_local(url: str) -> bytes:
    """The bytes of a local feed; FILE_UNREADABLE or TOO_LARGE otherwise."""
    scheme, _, name = url.partition(":")
    try:
        if scheme == "sample":
            return _sample(name)
        return _file(Path(unquote(urlsplit(url).path)))
    except OSError as error:
        raise HuoyuanError(Code.FILE_UNREADABLE, url=url, why=error.strerror or "") from None
    except ValueError:  # a NUL in the path
        raise HuoyuanError(Code.FILE_UNREADABLE, url=url, why="") from None


def _file(path: Path) -> bytes:
    """The bytes of a plain file: a device never ends, and a pipe has nothing until somebody writes."""
    if not path.is_file():
        path.stat()
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise HuoyuanError(Code.TOO_LARGE, host=path.name, limit=MOST_BYTES)
    return data


def _sample(name: str) -> bytes:
    if not SAMPLE_NAME.fullmatch(name):
        raise HuoyuanError(Code.FILE_UNREADABLE, url=f"sample:{name}", why="")
    return (resources.files("tui") / "samples" / name).read_bytes()
