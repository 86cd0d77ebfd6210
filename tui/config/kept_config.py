"""A feeds.toml that was read before: its values are taken from a file while its text is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.config.options import Config, ReaderOptions
from tui.feed_values import FeedSpec
from tui.kept import kept, state_of

NAME = "feeds.kept"

_ROOM = Path(__file__).parent
_PROGRAM = (
    *(_ROOM / name for name in ("options.py", "reading.py", "rules.py")),
    *(_ROOM.parent / name for name in ("commands.py", "model.py")),
)
"""What gives the text its meaning."""


def load_kept(path: Path, folder: Path) -> Config:
    """What `load` gives for a file, kept in a folder between two starts; raises what `load` raises."""
    try:
        source: bytes | None = path.read_bytes()
    except OSError:
        source = None
    if source is None or not folder.is_dir():
        return _load(path)
    if _has_secrets(source):
        (folder / NAME).unlink(missing_ok=True)
        return _load(path)
    return _config(kept(folder / NAME, (source, state_of(*_PROGRAM)), lambda: _plain(_load(path))), path)


def _has_secrets(source: bytes) -> bool:
    """Whether an address may have a password or a key in it, which stand in no second file."""
    if b"@" not in source and b"?" not in source:
        return False
    from tui.text.secrets import has_secret  # noqa: PLC0415 - its patterns, for few feeds.toml

    return any(has_secret(line) for line in source.decode("utf-8", "replace").splitlines())


def _load(path: Path) -> Config:
    # tomllib and the checks are needed once after each edit
    from tui.config.reading import load  # noqa: PLC0415

    return load(path)


def _plain(config: Config) -> Any:
    return (
        [getattr(config.reader, name) for name in ReaderOptions.__match_args__],
        dict(config.keys),
        [[getattr(feed, name) for name in FeedSpec.__match_args__] for feed in config.feeds],
    )


def _config(plain: Any, path: Path) -> Config:
    reader, keys, feeds = plain
    return Config(ReaderOptions(*reader), keys, tuple(FeedSpec(*feed) for feed in feeds), path)
