"""The tests that README and docs/security.md name are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
NAMED = re.compile(r"(tests/[\w/]+\.py)(?:::(\w+))?")


def names(file: Path) -> set[str]:
    """What a file of tests calls its tests."""
    tree = ast.parse(file.read_text("utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    made = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return made | {node.name for node in tree.body if isinstance(node, functions)}


@pytest.mark.parametrize(("page", "least"), [("README.md", 6), ("docs/security.md", 40)])
def test_every_test_that_is_named_exists(page: str, least: int) -> None:
    named = NAMED.findall((HOME / page).read_text("utf-8"))
    assert len(named) >= least
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (HOME / file).exists() or (test and test not in names(HOME / file))
    ]
    assert missing == []
