"""Looks at all that may be wrong, says so in short lines that are safe to paste, and mends what it can."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tui.doctor import feeds, files, repair, surroundings
from tui.doctor.finding import Finding, Level
from tui.doctor.privacy import safe
from tui.errors import Problem
from tui.i18n import Words, explain

FINE, FAULTY = 0, 1


def doctor(arguments: argparse.Namespace, words: Words, database: Path, config: Path) -> int:
    """Look at everything, mend it if asked to; exit code 1 while there is an error."""
    found = list(_look(words, database, config))
    if arguments.repair:
        names = {finding.mended_by for finding in found if finding.mended_by}
        if names:
            repair.repair(names, words, database, config, _note)
            found = list(_look(words, database, config))
    for finding in found:
        sys.stdout.write(_json(finding, words) if arguments.json else _line(finding, words))
        sys.stdout.flush()
    return FAULTY if any(finding.level is Level.ERROR for finding in found) else FINE


def _look(words: Words, database: Path, config: Path) -> Iterator[Finding]:
    environ = os.environ

    def explained(problem: Problem) -> str:
        return explain(words, problem)

    yield from surroundings.look_at_versions()
    yield from surroundings.look_at_terminal(environ)
    yield from surroundings.look_at_clipboard(environ)
    yield from feeds.look_at_config(config, explained)
    yield from files.look_at_folder(database)
    yield from files.look_at_database(database)
    yield from files.look_at_backups(database, int(time.time()))
    if database.exists():
        yield from surroundings.look_at_worker(database)
        yield from feeds.look_at_feeds(database, explained)


def _note(text: str) -> None:
    sys.stderr.write(safe(text, os.environ) + "\n")


def _line(finding: Finding, words: Words) -> str:
    parts = [words(finding.text, **finding.values)]
    if finding.advice:
        parts.append(words(finding.advice))
    name = words(f"check.{finding.check}")
    return "\t".join((words(f"level.{finding.level}"), name, safe(" ".join(parts), os.environ))) + "\n"


def _json(finding: Finding, words: Words) -> str:
    plain = {
        "check": finding.check,
        "level": finding.level,
        "text": safe(words(finding.text, **finding.values), os.environ),
        "advice": safe(words(finding.advice), os.environ) if finding.advice else "",
        "repair": finding.mended_by,
    }
    return json.dumps(plain, ensure_ascii=False) + "\n"
