"""What the head of a page says: its title and the address that its links refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from tui.text.clean import clean_line
from tui.text.html import to_line
from tui.text.markup import Tag

_HEAD = 262_144
_TAG = re.compile(r"<(base|meta|title)\b([^<>]{0,4000})>(?:([^<]{0,1000})</title)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The title, cleaned ("" if none), and the base of links."""

    title: str
    base: str


def read_head(html: str, url: str) -> Head:
    """Read the head of a page; the title meant for sharing goes before the window's, which adds the site."""
    titles = {"og:title": "", "title": ""}
    base = ""
    for name, source, content in _TAG.findall(html[:_HEAD]):
        attributes = Tag(name.lower(), False, source).attributes()
        if name.lower() == "title":
            titles["title"] = titles["title"] or to_line(content)
        elif name.lower() == "base":
            base = base or attributes.get("href", "")
        elif attributes.get("property") == "og:title":
            titles["og:title"] = titles["og:title"] or to_line(attributes.get("content", ""))
    return Head(titles["og:title"] or titles["title"], _joined(url, clean_line(base, 2000)))


def _joined(url: str, base: str) -> str:
    try:
        joined = urljoin(url, base)
    except ValueError:
        return url
    return joined if joined.startswith(("http:", "https:")) else url
