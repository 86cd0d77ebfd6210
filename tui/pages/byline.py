"""Finds the line below a page's headline: date, author, how often it was read."""

from __future__ import annotations

import re

from tui.pages.outline import Outline
from tui.pages.tree import Node

_LONGEST = 80
_VIEWS = re.compile(
    r"[0-9]\s?(?:次(?:浏览|阅读)|人(?:浏览|看过|阅读))|(?:浏览|阅读|点击|访问|人气)(?:量|次数|数)?\s?[:：]?\s?[0-9]"
)


def find_byline(outline: Outline) -> Node | None:
    """Give the first line that tells how often the page was read; None if there is none."""
    for line in outline.lines():
        if outline.size(line) <= _LONGEST and _VIEWS.search(outline.text(line)):
            return line
    return None
