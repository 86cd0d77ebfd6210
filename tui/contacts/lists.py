"""Reads the values that continue a list: 123456（已满）、234567; QQ/微信：123456/abc123."""

from __future__ import annotations

from tui.contacts import phrases
from tui.contacts.asking import continues
from tui.contacts.fit import fits
from tui.contacts.runs import Run
from tui.contacts.shapes import Shape, Value, read_value


def next_in_list(text: str, value: Value, run: Run) -> Value | None:
    """Read the value that follows another of the same label, as far as it can be one."""
    following = text[value.end : value.end + 1]
    if following in _ENDS_LIST or (
        following == "\n" and text[value.end + 1 : value.end + 2] not in _BEGINS_ITEM
    ):
        return None
    match = phrases.LIST.match(text, value.end)
    if match is None:
        return None
    further = read_value(text, match.end())
    if further is None or not fits(text, run, "", further):
        return None
    named = further.shape is Shape.ID
    if named and not continues(text, value, further, match["parting"]):
        return None
    respectively = named and match["parting"] == "/" and len(run.roles) > 1
    return further if further.shape is value.shape or respectively else None


def begins_list(text: str, value: Value, run: Run) -> bool:
    """Tell whether an answer goes on to a further value: 2845930476、2847193053."""
    listed = phrases.LISTS.match(text, value.end)
    return listed is not None and next_in_list(text, value, run) is not None


# neither what a list is parted by nor a value begins with one of these
_ENDS_LIST = frozenset({"", *'。!?】」』">)*~'})
# with what an item in a line of its own begins
_BEGINS_ITEM = frozenset("-*•·123456789")
