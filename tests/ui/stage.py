"""What a UI test sees: the app with its screen as text, and a way to wait for what must come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from textual.pilot import Pilot

from tui.reader import Reader
from tui.ui.app import HuoyuanApp
from tui.ui.desk import Desk
from tui.ui.main_screen import MainScreen

PATIENCE = 60.0
BLOCK = (
    "<p>【商户信息】</p><ul><li>类目：{category}</li><li>联系人：陈小姐</li><li>微信号：{wechat}</li></ul>"
)


def item_xml(number: int, *, wechat: str = "", category: str = "", title: str = "") -> str:
    """One item of a feed, the higher its number the newer it is."""
    body = BLOCK.format(category=category or "女装货源", wechat=wechat) if wechat else "<p>没有联系方式。</p>"
    return (
        f"<item><guid>a{number}</guid><title>{escape(title or f'第{number}篇 早秋新款')}</title>"
        f"<link>http://shop.example/{number}</link>"
        f"<pubDate>Mon, 10 Aug 2026 {number // 60:02}:{number % 60:02}:00 +0800</pubDate>"
        f"<description>{escape(body)}</description></item>"
    )


def feed_xml(count: int, *, extra: str = "", title: str = "测试源") -> bytes:
    """An RSS feed of `count` items, every one with a WeChat ID of its own."""
    items = "".join(item_xml(n, wechat=f"shop_{n:04d}") for n in range(count))
    text = f'<rss version="2.0"><channel><title>{title}</title>{items}{extra}</channel></rss>'
    return ('<?xml version="1.0" encoding="UTF-8"?>' + text).encode()


@dataclass(frozen=True, slots=True)
class Stage:
    """The running app under a pilot."""

    app: HuoyuanApp
    pilot: Pilot[None]
    reader: Reader

    @property
    def desk(self) -> Desk:
        """The state of the main screen, also while a dialog stands before it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen)).desk

    async def press(self, keys: str) -> None:
        """Press the keys of a string, one by one; longer names stand between spaces: "3 j enter"."""
        await self.pilot.press(*keys.split())
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what another process or thread brings."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, self.text()
            await self.pilot.pause(0.02)

    async def shows(self, text: str) -> None:
        """Wait until a text is on the screen."""
        await self.until(lambda: text in self.text())

    def text(self) -> str:
        """The screen as text, wide characters once."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def toasts(self) -> list[str]:
        """The messages that popped up."""
        return [str(toast.message) for toast in self.app._notifications]
