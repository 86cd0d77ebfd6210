"""Two hundred feeds on loopback: most have news each time they are asked, the others fail in every way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from random import Random

from tests.fuzz import corpus
from tests.fuzz.mutate import mutated
from tests.http_server import Answer, FeedServer, Raw, Reply, Seen, redirect
from tests.ui.stage import item_xml

FEEDS = 200
HOSTS = 20
FAULTY = 60
UNCHANGED = 20
ENTRIES = 20
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"


@contextmanager
def served(seed: int) -> Iterator[list[str]]:
    """Serve the feeds until the end; gives their addresses."""
    with ExitStack() as stack:
        servers = [stack.enter_context(FeedServer(host=f"127.0.0.{n}")) for n in range(2, 2 + HOSTS)]
        urls = []
        for number in range(FEEDS):
            server = servers[number % HOSTS]
            server.routes[f"/{number}"] = _feed(number, Random(seed * FEEDS + number))
            urls.append(server.url(f"/{number}"))
        yield urls


def _feed(number: int, random: Random) -> Callable[[Seen], Answer]:
    if number < FAULTY:
        return lambda _: random.choice(_FAULTS)(random)
    asked = 0

    def answer(_: Seen) -> Answer:
        nonlocal asked
        asked += number >= FAULTY + UNCHANGED
        items = (_item(number, entry) for entry in range(asked, asked + ENTRIES))
        body = f"<rss version='2.0'><channel><title>第{number}源</title>{''.join(items)}</channel></rss>"
        return Reply(body.encode(), etag=f'"{asked}"', compressed=True)

    return answer


def _item(feed: int, entry: int) -> str:
    return item_xml(entry % 1440, wechat=f"shop_{feed}_{entry % 7}", title=f"第{entry}篇 货源{feed}").replace(
        f"<guid>a{entry % 1440}<", f"<guid>{feed}-{entry}<"
    )


def _damaged(random: Random) -> Answer:
    return Reply(mutated(corpus.feeds(), random))


def _endless(_: Random) -> Answer:
    return Raw([_HEAD + b"\r\n", *(b"<rss><channel>" + b"<item/>" * 10_000 for _ in range(300))])


_FAULTS: tuple[Callable[[Random], Answer], ...] = (
    *(_damaged, _damaged, _damaged, _endless),
    lambda _: Reply(status=404),
    lambda _: Reply(status=500, body=b"\x1b[2J[/red]"),
    lambda _: Reply(status=429, headers={"Retry-After": "1"}),
    lambda _: Reply(status=503, headers={"Retry-After": "99999999999999999999"}),
    lambda _: Reply(),
    lambda random: Reply(random.choice(corpus.pages()), headers={"Content-Type": "text/html"}),
    lambda random: Reply(random.choice(corpus.feeds()), length=10_000_000),
    lambda random: Reply(random.choice(corpus.feeds()), headers={"Content-Encoding": "gzip"}),
    lambda random: Raw([_HEAD + b"\r\n" + random.choice(corpus.feeds())[:500]], reset=True),
    lambda random: Raw([random.randbytes(200)]),
    lambda _: redirect("/nowhere"),
    lambda _: redirect("file:///etc/passwd"),
    lambda _: redirect("http://169.254.169.254/"),
)
