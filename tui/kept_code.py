"""Keeps the code of all modules that a start imports in one file: five hundred need not be looked for.

Python goes along its path for each module, opens its compiled file and checks it, which is a tenth of the
time to the list. Here the file of each is only asked for its time and size, as `.pyc` files are checked too;
one that has changed, or is not among them, is imported as ever. The file lies in `__pycache__`, for one
Python.
"""

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, ModuleType
from zlib import crc32

HEAD = b"huoyuan code 1\n"
_NUMBER = 4
"""Bytes of the index's length, and of its checksum."""

_PYC_HEAD = 16
"""Bytes before the code in a compiled file: magic, flags, the source's time and size (PEP 552)."""

FEW = 8
"""So many modules more, as a screen that is seldom opened brings, are not worth another file."""

MOST = 2_000
NO_FILE = -1

Origin = tuple[str, str, str, bool]
"""Where a module was found: the folder that was looked in, source, compiled file, whether it is a package."""

Entry = tuple[str, str, str, bool, int, int, int, int]
"""An origin, the source's time and size, where its code begins behind the index, and its length."""


class KeptCode:
    """Finds modules whose code is in the file; one of Python's meta path finders."""

    def __init__(self, path: str = "") -> None:
        compiled = __spec__.cached if __spec__ is not None else None
        self._path = path or (compiled and os.path.splitext(compiled)[0] + ".code")
        self._file = NO_FILE
        self._base = 0
        self._index: dict[str, Entry] = {}
        self._stale = False
        self._names: dict[str, frozenset[str] | None] = {}
        if self._path and hasattr(os, "pread"):
            self._read(self._path)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The module's specification as Python's own finder makes it; None where that must look itself."""
        entry = self._index.get(name)
        if entry is None:
            return None
        folder, source, compiled, is_package, time, size, *_ = entry
        if not self._is_first(name, folder, sys.path if path is None else path):
            return None
        if _state(source) != (time, size):
            self._stale = True
            return None
        spec = ModuleSpec(name, _Loader(name, source, self), origin=source, is_package=is_package)
        spec.has_location = True
        spec.cached = compiled
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(source)]
        return spec

    def _is_first(self, name: str, folder: str, path: object) -> bool:
        """Whether no folder of a path before this one has a module of the name."""
        if not isinstance(path, list):
            return False
        for place in path:
            if place == folder:
                return True
            if place not in self._names:
                self._names[place] = _names(place)
            names = self._names[place]
            if names is None or name.rpartition(".")[2] in names:
                return False
        return False

    def code(self, name: str) -> CodeType | None:
        """The module's code; None where the file does not give it."""
        _, source, *_, at, length = self._index[name]
        try:
            code = marshal.loads(os.pread(self._file, length, self._base + at))  # noqa: S302 - as a .pyc is read
        except (OSError, ValueError, EOFError, TypeError):
            code = None
        # code of another file is none of ours: what was compiled elsewhere was put right when it was kept
        if isinstance(code, CodeType) and code.co_filename == source:
            return code
        self._stale = True
        return None

    def keep(self) -> None:
        """Write the file anew if much was imported that it does not have, and the folder can be written."""
        if not self._path or sys.dont_write_bytecode or not hasattr(os, "pread"):
            return
        modules = list(sys.modules.items())
        found = {name: origin for name, module in modules if (origin := _origin(name, module))}
        known = {name: entry[:4] for name, entry in self._index.items()}
        if not self._is_worth(found):
            return
        entries, codes = _gathered(dict(list({**known, **found}.items())[-MOST:]))
        # modules without a compiled file are missing each time
        if self._is_worth({name: entry[:4] for name, entry in entries.items()}):
            _write(self._path, entries, codes)

    def _is_worth(self, found: dict[str, Origin]) -> bool:
        known = self._index
        fresh = sum(name not in known or known[name][:4] != origin for name, origin in found.items())
        return self._stale or fresh > FEW

    def _read(self, path: str) -> None:
        try:
            self._file = os.open(path, os.O_RDONLY)
            head = os.read(self._file, len(HEAD) + 2 * _NUMBER)
            length, check = int.from_bytes(head[-8:-4], "big"), int.from_bytes(head[-4:], "big")
            index = os.read(self._file, length)
            if head.startswith(HEAD) and len(index) == length and crc32(index) == check:
                stamp, entries = marshal.loads(index)  # noqa: S302 - its checksum is right
                self._base = len(head) + length
                self._index = entries if stamp == _stamp() else {}
        except (OSError, ValueError, EOFError, TypeError):
            self._index = {}


