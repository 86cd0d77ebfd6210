"""The command line: builds and wires everything, then starts the reader or a headless command."""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn, Protocol

from tui import processes
from tui.config import Config, data_folder, default_source, load, load_kept, user_path
from tui.errors import Code, HuoyuanError, Problem
from tui.hold import Hold
from tui.i18n import Words, choose_language, explain, load_words
from tui.launch import plain_launch
from tui.rescuing import opened
from tui.values import frozen

DATABASE = "huoyuan.db"

FINE, SOME_FAILED, WRONG_USE = 0, 1, 2
CRASHED = 70
"""EX_SOFTWARE of sysexits.h."""

OF_FILES = {"backup": "tui.keeping", "restore": "tui.keeping", "doctor": "tui.doctor"}
"""Commands that look after the files, and that a broken feeds.toml does not stop."""

ROOMS = {
    "refresh": "tui.refresh_command",
    "import-opml": "tui.opml_files",
    "export-opml": "tui.opml_files",
}
"""Where a command stands that is not among the others in `tui.headless`."""


@frozen
class Setting:
    """What every command is given: the words, the config, the database's place, the environment."""

    words: Words
    config: Config
    database: Path
    environ: Mapping[str, str]


class Closing(Protocol):
    """What is closed before the process ends."""

    def close(self, *, wait: bool = True) -> None: ...


def main(
    argv: Sequence[str] | None = None, held: Hold | None = None, keep: Callable[[], None] | None = None
) -> int:
    """Run huoyuan; gives the exit code: 0 fine, 1 some feeds failed, 2 wrong use.

    `held` is the terminal, where a start of the reader holds it already; `keep` is called when the reader
    ends, with all that it needed imported.
    """
    environ = os.environ
    _settle_time_zone()
    _settle_streams()
    given = sys.argv[1:] if argv is None else list(argv)
    launch = plain_launch(given)
    language = choose_language(environ.get("HUOYUAN_LANGUAGE", "auto"), environ)
    try:
        if launch is None:
            return _command(given, language, environ)
        _check_terminal(environ)
        setting = _setting(launch.config, launch.data, language, environ)
        language = setting.words.language
        return start_reader(setting, held, keep)
    except HuoyuanError as error:
        if held is not None:
            held.leave()
        return _complain(error.problem, language)
    except BrokenPipeError:
        # the reader of our output has gone (huoyuan list | head): nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if held is not None:
            held.leave()
        return _crashed(error, language, environ)


def _crashed(error: Exception, language: str, environ: Mapping[str, str]) -> int:
    from tui import crash  # noqa: PLC0415 - not needed as long as all goes well

    if environ.get(crash.DEBUG):
        raise error
    _say(load_words(language)("cli.crashed", variable=crash.DEBUG) + "\n" + crash.told(error))
    return CRASHED


def _say(text: str) -> None:
    print(f"huoyuan: {text}", file=sys.stderr)  # noqa: T201 - the command line's own voice


def _command(given: list[str], language: str, environ: Mapping[str, str]) -> int:
    """Run what argparse makes of the arguments, in a language until feeds.toml names another."""
    from tui.arguments import parser_for  # noqa: PLC0415 - a plain start of the reader needs no argparse
    from tui.precompiled import WORK, precompiled  # noqa: PLC0415

    arguments = parser_for(load_words(language)).parse_args(given)
    if arguments.command is not None:
        processes.collect_seldom()
    try:
        if arguments.command == "extract":
            with precompiled(WORK):
                from tui.headless import extract  # noqa: PLC0415 - each command imports only what it needs

                return extract(sys.stdin, sys.stdout)
        if arguments.command in OF_FILES:
            folder, path = _places(arguments.config, arguments.data, environ)
            own = getattr(importlib.import_module(OF_FILES[arguments.command]), arguments.command)
            return int(own(arguments, load_words(language), folder / DATABASE, path))
        if arguments.command is None:
            _check_terminal(environ)
        setting = _setting(arguments.config, arguments.data, language, environ)
        language = setting.words.language
        if arguments.command is None:
            return start_reader(setting)
        with precompiled(WORK):
            room = importlib.import_module(ROOMS.get(arguments.command, "tui.headless"))
            name = arguments.command.replace("-", "_") + "_command"
            command: Callable[[object, Setting], int] = getattr(room, name)
            return opened(setting, lambda: command(arguments, setting), _say)
    except HuoyuanError as error:
        return _complain(error.problem, language)


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


def _complain(problem: Problem, language: str) -> int:
    _say(explain(load_words(language), problem))
    return WRONG_USE


def _setting(config_file: str, data: str, language: str, environ: Mapping[str, str]) -> Setting:
    folder, path = _places(config_file, data, environ)
    if not config_file and not path.exists():
        _write_example(path, load_words(language))
    # a folder that cannot be written still leaves the shipped feeds to read
    shipped = not config_file and not path.exists()
    config = load(path, default_source()) if shipped else load_kept(path, folder)
    words = load_words(choose_language(config.reader.language, environ), keep_in=folder)
    return Setting(words, config, folder / DATABASE, environ)


def _places(config_file: str, data: str, environ: Mapping[str, str]) -> tuple[Path, Path]:
    """The data folder and feeds.toml."""
    folder = Path(data) if data else data_folder(environ)
    return folder, Path(config_file) if config_file else user_path(environ)


def _write_example(path: Path, words: Words) -> None:
    """Give the user a feeds.toml of their own to edit; where that cannot be, the shipped one serves."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # addresses of feeds may have passwords in them
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
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


def start_reader(setting: Setting, held: Hold | None = None, keep: Callable[[], None] | None = None) -> int:
    """Show the screen; what it imports is made once and never collected, so the collector need not look."""
    gc.disable()
    from tui.precompiled import READER, precompiled  # noqa: PLC0415 - what follows is only for the screen
    from tui.ui.environment import import_asyncio, import_textual, prepare  # noqa: PLC0415

    prepare(os.environ)
    with precompiled(READER):
        import_asyncio()
        import_textual()
        from tui.reader import Reader  # noqa: PLC0415
        from tui.ui.app import HuoyuanApp  # noqa: PLC0415
        from tui.ui.driver.fast import fast_driver  # noqa: PLC0415

    told: list[str] = []
    tell = partial(_tell, held, told)
    reader = opened(setting, lambda: Reader(setting.database, setting.config, setting.environ), tell)
    frames = held.frames if held is not None else None
    alt_keys = any("alt+" in key for keys in setting.config.keys.values() for key in keys)
    driver = fast_driver(held, setting.environ, alt_keys=alt_keys)
    app = HuoyuanApp(
        reader,
        setting.words,
        setting.config.keys,
        frames=frames,
        driver_class=driver,
        farewell=partial(_vanish, reader, keep) if held is not None else None,
        notice="".join(told[-1:]),
    )
    gc.freeze()
    gc.enable()
    try:
        app.run()
    finally:
        reader.close()
    return app.return_code or FINE


def _tell(held: Hold | None, told: list[str], text: str) -> None:
    """Say something on the terminal as it was, and note it for the screen that will cover it."""
    if held is not None:
        held.leave()
        held.shown = False
    _say(text)
    told.append(text)


def _vanish(reader: Closing, keep: Callable[[], None] | None, code: int) -> NoReturn:
    """End the process once what the user did is on the disk, without taking its objects apart."""
    try:
        reader.close(wait=False)
        if keep is not None:
            keep()
    finally:
        os._exit(code)
