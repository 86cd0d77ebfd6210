"""Images that an entry carries beside its content: enclosures, Media RSS, iTunes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from xml.etree.ElementTree import Element

from tui.feeds.fields import Fields

_MEDIA = ("media:content", "media:thumbnail", "itunes:image")
_CARRIERS = ("enclosure", "atom:link", "media:group", *_MEDIA)


def is_image(kind: str) -> bool:
    """Whether a MIME type, or a medium of Media RSS, is one of images."""
    return kind.strip().lower().startswith("image")


def media_images(fields: Fields) -> Iterator[str]:
    """The images' links, as the document writes them."""
    if not fields.has_any(_CARRIERS):
        return
    groups = map(Fields, fields.all("media:group"))
    for element in chain(fields.all("enclosure", "atom:link"), _media(fields), *map(_media, groups)):
        if element.tag == "atom:link" and element.get("rel") != "enclosure":
            continue
        if element.tag in ("media:thumbnail", "itunes:image") or _says_image(element):
            yield element.get("url") or element.get("href") or ""


def _media(fields: Fields) -> Sequence[Element]:
    return fields.all(*_MEDIA)


def _says_image(element: Element) -> bool:
    return is_image(element.get("type", "")) or is_image(element.get("medium", ""))
