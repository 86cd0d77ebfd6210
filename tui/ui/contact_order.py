"""The order in which contacts are offered, and which of them stands out."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model import Contact, Kind

ORDER = {kind: place for place, kind in enumerate(Kind)}
CLEAR = 0.8
"""A WeChat contact of at least this confidence is copied without asking."""


def ordered(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """The contacts that can be copied: WeChat first, surer ones before, then as they stand in the text."""
    copyable = (contact for contact in contacts if contact.kind is not Kind.PERSON)
    return tuple(sorted(copyable, key=lambda c: (ORDER[c.kind], -c.confidence, c.start)))


def standing_out(contacts: Sequence[Contact]) -> Contact | None:
    """The one WeChat contact that needs no question: sure, and no other of its kind near it."""
    wechats = [contact for contact in ordered(contacts) if contact.kind is Kind.WECHAT]
    if len(wechats) == 1 and wechats[0].confidence >= CLEAR:
        return wechats[0]
    return None


def grouped(kind: Kind, value: str) -> str:
    """A value as it is read: a mobile in groups 3-4-4; what is copied stays plain."""
    if kind is Kind.MOBILE and len(value) == 11:
        return f"{value[:3]} {value[3:7]} {value[7:]}"
    return value


def context(text: str, contact: Contact, around: int = 12) -> str:
    """The words around a contact in its text, on one line; "" when it has no place there."""
    if contact.end <= contact.start:
        return ""
    start, end = max(0, contact.start - around), min(len(text), contact.end + around)
    return " ".join(text[start:end].split())
