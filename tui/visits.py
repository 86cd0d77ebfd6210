"""The frozen values of visiting a link: where it leads, and what was asked to show it."""

from __future__ import annotations

from tui.values import frozen


@frozen
class Aim:
    """Where a link leads: in plain ASCII, its host as ASCII and as one reads it.

    `is_disguised` tells of letters in the host that look like others, or of a name that cannot be read.
    """

    url: str
    host: str
    read_as: str
    is_disguised: bool


@frozen
class Started:
    """The browser that was asked: its name, and its command line where it still needs the terminal."""

    program: str
    command: tuple[str, ...] = ()
