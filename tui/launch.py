"""What a plain start is told by its command line and environment, read without importing anything heavy."""

import os
import sys

APP = "huoyuan"

Environ = dict[str, str]


class Launch:
    """A start of the reader itself: where feeds.toml and the data are, and whether a frame is wanted."""

    __slots__ = ("config", "data", "splash")

    def __init__(self, config: str, data: str, splash: bool) -> None:
        self.config = config
        self.data = data
        self.splash = splash


def plain_launch(arguments: list[str]) -> Launch | None:
    """The start that the arguments ask for; None when they name a command or need argparse's judgement.

    A place that is not given is "".
    """
    places = {"--config": "", "--data": ""}
    splash = True
    rest = list(arguments)
    while rest:
        name, given, value = rest.pop(0).partition("=")
        if name == "--no-splash" and not given:
            splash = False
            continue
        if not given:
            value = rest.pop(0) if rest else ""
        if name not in places or not value or value.startswith("-"):
            return None
        places[name] = value
    return Launch(places["--config"], places["--data"], splash)


def config_file(environ: Environ) -> str:
    """The user's feeds.toml: $HUOYUAN_CONFIG, or the one in the config folder; "" if that is unknown."""
    folder = _user_folder(environ, "XDG_CONFIG_HOME", "~/.config")
    return environ.get("HUOYUAN_CONFIG") or (folder and os.path.join(folder, "feeds.toml"))


def data_folder(environ: Environ) -> str:
    """The folder of the database: $HUOYUAN_DATA, or the user's data folder; "" if that is unknown."""
    return environ.get("HUOYUAN_DATA") or _user_folder(environ, "XDG_DATA_HOME", "~/.local/share")


def _user_folder(environ: Environ, variable: str, usual: str) -> str:
    """Our folder as platformdirs has it, which takes ten milliseconds to import; "" where only it knows.

    https://specifications.freedesktop.org/basedir-spec/latest/: a path that is not absolute does not count.
    """
    if os.name != "posix" or not environ.get("HOME", "/").startswith("/"):
        return ""
    folder = environ.get(variable, "")
    if not folder.startswith("/"):
        folder = os.path.expanduser("~/Library/Application Support" if sys.platform == "darwin" else usual)
    return os.path.join(folder, APP) if folder.startswith("/") else ""