def _gathered(modules: dict[str, Origin]) -> tuple[dict[str, Entry], list[bytes]]:
    """What the compiled files of modules hold, one behind the other."""
    entries: dict[str, Entry] = {}
    codes: list[bytes] = []
    at = 0
    for name, origin in modules.items():
        _, source, compiled, _ = origin
        time, size = _state(source)
        code = _at_home(_compiled(compiled, time, size), source)
        if code:
            entries[name] = (*origin, time, size, at, len(code))
            codes.append(code)
            at += len(code)
    return entries, codes


def _write(path: str, entries: dict[str, Entry], codes: list[bytes]) -> None:
    """Write a file of kept code, on the disk before it has the name: it is trusted later."""
    index = marshal.dumps((_stamp(), entries))
    numbers = [number.to_bytes(_NUMBER, "big") for number in (len(index), crc32(index))]
    part = f"{path}.{os.getpid()}"
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines([HEAD, *numbers, index, *codes])
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        return


class _Loader(SourceFileLoader):
    """Loads a module by kept code."""

    def __init__(self, name: str, source: str, kept: KeptCode) -> None:
        super().__init__(name, source)
        self._kept = kept

    def get_code(self, fullname: str) -> CodeType | None:
        """The module's code, kept or as Python's own loader finds it."""
        return self._kept.code(fullname) or super().get_code(fullname)


def _stamp() -> tuple[str, int]:
    return (sys.version, sys.flags.optimize)


def _names(place: str) -> frozenset[str] | None:
    """The names of modules that may be in a folder; None where it is no folder, as an archive."""
    try:
        return frozenset(name.partition(".")[0] for name in os.listdir(place or "."))
    except FileNotFoundError:
        return frozenset()
    except OSError:
        return None


def _state(path: str) -> tuple[int, int]:
    try:
        state = os.stat(path)
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


def _origin(name: str, module: ModuleType) -> Origin | None:
    """Where a module was found, if it came from a source by Python's own loader or ours."""
    spec = getattr(module, "__spec__", None)
    if not isinstance(spec, ModuleSpec) or type(spec.loader) not in {SourceFileLoader, _Loader}:
        return None
    if spec.name != name or not spec.origin or not spec.cached:
        return None
    is_package = spec.submodule_search_locations is not None
    folder = os.path.dirname(spec.origin)
    return (os.path.dirname(folder) if is_package else folder), spec.origin, spec.cached, is_package


def _compiled(path: str, time: int, size: int) -> bytes:
    """The code in a compiled file, as bytes; none if it is not of the source of this time and size."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return b""
    from importlib.util import MAGIC_NUMBER  # noqa: PLC0415 - dear, and only needed to write

    seconds = (time // 1_000_000_000) & 0xFFFFFFFF
    wanted = MAGIC_NUMBER + b"".join(part.to_bytes(4, "little") for part in (0, seconds, size & 0xFFFFFFFF))
    return data[_PYC_HEAD:] if data.startswith(wanted) else b""


def _at_home(data: bytes, source: str) -> bytes:
    """Code with its source's own place in it: what was compiled before it was moved there has another."""
    try:
        code = marshal.loads(data)  # noqa: S302 - as a .pyc is read
    except (ValueError, EOFError, TypeError):
        return b""
    if not isinstance(code, CodeType):
        return b""
    return data if code.co_filename == source else marshal.dumps(_moved(code, source))


def _moved(code: CodeType, source: str) -> CodeType:
    parts = tuple(_moved(part, source) if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_filename=source, co_consts=parts)
