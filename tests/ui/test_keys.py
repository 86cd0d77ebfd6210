"""Keys become commands: sequences, counts, digits that are keys themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.commands import COMMANDS, PRESETS
from tui.ui.keys import KeyResolver, Resolved, key_name

SEQUENCES = {tuple(key.split(" ")): command.id for command in COMMANDS for key in command.keys}


def press(resolver: KeyResolver, keys: str) -> list[Resolved]:
    """What comes of typing characters one after the other."""
    found = (resolver.press(key) for key in keys)
    return [resolved for resolved in found if resolved is not None]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("j", [Resolved("move_down")]),
        ("3j", [Resolved("move_down", 3)]),
        ("10j", [Resolved("move_down", 10)]),
        ("gg", [Resolved("go_top")]),
        ("5gg", [Resolved("go_top", 5)]),
        ("2y", [Resolved("copy_wechat", 2)]),
        ("yj", [Resolved("copy_wechat"), Resolved("move_down")]),
        ("gj", []),
        ("gjj", [Resolved("move_down")]),
        ("0j", [Resolved("move_down")]),
        ("G", [Resolved("go_bottom")]),
        ("%", []),
    ],
)
def test_typing(keys: str, expected: list[Resolved]) -> None:
    assert press(KeyResolver(SEQUENCES), keys) == expected


def test_a_lone_digit_waits_and_then_is_a_key() -> None:
    resolver = KeyResolver(SEQUENCES)
    assert resolver.press("2") is None
    assert resolver.waits
    assert resolver.expire() == Resolved("focus_articles")
    assert not resolver.waits


def test_a_digit_that_is_no_key_is_forgotten() -> None:
    resolver = KeyResolver(SEQUENCES)
    resolver.press("9")
    assert resolver.expire() is None


def test_escape_drops_what_is_pending_and_does_nothing_else() -> None:
    resolver = KeyResolver(SEQUENCES)
    resolver.press("3")
    assert resolver.press("escape") is None
    assert resolver.press("j") == Resolved("move_down")
    assert resolver.press("escape") == Resolved("back")


@pytest.mark.parametrize(
    ("key", "character", "expected"),
    [
        ("j", "j", "j"),
        ("question_mark", "?", "?"),
        ("space", " ", "space"),
        ("ctrl+d", "\x04", "ctrl+d"),
        ("enter", "\r", "enter"),
        ("f1", None, "f1"),
        ("ｙ", "ｙ", "y"),
        ("？", "？", "?"),
        ("、", "、", "/"),
    ],
)
def test_key_names(key: str, character: str | None, expected: str) -> None:
    assert key_name(key, character) == expected


def test_no_preset_has_a_clash() -> None:
    for name, changes in PRESETS.items():
        keymap = {command.id: changes.get(command.id, command.keys) for command in COMMANDS}
        keys = [key for sequence in keymap.values() for key in sequence]
        assert len(keys) == len(set(keys)), name
        assert changes.keys() <= keymap.keys()


@given(
    st.lists(st.sampled_from(["j", "g", "y", "3", "0", "escape", "z", "enter", "？", "ctrl+d"]), max_size=30)
)
def test_any_typing_ends_in_known_commands(keys: list[str]) -> None:
    resolver = KeyResolver(SEQUENCES)
    known = {command.id for command in COMMANDS}
    for key in keys:
        resolved = resolver.press(key)
        assert resolved is None or resolved.command in known
        assert resolved is None or not resolver.waits
