"""Which command edits a file: the user's own choice, else what the platform has."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from tui.errors import Code, HuoyuanError

FALLBACKS = ("nano", "vi", "notepad")


def editor_command(path: Path, environ: Mapping[str, str]) -> list[str]:
    """The command, as arguments, that edits a file; raises NO_EDITOR when there is none."""
    chosen = environ.get("VISUAL") or environ.get("EDITOR") or ""
    try:
        command = shlex.split(chosen)
    except ValueError:
        command = []
    for words in (command, *([name] for name in FALLBACKS)):
        if words and shutil.which(words[0], path=environ.get("PATH")):
            return [*words, str(path)]
    raise HuoyuanError(Code.NO_EDITOR, path=str(path))
