"""What an article is called whose feed gives it no title."""

from __future__ import annotations

import pytest

from tui.feed_values import Entry
from tui.prepare import MOST_OPENING, prepare

LONG = "早秋针织开衫到了，" * 20


@pytest.mark.parametrize(
    ("title", "html", "shown"),
    [
        ("", "<p>床品四件套，<b>今天</b>到货</p><p>加微信看图</p>", "床品四件套，今天到货"),
        ("", "<p><img src='/a.jpg'></p><p>现货</p>", "现货"),
        ("", "<table><tr><td>磨毛</td><td>35 元</td></tr></table>", "磨毛 35 元"),
        ("", f"<p>{LONG}</p>", f"{LONG[: MOST_OPENING - 1]}…"),
        ("", "<p><img src='/a.jpg'></p>", ""),
        ("上新", "<p>床品四件套</p>", "上新"),
    ],
)
def test_a_post_without_a_title_is_called_by_its_first_line(title: str, html: str, shown: str) -> None:
    assert prepare(Entry("1", title=title, html=html), "", "https://shop.example/").title == shown
