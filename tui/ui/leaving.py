"""Leaves a screen once: a second key typed before it has gone would take the screen beneath along."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import Screen

T = TypeVar("T")


def leave(screen: Screen[T], result: T | None) -> None:
    """End a screen with a result, unless it has been left already."""
    if screen.app.screen is screen:
        screen.dismiss(result)
