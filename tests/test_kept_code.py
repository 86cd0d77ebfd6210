"""Modules whose code is kept are what importing them from their own files gives, and no file can mislead."""

from __future__ import annotations

import json
import os
import py_compile
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tui.kept_code import FEW

pytestmark = pytest.mark.skipif(not hasattr(os, "pread"), reason="Windows reads no file at a place")

PACKAGE = "shop"
NAMES = [PACKAGE, *(f"{PACKAGE}.part{number}" for number in range(FEW + 1))]

PROGRAM = """
import importlib, json, sys
from tui.kept_code import KeptCode
kept, folders, names = json.loads(sys.argv[1])
sys.path[:0] = folders
modules = KeptCode(kept)
sys.meta_path.insert(0, modules)
found = {}
for name in names:
    module = importlib.import_module(name)
    spec = module.__spec__
    found[name] = [
        type(module.__loader__).__name__, module.WORD, module.here(), module.__file__, module.__cached__,
        module.__package__, list(getattr(module, "__path__", ())), spec.parent, spec.origin,
        module.here.__code__.co_filename,
    ]
modules.keep()
print(json.dumps(found))
"""


class Shop:
    """A package in a folder of its own, and the file of kept code beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder / "kept" / "some.code"
        self.kept.parent.mkdir(parents=True)
        for name in NAMES:
            self.write(name, "goods")

    def write(self, name: str, word: str, folder: Path | None = None) -> None:
        """Write a module that says a word."""
        path = (folder or self.folder).joinpath(*name.split("."))
        path = path / "__init__.py" if name == PACKAGE else path.with_suffix(".py")
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(f"WORD = {word!r}\ndef here():\n    return __name__ + WORD\n", "utf-8")

    def run(
        self, *flags: str, before: tuple[Path, ...] = (), names: list[str] = NAMES
    ) -> dict[str, list[Any]]:
        """What a process finds that imports modules, and keeps their code; by their names."""
        given = json.dumps([str(self.kept), [*map(str, before), str(self.folder)], names])
        environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(
            [sys.executable, *flags, "-c", PROGRAM, given],
            cwd=Path(__file__).parent.parent,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, list[Any]] = json.loads(done.stdout)
        return found


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "货源 shop")


def loaders(found: dict[str, list[Any]]) -> set[str]:
    """Who loaded the modules."""
    return {values[0] for values in found.values()}


def test_kept_modules_are_the_same_as_their_own_files_give(shop: Shop) -> None:
    first = shop.run()
    assert loaders(first) == {"SourceFileLoader"}
    second = shop.run()
    assert loaders(second) == {"_Loader"}
    assert {name: values[1:] for name, values in first.items()} == {
        name: values[1:] for name, values in second.items()
    }


def test_a_source_that_was_changed_counts(shop: Shop) -> None:
    shop.run()
    shop.write(NAMES[2], "other goods")
    found = shop.run()
    assert found[NAMES[2]][:3] == ["SourceFileLoader", "other goods", NAMES[2] + "other goods"]
    assert found[NAMES[1]][0] == "_Loader"
    found = shop.run()
    assert found[NAMES[2]][:2] == ["_Loader", "other goods"], "it was kept anew"


def test_a_module_that_now_stands_before_it_on_the_path_counts(shop: Shop, tmp_path: Path) -> None:
    nearer = tmp_path / "nearer"
    nearer.mkdir()
    shop.run(before=(nearer,))
    assert loaders(shop.run(before=(nearer,))) == {"_Loader"}
    for name in NAMES:
        shop.write(name, "nearer goods", nearer)
    assert {values[1] for values in shop.run(before=(nearer,)).values()} == {"nearer goods"}
    assert {values[1] for values in shop.run().values()} == {"goods"}


def test_another_folder_without_such_modules_on_the_path_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    shop.run()
    assert loaders(shop.run(before=(tmp_path, tmp_path / "not there"))) == {"_Loader"}
    archive = tmp_path / "archive.zip"
    archive.write_bytes(b"")
    assert shop.run(before=(archive,))[PACKAGE][0] == "SourceFileLoader", "it may hold anything"


def test_code_compiled_for_another_purpose_is_not_taken(shop: Shop) -> None:
    shop.run()
    assert loaders(shop.run("-O")) == {"SourceFileLoader"}


def test_no_damage_of_the_file_changes_what_is_imported(shop: Shop) -> None:
    wanted = {name: values[1:] for name, values in shop.run().items()}
    whole = shop.kept.read_bytes()
    index = len(b"huoyuan code 1\n") + 20
    damaged = [
        b"",
        whole[:10],
        whole[: len(whole) // 2],
        whole[:-1],
        whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :],
        whole.replace(b"huoyuan code 1", b"huoyuan code 0"),
        whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2),
    ]
    for data in damaged:
        shop.kept.write_bytes(data)
        found = shop.run("-B")
        assert {name: values[1:] for name, values in found.items()} == wanted
        assert shop.kept.read_bytes() == data, "with -B nothing is written"
    shop.run()
    assert shop.kept.read_bytes()[-40:] == whole[-40:], "a damaged file is replaced"


def test_a_few_modules_more_are_not_worth_another_file(shop: Shop) -> None:
    shop.run()
    before = shop.kept.read_bytes()
    for number in range(FEW):
        shop.write(f"{PACKAGE}.more{number}", "more")
    more = [f"{PACKAGE}.more{number}" for number in range(FEW)]
    shop.run(names=[PACKAGE, *more])
    assert shop.kept.read_bytes() == before
    shop.write(f"{PACKAGE}.last", "more")
    shop.run(names=[PACKAGE, *more, f"{PACKAGE}.last"])
    assert loaders(shop.run(names=[*NAMES, *more])) == {"_Loader"}, "what was kept before stays"


def test_what_was_compiled_elsewhere_is_kept_under_its_own_place(shop: Shop) -> None:
    first = shop.run()
    shop.kept.unlink()
    for file in (shop.folder / PACKAGE / "__pycache__").iterdir():
        source = shop.folder / PACKAGE / f"{file.name.partition('.')[0]}.py"
        py_compile.compile(str(source), str(file), dfile=f"elsewhere/{source.name}")
    shop.run()
    before = shop.kept.stat()
    second = shop.run()
    assert loaders(second) == {"_Loader"}
    assert {name: values[1:] for name, values in first.items()} == {
        name: values[1:] for name, values in second.items()
    }
    after = shop.kept.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_without_a_folder_that_can_be_written_all_is_as_ever(shop: Shop) -> None:
    shop.kept.parent.rmdir()
    shop.run()
    assert loaders(shop.run()) == {"SourceFileLoader"}
    assert not shop.kept.exists()


def test_modules_without_compiled_files_do_not_have_it_written_each_time(shop: Shop) -> None:
    (shop.folder / PACKAGE / "__pycache__").write_text("no folder", "utf-8")
    assert loaders(shop.run()) == {"SourceFileLoader"}
    before = shop.kept.stat()
    assert loaders(shop.run()) == {"SourceFileLoader"}
    after = shop.kept.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
