"""The command that brings feeds up to date; apart from the others, whose imports a round of 304s spares."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from dataclasses import asdict, replace
from typing import Any

from tui.config.wishes import refresh_request
from tui.errors import HuoyuanError
from tui.feed_values import Refreshed
from tui.giving import ALL_FINE, SOME_FAILED, Out, Setting, synced
from tui.i18n import Words, explain, safe_details
from tui.net.resolving import make_room_for_resolving
from tui.refresh import Refresh, due_feeds
from tui.store import backup
from tui.store.connection import work_behind
from tui.store.indexing import Indexer


def refresh_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """Refresh the feeds that are due, or all by force; exit code 1 when some failed."""
    connection = synced(setting)
    work_behind(connection)
    out = Out(arguments.json)
    words = setting.words

    def report(result: Refreshed) -> None:
        out.give(_safe(result) if out.as_json else None, _result_line(result, words))

    request = refresh_request(setting.config, force=arguments.force)
    wanted = due_feeds(connection, request, int(time.time()))
    refresh = Refresh(
        connection,
        report,
        lambda: int(time.time()),
        minutes=request.minutes,
        page_feeds=request.page_feeds,
        code_feeds=request.code_feeds,
    )

    async def run() -> int:
        make_room_for_resolving()
        return await refresh.run(wanted)

    failed = asyncio.run(run())
    indexer = Indexer(connection)
    while indexer.step():
        pass
    connection.close()
    _back_up(setting)
    return SOME_FAILED if failed else ALL_FINE


def _safe(result: Refreshed) -> dict[str, Any]:
    """A result as JSON has it, its addresses without passwords and keys."""
    problem = result.problem
    return asdict(replace(result, problem=problem and replace(problem, details=safe_details(problem))))


def _back_up(setting: Setting) -> None:
    """Make a backup where one is due; a refresh has not failed when that cannot be."""
    now = int(time.time())
    try:
        if backup.is_due(setting.database, now):
            backup.back_up(setting.database, now)
    except HuoyuanError as error:
        sys.stderr.write(f"huoyuan: {explain(setting.words, error.problem)}\n")


def _result_line(result: Refreshed, words: Words) -> str:
    title = result.title or str(result.feed_id)
    why = explain(words, result.problem) if result.problem is not None else ""
    if result.failed:
        return words("cli.result_failed", title=title, why=why)
    if result.not_modified:
        said = words("cli.result_same", title=title)
    else:
        said = words("cli.result_ok", title=title, new=result.new, changed=result.changed)
    return f"{said} {why}".rstrip()
