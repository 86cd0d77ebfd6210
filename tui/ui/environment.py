"""The settings of Textual that must stand in the environment before it is imported."""

from __future__ import annotations

from collections.abc import MutableMapping


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set what the user has not set: frame rate, no animations, a short Esc, no kitty "report all keys".

    Textual's request for all keys as escape codes loses Chinese input in iTerm2 and WezTerm on Windows.
    """
    environ.setdefault("TEXTUAL_FPS", "120")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("ESCDELAY", "25")
    environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
