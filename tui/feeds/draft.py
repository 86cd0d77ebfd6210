"""What a reader of one feed format hands on: values as the document gives them, not yet cleaned."""

from __future__ import annotations

from tui.feed_values import Schedule
from tui.model import Comments, Merchant
from tui.values import frozen

ENTRY_LIMIT = 20_000


@frozen
class DraftEntry:
    """One entry; `title` and `html` are HTML, links are final, all other text is raw and plain."""

    uid: str = ""
    title: str = ""
    link: str = ""
    author: str = ""
    html: str = ""
    published: str = ""
    updated: str = ""
    categories: tuple[str, ...] = ()
    merchant: Merchant | None = None
    comments: Comments | None = None
    images: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether it has what every well-read entry has, one of uid, link and title."""
        return bool(self.uid or self.link or self.title)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it to show."""
        return not (self.is_named or self.html)


@frozen
class DraftFeed:
    """One document; `title` is HTML, `link` final; `left_out` counts entries beyond `ENTRY_LIMIT`."""

    title: str
    entries: tuple[DraftEntry, ...]
    link: str = ""
    language: str = ""
    schedule: Schedule = Schedule()
    left_out: int = 0
