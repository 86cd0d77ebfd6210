"""The same steps in newsboat and in the reader, each told by what it costs until the program is at rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import newsboat, ours
from bench.prose import Searches
from bench.terminal import Terminal

LONGEST = 900.0
START, LIST, PAGE, OPEN, MARK = (
    "start to the list",
    "show a list",
    "next page",
    "open an article",
    "mark unread",
)
SEARCHES = {
    "search, common word": "common",
    "search, rare word": "rare",
    "search, absent word": "absent",
    "search, WeChat ID": "latin",
}
STEPS = (START, LIST, PAGE, OPEN, MARK, *SEARCHES)


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU of all threads and children until the program rests, and wall until its last byte; seconds."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Session:
    """What a program's steps cost, and bytes of its memory: at most until the list, and in all."""

    costs: dict[str, Cost]
    start_peak: int
    peak: int


def _do(terminal: Terminal, keys: str) -> Cost:
    before = terminal.cpu_all()
    terminal.type(keys)
    wall = terminal.rest(patience=LONGEST)
    return Cost(terminal.cpu_all() - before, wall)


def _started(open_terminal: Callable[[Path], Terminal], folder: Path, sign: str) -> tuple[Terminal, Cost]:
    """A program and what its start cost; raises ValueError if the sign of its list is not on the screen."""
    terminal = open_terminal(folder)
    wall = terminal.rest(patience=LONGEST)
    if sign.encode() not in terminal.written:
        raise ValueError(f"{terminal.written[-400:]!r} does not show {sign}")
    return terminal, Cost(terminal.cpu_all(), wall)


def newsboat_start(folder: Path) -> Cost:
    """newsboat's start alone."""
    terminal, cost = _started(newsboat.terminal, folder, "Your feeds")
    with terminal:
        return cost


def newsboat_session(folder: Path, words: Searches, turn: int) -> Session:
    """newsboat: the feeds, the first feed's articles, one of them, then the searches over all."""
    terminal, start = _started(newsboat.terminal, folder, "Your feeds")
    with terminal:
        start_peak = terminal.peak()
        costs = {START: start, LIST: _do(terminal, "\r"), PAGE: _do(terminal, " ")}
        _do(terminal, "j" * turn)
        costs[OPEN] = _do(terminal, "\r")
        _do(terminal, "q")
        costs[MARK] = _do(terminal, "N")
        _do(terminal, "q")
        for step, name in SEARCHES.items():
            _do(terminal, "/")
            terminal.forget()
            costs[step] = _do(terminal, getattr(words, name) + "\r")
            if b"Search results" in terminal.written:
                _do(terminal, "q")
        return Session(costs, start_peak, terminal.peak())


def our_session(folder: Path, words: Searches, turn: int) -> Session:
    """The reader: all articles, a category's, one of them, then the searches over all."""
    terminal, start = _started(ours.terminal, folder, "复制微信")
    with terminal:
        start_peak = terminal.peak()
        _do(terminal, "1")
        costs = {START: start, LIST: _do(terminal, "5j")}
        _do(terminal, "2")
        costs[PAGE] = _do(terminal, ours.PAGE_DOWN)
        _do(terminal, "j" * turn)
        costs[OPEN] = _do(terminal, "\r")
        _do(terminal, "\x1b")
        costs[MARK] = _do(terminal, "m")
        _do(terminal, "1")
        _do(terminal, "gg")
        _do(terminal, "2")
        for step, name in SEARCHES.items():
            _do(terminal, "/")
            terminal.forget()
            costs[step] = _do(terminal, getattr(words, name) + "\r")
            _do(terminal, "\x1b")
        return Session(costs, start_peak, terminal.peak())
