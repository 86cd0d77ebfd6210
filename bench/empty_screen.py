"""The smallest Textual app with the reader's widgets empty: the reader's start is told against it."""

from __future__ import annotations

import os

from tui.ui.environment import prepare

prepare(os.environ)

from textual.app import App, ComposeResult  # noqa: E402
from textual.containers import Horizontal, Vertical  # noqa: E402
from textual.widgets import Input  # noqa: E402

from tui.ui.themes import DARK  # noqa: E402
from tui.ui.widgets.article_list import ArticleList  # noqa: E402
from tui.ui.widgets.article_view import ArticleView  # noqa: E402
from tui.ui.widgets.bar import Bar  # noqa: E402
from tui.ui.widgets.category_list import CategoryList  # noqa: E402
from tui.ui.widgets.contact_panel import ContactPanel  # noqa: E402


def say(key: str, **_: object) -> str:
    """No words: the key stands for itself."""
    return key


class EmptyApp(App[None]):
    """The panes of the reader, with nothing behind them."""

    CSS_PATH = "../tui/ui/style.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = "dark"

    def compose(self) -> ComposeResult:
        """The same widgets in the same containers as the main screen."""
        yield Bar(id="category-bar")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Bar(id="categories-head")
                yield CategoryList(id="categories")
            with Vertical(id="center"):
                with Vertical(id="upper"):
                    yield Bar(id="articles-head")
                    yield Input(id="search", compact=True)
                    yield Bar(id="notice")
                    yield ArticleList(id="articles")
                with Vertical(id="lower"):
                    yield Bar(id="article-head")
                    yield ArticleView(say, id="article")
            with Vertical(id="right"):
                yield Bar(id="contacts-head")
                yield ContactPanel(say, id="contacts")
        yield Bar(id="contact-bar")
        yield Bar(id="status")

    def on_mount(self) -> None:
        """Say something, so that the first frame can be told."""
        self.query_one("#status", Bar).show(("READY", ""))


if __name__ == "__main__":
    EmptyApp().run()
