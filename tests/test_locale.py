"""The locale files say the same things, and all that the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.commands import COMMANDS, Group
from tui.errors import Code
from tui.i18n import load_words
from tui.model import Kind, ScopeKind, Sort, Source
from tui.store.marks import Step

PACKAGE = Path(__file__).parent.parent / "tui"
PLACEHOLDER = re.compile(r"\{(\w+)(?:\|[^{|}]*\|[^{|}]*)?\}")
SAID = re.compile(r"""(?:say|words)\(\s*"([a-z_]+\.[a-z_]+)\"""")
ZH, EN = load_words("zh").texts, load_words("en").texts


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert ZH.keys() == EN.keys()
    for key, text in ZH.items():
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(EN[key])), key


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("error", list(Code)),
        ("command", [command.id for command in COMMANDS]),
        ("group", list(Group)),
        ("scope", list(ScopeKind)),
        ("sort", list(Sort)),
        ("source", list(Source)),
        ("field", list(Kind)),
        ("undo", list(Step)),
    ],
)
def test_every_member_has_words(prefix: str, names: list[str]) -> None:
    assert [name for name in names if f"{prefix}.{name}" not in ZH] == []


def test_every_key_in_the_code_has_words() -> None:
    said = {key for path in PACKAGE.rglob("*.py") for key in SAID.findall(path.read_text("utf-8"))}
    assert len(said) > 40
    assert said - ZH.keys() == set()
