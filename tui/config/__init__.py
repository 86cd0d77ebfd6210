"""The user's feeds.toml: where it lies, and what it says as checked values."""

from tui.config.options import Config, ReaderOptions
from tui.config.places import data_folder, default_source, user_path
from tui.config.reading import load

__all__ = ["Config", "ReaderOptions", "data_folder", "default_source", "load", "user_path"]
