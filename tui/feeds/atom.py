"""Atom 1.0 (RFC 4287) and 0.3: the tree of a document to a draft."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tui.feeds.comments import read_comments
from tui.feeds.draft import ENTRY_LIMIT, DraftEntry, DraftFeed
from tui.feeds.fields import Fields
from tui.feeds.links import absolute, based, image_links
from tui.feeds.markup import atom_text, longest
from tui.feeds.media import media_images
from tui.feeds.merchant import merchant_in
from tui.feeds.names import XML_LANG
from tui.feeds.schedule import read_schedule
from tui.feeds.values import people

_ALTERNATE = ("alternate", "http://www.iana.org/assignments/relation/alternate")


def read_atom(root: Element) -> DraftFeed:
    """The draft of a tree whose names are short."""
    fields = Fields(root)
    link = absolute(next(alternates(fields), ""), based("", root))
    base = based(link, root)
    author = atom_authors(fields)
    entries = fields.all("atom:entry")
    return DraftFeed(
        title=_first_text(fields, "atom:title"),
        entries=tuple(_entry(entry, base, author) for entry in entries[:ENTRY_LIMIT]),
        link=link,
        language=root.get(XML_LANG, "") or fields.text("dc:language"),
        schedule=read_schedule(
            period=fields.text("sy:updatePeriod"), frequency=fields.text("sy:updateFrequency")
        ),
        left_out=max(0, len(entries) - ENTRY_LIMIT),
    )


def alternates(fields: Fields) -> Iterator[str]:
    """The links to the same content as a page, pages in HTML first (RSS may borrow Atom's links)."""
    links = [link for link in fields.all("atom:link", "link") if link.get("rel", "alternate") in _ALTERNATE]
    links.sort(key=lambda link: "html" not in link.get("type", "html"))
    return filter(None, (link.get("href", "").strip() for link in links))


def atom_authors(fields: Fields) -> str:
    """The names of all `author` elements, or else their mail addresses."""
    authors = [Fields(author) for author in fields.all("atom:author")]
    return people([author.text("atom:name", "atom:email") for author in authors])


def _entry(entry: Element, base: str, feed_author: str) -> DraftEntry:
    fields = Fields(entry)
    base = based(base, entry)
    return DraftEntry(
        uid=fields.text("atom:id"),
        title=_first_text(fields, "atom:title", "dc:title", "media:title"),
        link=absolute(next(alternates(fields), ""), base),
        author=_author(fields) or feed_author,
        html=longest(map(atom_text, fields.all("atom:content", "atom:summary"))),
        published=fields.text("atom:published", "atom:issued", "atom:created", "dc:date"),
        updated=fields.text("atom:updated", "atom:modified"),
        categories=_categories(fields),
        merchant=merchant_in(fields),
        comments=read_comments(fields, base),
        images=image_links(media_images(fields), base),
    )


def _first_text(fields: Fields, *names: str) -> str:
    return next(filter(None, map(atom_text, fields.all(*names))), "")


def _author(fields: Fields) -> str:
    """The entry's authors, or those of the feed that it was taken from (RFC 4287, 4.2.1)."""
    names = atom_authors(fields) or people(fields.texts("dc:creator"))
    sources = map(Fields, fields.all("atom:source"))
    return names or next(filter(None, map(atom_authors, sources)), "")


def _categories(fields: Fields) -> tuple[str, ...]:
    terms = (item.get("label", "") or item.get("term", "") for item in fields.all("atom:category"))
    return (*terms, *fields.texts("dc:subject"))
