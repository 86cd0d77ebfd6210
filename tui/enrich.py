"""What an article's own feed did not give: the text of its page, the QR codes in its images."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from tui.contacts.block import read_block
from tui.errors import Code, HuoyuanError, Problem
from tui.model import Merchant, Source, StoredArticle
from tui.net.addresses import is_visibly_private
from tui.prepare import contacts_in, merged
from tui.protocol import CodesFound, PageTaken
from tui.store import Connection, lists
from tui.store.completing import add_contacts, save_page
from tui.store.feeds import states
from tui.text.decode import decode
from tui.text.masks import masked_words

MOST_TITLE = 40
"""Letters of a title that a sentence names."""

_REFUSALS = frozenset({Code.HTTP_4XX, Code.GONE, Code.AUTH})
"""Their sentences tell what to do about a feed's address."""

_FAILURES = frozenset(
    {
        Code.TIMEOUT, Code.DNS, Code.CONNECT, Code.TLS, Code.PROTOCOL, Code.TRUNCATED, Code.REDIRECT,
        Code.TOO_LARGE, Code.DECODE_ERROR, Code.EMPTY, Code.HTTP_5XX, Code.RATE_LIMITED, Code.BLOCKED_BY_SITE,
    }
)  # fmt: skip
"""Their sentences say that a feed is tried again, or where to look for another one."""

Load = Callable[[str, bool], Awaitable[tuple[bytes, str]]]
"""Fetches a URL, from the user's own network only if told so: gives bytes and the header's charset."""


async def take_page(db: Connection, article: int, load: Load, now: int) -> PageTaken:
    """Take an article's text and contacts from its page and keep them; what goes wrong is in the result."""
    try:
        stored = _article(db, article)
        return await _take(db, stored, load, now)
    except HuoyuanError as error:
        return PageTaken(article, problem=error.problem)
    except Exception as error:
        # one hostile page must not end the worker and with it a refresh that is under way
        return PageTaken(article, problem=Problem(Code.INTERNAL, {"what": type(error).__name__}))


async def _take(db: Connection, stored: StoredArticle, load: Load, now: int) -> PageTaken:
    # lxml is loaded only for the first page that is taken
    from tui.pages import extract  # noqa: PLC0415

    link = stored.article.link
    if not link:
        raise HuoyuanError(Code.NO_LINK)
    try:
        data, charset = await load(link, _may_be_private(db, stored, link))
        page = extract(data, charset=charset, url=link)
    except HuoyuanError as error:
        if error.problem.code is Code.PARSE_ERROR:
            # the sentence of a broken feed would mislead the reader of a page
            raise HuoyuanError(Code.NO_TEXT) from None
        raise _of_article(error, stored, Code.PAGE_REFUSED, Code.PAGE_FAILED) from None
    text = page.body.text
    before = stored.article.merchant
    merchant = merged(before, read_block(text) or Merchant())
    masked = masked_words(decode(data, header=charset))
    contacts = contacts_in(stored.article.title, text, before, Source.PAGE, masked)
    save_page(
        db, stored.id, page.body, merchant, contacts, merchant.category, merchant.views, page.hidden, now
    )
    return PageTaken(stored.id, len(contacts))


async def look_for_codes(db: Connection, article: int, load: Load, now: int) -> CodesFound:
    """Find the QR codes in an article's images and keep them as its contacts."""
    from tui.codes.find import find_codes  # noqa: PLC0415 - starts a process of its own, on demand

    try:
        stored = _article(db, article)

        async def fetch(url: str) -> bytes:
            return (await load(url, _may_be_private(db, stored, url)))[0]

        found = await find_codes(stored.article.body.images, fetch)
    except HuoyuanError as error:
        return CodesFound(article, problem=error.problem)
    add_contacts(db, stored.id, found.contacts, now)
    if found.looked or not found.problems:
        return CodesFound(article, len(found.contacts), found.payments, found.others)
    first = HuoyuanError(found.problems[0].code, **found.problems[0].details)
    return CodesFound(
        article, problem=_of_article(first, stored, Code.IMAGE_REFUSED, Code.IMAGE_FAILED).problem
    )


def _of_article(error: HuoyuanError, stored: StoredArticle, refused: Code, failed: Code) -> HuoyuanError:
    """What went wrong with a page or an image as a fault of its article, where it would be told of a feed."""
    code = error.problem.code
    if code not in _REFUSALS | _FAILURES:
        return error
    title = stored.article.title
    shown = title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1]}…"
    details = {**error.problem.details, "title": shown}
    if code in _REFUSALS:
        return HuoyuanError(refused, **details)
    return HuoyuanError(failed, **{**details, "cause": str(code)})


def _article(db: Connection, article: int) -> StoredArticle:
    stored = lists.article(db, article)
    if stored is None:
        raise HuoyuanError(Code.NO_SUCH_ARTICLE, id=article)
    return stored


def _may_be_private(db: Connection, stored: StoredArticle, url: str) -> bool:
    """A page in the user's own network is read only where the user typed a feed of that very host."""
    feed = next(iter(states(db, [stored.feed_id])), None)
    host = urlsplit(url).hostname or ""
    return feed is not None and host == urlsplit(feed.url).hostname and is_visibly_private(host)
