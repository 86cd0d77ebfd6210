"""Mends what can be mended, by the names that findings give."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from types import MappingProxyType

from tui.doctor.files import exposed
from tui.i18n import Words
from tui.rescuing import mend
from tui.store import recounting
from tui.store.connection import open_store
from tui.store.salvage import bring_back
from tui.store.suspicion import note_damage

Tell = Callable[[str], object]


def repair(names: Iterable[str], words: Words, database: Path, config: Path, tell: Tell) -> None:
    """Do the repairs of these names, each once; a salvage makes the counts and the index anew as well."""
    wanted = set(names)
    if "permissions" in wanted:
        _close(database, config)
        tell(words("repair.permissions"))
    if "salvage" in wanted:
        # what was found may be seen by none but a close look
        note_damage(database)
        mend(database, words, tell)
        return
    if "texts" in wanted:
        bring_back(database)
        tell(words("repair.texts"))
    for name, act in _ACTS.items():
        if name in wanted:
            with closing(open_store(database)) as db:
                act(db)
            tell(words(f"repair.{name}"))


_ACTS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {"recount": recounting.recount, "reindex": recounting.index_anew}
)


def _close(database: Path, config: Path) -> None:
    """Leave the user's files to the user alone."""
    for path in exposed(database):
        with suppress(OSError):
            os.chmod(path, 0o700 if path.is_dir() else 0o600)
    with suppress(OSError):
        os.chmod(config, 0o600)
