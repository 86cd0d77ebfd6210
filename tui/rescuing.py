"""Opens the database, and where it is damaged first has saved what can be, saying so."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from tui.errors import Code, HuoyuanError
from tui.i18n import Words
from tui.store.suspicion import is_suspect, note_failure

T = TypeVar("T")

MAY_BE_DAMAGE = frozenset({Code.STORE_CORRUPT, Code.STORE_NOT_DATABASE, Code.STORE_FOREIGN, Code.STORE_NEWER})


class Saved(Protocol):
    """What was saved of a damaged database; see `salvage.Rescued`."""

    @property
    def kept(self) -> Path | None: ...
    @property
    def articles(self) -> int: ...
    @property
    def read(self) -> int: ...
    @property
    def favorites(self) -> int: ...
    @property
    def backup(self) -> Path | None: ...
    @property
    def backup_made(self) -> int: ...


class Setting(Protocol):
    """What the command line gives to each command."""

    @property
    def words(self) -> Words: ...
    @property
    def database(self) -> Path: ...


def opened(setting: Setting, make: Callable[[], T], tell: Callable[[str], object]) -> T:
    """What `make` makes of the database; where that is damaged, of the one that takes its place.

    What is done is told in the user's words. Raises what `make` raises for other reasons, and for a
    damaged file that cannot be moved aside now.
    """
    if is_suspect(setting.database):
        mend(setting.database, setting.words, tell)
    try:
        return make()
    except OSError:
        raise
    except Exception as error:
        # what a damaged file makes SQLite and Python say is not always that it is damaged
        if isinstance(error, HuoyuanError) and error.problem.code not in MAY_BE_DAMAGE:
            raise
        failure = error.with_traceback(None)
        note_failure(setting.database, failure)
    # whatever still has the file open would delete the WAL of the one that takes its place
    gc.collect()
    if not mend(setting.database, setting.words, tell):
        raise failure
    return make()


def mend(database: Path, words: Words, tell: Callable[[str], object]) -> bool:
    """Put a sound database in a damaged one's place; False when it is not damaged."""
    from tui.store import salvage  # noqa: PLC0415 - a sound start has no need of it

    healed = is_suspect(database) and salvage.heal_index(database)
    if healed:
        tell(words("rescue.index"))
    if not salvage.is_damaged(database):
        salvage.forget_damage(database)
        return healed
    tell(words("rescue.begins"))
    rescued = salvage.rescue(database, int(time.time()))
    if rescued is not None:
        tell(told(rescued, words))
    return True


def told(rescued: Saved, words: Words) -> str:
    """What became of a damaged database, in words."""
    said = [words("rescue.saved", articles=rescued.articles, read=rescued.read, favorites=rescued.favorites)]
    if rescued.kept is not None:
        said.append(words("rescue.kept", path=rescued.kept.name))
    if rescued.backup is not None:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(rescued.backup_made))
        said.append(words("rescue.backup", when=when))
    else:
        said.append(words("rescue.no_backup"))
    return "\n".join(said)
