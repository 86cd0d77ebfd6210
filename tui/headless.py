"""The commands that need no screen: data on standard output, narration on standard error."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any, TextIO

from tui import export, feed_edits
from tui.config.feed_urls import known_feed, shown_url
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec
from tui.giving import ALL_FINE, Out, Setting, synced, to_json
from tui.i18n import Words
from tui.merchants import BookQuery, MerchantEntry, Standing
from tui.model import ArticleRow, Contact, ListQuery, Scope, ScopeKind, StoredArticle
from tui.reader import today_start
from tui.store import Connection, book, lists, search
from tui.text.clean import clean_line
from tui.text.width import cells, fit


def list_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """List articles, the newest first."""
    connection = synced(setting)
    today = today_start(time.time())
    query = ListQuery(unread_only=arguments.unread, favorites_only=arguments.favorites)
    if arguments.hidden:
        query = replace(query, scope=Scope(ScopeKind.HIDDEN))
    if arguments.category:
        query = replace(query, scope=_category(connection, arguments.category, today))
    _give_rows(connection, lists.article_ids(connection, query, today, arguments.limit), arguments.json)
    return ALL_FINE


def _category(connection: Connection, name: str, today: int) -> Scope:
    rows = lists.categories(connection, today)
    for row in rows:
        if row.name == name:
            return row.scope
    names = " ".join(row.name for row in rows if row.name)
    raise HuoyuanError(Code.NO_SUCH_CATEGORY, name=name, names=names)


def search_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """List the articles that hold all the words."""
    connection = synced(setting)
    query = ListQuery(search=" ".join(arguments.query))
    found = search.search_ids(connection, query, today_start(time.time()), arguments.limit)
    _give_rows(connection, found, arguments.json)
    return ALL_FINE


def _give_rows(connection: Connection, ids: Iterable[int], as_json: bool) -> None:
    out = Out(as_json)
    wanted = list(ids)
    rows = lists.rows(connection, wanted)
    for row in (rows[article] for article in wanted if article in rows):
        out.give(asdict(row), _row_line(row))


def _row_line(row: ArticleRow) -> str:
    date = time.strftime("%Y-%m-%d %H:%M", time.localtime(row.published))
    mark = "★" if row.favorite else (" " if row.read else "●")
    kinds = ",".join(sorted(row.kinds))
    return "\t".join((str(row.id), mark, date, row.category, row.title, kinds))


def show_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """Show one article with its contacts."""
    stored = lists.article(synced(setting), arguments.id)
    if stored is None:
        raise HuoyuanError(Code.NO_SUCH_ARTICLE, id=arguments.id)
    Out(arguments.json).give(asdict(stored), "\n".join(_article_lines(stored, setting.words)))
    return ALL_FINE


def _article_lines(stored: StoredArticle, words: Words) -> list[str]:
    article = stored.article
    date = time.strftime("%Y-%m-%d %H:%M", time.localtime(article.published or stored.first_seen))
    lines = [article.title, " · ".join(part for part in (date, article.author, stored.feed_title) if part)]
    lines += [article.link] if article.link else []
    labels = [words(f"field.{contact.kind}") for contact in article.contacts]
    width = max(map(cells, labels), default=0)
    contact_lines = zip(labels, article.contacts, strict=True)
    lines += ["", *(f"{fit(label, width)}  {contact.value}" for label, contact in contact_lines)]
    return [*lines, "", article.body.text]


def contacts_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """List the merchants of the contact book, or write them as a file format."""
    connection = synced(setting)
    standing = Standing(arguments.standing) if arguments.standing else None
    category: str = arguments.category
    query = BookQuery(" ".join(arguments.query), standing, category)
    entries = book.entries(connection, query, arguments.limit)
    if category and not entries and category not in (known := book.categories(connection)):
        raise HuoyuanError(Code.NO_SUCH_CATEGORY, name=category, names=" ".join(known))
    if arguments.format:
        sys.stdout.flush()
        # bytes, as the formats have line ends of their own that Windows must not double
        sys.stdout.buffer.write(export.text(entries, arguments.format, setting.words).encode())
        return ALL_FINE
    out = Out(arguments.json)
    for entry in entries:
        out.give(asdict(entry), _merchant_line(entry, setting.words))
    return ALL_FINE


def _merchant_line(entry: MerchantEntry, words: Words) -> str:
    values = " ".join(f"{words(f'field.{contact.kind}')}:{contact.value}" for contact in entry.contacts)
    standing = words(f"standing.{entry.standing}")
    return "\t".join((standing, entry.name, values, str(entry.articles), " ".join(entry.categories)))


def add_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """Add a feed to the user's feeds.toml."""
    spec = FeedSpec(arguments.url, clean_line(arguments.title), clean_line(arguments.category))
    added = feed_edits.add(synced(setting), setting.config.path, spec, int(time.time())).feeds[-1]
    _say(setting, "cli.feed_added", added)
    return ALL_FINE


def remove_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """Remove a feed from the user's feeds.toml; all that the user did is kept."""
    feed = known_feed(arguments.url, setting.config.feeds)
    feed_edits.remove(synced(setting), setting.config.path, feed.url, int(time.time()))
    _say(setting, "cli.feed_removed", feed)
    return ALL_FINE


def _say(setting: Setting, key: str, feed: FeedSpec) -> None:
    sys.stderr.write(setting.words(key, url=shown_url(feed.url)) + "\n")


def extract(lines: TextIO, out: TextIO) -> int:
    """Find the contacts of JSON lines {"id", "text"}; give {"id", "contacts": […]} for each."""
    # its patterns take a tenth of a second to make, which no other command needs
    from tui.contacts import find  # noqa: PLC0415

    for number, line in enumerate(lines, 1):
        if line.strip():
            given = _given(line, number)
            found = [_contact(contact) for contact in find(given["text"])]
            out.write(to_json({"id": given["id"], "contacts": found}) + "\n")
    return ALL_FINE


def _given(line: str, number: int) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except ValueError:
        raise HuoyuanError(Code.BAD_INPUT, line=number, why="JSON") from None
    if not isinstance(given, dict) or "id" not in given or not isinstance(given.get("text"), str):
        raise HuoyuanError(Code.BAD_INPUT, line=number, why='"id", "text"')
    return given


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "kind": contact.kind,
        "value": contact.value,
        "start": contact.start,
        "end": contact.end,
        "source": contact.source,
    }
