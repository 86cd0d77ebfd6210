"""Reads feeds.toml into values that the rest of the program can trust."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.commands import COMMANDS, PRESETS
from tui.config.document import Document
from tui.config.keys import ALLOWED, clash, sequence
from tui.config.options import Config, ReaderOptions
from tui.config.rules import FEED, READER, check
from tui.errors import Code
from tui.feed_values import FeedSpec
from tui.text.clean import clean_line

Keys = dict[str, tuple[str, ...]]


def load(path: Path, source: str | None = None) -> Config:
    """The user's choices, keys and feeds; `source` stands in for the file's text if given.

    Raises HuoyuanError with the first thing that is wrong: CONFIG_UNREADABLE, CONFIG_NOT_UTF8,
    CONFIG_SYNTAX, CONFIG_UNKNOWN_KEY, CONFIG_WRONG_TYPE, CONFIG_BAD_VALUE, CONFIG_MISSING_KEY,
    CONFIG_DUPLICATE_FEED or KEY_CLASH; every one names the file, all but the first two the line.
    """
    document = Document.read(path) if source is None else Document(path, source)
    reader = ReaderOptions()
    own_keys: Keys = {}
    feeds: tuple[FeedSpec, ...] = ()
    for name, value in document.tables().items():
        match name:
            case "reader":
                reader = ReaderOptions(**check(document, ("reader",), value, READER))
            case "keys":
                own_keys = _own_keys(document, value)
            case "feed":
                feeds = _feeds(document, value)
            case _:
                raise document.unknown((name,), ["reader", "keys", "feed"])
    return Config(reader, _all_keys(document, reader.keys, own_keys), feeds, path)


def _own_keys(document: Document, table: Any) -> Keys:
    """The [keys] table: the sequences that the user gives to commands."""
    document.expect(dict, table, ("keys",))
    known = [command.id for command in COMMANDS]
    keys: Keys = {}
    for command, value in table.items():
        place = ("keys", command)
        if command not in known:
            raise document.unknown(place, known)
        written = value if isinstance(value, list) else [value]
        if not all(isinstance(key, str) for key in written):
            raise document.wrong_type("string, array of strings", value, place)
        for key in written:
            if not sequence(key):
                raise document.error(Code.CONFIG_BAD_VALUE, place, key=command, value=key, allowed=ALLOWED)
        keys[command] = tuple(dict.fromkeys(map(sequence, written)))
    return keys


def _all_keys(document: Document, preset: str, own_keys: Keys) -> Keys:
    """Every command's keys: the user's, else the preset's, else its own, less those that the user's take.

    So no key of a later version can make the user's file wrong. Raises KEY_CLASH where two of the user's own
    cannot live together; presets do not clash in themselves.
    """
    taken: dict[str, str] = {}
    for command, keys in own_keys.items():
        for key in keys:
            first = clash(key, taken)
            if first is not None:
                raise document.error(Code.KEY_CLASH, ("keys", command), key=key, first=first, second=command)
            taken[key] = command
    given = {command.id: command.keys for command in COMMANDS} | PRESETS[preset]
    left = {name: tuple(key for key in keys if clash(key, taken) is None) for name, keys in given.items()}
    return left | own_keys


def _feeds(document: Document, tables: Any) -> tuple[FeedSpec, ...]:
    """The [[feed]] tables in their order."""
    document.expect(list, tables, ("feed",))
    feeds: dict[str, FeedSpec] = {}
    for number, table in enumerate(tables):
        place = ("feed", number)
        values = check(document, place, table, FEED)
        if "url" not in values:
            raise document.error(Code.CONFIG_MISSING_KEY, place, key="url")
        url = values["url"]
        if url in feeds:
            first = document.line(("feed", list(feeds).index(url), "url"))
            raise document.error(Code.CONFIG_DUPLICATE_FEED, (*place, "url"), first_line=first, url=url)
        names = {name: clean_line(values.get(name, "")) for name in ("title", "category")}
        feeds[url] = FeedSpec(**(values | names))
    return tuple(feeds.values())
