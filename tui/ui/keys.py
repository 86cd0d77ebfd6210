"""Turns key presses into commands: sequences such as "g g" and counts such as "3j"."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from tui.values import frozen

IME_KEYS = {"、": "/", "。": ".", "《": "<", "》": ">", "【": "[", "】": "]", "；": ";", "：": ":"}
"""What a Chinese input method types for the ASCII key of the same place."""

MOST_DIGITS = 6


def key_name(key: str, character: str | None) -> str:
    """The name of a key as feeds.toml writes it: the character itself, else Textual's name."""
    if character is None or not character.isprintable() or character == " ":
        return key
    return IME_KEYS.get(character) or unicodedata.normalize("NFKC", character)


@frozen
class Resolved:
    """A command to run; `count` is None when none was typed."""

    command: str
    count: int | None = None


@frozen
class KeyState:
    """What has been typed of an unfinished command."""

    digits: str = ""
    keys: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The typed keys as the status bar shows them."""
        return self.digits + " ".join(self.keys)


class KeyResolver:
    """Resolves keys by a map of sequences to command ids; digits before a key are its count.

    A digit that is itself a key (panes 1 2 3) waits: the screen calls `expire` when no other key follows.
    """

    def __init__(self, sequences: Mapping[tuple[str, ...], str]) -> None:
        self._commands = dict(sequences)
        self._prefixes = {keys[:length] for keys in sequences for length in range(1, len(keys))}
        self.state = KeyState()

    def press(self, key: str) -> Resolved | None:
        """Take one key; give the command that it completes, or None while one is pending or none fits."""
        state = self.state
        if not state.keys and key.isascii() and key.isdigit() and (state.digits or key != "0"):
            self.state = KeyState((state.digits + key)[:MOST_DIGITS])
            return None
        keys = (*state.keys, key)
        if keys in self._prefixes:
            self.state = KeyState(state.digits, keys)
            return None
        self.state = KeyState()
        command = self._commands.get(keys)
        if command is None or (key == "escape" and state.text):
            return None
        return Resolved(command, int(state.digits) if state.digits else None)

    def expire(self) -> Resolved | None:
        """End what is pending; a lone digit that is a key runs its command."""
        state, self.state = self.state, KeyState()
        command = None if state.keys else self._commands.get((state.digits,))
        return Resolved(command) if command else None

    @property
    def waits(self) -> bool:
        """Whether a key is pending."""
        return bool(self.state.text)
