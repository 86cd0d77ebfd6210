"""The README's table of keys is the command table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.commands import COMMANDS, Group
from tui.i18n import load_words
from tui.ui.book_screen import KEYS

README = Path(__file__).parent.parent / "README.md"


def key_table() -> str:
    """The table of keys as the README must have it."""
    zh, en = load_words("zh"), load_words("en")
    lines = ["| key | | |", "|---|---|---|"]
    for group in Group:
        lines.append(f"| **{zh(f'group.{group}')}** | | **{en(f'group.{group}')}** |")
        for command in COMMANDS:
            if command.group is group:
                keys = " ".join(f"`{key.replace(' ', '')}`" for key in command.keys)
                lines.append(f"| {keys} | {zh(f'command.{command.id}')} | {en(f'command.{command.id}')} |")
    return "\n".join(lines)


def book_table() -> str:
    """The table of the contact book's keys as the README must have it."""
    zh, en = load_words("zh"), load_words("en")
    lines = ["| key | | |", "|---|---|---|"]
    for name, given in KEYS.items():
        keys = " ".join(f"`{key.replace(' ', '')}`" for key in given.split(", "))
        lines.append(f"| {keys} | {zh(f'book_key.{name}')} | {en(f'book_key.{name}')} |")
    lines.insert(3, f"| `1`–`9` | {zh('book_key.copy_other')} | {en('book_key.copy_other')} |")
    return "\n".join(lines)


def test_the_readme_lists_the_keys_of_the_book() -> None:
    if not README.exists():
        pytest.skip("no README beside the tests")
    found = re.search(r"<!-- book keys -->\n(.*?)\n<!-- /book keys -->", README.read_text("utf-8"), re.S)
    assert found is not None
    assert found[1] == book_table()


def test_the_readme_lists_the_keys_that_are() -> None:
    if not README.exists():
        pytest.skip("no README beside the tests")
    found = re.search(r"<!-- keys -->\n(.*?)\n<!-- /keys -->", README.read_text("utf-8"), re.S)
    assert found is not None
    assert found[1] == key_table()
