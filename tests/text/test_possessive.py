"""What is repeated without giving anything back is so on every Python; early ones of 3.11 have a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tui
from tui.text.possessive import possessive

OWN_WAY = re.compile(r"(?<!\()\)(?:[*+?]|\{{1,2}\d*,?\d*\}{1,2})\+")


@pytest.mark.parametrize("is_sound", [True, False])
@pytest.mark.parametrize(
    ("body", "times", "text", "taken"),
    [
        ("ab?c", "*", "acabca", "acabc"),
        ("[^-]++|-(?!->)", "*", "a-b--c-->d", "a-b--c"),
        ('"[^"]*+"', "?", '"ab', ""),
        ("[ -]{1,2}[0-9]", "{2,3}", " 1-2 3 4", " 1-2 3"),
    ],
)
def test_a_last_round_that_fails_midway_takes_nothing(
    body: str, times: str, text: str, taken: str, is_sound: bool
) -> None:
    if is_sound and possessive("a", "*") != possessive("a", "*", is_sound=True):
        pytest.skip("this Python is one of those with the fault")
    pattern = possessive(body, times, is_sound=is_sound)
    found = re.match(pattern, text)
    assert found is not None
    assert found[0] == taken
    assert re.fullmatch(f"{pattern}{re.escape(taken[-1:] or 'x')}.*", text) is None, "nothing is given back"


def test_no_group_is_repeated_in_pythons_own_way() -> None:
    found = [
        f"{path.name}: {line.strip()}"
        for path in Path(tui.__file__).parent.rglob("*.py")
        if path.name != "possessive.py"
        for line in path.read_text("utf-8").splitlines()
        if OWN_WAY.search(line)
    ]
    assert found == []
