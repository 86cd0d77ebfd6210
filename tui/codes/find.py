"""Looks through the images of an article for the codes that lead to its merchant."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tui.codes.decoder import Decoder
from tui.codes.places import place_of
from tui.contacts.qr import is_payment, read_code
from tui.errors import Code, HuoyuanError, Problem
from tui.model import Contact
from tui.text.links import absolute

MOST_IMAGES = 20
MOST_SECONDS = 60.0
"""Seconds for all images of an article, however many of them are slow."""

_AT_ONCE = 4

Fetch = Callable[[str], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Found:
    """The contacts in an article's images, how many of these could be read, and what became of the others.

    Codes that are no contact are counted: those that take money, and all others.
    """

    contacts: tuple[Contact, ...] = ()
    payments: int = 0
    others: int = 0
    looked: int = 0
    problems: tuple[Problem, ...] = ()


async def find_codes(urls: Sequence[str], fetch: Fetch) -> Found:
    """Look at the first 20 distinct images; `fetch` takes an http(s) URL, or `sample:NAME` as feeds have it.

    Raises HuoyuanError before any image is fetched when none could be read (QR_MISSING above all); what goes
    wrong with a single image is among the problems, with its host.
    """
    distinct = dict.fromkeys(map(absolute, urls))
    images = [url for url in distinct if url.startswith(("http://", "https://"))][:MOST_IMAGES]
    if not images:
        return Found()
    async with Decoder() as decoder:
        await decoder.ready()
        look = _Look(fetch, decoder)
        seen = await asyncio.gather(*map(look.at, images))
    problems = tuple(one for one in seen if isinstance(one, Problem))
    read = {payload: read_code(payload) for one in seen if not isinstance(one, Problem) for payload in one}
    contacts = tuple(dict.fromkeys(contact for contact in read.values() if contact is not None))
    no_contacts = [payload for payload, contact in read.items() if contact is None]
    payments = sum(map(is_payment, no_contacts))
    return Found(contacts, payments, len(no_contacts) - payments, len(seen) - len(problems), problems)


class _Look:
    """One look at an article's images, a few at once, until its time is over."""

    def __init__(self, fetch: Fetch, decoder: Decoder) -> None:
        self._fetch = fetch
        self._decoder = decoder
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._deadline = asyncio.get_running_loop().time() + MOST_SECONDS

    async def at(self, url: str) -> tuple[str, ...] | Problem:
        """The payloads in one image, or why there are none to be had."""
        host = urlsplit(url).hostname or ""
        try:
            async with asyncio.timeout_at(self._deadline), self._turns:
                return await self._decoder.decode(await self._fetch(place_of(url)))
        except HuoyuanError as error:
            return Problem(error.problem.code, {"host": host, **error.problem.details})
        except TimeoutError:
            return Problem(Code.TIMEOUT, {"host": host})
