"""What one look of the doctor has found."""

from __future__ import annotations

from enum import StrEnum

from tui.values import frozen


class Level(StrEnum):
    """How bad it is; an error makes the exit code 1."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@frozen
class Finding:
    """What was looked at, how it is, and the keys of the words for it; `advice` "" = nothing to do.

    `mended` by a repair of that name.
    """

    check: str
    level: Level
    text: str
    values: dict[str, str | int]
    advice: str = ""
    mended_by: str = ""


def fine(check: str, text: str, **values: str | int) -> Finding:
    """All is well."""
    return Finding(check, Level.OK, f"doctor.{text}", values)


def warning(check: str, text: str, advice: str = "", mended_by: str = "", **values: str | int) -> Finding:
    """It works, but the user should know."""
    return Finding(check, Level.WARNING, f"doctor.{text}", values, advice and f"advice.{advice}", mended_by)


def error(check: str, text: str, advice: str = "", mended_by: str = "", **values: str | int) -> Finding:
    """It does not work."""
    return Finding(check, Level.ERROR, f"doctor.{text}", values, advice and f"advice.{advice}", mended_by)
