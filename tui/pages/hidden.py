"""Tells why a page shows no contact as text: an image of it, a login before it, an expired notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.model import Hidden
from tui.pages.labels import Label
from tui.pages.outline import Outline
from tui.pages.tree import Node
from tui.pages.words import Field
from tui.text.notices import ASKS_FOR_LOGIN, EXPIRED, LOGIN, LONGEST_NOTICE

_REAL = re.compile(r"[0-9A-Za-z][0-9A-Za-z_@. -]{3,}[0-9A-Za-z]")


def find_hidden(outline: Outline, labels: list[Label]) -> tuple[Hidden, ...]:
    """Give the reasons that a page without its clutter names, each once."""
    found = {*_by_labels(labels), *_by_notices(outline)}
    return tuple(reason for reason in Hidden if reason in found)


def is_gate(outline: Outline, line: Node) -> bool:
    """Tell whether a line says that one must log in or pay to see a contact."""
    return outline.size(line) <= LONGEST_NOTICE and ASKS_FOR_LOGIN.search(outline.text(line)) is not None


def _by_labels(labels: list[Label]) -> Iterator[Hidden]:
    for label in labels:
        if not label.field.reaches or label.field is Field.PERSON or _REAL.search(label.value):
            continue
        if LOGIN.search(label.value):
            yield Hidden.LOGIN
        elif label.image:
            yield Hidden.IMAGE


def _by_notices(outline: Outline) -> Iterator[Hidden]:
    for line in outline.lines():
        if is_gate(outline, line):
            yield Hidden.LOGIN
        if outline.size(line) <= LONGEST_NOTICE and EXPIRED.search(outline.text(line)):
            yield Hidden.EXPIRED
