"""Reads elements of markup: one with the name of a contact and the next with its value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.contacts.cells import Kept, read_kept
from tui.contacts.labels import Role
from tui.contacts.named import Name, is_exact


def read_element(text: str, name: Name) -> Kept | None:
    """Read the value of the element, or the field, behind one that is filled by a name."""
    if _OPENS.search(text, max(0, name.start - 40), name.start) is None:
        return None
    between = _FIELD.match(text, name.end) or _BETWEEN.match(text, name.end)
    if between is None:
        return None
    exact = _OF_CHOICES.search(text, name.end, between.end()) is None
    value = read_kept(text, between.end(), name.roles, exact=exact or is_exact(text[name.start : name.end]))
    if value is not None and _CLOSES.match(text, value.end):
        return Kept(value, name.start, name.end, name.roles)
    return None


def find_remarked(text: str) -> Iterator[Kept]:
    """Give the values of elements behind which brackets say that they are of WeChat too."""
    for remark in _REMARKED.finditer(text):
        value = read_kept(text, remark.start("value"), _WECHAT)
        if value is not None and value.end == remark.end("value"):
            yield Kept(value, *remark.span("remark"), _WECHAT)


_WECHAT = frozenset({Role.WECHAT})
_TAG = r"</?[a-z][\w.\-:]{0,30}(?:[ \n/](?:[^<>]|=>){0,300})?>"
_OPENS = re.compile(r">\s{0,38}\Z")
_NAME_ENDS = r"(?:\([^()\n]{0,12}\))? {0,3}:?\s{0,60}"
_BETWEEN = re.compile(rf"{_NAME_ENDS}(?:{_TAG}\s{{0,60}}:?\s{{0,9}}){{1,9}}")
_FIELD = re.compile(
    rf"{_NAME_ENDS}(?:{_TAG}\s{{0,60}}){{1,3}}<(?:input|textarea)(?: [^<>]{{0,160}})? value=[\"']"
)
# what a user may choose, and titles, go on with other words as a rule
_OF_CHOICES = re.compile(r"<(?:/?button|/?option|/?li|h[1-6]|a|svg)[ >]")
_CLOSES = re.compile(r"\s{0,60}(?:[<\"']|[(,;/|]|[^\0-\x7f]|\Z)")
_REMARKED = re.compile(
    r">\s{0,60}(?P<value>[a-z_][a-z0-9_\-]{5,19})\s{0,60}</[a-z][\w.\-]{0,30}>\s{0,60}[(\[【] ?"
    r"(?P<remark>[^()\[\]【】\n]{0,12}(?:微信|vx|wx)[^()\[\]【】\n]{0,6}同[号步名]?) ?[)\]】]"
)
