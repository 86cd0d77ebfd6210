"""Puts a contact before the phone's camera: as a code on the screen, or as a PNG where it does not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from tui.model import Kind
from tui.ui.asking import Asking
from tui.ui.contact_order import grouped
from tui.ui.widgets.article_list import CODES, PHONES

DRAWABLE = CODES | PHONES | {Kind.WECHAT, Kind.QQ}
"""What is drawn: codes as they were found, and numbers that a phone takes over by its camera."""

SAVED_SECONDS = 20.0


class CodeMaker(Protocol):
    """Draws codes, or saves them."""

    def draw_code(self, text: str, width: int, height: int) -> tuple[str, ...] | None: ...
    def save_code(self, text: str) -> Path: ...


def payload(kind: Kind, value: str) -> str:
    """What a contact's code says: a code's own link, a number to dial, else the plain value."""
    return f"tel:{value}" if kind in PHONES else value


def show_code(maker: CodeMaker, ask: Asking, kind: Kind, value: str) -> None:
    """Show a contact as a code for as long as the user wants."""
    from tui.ui.code_screen import CodeScreen  # noqa: PLC0415 - drawing costs the start nothing

    say, app, text = ask.say, ask.app, payload(kind, value)
    drawn = maker.draw_code(text, app.size.width, app.size.height - CodeScreen.FRAME_ROWS)
    if drawn is None:
        path = maker.save_code(text)
        ask.toast(say("toast.code_saved", path=str(path)), "warning", seconds=SAVED_SECONDS)
        return
    title = f"{say(f'field.{kind}')} {grouped(kind, value)}"
    hint = say("code.scan" if kind in CODES else "code.take_over")
    # no message may stand before the code
    app.clear_notifications()
    app.push_screen(CodeScreen(drawn, title, hint))
