"""RSS 0.90 to 2.0 and RSS 1.0 (RDF): the tree of a document to a draft."""

from __future__ import annotations

from itertools import chain
from xml.etree.ElementTree import Element

from tui.feed_values import Schedule
from tui.feeds.atom import alternates, atom_authors
from tui.feeds.comments import read_comments
from tui.feeds.draft import ENTRY_LIMIT, DraftEntry, DraftFeed
from tui.feeds.fields import Fields, text_of
from tui.feeds.links import absolute, based, image_links
from tui.feeds.markup import atom_text, longest, rss_content, rss_title
from tui.feeds.media import media_images
from tui.feeds.merchant import merchant_in
from tui.feeds.names import RDF_ABOUT, XML_LANG
from tui.feeds.schedule import read_schedule
from tui.feeds.values import people, person

_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_LESSER_CONTENT = ("html:body", "html:div", "dc:description", "media:description", "itunes:summary")


def read_rss(root: Element) -> DraftFeed | None:
    """The draft of a tree whose names are short; None when it is not one plain RSS document."""
    channels = root.findall("channel")
    if len(channels) != 1:
        return None
    channel = channels[0]
    fields = Fields(channel)
    if fields.all("atom:entry"):
        return None
    link = absolute(_link(fields), based("", root, channel))
    base = based(link, root, channel)
    items = [*fields.all("item"), *root.findall("item")]
    return DraftFeed(
        title=_title(fields),
        entries=tuple(_entry(item, base) for item in items[:ENTRY_LIMIT]),
        link=link,
        language=_language(fields, channel, root),
        schedule=_schedule(fields),
        left_out=max(0, len(items) - ENTRY_LIMIT),
    )


def _entry(item: Element, base: str) -> DraftEntry:
    fields = Fields(item)
    base = based(base, item)
    return DraftEntry(
        uid=fields.text("guid", "atom:id", "dc:identifier") or item.get(RDF_ABOUT, ""),
        title=_title(fields),
        link=absolute(_link(fields) or _permalink(fields), base),
        author=_author(fields),
        html=_content(fields),
        published=fields.text("pubDate", "dc:date", "atom:published", "dcterms:issued", "dcterms:created"),
        updated=fields.text("atom:updated", "dcterms:modified"),
        categories=tuple(fields.texts("category", "dc:subject")),
        merchant=merchant_in(fields),
        comments=read_comments(fields, base),
        images=image_links(media_images(fields), base),
    )


def _title(fields: Fields) -> str:
    return next(filter(None, map(rss_title, fields.all(*_TITLES))), "")


def _language(fields: Fields, *outer: Element) -> str:
    named = fields.text("language", "dc:language")
    return named or next(filter(None, (element.get(XML_LANG) for element in outer)), "")


def _link(fields: Fields) -> str:
    return fields.text("link") or next(alternates(fields), "")


def _permalink(fields: Fields) -> str:
    """The guid where it is a link by RSS 2.0's rule: unless isPermaLink says "false"."""
    guids = (guid for guid in fields.all("guid") if guid.get("isPermaLink", "").lower() != "false")
    return next(map(text_of, guids), "")


def _author(fields: Fields) -> str:
    names = fields.texts("dc:creator") or [person(text) for text in fields.texts("author")]
    return people(names) or atom_authors(fields) or fields.text("itunes:author")


def _content(fields: Fields) -> str:
    found = longest(
        chain(
            map(rss_content, fields.all("content:encoded", "description")),
            map(atom_text, fields.all("atom:content", "atom:summary")),
        )
    )
    return found or longest(map(rss_content, fields.all(*_LESSER_CONTENT)))


def _schedule(fields: Fields) -> Schedule:
    return read_schedule(
        ttl=fields.text("ttl"),
        period=fields.text("sy:updatePeriod"),
        frequency=fields.text("sy:updateFrequency"),
        hours=[text_of(hour) for hours in fields.all("skipHours") for hour in hours],
        days=[text_of(day) for days in fields.all("skipDays") for day in days],
    )
