"""Textual's private names: one folder touches them, and no name of ours is by chance one of Textual's."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from textual.message_pump import MessagePump

import tui.ui

UI = Path(tui.ui.__file__).parent
FILES = sorted(file for file in UI.rglob("*.py") if file.parent != UI / "driver")
MODULES = [name for _, name, _ in pkgutil.walk_packages(tui.ui.__path__, "tui.ui.") if ".driver" not in name]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def of_itself(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def others_names(tree: ast.AST) -> Iterator[str]:
    """The private names that a file takes of anything but its own objects."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not of_itself(node.value):
            yield ast.unparse(node)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            parts = (*(node.module or "").split("."), *(alias.name for alias in node.names))
            yield from (f"{node.module}: {part}" for part in parts if is_private(part))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(UI)))
def test_only_the_driver_takes_private_names_of_others(file: Path) -> None:
    assert [*others_names(ast.parse(file.read_text(encoding="utf-8")))] == []


@cache
def private_names(of: type) -> frozenset[str]:
    """The private names that a class's own text defines or sets on itself."""
    tree = ast.parse(Path(inspect.getfile(of)).read_text(encoding="utf-8"))
    nodes = ast.walk(tree)
    body = next(node for node in nodes if isinstance(node, ast.ClassDef) and node.name == of.__name__)
    found = {node.name for node in body.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    values = [node for node in body.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    targets = [
        target
        for node in values
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    found |= {target.id for target in targets if isinstance(target, ast.Name)}
    found |= {
        node.attr
        for node in ast.walk(body)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and of_itself(node.value)
    }
    return frozenset(filter(is_private, found))


@pytest.mark.parametrize("module", MODULES)
def test_no_name_of_ours_is_one_of_textual_by_chance(module: str) -> None:
    own = importlib.import_module(module)
    classes = [
        of
        for of in vars(own).values()
        if inspect.isclass(of) and of.__module__ == module and issubclass(of, MessagePump)
    ]
    for of in classes:
        theirs = [base for base in of.__mro__ if base.__module__.startswith("textual.")]
        assert private_names(of).isdisjoint(frozenset().union(*map(private_names, theirs))), of
