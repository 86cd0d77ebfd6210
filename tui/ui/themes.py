"""The themes: a dark one and a light one, both readable in 256 colours."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#d7875f",
    secondary="#87afaf",
    accent="#d7af5f",
    foreground="#d0d0d0",
    background="#1c1c1c",
    surface="#1c1c1c",
    panel="#262626",
    success="#87af87",
    warning="#d7af5f",
    error="#d75f5f",
    dark=True,
    variables={"contact": "#87d787", "quiet": "#8a8a8a", "cursor": "#44403a", "cursor-quiet": "#303030"},
)

LIGHT = Theme(
    name="light",
    primary="#af5f00",
    secondary="#005f87",
    accent="#875f00",
    foreground="#262626",
    background="#fafafa",
    surface="#fafafa",
    panel="#eeeeee",
    success="#005f00",
    warning="#875f00",
    error="#af0000",
    dark=False,
    variables={"contact": "#006f2f", "quiet": "#6c6c6c", "cursor": "#ffdf9f", "cursor-quiet": "#e4e4e4"},
)

THEMES = (DARK, LIGHT)
