"""Drops the lists of a page that advertise other merchants."""

from __future__ import annotations

import re
from collections import defaultdict

from tui.pages.guarded import Guarded
from tui.pages.labels import Labels
from tui.pages.outline import Outline
from tui.pages.tree import INLINE, Node

_LONGEST_TEASER = 400
_SHORTEST_HEADLINE = 6
_CONTACT = re.compile(r"微信|vx|QQ|电话|手机|联系人|1[3-9][0-9]{9}", re.IGNORECASE)


def drop_teasers(page: Guarded) -> None:
    """Drop lists whose items link to other pages and show the contacts of other merchants."""
    labels = Labels(page.outline)
    for parent in page.root.walk():
        alike = defaultdict(list)
        for child in parent.elements():
            if child.tag not in INLINE and child.tag != "p" and _is_teaser(page.outline, labels, child):
                alike[child.tag, child.attributes.get("class")].append(child)
        for teasers in alike.values():
            if len(teasers) > 1:
                for teaser in teasers:
                    page.drop(teaser)


def _is_teaser(outline: Outline, labels: Labels, node: Node) -> bool:
    if not 0 < outline.size(node) <= _LONGEST_TEASER or not outline.leads_away(node):
        return False
    if not _CONTACT.search(outline.text(node)):
        return False
    first = next(piece for piece in outline.pieces[slice(*outline.span(node))] if piece.text)
    if first.leads_away and len(first.text) >= _SHORTEST_HEADLINE:
        return True
    return len({label.field for label in labels.within(node) if label.field.reaches}) > 1
