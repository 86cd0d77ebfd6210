"""Types into a line at once: what waits in a line's own queue would come behind the keys that follow."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

_EDITS = {
    "backspace": Input.action_delete_left,
    "delete": Input.action_delete_right,
    "left": Input.action_cursor_left,
    "right": Input.action_cursor_right,
    "home": Input.action_home,
    "ctrl+a": Input.action_home,
    "end": Input.action_end,
    "ctrl+e": Input.action_end,
    "ctrl+w": Input.action_delete_left_word,
    "ctrl+u": Input.action_delete_left_all,
    "ctrl+k": Input.action_delete_right_all,
}


def typed(field: Input, event: events.Key) -> bool:
    """Do what a key does in a line; False for keys that the line itself must see."""
    if not field.is_mounted:
        return False
    edit = _EDITS.get(event.key)
    if edit is not None:
        edit(field)
    elif event.is_printable and event.character:
        field.replace(event.character, *field.selection)
    else:
        return False
    return True
