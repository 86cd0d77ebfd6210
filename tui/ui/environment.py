"""How Textual is imported: after the settings that it reads then, and without what is dear and never used."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, MutableMapping
from importlib import import_module
from types import ModuleType


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set what the user has not set: frame rate, no animations, a short Esc; let the terminal tell its size.

    Where our own driver does not serve, also no kitty "report all keys", which loses Chinese input in
    iTerm2 and WezTerm on Windows.
    """
    environ.setdefault("TEXTUAL_FPS", "120")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("ESCDELAY", "25")
    if _terminal_knows_its_size():
        # exported at a login, or given to a container, they would hold on to the size of that moment
        for name in ("COLUMNS", "LINES"):
            environ.pop(name, None)
    if sys.platform == "win32" or environ.get("TEXTUAL_DRIVER"):
        environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def _terminal_knows_its_size() -> bool:
    try:
        return all(os.get_terminal_size(sys.__stdout__.fileno()))  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return False


def import_asyncio() -> None:
    """Import asyncio without ssl, a tenth of its cost: the reader opens no socket."""
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401, PLC0415
    finally:
        del sys.modules["ssl"]


def import_textual() -> None:
    """Import Textual without its command palette, which brings a dozen widgets, and the platform's folders.

    Together they are a tenth of its cost. The palette is switched off in our app; where Textual asks
    for a folder after all, the real module answers.
    """
    if "textual" in sys.modules:
        return
    stand_ins = {
        "textual.command": _StandIn("textual.command", _named_class),
        "platformdirs": _StandIn("platformdirs", _real_function),
    }
    sys.modules.update(stand_ins)
    try:
        import textual.app  # noqa: F401, PLC0415
    finally:
        # whoever imports them from here on gets the real ones
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


class _StandIn(ModuleType):
    """A module that makes up whatever is imported from it."""

    def __init__(self, name: str, make: Callable[[str, str], object]) -> None:
        super().__init__(name)
        self._make = make

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._make(self.__name__, name)


def _named_class(module: str, name: str) -> object:
    return type(name, (), {"__module__": module})


def _real_function(module: str, name: str) -> object:
    def call(*given: object, **named: object) -> object:
        return getattr(import_module(module), name)(*given, **named)

    return call
