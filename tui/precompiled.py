"""Keeps what Python compiles anew at every start: regular expressions, and the methods of data classes.

Textual's take a tenth of the time to the list, those that find contacts a quarter of a second a refresh.
As compiled modules do, they lie in `__pycache__`, for one Python and one version of ours, and are made anew
where one is missing. A text is looked up whole, so what comes out is what compiling it would give. Where
the folder cannot be written, or the standard library has changed, all is as it would be without.
"""

from __future__ import annotations

import collections
import dataclasses
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import cache_from_source
from pathlib import Path
from threading import Lock
from types import CodeType
from typing import Any

from tui.kept import read_kept, write_kept

try:
    from re import _compiler  # type: ignore[attr-defined] # what `re` compiles with
except ImportError:  # a Python of another make
    _compiler = None

READER, WORK = "reader", "work"
"""Files of their own: the reader is to read nothing that finds contacts."""

PARTS = ("compile", "_sre", "MAGIC", "SRE_FLAG_DEBUG")
"""What must be there in `re._compiler`, or all is left to it."""

MOST = 4_000
"""So many texts are kept; beyond it only those of this process."""

LASTING = frozenset({"<module>", "__getattr__"})
"""Where texts are the program's own: at the import of a module, and at the first use of a `pattern`."""

Key = tuple[str, str | bytes, int]


@contextmanager
def precompiled(name: str, folder: Path | None = None) -> Iterator[None]:
    """Take what is compiled within from the file of this name, and keep there what was missing."""
    if any(not hasattr(_compiler, part) for part in PARTS):
        yield
        return
    path = _place(name) if folder is None else folder / f"{name}.kept"
    shelf = Shelf(read_kept(path, _compiler.MAGIC) or {})
    with (
        _instead(_compiler, "compile", shelf.pattern),
        _instead(dataclasses, "exec", shelf.run),
        _instead(collections, "eval", shelf.value),
    ):
        try:
            yield
        finally:
            if shelf.fresh and not sys.dont_write_bytecode:
                with suppress(ValueError):  # another Python might compile to what cannot be kept
                    write_kept(path, _compiler.MAGIC, shelf.worth_keeping())


def _place(name: str) -> Path:
    return Path(cache_from_source(str(Path(__file__).with_name(f"{name}.py")))).with_suffix(".kept")


@contextmanager
def _instead(module: Any, name: str, stand_in: object) -> Iterator[None]:
    """Have a module find this under a name, whether its own or a built-in function's."""
    space = vars(module)
    missing = object()
    before = space.get(name, missing)
    space[name] = stand_in
    try:
        yield
    finally:
        if before is missing:
            del space[name]
        else:
            space[name] = before


class Shelf:
    """What has been compiled, by kind and text."""

    def __init__(self, known: Mapping[Key, Any]) -> None:
        self._known = dict(known)
        self._used: set[Key] = set()
        self._compile = _compiler.compile
        self._engine = _compiler._sre
        # of two threads that compile at once one would note what the other's text became
        self._recording = Lock()
        self.fresh = False

    def worth_keeping(self) -> dict[Key, Any]:
        """All, or what was used where all is too much."""
        if len(self._known) <= MOST:
            return self._known
        return {key: self._known[key] for key in sorted(self._used, key=repr)[:MOST]}

    def pattern(self, source: Any, flags: int = 0) -> Any:
        """What `re` makes of a source that is in no cache of its own."""
        key = ("re", source, int(flags))
        if not isinstance(source, str | bytes) or flags & _compiler.SRE_FLAG_DEBUG:
            return self._compile(source, flags)
        parts = self._known.get(key)
        if parts is not None:
            with suppress(re.error, RuntimeError, TypeError, ValueError):
                made = self._engine.compile(*parts)
                self._used.add(key)
                return made
        recorder = _Recorder(self._engine)
        with self._recording, _instead(_compiler, "_sre", recorder):
            made = self._compile(source, flags)
        if recorder.parts is not None:
            self._add(key, recorder.parts)
        return made

    def run(self, source: str, space: dict[str, Any], names: dict[str, Any]) -> None:
        """What `dataclasses` calls `exec`."""
        exec(self._code("exec", source), space, names)  # noqa: S102 - it is what it does itself

    def value(self, source: str, space: dict[str, Any]) -> object:
        """What `namedtuple` calls `eval`."""
        return eval(self._code("eval", source), space)  # noqa: S307 - likewise

    def _code(self, mode: str, source: str) -> CodeType:
        key = (mode, source, 0)
        code = self._known.get(key)
        if isinstance(code, CodeType):
            self._used.add(key)
            return code
        code = compile(source, "<string>", mode, dont_inherit=True)
        self._add(key, code)
        return code

    def _add(self, key: Key, made: object) -> None:
        if _is_lasting():
            self._known[key] = made
            self._used.add(key)
            self.fresh = True


def _is_lasting() -> bool:
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name in LASTING and frame.f_globals.get("__name__") != "__main__":
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False


class _Recorder:
    """Stands for the engine of `re`, and notes what it was given."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.parts: tuple[Any, ...] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def compile(self, source: Any, flags: int, code: list[int], *rest: Any) -> Any:
        """Compile, and note what it was made of, in plain numbers."""
        self.parts = (source, int(flags), [int(step) for step in code], *rest)
        return self._engine.compile(source, flags, code, *rest)
