"""The command line's arguments, for all but a plain start of the reader."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tui import __version__
from tui.i18n import Words
from tui.merchants import Standing

EXAMPLES = (
    "huoyuan",
    "huoyuan add https://example.com/feed.xml --category 女装货源",
    "huoyuan refresh",
    "huoyuan list --unread --limit 20",
    "huoyuan show 12 --json",
    "huoyuan search 女装 货源",
    "huoyuan contacts --standing new --format csv > contacts.csv",
    "huoyuan import-opml feedly.opml",
    "huoyuan backup --whole /media/usb/",
    "huoyuan doctor --repair",
    'echo \'{"id": "1", "text": "微信：nzhuo_8862"}\' | huoyuan extract',
)


def parser_for(words: Words) -> argparse.ArgumentParser:
    """The parser of all commands, with its help in the user's words."""
    parser = argparse.ArgumentParser(
        prog="huoyuan",
        description=words("cli.description"),
        epilog=words("cli.examples") + "\n" + "\n".join(f"  {example}" for example in EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"huoyuan {__version__}")
    parser.add_argument("--config", default="", metavar="FILE", help=words("cli.config"))
    parser.add_argument("--data", default="", metavar="DIR", help=words("cli.data"))
    parser.add_argument("--no-splash", action="store_true", help=words("cli.no_splash"))
    commands = parser.add_subparsers(dest="command", metavar=words("cli.command"))

    _add_commands(commands.add_parser, words)
    return parser


def _add_commands(add: Callable[..., argparse.ArgumentParser], words: Words) -> None:
    def command(name: str) -> argparse.ArgumentParser:
        said = words(f"cli.{name.replace('-', '_')}")
        return add(name, help=said, description=said)

    def options(of: argparse.ArgumentParser, *flags: str, limit: bool = False) -> None:
        for flag in ("json", *flags):
            of.add_argument(f"--{flag}", action="store_true", help=words(f"cli.{flag}"))
        if limit:
            of.add_argument("--limit", type=_positive, default=50, metavar="N", help=words("cli.limit"))

    options(command("refresh"), "force")
    articles, show, search = command("list"), command("show"), command("search")
    articles.add_argument("--category", metavar="NAME", help=words("cli.category"))
    options(articles, "unread", "favorites", "hidden", limit=True)
    show.add_argument("id", type=int, help=words("cli.id"))
    options(show)
    search.add_argument("query", nargs="+", help=words("cli.query"))
    options(search, limit=True)
    contacts = command("contacts")
    contacts.add_argument("query", nargs="*", help=words("cli.book_query"))
    contacts.add_argument(
        "--standing", choices=[standing.value for standing in Standing], help=words("cli.standing")
    )
    contacts.add_argument("--category", metavar="NAME", default="", help=words("cli.category"))
    contacts.add_argument("--format", choices=("csv", "vcard", "json"), help=words("cli.format"))
    options(contacts, limit=True)
    # an export that stops at fifty would lose merchants silently
    contacts.set_defaults(limit=None)
    _describe_feeds(command("add"), command("remove"), command("import-opml"), words)
    command("export-opml")
    command("extract")
    backup, restore, doctor = command("backup"), command("restore"), command("doctor")
    backup.add_argument("file", nargs="?", metavar="FILE", help=words("cli.backup_file"))
    backup.add_argument("--list", action="store_true", help=words("cli.list_backups"))
    options(backup, "whole")
    restore.add_argument("file", metavar="FILE", help=words("cli.restore_file"))
    options(restore, "yes")
    options(doctor, "repair")


def _describe_feeds(
    add: argparse.ArgumentParser,
    remove: argparse.ArgumentParser,
    import_opml: argparse.ArgumentParser,
    words: Words,
) -> None:
    """The commands that change which feeds there are."""
    for of in (add, remove):
        of.add_argument("url", metavar="URL", help=words("cli.feed_url"))
    add.add_argument("--title", metavar="TEXT", default="", help=words("cli.feed_title"))
    add.add_argument("--category", metavar="NAME", default="", help=words("cli.feed_category"))
    import_opml.add_argument("file", metavar="FILE", help=words("cli.opml_file"))
    import_opml.add_argument("--json", action="store_true", help=words("cli.json"))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
