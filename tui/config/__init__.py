"""The user's feeds.toml: where it lies, and what it says as checked values."""

from pathlib import Path

from tui.config.kept_config import load_kept
from tui.config.options import Config, ReaderOptions
from tui.config.places import data_folder, default_source, user_path

__all__ = ["Config", "ReaderOptions", "data_folder", "default_source", "load", "load_kept", "user_path"]


def load(path: Path, source: str | None = None) -> Config:
    """The user's choices, keys and feeds; see `reading.load`, which is imported when it is needed."""
    from tui.config import reading  # noqa: PLC0415

    return reading.load(path, source)
