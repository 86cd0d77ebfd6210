"""The commands that make backups and take them back."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tui.errors import Code, HuoyuanError
from tui.i18n import Words
from tui.store import backup as store_backup
from tui.store.backup import Backup
from tui.store.backup_restore import restore as store_restore
from tui.store.backup_state import STATE, WHOLE, Kept

FINE = 0


def backup(arguments: argparse.Namespace, words: Words, database: Path, _config: Path) -> int:
    """Make a backup, or list those there are."""
    if arguments.list:
        _list(arguments, words, database)
        return FINE
    if not database.exists():
        raise HuoyuanError(Code.NO_DATABASE, path=str(database))
    target = Path(arguments.file) if arguments.file else None
    kind = WHOLE if arguments.whole else STATE
    made, held = store_backup.back_up_by_hand(database, target, kind, int(time.time()))
    _give(arguments, _plain(made, held), f"{made.path}\t{_told(words, made, held)}")
    return FINE


def _list(arguments: argparse.Namespace, words: Words, database: Path) -> None:
    for one in store_backup.backups(database):
        held = store_backup.held_by(one.path)
        _give(arguments, _plain(one, held), f"{one.path}\t{_told(words, one, held)}")


def restore(arguments: argparse.Namespace, words: Words, database: Path, _config: Path) -> int:
    """Take a backup back, once the user has agreed."""
    path = Path(arguments.file)
    held = store_backup.sound(path)
    question = "restore.whole" if held.kind == WHOLE else "restore.state"
    _say(words(question, when=_when(held.made), read=held.read, favorites=held.favorites))
    if not (arguments.yes or _agrees(words)):
        _say(words("restore.left"))
        return FINE
    done = store_restore(database, path, int(time.time()))
    _say(words("restore.done"))
    if done.kept is not None:
        _say(words("restore.kept", path=done.kept))
    return FINE


def _agrees(words: Words) -> bool:
    """Whether the user says yes; nobody who can be asked has not."""
    if not sys.stdin.isatty():
        _say(words("restore.needs_yes"))
        return False
    sys.stderr.write(words("restore.ask") + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _give(arguments: argparse.Namespace, value: dict[str, Any], line: str) -> None:
    sys.stdout.write((json.dumps(value, ensure_ascii=False) if arguments.json else line) + "\n")


def _plain(made: Backup, held: Kept | None) -> dict[str, Any]:
    return {
        "path": str(made.path),
        "made": made.made,
        "size": made.size,
        "holds": None if held is None else asdict(held),
    }


def _told(words: Words, made: Backup, held: Kept | None) -> str:
    size = f"{made.size / 1e6:,.1f} MB"
    if held is None:
        return "\t".join((_when(made.made), size, words("backup.unreadable")))
    counts = {"read": held.read, "favorites": held.favorites, "merchants": held.merchants}
    return "\t".join((_when(made.made), size, words(f"backup.{held.kind}", **counts)))


def _when(seconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
