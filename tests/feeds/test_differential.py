"""Against feedparser on feedparser's own test files: what its users see, ours must see too.

Both give lists of (title, link); entries that show neither are compared by their number alone.
Where we differ, the difference is named here with its reason.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tui.errors import HuoyuanError
from tui.feed_values import ParsedFeed
from tui.feeds.draft import DraftFeed
from tui.feeds.finish import finish
from tui.feeds.links import absolute
from tui.feeds.parse import parse
from tui.feeds.repair import repair
from tui.feeds.xml import read_xml
from tui.text.decode import declared_encoding, decode
from tui.text.html import to_line

NOW = 1_795_300_000
ARCHIVE = "conformance/feedparser-tests-6.0.14.tar.gz"
Shown = list[tuple[str, str]]

# What feedparser makes of undeclared bytes depends on whether chardet is installed.
LEFT_OUT = "illformed/chardet/"
COMPARED = 2225

# Reason, folder, names: where the outcome differs from feedparser's.
DIFFERENCES = {
    ("an Atom id is no link (RFC 4287, 4.2.6), though it may look like one", "wellformed/atom/"): (
        "entry_id",
        "entry_id_map_guid",
    ),
    ("an Atom id is no link (RFC 4287, 4.2.6), though it may look like one", "wellformed/atom10/"): (
        "entry_id",
        "entry_id_map_guid",
        *(f"entry_id_no_normalization_{number}" for number in range(1, 8)),
    ),
    ("an entry that repeats another is dropped", "wellformed/node_precedence/"): ("atom10_title",),
}
# The same for our own tiers alone, which leave these to feedparser or would read them otherwise.
LEFT_TO_FEEDPARSER = {
    ("the Channel Definition Format is not ours", "wellformed/cdf/"): (
        "item_abstract_map_description",
        "item_abstract_map_summary",
        "item_href_map_link",
        "item_href_map_links",
        "item_lastmod",
        "item_lastmod_parsed",
        "item_title",
    ),
    ("the Channel Definition Format is not ours", "wellformed/base/"): ("cdf_item_abstract_xml_base",),
    ("an item is no Atom entry", "wellformed/base/"): (
        "http_entry_contributor_url_base_content_location",
        "http_entry_contributor_url_base_docuri",
    ),
    ("an item is no Atom entry", "wellformed/namespace/"): ("unknown-namespace",),
    ("an item without a channel is not RSS", "wellformed/rss/"): (
        "item_description_not_a_doctype",
        "item_description_not_a_doctype2",
    ),
    ("the title of an image in a category is not the entry's", "wellformed/rss/"): ("item_category_image",),
    ("application/octet-stream is not text", "wellformed/atom10/"): (
        "entry_title_base64",
        "entry_title_base64_2",
    ),
    ("still broken after repair", "illformed/"): ("rss_incomplete_cdata",),
    ("still broken after repair", "encoding/"): (
        "bozo_encoding_mismatch_crash",
        "encoding_attribute_crash",
        "encoding_attribute_crash_2",
    ),
}


def _paths(table: dict[tuple[str, str], tuple[str, ...]]) -> set[str]:
    return {f"{folder}{name}.xml" for (_, folder), names in table.items() for name in names}


@cache
def documents() -> dict[str, bytes]:
    """The test files of feedparser by path, from the shared material beside the repository."""
    beside = Path(__file__).parents[3] / "shared"
    path = Path(os.environ.get("HUOYUAN_SHARED", beside)) / ARCHIVE
    if not path.is_file():
        pytest.skip(f"no {ARCHIVE} in the shared material")
    with tarfile.open(path) as archive:
        return dict(_files(archive))


def _files(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        stream = archive.extractfile(member) if member.name.startswith("tests/") else None
        name = member.name.removeprefix("tests/")
        if stream and not name.startswith(LEFT_OUT):
            yield name, stream.read()


@cache
def feedparser_entries() -> dict[str, list[dict[str, Any]]]:
    """What feedparser finds in each of the documents."""
    return {name: _entries(data) for name, data in documents().items()}


def _entries(data: bytes) -> list[dict[str, Any]]:
    result = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    return [dict(entry) for entry in result.entries]


def shown_by_feedparser(entries: list[dict[str, Any]]) -> Shown:
    return _shown((_title(entry), absolute(entry.get("link", ""))) for entry in entries)


def _title(entry: dict[str, Any]) -> str:
    title = entry.get("title", "")
    plain = entry.get("title_detail", {}).get("type") == "text/plain"
    return to_line(escape(title) if plain else title)


def shown_by_us(feed: ParsedFeed) -> Shown:
    return _shown((entry.title, entry.link) for entry in feed.entries)


def _shown(pairs: Iterator[tuple[str, str]]) -> Shown:
    return [pair for pair in pairs if any(pair)]


def own_draft(data: bytes) -> DraftFeed | None:
    """What the tiers of our own make of a document, trusted or not."""
    text = decode(data, declared=declared_encoding(data))
    return read_xml(text) or read_xml(repair(text))


def shown_by_parse(data: bytes) -> Shown:
    try:
        return shown_by_us(parse(data, now=NOW))
    except HuoyuanError:
        return []


def agrees(draft: DraftFeed | None, entries: list[dict[str, Any]]) -> bool:
    """Whether our own tiers find as many entries, with the same titles and links."""
    if draft is None:
        return not entries
    shown = shown_by_us(finish(draft, tier="", now=NOW))
    return len(draft.entries) == len(entries) and shown == shown_by_feedparser(entries)


def test_the_whole_shows_what_feedparser_shows() -> None:
    theirs = {name: shown_by_feedparser(entries) for name, entries in feedparser_entries().items()}
    different = {name for name, data in documents().items() if shown_by_parse(data) != theirs[name]}
    assert different == _paths(DIFFERENCES)


def test_our_own_tiers_find_what_feedparser_finds() -> None:
    theirs = feedparser_entries()
    different = {name for name, data in documents().items() if not agrees(own_draft(data), theirs[name])}
    assert different == _paths(DIFFERENCES) | _paths(LEFT_TO_FEEDPARSER)


def test_the_material_is_complete() -> None:
    assert len(documents()) == COMPARED
