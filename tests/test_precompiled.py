"""What Python compiles at a start is compiled once: the same comes out, and nothing else gets in."""

from __future__ import annotations

import collections
import dataclasses
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from re import _compiler  # type: ignore[attr-defined]
from typing import Any

import pytest

from tui.kept import read_kept, write_kept
from tui.precompiled import MOST, Shelf, precompiled

MODULE = """
import re
from collections import namedtuple
from dataclasses import dataclass

WORD = re.compile(r"(?P<head>[a-z]+)(\\d{2,3})?(?i:x)", re.ASCII)
BYTES = re.compile(rb"^\\x00+", re.MULTILINE)

@dataclass(frozen=True, order=True)
class Pair:
    left: int
    right: str = "r"

Point = namedtuple("Point", "x y")

def later(source):
    return re.compile(source)
"""

PROGRAM = """
import json, sys
from pathlib import Path
from tui.precompiled import precompiled
folder = Path(sys.argv[1])
sys.path.insert(0, sys.argv[1])
with precompiled("it", folder):
    import imported as it
    later = it.later("only (now)+")
found = it.WORD.search("--abc12X")
print(json.dumps([found.groupdict(), found.groups(), it.WORD.flags, it.BYTES.findall(b"\\0\\0a"),
    repr(it.Pair(3)), it.Pair(1) < it.Pair(2), it.Pair(1) == it.Pair(1, "r"),
    hash(it.Pair(1)) == hash(it.Pair(1)), repr(it.Point(1, 2)), it.Point(y=1, x=2).x,
    later.groups], default=repr))
"""


def _run(folder: Path, *, writes: bool = True) -> list[object]:
    (folder / "imported.py").write_text(MODULE, "utf-8")
    done = subprocess.run(
        [sys.executable, *([] if writes else ["-B"]), "-c", PROGRAM, str(folder)],
        cwd=Path(__file__).parent.parent,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: list[object] = json.loads(done.stdout)
    return answer


def _kept(folder: Path) -> dict[tuple[str, str | bytes, int], object]:
    kept: dict[tuple[str, str | bytes, int], object] = read_kept(folder / "it.kept", _compiler.MAGIC)
    return kept


def test_a_second_start_compiles_nothing_and_has_the_same(tmp_path: Path) -> None:
    first = _run(tmp_path)
    file = tmp_path / "it.kept"
    before = file.stat().st_mtime_ns, file.read_bytes()
    assert _run(tmp_path) == first
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before
    assert first[:2] == [{"head": "abc"}, ["abc", "12"]]


def test_what_is_kept_is_what_is_used(tmp_path: Path) -> None:
    _run(tmp_path)
    kept = _kept(tmp_path)
    (word,) = (key for key in kept if isinstance(key[1], str) and "head" in key[1])
    parts = _parts(r"(?P<head>b)(c)", re.ASCII)
    write_kept(tmp_path / "it.kept", _compiler.MAGIC, kept | {word: parts})
    assert _run(tmp_path)[0] == {"head": "b"}


def test_what_is_compiled_by_the_way_is_not_kept(tmp_path: Path) -> None:
    _run(tmp_path)
    sources = [key[1] for key in _kept(tmp_path) if key[0] == "re"]
    assert any("head" in str(source) for source in sources)
    assert not any("only" in str(source) for source in sources)


@pytest.mark.parametrize("damage", [b"", b"huoyuan kept 1\n", b"\xff" * 900])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    first = _run(tmp_path)
    (tmp_path / "it.kept").write_bytes(damage)
    assert _run(tmp_path) == first
    assert _kept(tmp_path)


def test_parts_that_the_engine_refuses_are_compiled_anew() -> None:
    shelf = Shelf({("re", "ab+", 0): ("ab+", 0, [1, 2, 3], 0, {}, (None,)), ("re", "c", 0): "no parts"})
    assert shelf.pattern("ab+").fullmatch("abb")
    assert shelf.pattern("c").fullmatch("c")


def test_where_python_writes_no_compiled_files_nothing_is_kept(tmp_path: Path) -> None:
    _run(tmp_path, writes=False)
    assert not (tmp_path / "it.kept").exists()


def test_the_library_is_as_it_was_when_all_is_imported(tmp_path: Path) -> None:
    before = _compiler.compile
    with precompiled("it", tmp_path):
        assert _compiler.compile is not before
    with pytest.raises(ZeroDivisionError), precompiled("it", tmp_path):
        raise ZeroDivisionError
    assert _compiler.compile is before
    assert not {"exec", "eval"} & (vars(dataclasses).keys() | vars(collections).keys())


def test_threads_that_compile_at_once_mix_nothing_up() -> None:
    shelf = Shelf({})
    sources = [f"(?P<name{number}>{'ab' * number}{number})" for number in range(1, 120)]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(_Lasting(shelf).__getattr__, sources))
    assert [pattern.pattern for pattern in made] == sources
    kept = shelf.worth_keeping()
    assert {key[1]: parts[0] for key, parts in kept.items()} == {source: source for source in sources}
    assert Shelf(kept).pattern(sources[6]).fullmatch("ab" * 7 + "7")


class _Lasting:
    """Compiles where `pattern` does, at the first use of a name."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __getattr__(self, name: str) -> Any:
        return self._shelf.pattern(name)


def test_an_error_in_a_pattern_is_told_as_ever() -> None:
    with pytest.raises(re.error):
        Shelf({}).pattern("(")


def test_of_too_many_only_those_in_use_are_kept() -> None:
    many: dict[tuple[str, str | bytes, int], object] = {
        ("re", str(number), 0): _parts(str(number)) for number in range(MOST + 1)
    }
    shelf = Shelf(many)
    shelf.pattern("17")
    assert list(shelf.worth_keeping()) == [("re", "17", 0)]
    assert len(Shelf(dict(list(many.items())[:9])).worth_keeping()) == 9


def _parts(source: str, flags: int = 0) -> tuple[object, ...]:
    parsed = _compiler._parser.parse(source, flags)
    code = [int(step) for step in _compiler._code(parsed, flags)]
    names = parsed.state.groupdict
    numbered = [None, *sorted(names, key=names.get), *([None] * (parsed.state.groups - 1 - len(names)))]
    return source, int(flags | parsed.state.flags), code, parsed.state.groups - 1, names, tuple(numbered)
