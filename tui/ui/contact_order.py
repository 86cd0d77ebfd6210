"""The order in which contacts are offered, and which of them stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from tui.model import Contact, Kind
from tui.ui.widgets.article_list import CODES

ORDER = {kind: place for place, kind in enumerate(Kind)}
_GROUPS = {
    Kind.MOBILE: re.compile(r"(\d{3})(\d{4})(\d{4})"),
    # service numbers; then area codes of two, of three further digits, each before seven or eight
    Kind.LANDLINE: re.compile(
        r"(?:(?=[48]00)(\d{3})(\d{3})(\d{4})|(0[12]\d)(\d{4})(\d{4})|(0[3-9]\d\d)(\d{3,4})(\d{4}))"
    ),
}
CODE_END = 6
"""So many letters tell one code from another."""

KEYED = 9
"""So many choices have a key of their own."""

CLEAR = 0.8
"""A WeChat contact of at least this confidence is copied without asking."""


def ordered(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """The contacts that can be copied: clear ones first; of these WeChat first, surer ones before others."""
    copyable = (contact for contact in contacts if contact.kind is not Kind.PERSON)
    return tuple(
        sorted(copyable, key=lambda c: (c.confidence < CLEAR, ORDER[c.kind], -c.confidence, c.start))
    )


def keys_of(contacts: Sequence[Contact]) -> Iterator[str]:
    """The key of each contact, in copying order: one that copies it, or that shows its code.

    Where there are several codes `w` asks which one, so that the digit that answers stands behind it.
    """
    several = sum(contact.kind in CODES for contact in contacts) > 1
    codes = 0
    for number, contact in enumerate(contacts, 1):
        if contact.kind in CODES:
            codes += 1
            yield f"w{codes}" if several and codes <= KEYED else "w"
        else:
            yield "y" if number == 1 and contact.kind is Kind.WECHAT else f"{number}y"


def code_name(contact: Contact, *, several: bool) -> str:
    """What a reader knows a code by: a link's host, and of several the end that tells one from the others."""
    host = urlsplit(contact.value).netloc or contact.value if contact.kind is Kind.LINK_CODE else ""
    return f"{host} …{contact.value[-CODE_END:]}".lstrip() if several else host


def standing_out(contacts: Sequence[Contact]) -> Contact | None:
    """The one WeChat contact that needs no question: sure, and no other of its kind near it."""
    wechats = [contact for contact in ordered(contacts) if contact.kind is Kind.WECHAT]
    if len(wechats) == 1 and wechats[0].confidence >= CLEAR:
        return wechats[0]
    return None


def grouped(kind: Kind, value: str) -> str:
    """A value as it is read: 138 6402 7195, 0755 2362 6887, 400 680 8581; what is copied stays plain."""
    groups = _GROUPS.get(kind)
    match = groups.fullmatch(value) if groups is not None else None
    return " ".join(group for group in match.groups() if group) if match is not None else value


def context(text: str, contact: Contact, around: int = 12) -> str:
    """The words around a contact in its text, on one line; "" when it has no place there."""
    if contact.end <= contact.start:
        return ""
    start, end = max(0, contact.start - around), min(len(text), contact.end + around)
    return " ".join(text[start:end].split())
