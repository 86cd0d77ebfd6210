"""Tier 1: a strictly parsed document of a known kind to a draft, by the standard library's ElementTree."""

from __future__ import annotations

from xml.etree import ElementTree

from tui.feeds.atom import read_atom
from tui.feeds.draft import DraftFeed
from tui.feeds.names import shorten
from tui.feeds.prolog import read_prolog
from tui.feeds.rss import read_rss


def read_xml(text: str) -> DraftFeed | None:
    """The draft of an RSS or Atom document; None when it is broken, of another kind, or has a DOCTYPE.

    Because the parser takes text, it ignores the encoding that the XML declaration names.
    """
    if read_prolog(text).doctype is not None:
        return None
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a DOCTYPE nothing can expand
    except (ElementTree.ParseError, ValueError):
        return None
    shorten(root)
    match root.tag:
        case "rss" | "rdf:RDF":
            return read_rss(root)
        case "atom:feed":
            return read_atom(root)
    return None
