"""Links of a feed: absolute and http(s), or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from tui.feeds.names import XML_BASE
from tui.text import links

_IMAGE_LIMIT = 64
# Nearly every link of a feed: already in the form that `text.links` would bring it to, at some cost.
_FINAL = re.compile(
    r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?(?:[/?#][\w.~:/?#@!$&'()*+,;=%-]{0,4000})?", re.ASCII
)


def absolute(link: str, base: str = "") -> str:
    """The link as an absolute http(s) URL, resolved against `base`; "" when it cannot be one."""
    if not link or _FINAL.fullmatch(link):
        return link
    url = links.absolute(link, base)
    return url if url.startswith(("http://", "https://")) else ""


def based(base: str, *elements: Element) -> str:
    """The base URL inside the last of nested elements, given outermost first (XML Base, section 4)."""
    for element in elements:
        own = element.get(XML_BASE)
        base = absolute(own, base) or base if own else base
    return base


def image_links(urls: Iterable[str], base: str) -> tuple[str, ...]:
    """The distinct usable ones among links to images, in order, at most 64."""
    found = dict.fromkeys(absolute(url, base) for url in urls)
    return tuple(url for url in found if url)[:_IMAGE_LIMIT]
