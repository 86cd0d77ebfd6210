"""What the app asks of Textual's insides: the terminal's own sequences, filters, toasts, the last words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import lru_cache

from rich.segment import Segment, Segments
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.style import Style

from tui import crash

if sys.platform != "win32":
    from tui.ui.driver.fast import FastDriver


class DiscreetApp(App[None], inherit_bindings=False):
    """An app whose end by a mistake tells where it happened: Textual's own word has all locals in it."""

    def _fatal_error(self) -> None:
        error = self._exception
        if error is None or os.environ.get(crash.DEBUG):
            super()._fatal_error()
            return
        self._exit_renderables.append(Segments([Segment(crash.told(error) + "\n")]))
        self._close_messages_no_wait()


def write_sequence(app: App[None], sequence: str) -> None:
    """Write a control sequence to the terminal, past the screen; nothing when there is no terminal."""
    driver = app._driver
    if driver is not None:
        driver.write(sequence)
        driver.flush()


def hurry(app: App[None]) -> None:
    """End a write that the terminal does not take: the program is to end."""
    driver = app._driver
    if sys.platform != "win32" and isinstance(driver, FastDriver):
        driver.hurry()


def after_stop(app: App[None], then: Callable[[], None]) -> None:
    """Have something done each time the terminal has been given back, at the end or for a shell."""
    driver = app._driver
    if sys.platform != "win32" and isinstance(driver, FastDriver):
        driver.then = then


def drop_colour_filter(app: App[None]) -> None:
    """Take out the filter that would look for the terminal's own colours in every line: we use none."""
    app._filters[:] = [
        line_filter
        for line_filter in app._filters
        if line_filter.enabled and not isinstance(line_filter, ANSIToTruecolor)
    ]


CUTS_KEPT = 1024


def keep_little() -> None:
    """Have little kept of what was shown: hours of use would fill Textual's and Rich's caches.

    Textual keeps the last thousand widgets that have gone with all their lines, 40 MB, as it caches a method
    by its object, where the two colours decide; Rich the last 16,384 texts that were cut in two, 14 MB.
    """
    StylesCache.get_inner_outer = _inner_outer  # type: ignore[assignment, method-assign]
    cut = Segment._split_cells.__func__.__wrapped__  # type: ignore[attr-defined]
    Segment._split_cells = classmethod(lru_cache(CUTS_KEPT)(cut))  # type: ignore[assignment, method-assign, arg-type]


def _inner_outer(_: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
    return _grounds(base, background)


@lru_cache(64)
def _grounds(base: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base + background), Style(background=base)


def has_toasts(app: App[None]) -> bool:
    """Whether messages stand before the screen."""
    return len(app._notifications) > 0
