"""Every row of cases.tsv: a text in our own words and the contacts that a reader would write down from it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tui.contacts import find

_TABLE = Path(__file__).with_name("cases.tsv")
_ESCAPE = re.compile(r"\\n|\\u([0-9a-f]{4})")


def _rows() -> dict[str, list[tuple[str, list[str]]]]:
    classes: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, text, expected = line.split("\t")
            classes[name].append((_unescape(text), expected.split()))
    return classes


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else "\n", text)


_CLASSES = _rows()


@pytest.mark.parametrize("name", sorted(_CLASSES))
def test_rows_of_a_class(name: str) -> None:
    wrong = []
    for text, expected in _CLASSES[name]:
        found = [f"{contact.kind}={contact.value}" for contact in find(text)]
        if sorted(found) != sorted(expected):
            wrong.append(f"{text!r}\n    expected {expected}\n    found    {found}")
    assert not wrong, "\n".join(wrong)


def test_the_table_is_large_enough_to_trust() -> None:
    assert sum(map(len, _CLASSES.values())) > 450
