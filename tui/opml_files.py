"""The commands that take feeds from an OPML file, which others may have made, and write one for others."""

from __future__ import annotations

import argparse
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tui import feed_edits
from tui.config.feed_urls import shown_url
from tui.errors import Code, HuoyuanError, Problem
from tui.feed_values import FeedRow, FeedSpec
from tui.feeds import opml
from tui.feeds.opml import Outline
from tui.giving import ALL_FINE, SOME_FAILED, Out, Setting, synced
from tui.i18n import Words, explain, safe_details
from tui.net.addresses import is_visibly_private
from tui.net.policy import host_of
from tui.store import feeds
from tui.text.clean import clean_line
from tui.text.secrets import redacted

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

_COMMANDS = frozenset({"exec", "filter", "query"})
"""Schemes of newsboat behind which a program or a filter is."""

_OUR_OWN = "sample"
"""The scheme of what comes with the program."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one outline; `problem` None = added."""

    spec: FeedSpec
    problem: Problem | None = None

    @property
    def outcome(self) -> str:
        """One word: added, known or refused."""
        if self.problem is None:
            return "added"
        return "known" if self.problem.code is Code.FEED_KNOWN else "refused"


def import_opml_command(arguments: argparse.Namespace, setting: Setting) -> int:
    """Add the feeds of an OPML file; exit code 1 when one was refused, or the file is broken."""
    outlines = opml.read(_bytes(arguments.file))
    done = _take(outlines.found, setting)
    out, words = Out(arguments.json), setting.words
    for taken in done:
        out.give(_plain(taken), _line(taken, words))
    outcomes = [taken.outcome for taken in done]
    counts = {outcome: outcomes.count(outcome) for outcome in ("added", "known", "refused")}
    _say(words("opml.imported", **counts))
    if outlines.is_cut:
        _say(words("opml.cut"))
    return SOME_FAILED if counts["refused"] or outlines.is_cut else ALL_FINE


def _bytes(file: str) -> bytes:
    """A file, or standard input for "-": as much of it as shows that it is too long."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(opml.SIZE_LIMIT + 1)
        with Path(file).open("rb") as opened:
            return opened.read(opml.SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or ""
        raise HuoyuanError(Code.FILE_UNREADABLE, url=file, why=why) from error


def _take(outlines: tuple[Outline, ...], setting: Setting) -> list[Taken]:
    """Add what may be added, all of it at one stroke; gives what became of each, in their order."""
    judged = [Taken(_spec(outline), _refusal(outline)) for outline in outlines]
    wanted = [taken.spec for taken in judged if taken.problem is None]
    if not wanted:
        return judged
    problems = iter(feed_edits.add_all(synced(setting), setting.config.path, wanted, int(time.time())))
    return [taken if taken.problem else Taken(taken.spec, next(problems)) for taken in judged]


def _spec(outline: Outline) -> FeedSpec:
    return FeedSpec(outline.url, _name(outline.title), redacted(outline.category))


def _name(title: str) -> str:
    """A title without secrets; one that is an address says nothing."""
    return "" if _ADDRESS.match(title) else redacted(title)


def _refusal(outline: Outline) -> Problem | None:
    """Why a feed does not come from a file of others, though its user might add it.

    A file must not have us run a program, read the user's files, or ask who is in the user's own network:
    what feeds.toml names counts as typed by the user there (see `refresh`), and this was not.
    """
    url = outline.url
    details: dict[str, str | int] = {"url": _told(url)}
    if outline.runs or url.startswith("|") or url.partition(":")[0].strip().lower() in _COMMANDS:
        return Problem(Code.OPML_COMMAND, details)
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return Problem(Code.BAD_FEED_URL, details)
    if scheme not in {"http", "https"}:
        return Problem(Code.BAD_SCHEME, details)
    host = host_of(url)
    # what nobody could see in an address leads elsewhere than it seems
    if not host or url != clean_line(url, opml.URL_LIMIT):
        return Problem(Code.BAD_FEED_URL, details)
    return Problem(Code.OPML_PRIVATE, details) if is_visibly_private(host) else None


def _told(url: str) -> str:
    """An address as it may be told, short where it is nonsense."""
    return clean_line(shown_url(url), 100)


def _plain(taken: Taken) -> dict[str, object]:
    problem = taken.problem and {"code": taken.problem.code, "details": safe_details(taken.problem)}
    return {
        "outcome": taken.outcome,
        "url": shown_url(taken.spec.url),
        "title": taken.spec.title,
        "category": taken.spec.category,
        "problem": problem,
    }


def _line(taken: Taken, words: Words) -> str:
    why = explain(words, taken.problem) if taken.outcome == "refused" and taken.problem else ""
    name = taken.spec.title or _told(taken.spec.url)
    return "\t".join(
        part for part in (words(f"opml.{taken.outcome}"), name, taken.spec.category, why) if part
    )


def export_opml_command(_arguments: argparse.Namespace, setting: Setting) -> int:
    """Write the feeds as OPML to standard output, without secrets; exit code 1 where one is left out."""
    connection = synced(setting)
    rows = [row for row in feeds.feeds(connection) if urlsplit(row.url).scheme != _OUR_OWN]
    connection.close()
    notes = [(row, _note(row.url)) for row in rows]
    given = [row for row, note in notes if note not in _LEFT_OUT]
    sys.stdout.flush()
    # bytes: the document says that it is UTF-8, whatever the terminal is
    sys.stdout.buffer.write(opml.write("huoyuan", map(_outline, given)).encode())
    for row, note in notes:
        if note:
            _say(setting.words(note, title=row.title))
    return ALL_FINE if len(given) == len(rows) else SOME_FAILED


_LEFT_OUT = frozenset({"opml.is_local", "opml.has_key"})


def _note(url: str) -> str:
    """What is to be said of a feed in an export, as a key of words: nothing of most."""
    if urlsplit(url).scheme not in {"http", "https"}:
        return "opml.is_local"
    public = _public(url)
    if shown_url(public) != clean_line(public, 200):
        return "opml.has_key"
    return "opml.without_password" if "@" in urlsplit(url).netloc else ""


def _public(url: str) -> str:
    """An address without name and password, and without the fragment, which no server is told."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def _outline(row: FeedRow) -> Outline:
    return Outline(
        _public(row.url), "" if "://" in row.title else redacted(row.title), redacted(row.category)
    )


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
