"""The styles of the screen's own lines, made once from each theme.

Textual would work out a component class per style and widget, at every start and change of focus: a third
of the time to the first frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style
from textual.theme import Theme

from tui.ui.themes import DARK, THEMES

BASE = "base"
"""What lies beneath the lines of a pane."""

PANEL = "panel"
"""What lies beneath the lines of a dialog."""


@lru_cache
def ink(theme: str, no_color: bool = False) -> Mapping[str, Style]:
    """The styles of a theme by name; those with a background lie beneath whole lines, the others on top.

    Without colour the cursor is reversed, as a shade of grey more would not be seen.
    """
    styles = _styles(next((known for known in THEMES if known.name == theme), DARK))
    return {**styles, "cursor": Style(reverse=True)} if no_color else styles


def _styles(theme: Theme) -> Mapping[str, Style]:
    own = theme.variables
    text, ground, raised = theme.foreground, theme.background, theme.panel
    return {
        "": Style.null(),
        "dim": Style(color=own["quiet"]),
        "strong": Style(bold=True),
        "title": Style(color=theme.primary, bold=True),
        "heading": Style(color=theme.secondary, bold=True),
        "accent": Style(color=theme.accent),
        "good": Style(color=theme.success),
        "bad": Style(color=theme.error),
        "link": Style(color=theme.secondary, underline=True),
        "contact": Style(color=own["contact"], bold=True),
        "found": Style(color=theme.accent, bold=True, underline=True),
        "selected": Style(reverse=True),
        BASE: Style(color=text, bgcolor=ground),
        PANEL: Style(color=text, bgcolor=raised),
        "rule": Style(color=raised),
        "head": Style(color=own["quiet"], bgcolor=raised, bold=True),
        "head-focused": Style(color=theme.primary, bgcolor=raised, bold=True),
        "cursor": Style(color=text, bgcolor=own["cursor"]),
        "cursor-blurred": Style(color=text, bgcolor=own["cursor-quiet"]),
    }
