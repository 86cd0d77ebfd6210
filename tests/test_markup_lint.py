"""No text of a feed reaches a call of Textual or Rich that reads markup, and the lint sees one that does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.markup_lint import offences

TUI = Path(__file__).parent.parent / "tui"

OUR_WORDS = {
    (
        "ui/palette.py",
        "DiscoveryHit(…)",
    ): "names of commands from the locale, keys from the user's feeds.toml",
    ("ui/palette.py", "Hit(…)"): "the same",
}
"""What the lint cannot see to be our own, and why it is."""


def test_no_text_of_a_feed_is_read_as_markup() -> None:
    found = {
        (str(path.relative_to(TUI)), offence.partition(": ")[2]): offence
        for path in sorted((TUI / "ui").rglob("*.py"))
        for offence in offences(path.read_text("utf-8"))
    }
    assert found.keys() == OUR_WORDS.keys()


def test_nothing_outside_the_screen_knows_textual_or_more_of_rich_than_widths() -> None:
    known = {
        module
        for path in TUI.rglob("*.py")
        if TUI / "ui" not in path.parents
        for module in imported(path.read_text("utf-8"))
        if module.partition(".")[0] in {"textual", "rich"}
    }
    assert known == {"rich.cells"}


def imported(source: str) -> Iterator[str]:
    """The modules that a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize(
    "line",
    [
        "from textual.widgets import Static",
        "from textual.widgets import Input, Label",
        "from textual.widgets.option_list import Option",
        "from textual.content import Content",
        "from rich.text import Text",
        "from rich import print",
        "import rich.markup",
        "Static(title)",
        "widgets.Label(f'{row.title}')",
        "self.app.notify(stored.article.title)",
        "self.app.notify(say('toast.copied', value=value))",
        "self.app.notify(say(key))",
        "self.notify('【' + title + '】', markup=True)",
        "self.notify(title, markup=wanted)",
        "self.notify(message=title)",
        "Content.from_markup(title)",
        "Text.from_markup('[b]' + title)",
        "console.print(title)",
        "table.add_row('1', title)",
        "Button(label=name)",
        "Static(*texts)",
        "Static(**texts)",
        "self.border_title = feed.title",
        "pane.tooltip: str = contact.value",
        "Hit(1.0, title, run)",
    ],
)
def test_an_offence_is_seen(line: str) -> None:
    assert [*offences(line)] != []


@pytest.mark.parametrize(
    "line",
    [
        "from textual.widgets import Input",
        "from rich.segment import Segment",
        "Static('[b]货源[/b]')",
        "self.notify(title, severity='error', markup=False)",
        "self.notify(say('flash.no_link'))",
        "self.notify(self._say(f'sort.{\"newest\"}') + '…')",
        "self.border_title = self._say('head.articles') if wide else ''",
        "Segment(title, style)",
    ],
)
def test_our_own_words_are_no_offence(line: str) -> None:
    assert [*offences(line)] == []
