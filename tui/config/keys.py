"""Key sequences: how feeds.toml writes them, and which of them cannot live together."""

from __future__ import annotations

from collections.abc import Mapping

MODIFIERS = ("alt", "ctrl", "shift")
NAMES = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("enter", "escape", "tab", "space", "backspace", "delete"),
    *(f"f{number}" for number in range(1, 13)),
)
ALLOWED = " ".join(("a", "A", "?", *NAMES, *(f"{modifier}+…" for modifier in MODIFIERS)))


def sequence(written: str) -> str:
    """The one form of a key sequence ("Ctrl+D" → "ctrl+d"), which commands.py uses too; "" if it is none."""
    keys = [_key(key) for key in written.split()]
    return " ".join(keys) if all(keys) else ""


def _key(written: str) -> str:
    """The one form of a key; Textual puts modifiers in alphabetic order and gives shift+g as "G"."""
    head, plus, name = written[:-1].rpartition("+")
    name += written[-1]
    modifiers = sorted(set(head.lower().split("+"))) if plus else []
    if not set(modifiers) <= set(MODIFIERS):
        return ""
    if len(name) > 1:
        name = name.lower()
        known = name in NAMES
    elif modifiers == ["shift"]:
        known = name.isascii() and name.isalpha()
        modifiers, name = [], name.upper()
    else:
        known = name.isprintable()
        name = name.lower() if modifiers else name
    return "+".join([*modifiers, name]) if known else ""


def clash(new: str, taken: Mapping[str, str]) -> str | None:
    """The command (a value of `taken`, by sequence) that equals, begins or continues a new sequence."""
    for old, command in taken.items():
        if f"{old} ".startswith(f"{new} ") or f"{new} ".startswith(f"{old} "):
            return command
    return None
