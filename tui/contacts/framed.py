"""Reads an id that fills a frame with its disguised label and may begin with a digit: 【薇7lq40618】."""

from __future__ import annotations

import re

from tui.contacts.shapes import Shape, Value


def read_framed(text: str, label: int, at: int) -> Value | None:
    """Read such an id at a place of a folded text; `label` is where its label begins."""
    framed = _ID.match(text, at)
    if framed is None or _OPENS.search(text, max(0, label - 8), label) is None:
        return None
    return Value(framed.end("led"), framed.end(), Shape.ID)


_OPENS = re.compile(r"[【「『《][^\w\n]{0,4}(?:[^\W0-9]{1,2}/)?\Z")
_ID = re.compile(r"(?P<led>[ :\-—]{0,3})(?=[0-9]+[a-z])[a-z0-9_\-]{6,20}(?=[ \-—]{0,3}[】」』》])")
