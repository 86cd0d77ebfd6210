"""Every private name of Textual that the program touches, so that an upgrade has one place to look at."""

from __future__ import annotations

from textual.app import App


def write_sequence(app: App[None], sequence: str) -> None:
    """Write a control sequence to the terminal, past the screen; nothing when there is no terminal."""
    driver = app._driver
    if driver is not None:
        driver.write(sequence)
        driver.flush()
