"""Whole documents and what must come out of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.make_golden import GOLDEN, documents
from tests.feeds.safety import assert_sound
from tui.feeds.parse import parse

NOW = int(datetime.fromisoformat("2026-11-22T00:00:00+00:00").timestamp())
DOCUMENTS = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".expected.json"))


def _named(value: Any, key: str = "") -> Any:
    """The expected value in the form that `asdict` gives: dates are written as ISO 8601, sets as lists."""
    if isinstance(value, dict):
        return {name: _named(part, name) for name, part in value.items()}
    if key in ("published", "updated") and value:
        return int(datetime.fromisoformat(value).timestamp())
    if key in ("skip_hours", "skip_days"):
        return frozenset(value)
    return tuple(_named(part) for part in value) if isinstance(value, list) else value


def _same_keys(actual: Any, expected: Any) -> Any:
    """The actual value with only those keys that the expected one names."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {name: _same_keys(actual.get(name), part) for name, part in expected.items()}
    if isinstance(expected, tuple) and len(expected) == len(actual):
        return tuple(map(_same_keys, actual, expected))
    return actual


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_gives_the_expected_values(path: Path) -> None:
    feed = parse(path.read_bytes(), now=NOW)
    expected = _named(json.loads(path.with_suffix(".expected.json").read_text("utf-8")))
    assert _same_keys(asdict(feed), expected) == expected
    assert_sound(feed)


def test_every_document_has_its_expectation() -> None:
    expectations = {path.name.removesuffix(".expected.json") for path in GOLDEN.glob("*.expected.json")}
    assert expectations == {path.stem for path in DOCUMENTS}


@pytest.mark.parametrize("name", documents())
def test_written_documents_are_the_committed_ones(name: str) -> None:
    assert (GOLDEN / name).read_bytes() == documents()[name]
