"""Writes a contact box so that its text says what the page shows by its layout and its links."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from urllib.parse import unquote

from tui.pages.labels import Label
from tui.pages.outline import Outline
from tui.pages.tree import INLINE, Node

_LONGEST_VALUE = 80
_CELLS = frozenset({"td", "th"})
_QQ_LINK = re.compile(
    r"(?:wpa\.qq\.com|tencent:)\S{0,200}?[?&]uin=([1-9][0-9]{4,10})(?![0-9])", re.IGNORECASE
)
_DIRECT_LINK = re.compile(r"(?:tel|mailto):([^?]{3,80})", re.IGNORECASE)


def spell_out(outline: Outline, labels: list[Label], box: Node) -> None:
    """Give each label its line, a colon, and its value beside it; write out QQ numbers, phones and e-mails.

    A page sets labels apart by columns and colours, and hides numbers behind links with a picture.
    """
    text = outline.text(box)
    for _, group in groupby(labels, key=lambda label: label.place):
        _set_apart(list(group))
    for label in labels:
        _drop_buttons(label)
        _join(outline, label)
    for node in list(box.walk()):
        _spell_link(node, text)
        if node.tag == "img" and any(around.tag == "a" for around in node.lineage()):
            node.drop()


def _set_apart(labels: list[Label]) -> None:
    """Break the line before each label of a piece but the first, and put a colon behind a bare one."""
    piece = labels[0].piece
    text = f"{piece.text}：" if labels[-1].bare else piece.text
    first, *others = pairwise([0, *(label.start for label in labels[1:]), len(text)])
    lines = Node("span", parent=piece.holder, index=piece.index, children=[text[slice(*first)]])
    for line in others:
        lines.append(Node("br"))
        lines.append(text[slice(*line)])
    piece.holder.children[piece.index] = lines


def _drop_buttons(label: Label) -> None:
    """Drop the links to other pages behind a value that is no link itself."""
    linked = sum(len(piece.text) for piece in label.behind if piece.link)
    if label.field.reaches and len("".join(label.value.split())) > linked:
        for piece in label.behind:
            if piece.leads_away:
                piece.holder.children[piece.index] = ""


def _join(outline: Outline, label: Label) -> None:
    """Make one line of a label and its value that stand in two blocks."""
    alone = (label.place, label.place + 1)
    whole: Node | None = None
    for node in label.piece.holder.lineage():
        if outline.span(node) != alone:
            break
        whole = node
    parent, index = (label.piece.holder, label.piece.index) if whole is None else (whole.parent, whole.index)
    if parent is None or (whole is not None and whole.tag in _CELLS):
        return
    value = next((node for node in parent.elements() if node.index > index), None)
    if value is None or outline.text(value) != label.value or len(label.value) > _LONGEST_VALUE:
        return
    for node in value.walk():
        node.tag = node.tag if node.tag in INLINE else "span"
    if whole is not None and whole.tag not in INLINE:
        line = Node(whole.tag if whole.tag == "li" else "p", parent=parent, index=index)
        parent.children[index] = line
        value.drop()
        line.append(whole)
        line.append(value)
        whole.tag = "span"


def _spell_link(node: Node, text: str) -> None:
    target = unquote(node.attributes.get("href", "")) if node.tag == "a" else ""
    qq, direct = _QQ_LINK.search(target), _DIRECT_LINK.match(target)
    if qq and qq[1] not in text:
        node.append(f" QQ：{qq[1]} ")
    elif direct and direct[1] not in text:
        node.append(f" {direct[1]} ")
