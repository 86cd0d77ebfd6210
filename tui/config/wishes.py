"""What the user's feeds.toml asks of a refresh."""

from __future__ import annotations

from collections.abc import Sequence

from tui.config.options import Config
from tui.protocol import RefreshRequest


def refresh_request(config: Config, feeds: Sequence[int] = (), *, force: bool) -> RefreshRequest:
    """A refresh as the user's feeds.toml wants it."""
    return RefreshRequest(
        tuple(feeds),
        force,
        tuple(feed.url for feed in config.feeds if feed.full_text),
        tuple(feed.url for feed in config.feeds if feed.qr),
        config.reader.refresh_minutes,
    )
