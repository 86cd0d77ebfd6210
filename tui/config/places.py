"""Where the user's files lie, and the feeds.toml that comes with the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui import launch


def user_path(environ: Mapping[str, str]) -> Path:
    """The user's feeds.toml: $HUOYUAN_CONFIG, or the one in the platform's config folder."""
    if found := launch.config_file(dict(environ)):
        return Path(found)
    from platformdirs import user_config_path  # noqa: PLC0415 (10 ms, and POSIX needs it not)

    return user_config_path(launch.APP, appauthor=False) / "feeds.toml"


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder of the database: $HUOYUAN_DATA, or the platform's data folder."""
    if found := launch.data_folder(dict(environ)):
        return Path(found)
    from platformdirs import user_data_path  # noqa: PLC0415 (as above)

    return user_data_path(launch.APP, appauthor=False)


def default_source() -> str:
    """The text of the shipped feeds.toml: inside the package when installed, at the top of a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "feeds.toml"
    return (installed if installed.exists() else package.parent / "feeds.toml").read_text("utf-8")
