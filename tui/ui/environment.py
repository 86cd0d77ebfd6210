"""The settings of Textual that must stand in the environment before it is imported."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set what the user has not set: frame rate, no animations, a short Esc.

    Where our own driver does not serve, also no kitty "report all keys", which loses Chinese input in
    iTerm2 and WezTerm on Windows.
    """
    environ.setdefault("TEXTUAL_FPS", "120")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("ESCDELAY", "25")
    if sys.platform == "win32" or environ.get("TEXTUAL_DRIVER"):
        environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def import_asyncio() -> None:
    """Import asyncio without ssl, a tenth of its cost: the reader opens no socket."""
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401, PLC0415
    finally:
        del sys.modules["ssl"]
