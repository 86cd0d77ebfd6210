"""The command line: builds and wires everything, then starts the reader or a headless command."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui import __version__
from tui.config import Config, data_folder, default_source, load, user_path
from tui.errors import Code, HuoyuanError, Problem
from tui.hold import Hold
from tui.i18n import Words, choose_language, explain, load_words
from tui.merchants import Standing

FINE, SOME_FAILED, WRONG_USE = 0, 1, 2

EXAMPLES = (
    "huoyuan",
    "huoyuan refresh",
    "huoyuan list --unread --limit 20",
    "huoyuan show 12 --json",
    "huoyuan search 女装 货源",
    "huoyuan contacts --standing new --format csv > contacts.csv",
    'echo \'{"id": "1", "text": "微信：nzhuo_8862"}\' | huoyuan extract',
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every command is given: the words, the config, the database's place, the environment."""

    words: Words
    config: Config
    database: Path
    environ: Mapping[str, str]


def main(argv: Sequence[str] | None = None, held: Hold | None = None) -> int:
    """Run huoyuan; gives the exit code: 0 fine, 1 some feeds failed, 2 wrong use.

    `held` is the terminal, where a start of the reader holds it already.
    """
    environ = os.environ
    _settle_time_zone()
    _settle_streams()
    words = load_words(choose_language(environ.get("HUOYUAN_LANGUAGE", "auto"), environ))
    arguments = _parser(words).parse_args(argv)
    try:
        if arguments.command == "extract":
            from tui.headless import extract  # noqa: PLC0415 - each command imports only what it needs

            return extract(sys.stdin, sys.stdout)
        if arguments.command is None:
            _check_terminal(environ)
        setting = _setting(arguments, words, environ)
        words = setting.words
        return _run(arguments, setting, held)
    except HuoyuanError as error:
        if held is not None:
            held.leave()
        print(_sentence(words, error.problem), file=sys.stderr)  # noqa: T201 - the command line's own voice
        return WRONG_USE
    except BrokenPipeError:
        # the reader of our output has gone (huoyuan list | head): nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return 130


def _settle_time_zone() -> None:
    """Show Beijing time where the machine has no zone of its own, as servers reached by ssh have not."""
    if hasattr(time, "tzset") and "TZ" not in os.environ and time.tzname[0] == "UTC":
        os.environ["TZ"] = "CST-8"
        time.tzset()


def _settle_streams() -> None:
    """Read UTF-8, and write what a terminal's own encoding cannot say as "?" rather than fail."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _sentence(words: Words, problem: Problem) -> str:
    return "huoyuan: " + explain(words, problem)


def _run(arguments: argparse.Namespace, setting: Setting, held: Hold | None) -> int:
    if arguments.command is None:
        return start_reader(setting, held)
    from tui import headless  # noqa: PLC0415

    command: Callable[[argparse.Namespace, Setting], int] = getattr(headless, arguments.command + "_command")
    return command(arguments, setting)


def _parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huoyuan",
        description=words("cli.description"),
        epilog=words("cli.examples") + "\n" + "\n".join(f"  {example}" for example in EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"huoyuan {__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help=words("cli.config"))
    parser.add_argument("--data", type=Path, metavar="DIR", help=words("cli.data"))
    parser.add_argument("--no-splash", action="store_true", help=words("cli.no_splash"))
    commands = parser.add_subparsers(dest="command", metavar=words("cli.command"))

    _add_commands(commands.add_parser, words)
    return parser


def _add_commands(add: Callable[..., argparse.ArgumentParser], words: Words) -> None:
    def command(name: str) -> argparse.ArgumentParser:
        return add(name, help=words(f"cli.{name}"), description=words(f"cli.{name}"))

    def options(of: argparse.ArgumentParser, *flags: str, limit: bool = False) -> None:
        for flag in ("json", *flags):
            of.add_argument(f"--{flag}", action="store_true", help=words(f"cli.{flag}"))
        if limit:
            of.add_argument("--limit", type=_positive, default=50, metavar="N", help=words("cli.limit"))

    options(command("refresh"), "force")
    articles, show, search = command("list"), command("show"), command("search")
    articles.add_argument("--category", metavar="NAME", help=words("cli.category"))
    options(articles, "unread", "favorites", limit=True)
    show.add_argument("id", type=int, help=words("cli.id"))
    options(show)
    search.add_argument("query", nargs="+", help=words("cli.query"))
    options(search, limit=True)
    contacts = command("contacts")
    contacts.add_argument("query", nargs="*", help=words("cli.book_query"))
    contacts.add_argument("--standing", choices=list(Standing), help=words("cli.standing"))
    contacts.add_argument("--category", metavar="NAME", default="", help=words("cli.category"))
    contacts.add_argument("--format", choices=("csv", "vcard", "json"), help=words("cli.format"))
    options(contacts, limit=True)
    # an export that stops at fifty would lose merchants silently
    contacts.set_defaults(limit=None)
    command("extract")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _setting(arguments: argparse.Namespace, words: Words, environ: Mapping[str, str]) -> Setting:
    path = arguments.config or user_path(environ)
    if arguments.config is None and not path.exists():
        _write_example(path, words)
    # a folder that cannot be written still leaves the shipped feeds to read
    config = load(path) if arguments.config or path.exists() else load(path, default_source())
    language = choose_language(config.reader.language, environ)
    if language != words.language:
        words = load_words(language)
    folder = arguments.data or data_folder(environ)
    return Setting(words, config, folder / "huoyuan.db", environ)


def _write_example(path: Path, words: Words) -> None:
    """Give the user a feeds.toml of their own to edit; where that cannot be, the shipped one serves."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(default_source())
    except OSError:
        return
    print(words("cli.new_config", path=str(path)), file=sys.stderr)  # noqa: T201


def _check_terminal(environ: Mapping[str, str]) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise HuoyuanError(Code.NO_TERMINAL)
    term = environ.get("TERM", "")
    if os.name == "posix" and term in {"", "dumb"}:
        raise HuoyuanError(Code.DUMB_TERMINAL, term=term)


def start_reader(setting: Setting, held: Hold | None = None) -> int:
    """Show the screen; what it imports is made once and never collected, so the collector need not look."""
    gc.disable()
    from tui.ui.environment import prepare  # noqa: PLC0415

    prepare(os.environ)
    from tui.reader import Reader  # noqa: PLC0415 - Textual is imported only for the screen
    from tui.ui.app import HuoyuanApp  # noqa: PLC0415
    from tui.ui.driver import fast_driver  # noqa: PLC0415

    reader = Reader(setting.database, setting.config, setting.environ)
    frames = held.frames if held is not None else None
    driver = fast_driver(held, setting.environ)
    app = HuoyuanApp(reader, setting.words, setting.config.keys, frames=frames, driver_class=driver)
    gc.freeze()
    gc.enable()
    try:
        app.run()
    finally:
        reader.close()
    return app.return_code or FINE
