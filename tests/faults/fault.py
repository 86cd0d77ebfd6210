"""What a fault is: a name, an answer, and what the refresh of such a feed has to come to."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.faults.line import FEED_PATH, Answer

OK = "ok"
SAME = "not_modified"

TITLE = "广州十三行女装一手货源"
SECOND = "童装批发镕堃"


@dataclass(frozen=True, slots=True)
class Fault:
    """A feed that is ill in one way, at an address of its own.

    `ends` are the outcomes that are right, divided by "|": "ok", "not_modified" or an error's code.
    `titles` are those of all articles that are stored in the end, None where any are fine. In `url`,
    `{here}` is host and port. `beside` answers on a second port; `tls` names a certificate, also for it
    (`beside_tls`). Fetched `rounds` times. With `place` it listens there instead of an address of its own.
    """

    name: str
    ends: str
    answer: Answer
    titles: tuple[str, ...] | None = ()
    url: str = "http://{here}" + FEED_PATH
    rounds: int = 1
    beside: Answer | None = None
    tls: str = ""
    beside_tls: str = ""
    place: str = ""

    @property
    def outcomes(self) -> frozenset[str]:
        """The outcomes that are right."""
        return frozenset(self.ends.split("|"))

    @property
    def ends_well(self) -> bool:
        """Whether something comes of it."""
        return bool(self.outcomes & {OK, SAME})

    @property
    def after_one_round(self) -> frozenset[str]:
        """The outcomes that are right for the first fetch."""
        return self.outcomes | ({OK} if self.ends_well else frozenset())

    @property
    def hangs(self) -> bool:
        """Whether nothing but our own deadline ends it."""
        return "timeout" in self.outcomes


def item(title: str, number: int, extra: str = "") -> str:
    """An item of a feed, its title written as it is given."""
    return (
        f"<item><guid>urn:x:{number}</guid><title>{title}</title>"
        f"<link>https://shop.example/{number}</link>"
        f"<pubDate>Mon, 10 Aug 2026 09:{number % 60:02}:00 +0800</pubDate>"
        f"<description>微信 nzhuo_{8862 + number} {escape(title)}</description>{extra}</item>"
    )


def rss(*items: str, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>', dtd: str = "") -> str:
    """A feed of items as text."""
    return (
        f'{declaration}{dtd}<rss version="2.0"><channel><title>货源</title>{"".join(items)}</channel></rss>'
    )


def feed(*titles: str) -> bytes:
    """A sound feed in UTF-8."""
    return rss(*(item(title, number) for number, title in enumerate(titles))).encode()


GOOD = feed(TITLE, SECOND)
BOTH = (TITLE, SECOND)
