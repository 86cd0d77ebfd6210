"""Makes an article ready to be saved from a feed's entry: body in blocks, contacts found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from itertools import chain

from tui.contacts import find
from tui.contacts.block import find_block, merchant_of
from tui.contacts.fields import from_merchant
from tui.contacts.find import find_in
from tui.contacts.normalise import fold
from tui.feed_values import Entry
from tui.model import Article, Body, Comments, Contact, Kind, Mask, Merchant, Source
from tui.text.clean import is_common
from tui.text.html import to_body
from tui.text.masks import mask_of, masked_words
from tui.text.notices import withheld

MOST_CONTACTS = 50

MOST_OPENING = 60
"""Letters of a text that stand for a title."""

VERSION = 12
"""Raised when bodies or contacts are made differently, so that an unchanged feed is read anew."""


def prepare(entry: Entry, feed_category: str, base: str, origin: int | None = None) -> Article:
    """The article of an entry; its own category wins over its feed's, a tag is the last resort.

    `origin` is what `origin_of` gave for it, where the caller knows it.
    """
    common = is_common(entry.html)
    body = to_body(entry.html, entry.link or base, ordinary=common)
    text = body.text
    folded = fold(text)
    block = find_block(folded.cased)
    merchant = entry.merchant or _NO_MERCHANT
    if block is not None:
        merchant = merged(merchant, merchant_of(block, folded.cased))
    masked = (*entry.masked, *masked_words(entry.html, common=common))
    contacts = _each_once(find_in(text, folded, block), entry.title, entry.merchant, masked)
    tag = entry.categories[0] if entry.categories and not feed_category else ""
    return Article(
        uid=entry.uid,
        title=entry.title or _opening(text),
        body=_with_images(body, entry.images) if entry.images else body,
        link=entry.link,
        author=entry.author,
        published=entry.published,
        published_raw=entry.published_raw,
        updated=entry.updated,
        category=merchant.category or tag,
        views=merchant.views,
        merchant=merchant,
        comments=entry.comments or _NO_COMMENTS,
        contacts=contacts,
        hidden=withheld(entry.html, text, reachable=any(c.kind is not Kind.PERSON for c in contacts)),
        origin=origin_of(entry, feed_category, base) if origin is None else origin,
    )


def _opening(text: str) -> str:
    """The first line of a text: what a list shows of posts that have no title, as most short ones."""
    line = " ".join(text.lstrip().partition("\n")[0].split())
    return line if len(line) <= MOST_OPENING else f"{line[: MOST_OPENING - 1].rstrip()}…"


def origin_of(entry: Entry, feed_category: str, base: str) -> int:
    """A hash of all that an article is made of: with the same one `prepare` would make the same article."""
    texts = (feed_category, base, entry.uid, entry.title, entry.link, entry.author, entry.published_raw)
    rest = (VERSION, entry.published, entry.updated, entry.merchant, entry.comments)
    lists = (*entry.categories, "", *entry.images)
    said = "\0".join((*texts, repr(rest), *lists, entry.html)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest()) >> 1


def merged(first: Merchant, second: Merchant) -> Merchant:
    """The fields of the first, completed by those of the second."""
    return Merchant(
        category=first.category or second.category,
        person=first.person or second.person,
        wechat=first.wechat or second.wechat,
        qq=first.qq or second.qq,
        mobile=first.mobile or second.mobile,
        views=second.views if first.views is None else first.views,
    )


def _with_images(body: Body, images: tuple[str, ...]) -> Body:
    return replace(body, images=tuple(dict.fromkeys((*body.images, *images))))


def contacts_in(
    title: str, text: str, fields: Merchant | None, source: Source, masked: tuple[str, ...] = ()
) -> tuple[Contact, ...]:
    """Every contact once, from the feed's fields, the text and the title: the surest source is kept.

    `source` is what the text is: a feed's body or an article's page; `masked` are its masked words.
    """
    return _each_once((_from(contact, source) for contact in find(text)), title, fields, masked)


def _each_once(
    in_text: Iterable[Contact], title: str, fields: Merchant | None, masked: tuple[str, ...]
) -> tuple[Contact, ...]:
    found: dict[tuple[Kind, str], Contact] = {}
    for contact in chain(from_merchant(fields) if fields else (), in_text):
        kept = found.setdefault((contact.kind, contact.value), contact)
        if kept.end <= kept.start < contact.end:
            # the feed's own field is surer, the text's place is what the screen marks
            found[contact.kind, contact.value] = replace(kept, start=contact.start, end=contact.end)
    for contact in find(title):
        if (contact.kind, contact.value) not in found:
            found[contact.kind, contact.value] = replace(contact, start=0, end=0)
    contacts = tuple(found.values())[:MOST_CONTACTS]
    return _told_masks(contacts, masked) if masked else contacts


def _told_masks(contacts: Iterable[Contact], words: Iterable[str]) -> tuple[Contact, ...]:
    """The contacts, each with what its word was masked with."""
    masks = {fold(word).text: mask_of(word) for word in words}
    return tuple(
        replace(contact, mask=next((mask for word, mask in masks.items() if value in word), Mask.NONE))
        for contact in contacts
        for value in (contact.value.lower(),)
    )


def _from(contact: Contact, source: Source) -> Contact:
    return replace(contact, source=source) if contact.source is Source.BODY else contact


_NO_MERCHANT = Merchant()
_NO_COMMENTS = Comments()
